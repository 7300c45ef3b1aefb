# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Gorod24CompetenceAsk(models.TransientModel):
    """«Кто отвечает?»: the curator asks as the card would and sees every rule."""

    _name = "gorod24.competence.ask"
    _description = "Ask Who Answers"

    topic_id = fields.Many2one("helpdesk.ticket.category", string="Problem")
    building_id = fields.Many2one("gorod24.building", string="House")
    address_id = fields.Many2one(
        "gorod24.address",
        string="Street or district",
        help="When no house is named.",
    )
    date = fields.Date(
        string="On the day",
        default=lambda self: self.env["gorod24.service.time"]._get_service_today(),
        required=True,
    )
    complained_id = fields.Many2one(
        "res.partner",
        string="Complaint about",
        domain=[("is_participant", "=", True)],
        help="The organisation complained about never gets the question.",
    )
    result = fields.Html(compute="_compute_result", sanitize=False)

    @api.depends_context("lang")
    def _compute_display_name(self):
        for asked in self:
            asked.display_name = self.env._("Who answers?")

    @api.onchange("building_id")
    def _onchange_building_id(self):
        if self.building_id:
            self.address_id = self.building_id.street_id

    @api.onchange("address_id")
    def _onchange_address_id(self):
        if self.address_id != self.building_id.street_id:
            self.building_id = False

    @api.depends("topic_id", "building_id", "address_id", "date", "complained_id")
    @api.depends_context("lang")
    def _compute_result(self):
        for asked in self:
            asked.result = asked._render_result()

    def _render_result(self):
        """The answer and the line of rules as a page."""
        if not self.topic_id:
            return ""
        explained = self.env["gorod24.competence"].explain_route(
            self.topic_id._origin,
            self.building_id._origin,
            self.address_id._origin,
            self.date,
            self.complained_id._origin,
        )
        answer = explained["answer"]
        hints = [item for item in answer["alternatives"] if item.get("hint")]
        named = answer if answer["participant_id"] else (hints or [answer])[0]
        return self.env["ir.qweb"]._render(
            "gorod24_classifier.competence_ask_result",
            {
                "answer": answer,
                "participant": self.env["res.partner"].browse(
                    answer["participant_id"] or ()
                ),
                "section": self.env["gorod24.section"].browse(
                    answer["section_id"] or ()
                ),
                "person": self.env["res.partner"].browse(answer["person_id"] or ()),
                "usual": self.env["res.partner"].browse(
                    named["participant_id"] if hints and named.get("hint") else ()
                ),
                "lines": explained["lines"],
                "labels": self._get_status_labels(),
            },
        )

    @api.model
    def _get_status_labels(self):
        """{status: (label, class of its badge)}."""
        return {
            "chosen": (self.env._("Answers"), "text-bg-success"),
            "next": (self.env._("Next"), "text-bg-info"),
            "same": (self.env._("Again the same"), "text-bg-light"),
            "complained": (self.env._("Complained about"), "text-bg-danger"),
            "archived": (self.env._("Archived"), "text-bg-warning"),
            "other_day": (self.env._("Another day"), "text-bg-light"),
        }
