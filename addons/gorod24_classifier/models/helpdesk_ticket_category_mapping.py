# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the correspondence of a topic to the codes of other classifiers.

`maps_to_ids` holds the links to all editions, so that old appeals keep their codes;
the fields here show and change those to the edition that is worked with today.
"""

from odoo import api, fields, models
from odoo.fields import Command, Domain


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    national_ids = fields.Many2many(
        "helpdesk.ticket.category",
        string="National code",
        compute="_compute_mapping",
        inverse="_inverse_national_ids",
        search="_search_national_ids",
        domain="[('classifier_id.kind', '=', 'national'),"
        " ('classifier_id.is_current', '=', True)]",
    )
    pos_ids = fields.Many2many(
        "helpdesk.ticket.category",
        string="POS code",
        compute="_compute_mapping",
        inverse="_inverse_pos_ids",
        search="_search_pos_ids",
        domain="[('classifier_id.kind', '=', 'pos'),"
        " ('classifier_id.is_current', '=', True)]",
    )
    pos_is_indirect = fields.Boolean(
        string="POS code by way of the national one",
        compute="_compute_mapping",
    )

    @api.depends("maps_to_ids.maps_to_ids", "maps_to_ids.classifier_id")
    def _compute_mapping(self):
        national = self.env["gorod24.classifier"]._get_working("national")
        pos = self.env["gorod24.classifier"]._get_working("pos")
        for category in self:
            targets = category.maps_to_ids
            found = targets.filtered(lambda c: national and c.classifier_id == national)
            direct = targets.filtered(lambda c: pos and c.classifier_id == pos)
            through = found.maps_to_ids.filtered(
                lambda c: pos and c.classifier_id == pos
            )
            category.national_ids = found
            category.pos_ids = direct or through
            category.pos_is_indirect = bool(through and not direct)

    def _inverse_national_ids(self):
        for category in self:
            category._set_mapping("national", category.national_ids)

    def _inverse_pos_ids(self):
        for category in self:
            category._set_mapping("pos", category.pos_ids)

    def _set_mapping(self, kind, targets):
        """Let the links to the edition of today be these; other editions stay."""
        self.ensure_one()
        edition = self.env["gorod24.classifier"]._get_working(kind)
        old = self.maps_to_ids.filtered(lambda c: c.classifier_id == edition)
        targets = targets.filtered(lambda c: c.classifier_id == edition)
        if targets != old:
            self.maps_to_ids = [
                *(Command.unlink(i) for i in (old - targets).ids),
                *(Command.link(i) for i in (targets - old).ids),
            ]

    def _search_national_ids(self, operator, value):
        edition = self.env["gorod24.classifier"]._get_working("national")
        return self._search_mapping(operator, value, self._links_to(edition))

    def _search_pos_ids(self, operator, value):
        national = self.env["gorod24.classifier"]._get_working("national")
        edition = self.env["gorod24.classifier"]._get_working("pos")

        def links(domain):
            direct = self._links_to(edition)(domain)
            return direct | self._links_to(national)(direct)

        return self._search_mapping(operator, value, links)

    def _links_to(self, edition):
        """Function: domain of targets → domain of nodes linked to such ones."""

        def links(domain):
            of_edition = Domain("classifier_id", "=", edition.id or 0)
            return Domain("maps_to_ids", "any", list(of_edition & domain))

        return links

    def _search_mapping(self, operator, value, links):
        if operator == "in":
            ids = [i for i in value if i]
            domain = links(Domain("id", "in", ids)) if ids else Domain.FALSE
            if len(ids) < len(list(value)):  # False: without any
                domain |= ~links(Domain.TRUE)
            return domain
        if operator == "any":
            return links(Domain(value))
        if operator in ("ilike", "=ilike", "like", "=like"):
            return links(
                Domain("name", operator, value) | Domain("code", operator, value)
            )
        return NotImplemented

    @api.depends("classifier_id.kind")
    def _compute_display_name(self):
        """Nodes of other classifiers are known by their codes."""
        coded = self.filtered(
            lambda c: c.code and c.classifier_id.kind in ("national", "pos")
        )
        for category in coded:
            category.display_name = f"{category.code} {category.name}"
        return super(HelpdeskTicketCategory, self - coded)._compute_display_name()

    # BUTTONS OF THE MAPPING

    def action_suggest_mapping(self):
        """Offer codes to the chosen topics, or to all that have none."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_mapping_suggest_action"
        )
        topics = self.browse(self.env.context.get("active_ids") or self.ids)
        action["context"] = {"default_topic_ids": topics.ids}
        return action

    def action_import_mapping(self):
        """Import a table «topic — codes»."""
        local = self.env["gorod24.classifier"]._get_working("local")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_classifier_import_action"
        )
        action["name"] = self.env._("Import of the mapping")
        action["context"] = {
            "default_classifier_id": local.id,
            "default_mapping_only": True,
        }
        return action

    def action_export_mapping(self):
        """Export the table «topic — codes»."""
        local = self.env["gorod24.classifier"]._get_working("local")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_classifier_export_action"
        )
        action["name"] = self.env._("Export of the mapping")
        action["context"] = {
            "default_classifier_id": local.id,
            "default_mapping_only": True,
        }
        return action
