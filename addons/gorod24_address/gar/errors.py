# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one error of this package; sentences for people are made by the models."""


class GarError(ValueError):
    """An archive of the register that cannot be read.

    :param code: not_zip, broken_zip, no_version, empty, bomb, encrypted,
        no_region, bad_xml, wrong_root, entities, broken_member, changed
    :param values: facts for the sentence: file, line, column, region…
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self):
        facts = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} ({facts})" if facts else self.code
