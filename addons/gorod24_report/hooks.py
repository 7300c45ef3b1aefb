# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def uninstall_hook(env):
    """Take the triggers off the tables of other addons, which stay."""
    for model in (
        "gorod24.question.stat",
        "gorod24.call.stat",
        "gorod24.operator.stat",
    ):
        env[model]._drop_storage()
