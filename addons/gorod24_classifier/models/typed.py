# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Fields that only methods set: "readonly" binds forms, not whoever calls by RPC."""


def typed_in(model, names, vals_list, usual=None):
    """Return those of the fields that a person gives new records himself.

    A default counts as well: the browser may send it.

    :param names: fields that only methods set
    :param usual: {field: what a form sends of a new record anyway}
    """
    usual, defaults = usual or {}, model.default_get([*names])
    return {
        name
        for vals in vals_list
        for name, value in {**defaults, **vals}.items()
        if name in names and value and value != usual.get(name)
    }
