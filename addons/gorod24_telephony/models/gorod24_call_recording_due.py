# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Talks whose recording has not come, and the recording that likely is theirs."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class Call(models.Model):
    _inherit = "gorod24.call"

    recording_due = fields.Boolean(
        "Without a recording",
        compute="_compute_recording_due",
        search="_search_recording_due",
        help="Talked, and no recording came within the hours of the setup.",
    )
    likely_recording_id = fields.Many2one(
        "gorod24.recording", "Likely recording", compute="_compute_likely_recording_id"
    )

    def _recording_late_since(self):
        """Return the moment before whose talks the recording must have come."""
        # Reading a setting: no personal data behind this sudo.
        get = self.env["ir.config_parameter"].sudo().get_param
        hours = get("gorod24_telephony.no_recording_hours", "2")
        hours = int(hours) if hours.isdigit() else 2
        return fields.Datetime.subtract(fields.Datetime.now(), hours=hours)

    def _compute_recording_due(self):
        late = self._recording_late_since()
        for call in self:
            call.recording_due = bool(
                call.state == "ended"
                and call.result == "answered"
                and call.ended_at
                and call.ended_at <= late
                and not call.recording_ids
            )

    def _search_recording_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = Domain(
            [
                ("state", "=", "ended"),
                ("result", "=", "answered"),
                ("ended_at", "<=", self._recording_late_since()),
                ("recording_ids", "=", False),
            ]
        )
        wanted = set(value)
        if wanted == {True}:
            return due
        return Domain.TRUE if True in wanted else ~due

    def _compute_likely_recording_id(self):
        likely = self._likely_recordings()
        for call in self:
            call.likely_recording_id = likely.get(call.id, False)

    def _likely_recordings(self):
        """Return {call id: recording id} of the queue of recordings without a call.

        A recording of one of the call's telephones or of the citizen's number, begun
        from ten minutes before the call to its end and ten minutes. The number weighs
        more than the telephone, then the nearer beginning wins.
        """
        if not self.ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, near.id FROM gorod24_call c CROSS JOIN LATERAL (
                    SELECT r.id, right(regexp_replace(
                               r.remote_number, '\\D', '', 'g'), 10)
                           = right(c.number_e164, 10) AS is_same
                    FROM gorod24_recording r
                    WHERE r.state = 'unmatched'
                      AND r.started_at BETWEEN c.started_at - interval '10 minutes'
                          AND COALESCE(c.ended_at, c.started_at)
                              + interval '10 minutes'
                      AND (right(regexp_replace(r.remote_number, '\\D', '', 'g'), 10)
                           = right(c.number_e164, 10)
                        OR r.agent_extension IN (
                           SELECT l.extension FROM gorod24_call_leg l
                           WHERE l.call_id = c.id))
                    ORDER BY is_same DESC NULLS LAST,
                        abs(extract(epoch FROM r.started_at
                            - COALESCE(c.answered_at, c.started_at))), r.id
                    LIMIT 1
                ) near WHERE c.id = ANY(%s)
                """,
                self.ids,
            )
        )
        return dict(rows)

    def action_link_likely_recording(self):
        """Bind to each call the recording that likely is its own."""
        for call in self:
            recording = call.likely_recording_id
            if not recording:
                raise UserError(
                    self.env._("%(call)s: no recording fits.", call=call.display_name)
                )
            # With the user's own right to recordings: supervisors and up have it.
            recording.call_id = call
