# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one exception that is shown to a person instead of a traceback."""


class Trouble(Exception):
    """Something a person must know or mend.

    :param what: one clear sentence (Russian): what is wrong
    :param mend: one clear sentence (Russian): what to do about it
    :param details: raw lines that help (end of a log), shown indented
    """

    def __init__(self, what, mend="", details=""):
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.details = details

    def __str__(self):
        lines = [self.what]
        if self.details:
            lines += ["    " + line for line in self.details.splitlines()]
        if self.mend:
            lines.append("Что делать: " + self.mend)
        return "\n".join(lines)
