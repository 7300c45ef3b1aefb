# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Gorod24Competence(models.Model):
    """Who answers for which topics, where and when. Choice: `_route`."""

    _name = "gorod24.competence"
    _description = "Competence Rule"
    _order = "topic_id, address_id, date_from desc, id desc"

    name = fields.Char(compute="_compute_name")
    topic_id = fields.Many2one(
        "helpdesk.ticket.category",
        ondelete="restrict",
        help="This topic or group with all below it; empty: every topic.",
    )
    address_id = fields.Many2one(
        "gorod24.address",
        string="Territory",
        ondelete="restrict",
        help="This district or street with all below it; empty: the whole town.",
    )
    building_ids = fields.Many2many(
        "gorod24.building",
        "gorod24_competence_building_rel",
        "competence_id",
        "building_id",
        string="Houses",
        help="If any are given, the rule holds for exactly these houses.",
    )
    has_buildings = fields.Boolean(
        compute="_compute_has_buildings", store=True, export_string_translation=False
    )
    date_from = fields.Date(string="In force since")
    date_to = fields.Date(string="In force until")
    participant_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_participant", "=", True)],
    )
    section_id = fields.Many2one(
        "gorod24.section",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('participant_id', '=', participant_id)]",
        help="Empty: the participant's first section.",
    )
    person_id = fields.Many2one(
        "res.partner", string="Responsible person", ondelete="restrict"
    )
    note = fields.Text(help="Ground: contract, order, agreement.")
    active = fields.Boolean(default=True)

    # The two look-ups of `_route`: by topic and place, and by house.
    _topic_address_idx = models.Index(
        "(topic_id, address_id) WHERE active AND NOT has_buildings"
    )
    _check_dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A rule cannot end before it begins.",
    )

    @api.depends("building_ids")
    def _compute_has_buildings(self):
        for rule in self:
            rule.has_buildings = bool(rule.building_ids)

    @api.depends("topic_id", "address_id", "building_ids")
    @api.depends_context("lang")
    def _compute_name(self):
        for rule in self:
            rule.name = f"{rule._get_topic_label()} → {rule._get_place_label()}"

    def _get_topic_label(self):
        return self.topic_id.name or self.env._("all topics")

    def _get_place_label(self):
        if self.has_buildings:
            count = len(self.building_ids)
            if count == 1:
                return self.building_ids.display_name
            return self.env._("list of %(count)s houses", count=count)
        return self.address_id.display_name or self.env._("whole town")

    @api.constrains("participant_id", "topic_id", "address_id", "building_ids")
    def _check_something_given(self):
        for rule in self:
            if not (rule.topic_id or rule.address_id or rule.building_ids):
                raise ValidationError(
                    self.env._("Give a topic, a territory or houses to the rule.")
                )

    @api.constrains("section_id", "participant_id")
    def _check_section(self):
        for rule in self:
            section = rule.section_id
            if section and section.participant_id != rule.participant_id:
                raise ValidationError(
                    self.env._(
                        "Section “%(section)s” belongs to another participant.",
                        section=section.name,
                    )
                )
