# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from werkzeug.exceptions import Gone, NotFound

from odoo import fields
from odoo.http import Controller, request, route

# Within this time further ranges of a file are the same listening.
ONE_LISTENING = timedelta(minutes=10)


class RecordingPlayer(Controller):
    """Gives the sound of a recording to who may hear it, and logs that."""

    @route(
        "/gorod24/telephony/recording/<int:recording_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def recording(self, recording_id, download=None, reason=None, **_params):
        """Stream the sound with byte ranges; ``download`` saves it (supervisors).

        ``reason`` is why, where a reason is wanted of each listening.
        """
        recording = request.env["gorod24.recording"].browse(recording_id).exists()
        if not recording:
            raise NotFound()
        recording.check_access("read")
        recording._check_may_take(bool(download))
        # Access to the recording is checked above; the sound itself has no owner.
        attachment = recording.sudo().attachment_id
        if not attachment:
            raise Gone(recording._deleted_text())
        self._log(recording, "download" if download else "play", (reason or "")[:256])
        stream = request.env["ir.binary"]._get_stream_from(
            attachment, "raw", mimetype=recording.mimetype
        )
        stream.public = False
        return stream.get_response(as_attachment=bool(download), max_age=0)

    def _log(self, recording, kind, reason):
        """Log a listening once, not every range the browser asks for."""
        # Nobody writes the access log by himself.
        log = request.env["gorod24.recording.access"].sudo()
        wanted = request.httprequest.range
        from_start = wanted is None or any(begin == 0 for begin, _ in wanted.ranges)
        if request.httprequest.method != "GET":
            return
        user = request.env.user
        since = fields.Datetime.now() - ONE_LISTENING
        if kind == "play" and not from_start:
            if log._is_listening(recording, user, since):
                return
        recording._check_reason(reason)
        log._log(recording, user, request.httprequest.remote_addr, kind, reason)
