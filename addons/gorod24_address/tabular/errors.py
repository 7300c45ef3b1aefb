# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one error of this package; sentences for people are made by the models."""


class TableError(ValueError):
    """A file that cannot be read as a table.

    :param code: what is wrong: empty, unknown_format, too_large, binary,
        bad_archive, bad_json, not_a_list, bad_quotes, double_header, long_row
    :param values: facts for the sentence: row, header, name, limit…
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values
