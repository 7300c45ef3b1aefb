# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: a node through the editions: its code on a day, its names."""

from odoo import api, fields, models

#: Longest chain of successors followed: editions come once a year at most.
MAX_EDITIONS = 20


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    successor_count = fields.Integer(
        string="Replaces", compute="_compute_successor_count"
    )

    @api.depends("replaced_by_id")
    def _compute_successor_count(self):
        """How many nodes of older editions this one replaces."""
        rows = self.with_context(active_test=False)._read_group(
            [("replaced_by_id", "in", self.ids)], ["replaced_by_id"], ["__count"]
        )
        counts = {category.id: count for category, count in rows}
        for category in self:
            category.successor_count = counts.get(category.id, 0)

    def _get_code_for(self, kind, date=None):
        """The node of another classifier under which this one counts on a day.

        The way goes along «counts as» (local → national → POS); in each classifier
        the edition in force on that day is taken, reached by its own mapping or along
        the chain of successors.

        :param kind: local, national or pos
        :param date: today when not given
        :return: one category; empty when nothing corresponds
        """
        self.ensure_one()
        date = date or self.env["gorod24.service.time"]._get_service_today()
        level = self.with_context(active_test=False)
        seen = self.browse()
        while level:
            found = level.filtered(lambda c: c.classifier_id.kind == kind)
            if found:
                return found._take_edition(date)[:1]
            seen |= level
            # the codes of the day come first: an old code may count otherwise
            level = (level._take_edition(date) | level).maps_to_ids - seen
        return self.browse()

    def _take_edition(self, date):
        """Those of an edition in force on the day, or what stands for them there."""
        valid = self.filtered(lambda c: c._is_of_day(date))
        if valid:
            return valid._sort_by_edition()
        later = self._follow(date, lambda nodes: nodes.replaced_by_id)
        return later or self._follow(
            date,
            lambda nodes: nodes.search([("replaced_by_id", "in", nodes.ids)]),
        )

    def _follow(self, date, step):
        """The first nodes of the day along a chain of editions."""
        nodes = self
        for _edition in range(MAX_EDITIONS):
            nodes = step(nodes)
            valid = nodes.filtered(lambda c: c._is_of_day(date))
            if valid or not nodes:
                return valid._sort_by_edition()
        return self.browse()

    def _sort_by_edition(self):
        """The latest edition first, then by code."""
        first = fields.Date.to_date("0001-01-01")
        ordered = self.sorted(lambda c: (c.code or "", c.id))
        return ordered.sorted(
            lambda c: c.classifier_id.valid_from or first, reverse=True
        )

    def _is_of_day(self, date):
        return not self.classifier_id or self.classifier_id._is_valid_on(date)

    @api.model
    def _get_known_regimes(self):
        """Codes of the legal regimes a topic may name, empty when any may.

        The regulation is no dependency of this addon: asked only when installed.
        """
        if "gorod24.regime" not in self.env:
            return set()
        # sudo: a curator of topics may have no right on the regulation; codes only
        regimes = self.env["gorod24.regime"].sudo().search_fetch([], ["code"])
        return set(regimes.mapped("code"))

    def _write_imported(self, values):
        """Write values of a file; a name that was one for all languages stays so."""
        self.ensure_one()
        name = values.get("name")
        if name:
            installed = [code for code, _name in self.env["res.lang"].get_installed()]
            langs = {"en_US", *installed}  # the source stays even when not installed
            before = self.name
            alike = [
                lang for lang in langs if self.with_context(lang=lang).name == before
            ]
            for lang in {*alike, self.env.lang or "en_US"}:
                self.with_context(lang=lang).write({"name": name})
        rest = {key: value for key, value in values.items() if key != "name"}
        if rest:
            self.write(rest)
