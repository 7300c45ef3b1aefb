# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Houses written out in the list.
SAMPLE = 3


class Gorod24CompetenceOverlap(models.TransientModel):
    """Two rules alike in topic and place, in force at once, for two participants."""

    _name = "gorod24.competence.overlap"
    _description = "Double Answer"
    _order = "kind, topic_id, id"

    report_id = fields.Many2one(
        "gorod24.competence.report", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("arbitrary", "Alike in all"),
            ("unclosed", "The older one is not ended"),
        ],
        string="What is wrong",
        required=True,
    )
    topic_id = fields.Many2one("helpdesk.ticket.category", ondelete="cascade")
    address_id = fields.Many2one("gorod24.address", ondelete="cascade")
    sample_ids = fields.Json(export_string_translation=False)
    house_count = fields.Integer(string="Houses")
    place = fields.Char(string="Where", compute="_compute_place")
    winner_id = fields.Many2one(
        "gorod24.competence", string="Rule that answers", ondelete="cascade"
    )
    loser_id = fields.Many2one(
        "gorod24.competence", string="Rule that gives way", ondelete="cascade"
    )
    winner_participant_id = fields.Many2one(
        related="winner_id.participant_id", string="Answers"
    )
    loser_participant_id = fields.Many2one(
        related="loser_id.participant_id", string="Gives way"
    )
    winner_from = fields.Date(related="winner_id.date_from", string="Since")
    loser_from = fields.Date(related="loser_id.date_from", string="Since when")
    date_from = fields.Date(string="Both since")
    date_to = fields.Date(string="Both until")

    @api.depends("address_id", "sample_ids", "house_count")
    def _compute_place(self):
        for overlap in self:
            if not overlap.house_count:
                town = self.env._("whole town")
                overlap.place = overlap.address_id.display_name or town
                continue
            houses = self.env["gorod24.building"].browse(overlap.sample_ids).exists()
            text = "; ".join(houses.mapped("display_name"))
            rest = overlap.house_count - len(houses)
            if rest > 0:
                text = self.env._("%(text)s and %(count)s more", text=text, count=rest)
            overlap.place = text

    # FINDING

    @api.model
    def _fill(self, report):
        """Write the overlaps of a report."""
        topics = None
        if report.topic_ids:
            topics = self.env["helpdesk.ticket.category"].search(
                [("id", "child_of", report.topic_ids.ids)]
            )
        doubles = self.env["gorod24.competence"]._find_doubles(report.date, topics)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO gorod24_competence_overlap
                    (report_id, create_uid, create_date, kind, topic_id, address_id,
                     winner_id, loser_id, date_from, date_to, house_count, sample_ids)
                SELECT %(report)s, %(uid)s, now() AT TIME ZONE 'UTC', d.kind,
                       w.topic_id, w.address_id, w.id, l.id,
                       GREATEST(w.date_from, l.date_from),
                       LEAST(w.date_to, l.date_to), d.houses, d.sample::jsonb
                  FROM unnest(%(winner)s::int[], %(loser)s::int[], %(kind)s::text[],
                              %(houses)s::int[], %(sample)s::text[])
                       AS d (winner_id, loser_id, kind, houses, sample)
                  JOIN gorod24_competence w ON w.id = d.winner_id
                  JOIN gorod24_competence l ON l.id = d.loser_id
                """,
                report=report.id,
                uid=self.env.uid,
                **self._prepare_columns(doubles),
            )
        )
        self.invalidate_model()

    @api.model
    def _prepare_columns(self, doubles):
        """Lists of one length, a column each, for `unnest`."""
        return {
            "winner": [double.winner_id for double in doubles],
            "loser": [double.loser_id for double in doubles],
            "kind": [
                "arbitrary" if double.arbitrary else "unclosed" for double in doubles
            ],
            "houses": [len(double.house_ids or ()) for double in doubles],
            "sample": [
                json.dumps(sorted(double.house_ids or ())[:SAMPLE])
                for double in doubles
            ],
        }

    # ACTIONS

    def action_open_rules(self):
        """Open both rules side by side."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_competence_action"
        )
        action["domain"] = [("id", "in", (self.winner_id | self.loser_id).ids)]
        action["context"] = {}
        return action

    def action_show_houses(self):
        """Open the houses both rules name."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_address.gorod24_building_action"
        )
        shared = self.winner_id.building_ids & self.loser_id.building_ids
        action["domain"] = [("id", "in", shared.ids)]
        action["context"] = {}
        return action

    def action_close_older(self):
        """End the older rule the day before the newer one begins."""
        self.ensure_one()
        older, newer = self.loser_id, self.winner_id
        if self.kind != "unclosed" or self.house_count < older.building_count:
            raise UserError(
                self.env._(
                    "Only a rule that is overtaken in all its places can be ended here."
                    " Open the two rules and mend them."
                )
            )
        older.date_to = newer.date_from - timedelta(1)
        self.unlink()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_other_day(self):
        """Ask for another day or other topics."""
        return self.env["gorod24.competence.gap"].action_other_day()
