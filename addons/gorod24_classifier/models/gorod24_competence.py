# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class Gorod24Competence(models.Model):
    """Who answers for which topics, where and when. Choice: `_route`."""

    _name = "gorod24.competence"
    _description = "Competence Rule"
    _order = "topic_id, address_id, date_from desc, id desc"

    name = fields.Char(compute="_compute_name")
    place_label = fields.Char(string="Where", compute="_compute_name")
    topic_id = fields.Many2one(
        "helpdesk.ticket.category",
        ondelete="restrict",
        domain=[
            "|",
            ("classifier_id", "=", False),
            ("classifier_id.kind", "=", "local"),
        ],
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
        # a list that loses its last house would hold for the whole town
        ondelete="restrict",
        help="If any are given, the rule holds for exactly these houses.",
    )
    has_buildings = fields.Boolean(
        compute="_compute_has_buildings", store=True, export_string_translation=False
    )
    building_count = fields.Integer(
        string="Number of houses", compute="_compute_has_buildings", store=True
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
    origin_id = fields.Many2one(
        "gorod24.competence",
        string="Split from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The rule from which a bulk change took these houses. Between rules that"
        " are alike in all else this one stands in its place.",
    )
    note = fields.Text(string="Ground", help="Contract, order, agreement.")
    active = fields.Boolean(default=True)

    # The look-ups of `_route`: by topic and place, where 0 stands for "any"; among
    # the lists by topic, joined with the rules that name the house (the reversed key
    # of the relation). The expressions are those of `_place_sql`.
    _topic_address_idx = models.Index(
        "(COALESCE(topic_id, 0), COALESCE(address_id, 0))"
        " WHERE active AND NOT has_buildings"
    )
    _topic_list_idx = models.Index(
        "(COALESCE(topic_id, 0)) WHERE active AND has_buildings"
    )
    _check_dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A rule cannot end before it begins.",
    )

    @api.depends("building_ids")
    def _compute_has_buildings(self):
        for rule in self:
            rule.building_count = len(rule.building_ids)
            rule.has_buildings = bool(rule.building_ids)

    @api.depends("topic_id.name", "address_id.display_name", "building_ids")
    @api.depends_context("lang")
    def _compute_name(self):
        for rule in self:
            rule.place_label = rule._get_place_label()
            rule.name = f"{rule._get_topic_label()} → {rule.place_label}"

    def _get_topic_label(self):
        return self.topic_id.name or self.env._("all topics")

    def _get_place_label(self):
        if not self.has_buildings:
            return self.address_id.display_name or self.env._("whole town")
        if self.building_count == 1:
            return self.building_ids.display_name
        return self._get_list_label(self.building_count)

    @api.model
    def _get_list_label(self, count):
        return self.env._("list of houses: %(count)s", count=count)

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

    @api.constrains("person_id", "participant_id")
    def _check_person(self):
        for rule in self.filtered("person_id"):
            if not rule._is_own_person(rule.person_id):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not work for %(participant)s: choose a contact"
                        " of this participant or a member of its sections.",
                        person=rule.person_id.name,
                        participant=rule.participant_id.name,
                    )
                )

    def _is_own_person(self, person):
        """Whether somebody belongs to the participant of the rule."""
        own = self.participant_id.commercial_partner_id
        if person.is_company or person.commercial_partner_id == own:
            return not person.is_company
        members = self.participant_id.section_ids.member_ids
        return person in members.user_id.partner_id

    # HISTORY

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self._filter_used()
        if used:
            raise UserError(
                self.env._(
                    "Rule “%(rule)s” has been used: give it a last day or archive it,"
                    " so that past answers can be explained.",
                    rule=used[0].name,
                )
            )

    def _filter_used(self):
        """Hook: those of the rules by which somebody was chosen already.

        Here: rules that a bulk change has touched and that are named in its record.
        """
        lines = self.env["gorod24.competence.change.line"].search(
            [("competence_id", "in", self.ids)]
        )
        return lines.competence_id

    def action_close_today(self):
        """Make today the last day; rules that have not begun are archived."""
        today = self.env["gorod24.service.time"]._get_service_today()
        future = self.filtered(lambda r: r.date_from and r.date_from > today)
        future.action_archive()
        running = (self - future).filtered(lambda r: not r.date_to or r.date_to > today)
        running.date_to = today

    def action_ask(self):
        """Ask who answers for the topic and place of this rule."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_competence_ask_action"
        )
        house = self.building_ids[:1]
        action["context"] = {
            "default_topic_id": self.topic_id.id,
            "default_building_id": house.id,
            "default_address_id": house.street_id.id or self.address_id.id,
        }
        return action
