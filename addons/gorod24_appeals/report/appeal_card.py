# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError


class AppealPaper(models.AbstractModel):
    """What the papers about an appeal share: who may print, times, labels."""

    _name = "gorod24.appeal.paper"
    _description = "Paper about an appeal"

    @api.model
    def _get_report_values(self, docids, data=None):
        staff = "gorod24_appeals.group_operator,gorod24_appeals.group_manager"
        if not self.env.user.has_groups(staff):
            raise AccessError(self.env._("Appeals are printed by the staff only."))
        appeals = self.env["helpdesk.ticket"].browse(docids)
        appeals.check_access("read")
        self.env["gorod24.appeal.view"]._log(appeals, "print")
        return {
            "doc_ids": docids,
            "doc_model": "helpdesk.ticket",
            "docs": appeals,
            "company": self.env.company,
            "printed_at": fields.Datetime.now(),
            "printed_by": self.env.user.name,
            "when": self._when,
            "label": self._label,
            "joined": self._joined,
        }

    def _joined(self, *parts):
        return ", ".join(filter(None, parts))

    def _when(self, moment):
        """A moment (naive UTC) by the service's clock."""
        local = self.env["gorod24.clock"]._to_local(moment)
        return local.strftime("%d.%m.%Y %H:%M") if local else "–"

    def _label(self, record, field):
        labels = dict(record._fields[field]._description_selection(self.env))
        return labels.get(record[field], "")


class AppealCard(models.AbstractModel):
    _name = "report.gorod24_appeals.report_appeal_card"
    _inherit = "gorod24.appeal.paper"
    _description = "Printed card of an appeal"


class AcknowledgementPaper(models.AbstractModel):
    _name = "report.gorod24_appeals.report_acknowledgement"
    _inherit = "gorod24.appeal.paper"
    _description = "Printed text for the citizen"
