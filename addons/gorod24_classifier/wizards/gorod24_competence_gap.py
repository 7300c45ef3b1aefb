# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: A rule is offered for so many houses at once; more are better given a street.
MAX_HOUSES = 3000


class Gorod24CompetenceGap(models.TransientModel):
    """A topic for which nobody answers in a district, or in some of its houses."""

    _name = "gorod24.competence.gap"
    _description = "Topic without an Answer"
    _order = "group_id, topic_id, district_id, id"

    report_id = fields.Many2one(
        "gorod24.competence.report", required=True, index=True, ondelete="cascade"
    )
    topic_id = fields.Many2one("helpdesk.ticket.category", ondelete="cascade")
    group_id = fields.Many2one(
        "helpdesk.ticket.category", string="Group", ondelete="cascade"
    )
    district_id = fields.Many2one(
        "gorod24.address", string="District", ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("none", "Nobody in the whole district"),
            ("part", "Nobody for some houses"),
            ("outside", "Nobody outside the districts"),
            ("town", "Nobody where no place is named"),
        ],
        string="What is missing",
        required=True,
    )
    house_count = fields.Integer(string="Houses in the district")
    missing_count = fields.Integer(string="Houses without an answer")
    topic_count = fields.Integer(
        string="Topics", default=1, export_string_translation=False
    )

    @api.depends("topic_id", "district_id")
    def _compute_display_name(self):
        for gap in self:
            names = [gap.topic_id.name, gap.district_id.display_name]
            gap.display_name = ", ".join(name for name in names if name)

    # FINDING

    @api.model
    def _fill(self, report):
        """Write the gaps of a report."""
        coverage = self.env["gorod24.competence"]._read_coverage(report.date)
        districts = self.env["gorod24.competence"]._read_districts(coverage)
        rows = []
        for topic in report._get_topics():
            path = topic._get_ancestor_ids()
            group_id = topic.parent_id.id or None
            if not topic._needs_place():
                if not coverage.covers_town(path):
                    rows.append((topic.id, group_id, None, "town", 0, 0))
                continue
            for district, district_path in districts:
                gap = coverage.find_gap(path, district_path)
                if gap:
                    rows.append(self._make_row(topic, group_id, district, gap))
        self._insert(report, rows)

    @api.model
    def _make_row(self, topic, group_id, district, gap):
        missing, houses = gap
        count = missing.bit_count()
        kind = "part" if count < houses else "none"
        if not district:
            kind = "outside" if kind == "none" else "part"
        return topic.id, group_id, district.id or None, kind, houses, count

    @api.model
    def _insert(self, report, rows):
        """At once by SQL: thousands of lines are nothing unusual in a new town."""
        columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 6
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO gorod24_competence_gap
                    (report_id, create_uid, create_date, topic_count, topic_id,
                     group_id, district_id, kind, house_count, missing_count)
                SELECT %(report)s, %(uid)s, now() AT TIME ZONE 'UTC', 1, *
                  FROM unnest(%(topic)s::int[], %(parent)s::int[], %(district)s::int[],
                              %(kind)s::text[], %(houses)s::int[], %(missing)s::int[])
                """,
                report=report.id,
                uid=self.env.uid,
                **dict(
                    zip(
                        ("topic", "parent", "district", "kind", "houses", "missing"),
                        columns,
                        strict=True,
                    )
                ),
            )
        )
        self.invalidate_model()

    def _get_missing_ids(self):
        """Ids of the houses without an answer, looked up anew."""
        self.ensure_one()
        coverage = self.env["gorod24.competence"]._read_coverage(self.report_id.date)
        path = self.district_id._get_path_ids() if self.district_id else [None]
        gap = coverage.find_gap(self.topic_id._get_ancestor_ids(), path)
        return coverage.town.name(gap[0]) if gap else []

    # ACTIONS

    def action_open(self):
        """A click on the line: a curator mends the gap, others see the houses."""
        self.ensure_one()
        if self.env["gorod24.competence"].has_access("create"):
            return self.action_create_rule()
        return self.action_show_houses()

    def action_show_houses(self):
        """Open the houses without an answer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_address.gorod24_building_action"
        )
        action["domain"] = [("id", "in", self._get_missing_ids())]
        action["context"] = {}
        return action

    def action_create_rule(self):
        """Open a new rule that would close this gap; the curator names who."""
        self.ensure_one()
        context = {
            "default_topic_id": self.topic_id.id,
            "default_date_from": fields.Date.to_string(self.report_id.date),
        }
        if self.kind == "part" and self.missing_count <= MAX_HOUSES:
            context["default_building_ids"] = self._get_missing_ids()
        else:
            context["default_address_id"] = self.district_id.id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New rule"),
            "res_model": "gorod24.competence",
            "view_mode": "form",
            "context": context,
        }

    def action_other_day(self):
        """Ask for another day or other topics."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_competence_report_action"
        )
