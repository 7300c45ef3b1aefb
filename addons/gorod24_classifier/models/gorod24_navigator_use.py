# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Gorod24NavigatorUse(models.Model):
    """One sending of a citizen to a service. Says nothing of the citizen."""

    _name = "gorod24.navigator.use"
    _description = "Use of a Navigator Entry"
    _order = "id desc"
    _log_access = False

    navigator_id = fields.Many2one(
        "gorod24.navigator", "Service", required=True, index=True, ondelete="restrict"
    )
    topic_id = fields.Many2one(
        "helpdesk.ticket.category", index="btree_not_null", ondelete="set null"
    )
    used_at = fields.Datetime(required=True, default=fields.Datetime.now, index=True)

    @api.depends("navigator_id")
    def _compute_display_name(self):
        for use in self:
            use.display_name = use.navigator_id.display_name


class Gorod24Navigator(models.Model):
    _inherit = "gorod24.navigator"

    @api.private  # the card counts what was read, a call from outside would forge it
    @api.model
    def record_use(self, navigator_id, question=None):
        """Note that a citizen was sent to a service.

        :param question: record with `topic_id`; nothing else of it is kept
        """
        entry = self.browse(navigator_id)
        entry.check_access("read")
        # sudo: the log is closed to bare writing, every reader of services fills it
        return (
            self.env["gorod24.navigator.use"]
            .sudo()
            .create(
                {
                    "navigator_id": entry.id,
                    "topic_id": question.topic_id.id if question else False,
                }
            )
        )
