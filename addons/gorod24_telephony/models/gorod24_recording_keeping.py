# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How long a sound is kept, who may take it away, and whether it is still the same."""

import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

BATCH = 200


class Recording(models.Model):
    _inherit = "gorod24.recording"

    profile = fields.Selection(related="call_id.profile")
    legal_hold = fields.Boolean(
        "Kept for a dispute",
        readonly=True,
        index="btree_not_null",
        help="Not deleted by any term until the hold is lifted.",
    )
    hold_reason = fields.Char(readonly=True)
    hold_user_id = fields.Many2one(
        "res.users", "Held by", readonly=True, ondelete="restrict"
    )
    hold_at = fields.Datetime("Held since", readonly=True)
    deleted_at = fields.Datetime("Deleted by its term", readonly=True)
    verified_at = fields.Datetime("Imprint checked", readonly=True)
    is_damaged = fields.Boolean(
        "Damaged", readonly=True, help="The file is no more the one that was taken in."
    )

    _kept_idx = models.Index("(started_at) WHERE deleted_at IS NULL")
    # Whose turn it is to be compared with its imprint.
    _verify_idx = models.Index(
        "(verified_at NULLS FIRST, id)"
        " WHERE deleted_at IS NULL AND attachment_id IS NOT NULL"
    )

    likely_call_id = fields.Many2one(
        "gorod24.call", "Likely call", compute="_compute_likely_call_id"
    )

    # The call that fits, though not surely enough -------------------------------------

    def _compute_likely_call_id(self):
        for recording in self:
            call = recording._likely_call() if recording.state == "unmatched" else None
            recording.likely_call_id = call or False

    def _likely_call(self):
        """Return the call that shares most of the time with the recording, or none."""
        self.ensure_one()
        begin = self.started_at
        end = begin + timedelta(seconds=self.duration or 1)

        def shared(call):
            until = min(call.ended_at or end, end)
            return (until - max(call.started_at, begin)).total_seconds()

        # Supervisors alone see recordings without a call; candidates are all calls.
        calls = self.sudo()._candidates(self._as_sidecar())
        best = max(calls, key=lambda call: (shared(call), -call.id), default=None)
        return best if best and shared(best) > 0 else None

    def action_link_likely(self):
        """Give each recording to the call that fits best."""
        for recording in self:
            if not recording.likely_call_id:
                raise UserError(
                    self.env._("%(recording)s: no call fits.", recording=recording.name)
                )
            recording.call_id = recording.likely_call_id

    # Legal hold ----------------------------------------------------------------------

    def action_hold(self, reason):
        """Keep the sound whatever its term (supervisors); ``reason`` in words."""
        self._check_supervisor()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write why the recording is kept."))
        if any(self.mapped("deleted_at")):
            raise UserError(self.env._("The sound has been deleted already."))
        # The right is checked; the fields are nobody's to write by hand.
        self.sudo().write(
            {
                "legal_hold": True,
                "hold_reason": reason[:256],
                "hold_user_id": self.env.uid,
                "hold_at": fields.Datetime.now(),
            }
        )

    def action_lift_hold(self):
        """Let the term run again; who held it and why stays to be read."""
        self._check_supervisor()
        # The right is checked; the fields are nobody's to write by hand.
        self.sudo().write({"legal_hold": False})

    def _check_supervisor(self):
        self.check_access("read")
        if not self.env.user.has_group("gorod24_appeals.group_supervisor"):
            raise AccessError(self.env._("Only supervisors may do that."))

    # Listening -----------------------------------------------------------------------

    def _check_may_take(self, download):
        """Refuse to give the sound away to whoever may only hear it."""
        if download and not self.env.user.has_group(
            "gorod24_telephony.group_recording_download"
        ):
            raise AccessError(
                self.env._("You may hear recordings, not take them away.")
            )

    def _check_reason(self, reason):
        """Where a reason of each listening is wanted, refuse without one.

        An operator hears own talks without being asked.
        """
        self.ensure_one()
        wanted = self._wants_reason()
        if wanted and self.user_id != self.env.user and not (reason or "").strip():
            raise AccessError(self.env._("Write why you listen to the recording."))

    @api.model
    def _wants_reason(self):
        """Does the player have to ask why somebody listens?"""
        # Reading a setting: no personal data behind this sudo.
        get = self.env["ir.config_parameter"].sudo().get_param
        return get("gorod24_telephony.listening_reason", "") in ("1", "True", "true")

    def _deleted_text(self):
        self.ensure_one()
        return self.env._("The sound was deleted by its term.")

    # Term ----------------------------------------------------------------------------

    @api.model
    def _cron_delete_expired(self):
        """Delete the sounds whose term is over, never those held; the rows stay."""
        while True:
            expired = self._expired()
            if not expired:
                break
            expired._delete_sound()
            self.env["ir.cron"]._commit_progress(len(expired))

    @api.model
    def _expired(self, limit=BATCH):
        """Return recordings past the term of their kind of call, the oldest first."""
        terms = self.env["gorod24.recording.term"]._terms()
        now = fields.Datetime.now()
        kept = [("deleted_at", "=", False), ("legal_hold", "!=", True)]
        found = self.browse()
        for profile, days in terms.items():
            domain = [*kept, ("started_at", "<", now - timedelta(days=days))]
            if profile == "any":
                named = [name for name in terms if name != "any"]
                # A recording without a call is of no kind.
                domain += [
                    "|",
                    "|",
                    ("call_id", "=", False),
                    ("call_id.profile", "=", False),
                    ("call_id.profile", "not in", named),
                ]
            else:
                domain.append(("call_id.profile", "=", profile))
            found |= self.search(domain, order="started_at", limit=limit)
        return found[:limit]

    def _delete_sound(self):
        """Take the files away and note when; the imprint and who listened stay."""
        attachments = self.attachment_id
        self.write({"attachment_id": False, "deleted_at": fields.Datetime.now()})
        self.flush_recordset()
        attachments.unlink()

    # Imprint -------------------------------------------------------------------------

    def _verify(self):
        """Compare each file with its imprint and note what came of it."""
        for recording in self.filtered("attachment_id"):
            # One file in memory at a time: read together, a turn would be gigabytes.
            attachment = recording.attachment_id.with_prefetch()
            content = attachment.raw or b""
            attachment.invalidate_recordset(["raw"], flush=False)
            same = hashlib.sha256(content).hexdigest() == recording.sha256
            recording.write(
                {"verified_at": fields.Datetime.now(), "is_damaged": not same}
            )

    @api.model
    def _cron_verify(self, limit=200):
        """Check those not looked at for the longest time."""
        domain = [("deleted_at", "=", False), ("attachment_id", "!=", False)]
        order = "verified_at nulls first, id"
        self.search(domain, order=order, limit=limit)._verify()
