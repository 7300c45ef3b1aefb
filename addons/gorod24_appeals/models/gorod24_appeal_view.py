# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

SOURCES = [
    ("form", "Appeal's form"),
    ("card", "Caller card"),
    ("portal", "Participant's portal"),
    ("print", "Printed"),
    ("journal", "Journal written out"),
    ("informing", "Informing"),
]
# One line per user and appeal in this time, unless the system parameter says another.
MINUTES = 15


class AppealView(models.Model):
    """Who saw which appeal and from where: 152-FZ wants the views, not only changes.

    Lines are only added, by the server. Nothing of the citizen is kept in them, so
    they stay readable when the appeal itself is made anonymous or deleted.
    """

    _name = "gorod24.appeal.view"
    _description = "View of an appeal"
    _order = "at desc, id desc"
    _rec_name = "number"
    # The line is its own log.
    _log_access = False

    appeal_id = fields.Many2one("helpdesk.ticket", "Appeal", ondelete="set null")
    number = fields.Char(help="Tells the appeal when it is no more.")
    user_id = fields.Many2one("res.users", "User", required=True, ondelete="restrict")
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    source = fields.Selection(SOURCES, required=True)

    # The course of an appeal, newest first; also "has he seen it just now?".
    _appeal_idx = models.Index("(appeal_id, at DESC, id DESC)")
    # What a user saw in a period (incident inquiry).
    _user_idx = models.Index("(user_id, at DESC)")
    _at_idx = models.Index("(at)")

    @api.model
    def _log(self, appeals, source):
        """Note that the current user saw these appeals: one statement for all.

        What he saw within the last minutes the same way is not noted again.
        """
        if appeals and self.env.uid != SUPERUSER_ID:
            self.env.cr.execute(self._get_note(appeals, source))

    @api.model
    def _get_note(self, appeals, source):
        """The statement that notes a look at these appeals."""
        now = fields.Datetime.now()
        return SQL(
            """
            INSERT INTO gorod24_appeal_view (appeal_id, number, user_id, at, source)
            SELECT appeal.id, appeal.number, %(user)s, %(now)s, %(source)s
              FROM helpdesk_ticket appeal
             WHERE appeal.id = ANY(%(ids)s)
               AND NOT EXISTS (
                   SELECT FROM gorod24_appeal_view seen
                    WHERE seen.appeal_id = appeal.id
                      AND seen.at > %(since)s
                      AND seen.user_id = %(user)s
                      AND seen.source = %(source)s)
            """,
            user=self.env.uid,
            now=now,
            source=source,
            ids=appeals.ids,
            since=now - self._get_interval(),
        )

    @api.model
    def _get_interval(self):
        # sudo: one setting of the service
        settings = self.env["ir.config_parameter"].sudo()
        raw = settings.get_param("gorod24.view_log_minutes") or ""
        return timedelta(minutes=int(raw) if raw.isdigit() else MINUTES)

    def write(self, vals):
        if vals:
            raise AccessError(self.env._("The log of views is not changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_log(self):
        raise AccessError(self.env._("The log of views is not changed."))
