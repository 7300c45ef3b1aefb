# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the participant's own journal written out, with what his screen shows."""

from odoo import api, fields, models


class Referral(models.Model):
    _inherit = "gorod24.referral"

    @api.model
    def _get_portal_columns(self):
        """Return the columns of the participant's journal: [(key, title)]."""
        titles = {
            "number": self.env._("Number"),
            "sent": self.env._("Received"),
            "section": self.env._("Section"),
            "topic": self.env._("Problem"),
            "address": self.env._("Address"),
            "caller": self.env._("Citizen"),
            "marks": self.env._("Marks"),
            "state_label": self.env._("State"),
            "accepted": self.env._("Accepted"),
            "due": self.env._("Due"),
            "done": self.env._("Completed"),
            "result": self.env._("Result"),
        }
        return list(titles.items())

    def _get_portal_sheet_rows(self):
        """Yield the lines as dict by the keys of `_get_portal_columns`.

        Nothing is in them that the journal on the screen does not show.
        """
        keys = [key for key, _title in self._get_portal_columns()]
        for row in self._get_portal_rows():
            place = filter(None, [row["address"], row["place_note"]])
            marks = [
                row["emergency"] and self.env._("Emergency"),
                row["paid"] and self.env._("Paid"),
            ]
            line = {
                **row,
                "address": ", ".join(place),
                "marks": ", ".join(filter(None, marks)),
                "due": self._get_sheet_due(row),
                "result": ": ".join(filter(None, [row["outcome"], row["note"]])),
            }
            yield {key: line[key] or "" for key in keys}

    def _get_sheet_due(self, row):
        """Return the words of the due date of a line. Hook."""
        due = row["due"]
        return f"{due['moment']} ({due['text']})" if due else ""

    @api.model
    def _get_portal_made_text(self):
        local = self.env["gorod24.clock"]._to_local(fields.Datetime.now())
        return self.env._(
            "Written out on %(moment)s by %(user)s",
            moment=local.strftime("%d.%m.%Y %H:%M"),
            user=self.env.user.name,
        )
