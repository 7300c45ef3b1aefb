# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class RecordingAccess(models.Model):
    """Who heard or took away which recording: written by the server alone."""

    _name = "gorod24.recording.access"
    _description = "Access to a recording"
    _order = "at desc, id desc"
    _rec_name = "recording_id"

    # The log outlives the recording that retention removes.
    recording_id = fields.Many2one("gorod24.recording", index=True, ondelete="set null")
    recording_name = fields.Char("Recording of the recorder")
    call_id = fields.Many2one("gorod24.call", index=True, ondelete="set null")
    user_id = fields.Many2one("res.users", required=True, index=True)
    at = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    ip = fields.Char("Address")
    reason = fields.Char("Why")
    kind = fields.Selection(
        [("play", "Listened"), ("download", "Downloaded")],
        required=True,
        default="play",
    )

    @api.model
    def _log(self, recording, user, ip, kind="play", reason=""):
        """Note one access of ``user``. Call it as superuser: nobody writes the log."""
        self.env["gorod24.appeal.view"].with_user(user)._log_list(
            "audio" if kind == "download" else "heard",
            {recording._name: recording.ids},
            number=", ".join(recording.call_id.appeal_ids.mapped("number")),
            always=True,
        )
        return self.create(
            {
                "recording_id": recording.id,
                "recording_name": recording.name,
                "call_id": recording.call_id.id,
                "user_id": user.id,
                "ip": ip,
                "kind": kind,
                "reason": reason or False,
            }
        )

    @api.model
    def _is_listening(self, recording, user, since):
        """Did ``user`` listen after ``since``? A seek is not a new listening."""
        return bool(
            self.search_count(
                [
                    ("recording_id", "=", recording.id),
                    ("user_id", "=", user.id),
                    ("at", ">=", since),
                ],
                limit=1,
            )
        )
