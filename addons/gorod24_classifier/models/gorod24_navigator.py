# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class Gorod24Navigator(models.Model):
    """What the citizen applies for himself: where, when, with which papers."""

    _name = "gorod24.navigator"
    _description = "Service Navigator Entry"
    _inherit = ["gorod24.word.search"]
    _order = "name, id"
    _rec_names_search = ["name", "organisation", "keywords"]

    name = fields.Char("Service", required=True)
    what = fields.Text("What it does", help="In one or two sentences.")
    organisation = fields.Char()
    participant_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_participant", "=", True)],
        help="If the organisation is a participant of the hotline.",
    )
    address_text = fields.Char("Address", help="As it is told aloud.")
    building_id = fields.Many2one(
        "gorod24.building", "House", index="btree_not_null", ondelete="restrict"
    )
    phones = fields.Char(help="Several are parted by commas.")
    site = fields.Char()
    how_to_apply = fields.Text()
    documents = fields.Text(help="What to bring.")
    hours_ids = fields.One2many("gorod24.navigator.hours", "navigator_id", "Hours")
    special_ids = fields.One2many(
        "gorod24.navigator.special", "navigator_id", "Special days"
    )
    closed_on_holidays = fields.Boolean(
        default=True, help="Public holidays of the production calendar are days off."
    )
    hours_note = fields.Char(help="For example: the last Friday is a cleaning day.")
    topic_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "gorod24_navigator_topic_rel",
        "navigator_id",
        "topic_id",
        "Topics",
        help="Offered on the card for these topics and all below them.",
    )
    keywords = fields.Char(
        help="Words of citizens by which the service is found, parted by commas."
    )
    valid_from = fields.Date()
    valid_to = fields.Date(help="The last day the entry is shown on the card.")
    checked_at = fields.Date("Checked on", help="When the facts were last confirmed.")
    is_offered = fields.Boolean(
        "Offered today", compute="_compute_is_offered", search="_search_is_offered"
    )
    use_count = fields.Integer("Times used", compute="_compute_use_count")
    active = fields.Boolean(default=True)

    _check_dates = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "An entry cannot end before it begins.",
    )

    @api.model
    def _get_offered_domain(self, date=None):
        """Entries shown on a day of the service."""
        date = date or self.env["gorod24.service.time"]._get_service_today()
        begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", date)
        not_over = Domain("valid_to", "=", False) | Domain("valid_to", ">=", date)
        return Domain("active", "=", True) & begun & not_over

    @api.depends("valid_from", "valid_to", "active")
    def _compute_is_offered(self):
        today = self.env["gorod24.service.time"]._get_service_today()
        for entry in self:
            begun = not entry.valid_from or entry.valid_from <= today
            over = entry.valid_to and entry.valid_to < today
            entry.is_offered = bool(entry.active and begun and not over)

    @api.model
    def _search_is_offered(self, operator, value):
        return self._get_offered_domain() if operator == "in" else NotImplemented

    def _compute_use_count(self):
        rows = self.env["gorod24.navigator.use"]._read_group(
            [("navigator_id", "in", self.ids)], ["navigator_id"], ["__count"]
        )
        counts = {entry.id: count for entry, count in rows}
        for entry in self:
            entry.use_count = counts.get(entry.id, 0)

    @api.onchange("building_id")
    def _onchange_building_id(self):
        if self.building_id and not self.address_text:
            self.address_text = self.building_id.display_name

    @api.onchange("participant_id")
    def _onchange_participant_id(self):
        if self.participant_id and not self.organisation:
            self.organisation = self.participant_id.name

    def action_confirm_today(self):
        """Note that the facts were confirmed today."""
        today = self.env["gorod24.service.time"]._get_service_today()
        self.write({"checked_at": today})

    def action_open_uses(self):
        """Open the log of uses of this entry."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_navigator_use_action"
        )
        return dict(action, domain=[("navigator_id", "=", self.id)])
