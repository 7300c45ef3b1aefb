# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain


class Gorod24ReferenceHealth(models.AbstractModel):
    _inherit = "gorod24.reference.health"

    @api.model
    def _get_people_checks(self):
        group = self.env.ref("gorod24_portal.group_participant")
        current = self.env["gorod24.section.member"]._get_current_domain()
        closed = Domain("user_id.share", "=", True)
        closed &= Domain("user_id.active", "=", True)
        closed &= Domain("user_id.all_group_ids", "not in", group.ids)
        return [
            *super()._get_people_checks(),
            {
                "code": "member_no_portal",
                "area": "people",
                "title": self.env._("Members who cannot open the journal"),
                "hint": self.env._("Give their users the group of participants."),
                "model": "gorod24.section.member",
                "action": "gorod24_classifier.gorod24_section_member_action",
                "domain": current & Domain("section_id.active", "=", True) & closed,
                "severity": "warning",
            },
        ]
