# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Gorod24SectionPresence(models.TransientModel):
    """«Кто сейчас на месте»: duty list and emergency chain of a section."""

    _name = "gorod24.section.presence"
    _description = "Who Is at His Post"

    section_id = fields.Many2one("gorod24.section", required=True, ondelete="cascade")
    moment = fields.Datetime(string="At", default=fields.Datetime.now, required=True)
    report = fields.Html(compute="_compute_report", sanitize=False)

    @api.depends("section_id", "moment")
    @api.depends_context("lang")
    def _compute_report(self):
        for presence in self:
            section, moment = presence.section_id, presence.moment
            if not (section and moment):
                presence.report = False
                continue
            is_open, opening = section._describe_opening(moment)
            local = section._to_calendar_time(moment)
            presence.report = self.env["ir.qweb"]._render(
                "gorod24_classifier.section_presence",
                {
                    "section": section,
                    "is_open": is_open,
                    "opening": opening,
                    "local": local.strftime("%d.%m.%Y %H:%M"),
                    "duty": section._get_duty_list(local.date()),
                    "chain": section._get_contact_chain(moment),
                },
            )
