# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import frozendict

from odoo.addons.gorod24_appeals.models.gorod24_question import (
    AT_ONCE,
    OUTCOMES,
    STATES,
)

from ..rollup import DAY, MONTH, Definition, Dimension, Level

_IDS = ("topic_id", "participant_id", "district_id", "regime_id", "channel_id")
_PLAIN = ("state", "outcome", "emergency")
_WORK = ("participant_id", "regime_id", "channel_id", "state", "outcome", "emergency")


def at_once(alias):
    """``gorod24.question._is_settled_at_once`` over a row of the questions."""
    answered = ", ".join(f"'{outcome}'" for outcome in AT_ONCE)
    return (
        f"(COALESCE({alias}.outcome, '') IN ({answered})"
        f" OR {alias}.outcome = 'joined_notice'"
        f" AND {alias}.done_at = {alias}.registered_at)"
    )


STAT = Definition(
    table="gorod24_question_stat",
    source="gorod24_question",
    moment="r.registered_at",
    dimensions=(
        *(Dimension(name, "int4", f"r.{name}") for name in _IDS),
        Dimension("state", "varchar", "r.state"),
        Dimension("outcome", "varchar", "r.outcome"),
        Dimension("emergency", "bool", "COALESCE(r.emergency, false)"),
    ),
    measures=(
        ("question_count", "1"),
        ("appeal_count", "CASE WHEN r.position = 1 THEN 1 ELSE 0 END"),
        ("at_once_hundred", f"CASE WHEN {at_once('r')} THEN 100 ELSE 0 END"),
        # a joined question names a participant, too, and was sent to nobody
        ("sent_hundred", "CASE WHEN r.sent_at IS NOT NULL THEN 100 ELSE 0 END"),
    ),
    levels=(
        Level("month", MONTH, ("topic_id",)),
        Level("month_work", MONTH, _WORK),
        Level("month_place", MONTH, ("topic_id", "participant_id", "district_id")),
        Level("topic", DAY, ("topic_id",)),
        Level("full", DAY, (*_IDS, "state", "outcome", "emergency")),
    ),
)


class Gorod24QuestionStat(models.Model):
    """Questions by day of registration and everything a manager divides them by."""

    _name = "gorod24.question.stat"
    _description = "Statistics of questions"
    _inherit = ["gorod24.stat.mixin"]
    _auto = False
    _order = "day desc, id"
    _rec_name = "day"
    _depends = frozendict(
        {
            "gorod24.question": [
                *_IDS,
                "state",
                "outcome",
                "emergency",
                "registered_at",
                "sent_at",
                "done_at",
                "position",
            ]
        }
    )
    _stat = STAT
    _stat_ratios = {
        "at_once_share": ("at_once_hundred", "question_count"),
        "sent_share": ("sent_hundred", "question_count"),
    }

    day = fields.Date("Date", readonly=True)
    section_id = fields.Many2one(
        "helpdesk.ticket.category", "Section of the classifier", readonly=True
    )
    topic_id = fields.Many2one("helpdesk.ticket.category", readonly=True)
    participant_id = fields.Many2one("res.partner", readonly=True)
    district_id = fields.Many2one("gorod24.address", readonly=True)
    regime_id = fields.Many2one("gorod24.regime", "Legal regime", readonly=True)
    channel_id = fields.Many2one("helpdesk.ticket.channel", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    outcome = fields.Selection(OUTCOMES, "Result", readonly=True)
    emergency = fields.Boolean(readonly=True)
    question_count = fields.Integer("Questions", aggregator="sum", readonly=True)
    appeal_count = fields.Integer(
        "Appeals, by their first question",
        aggregator="sum",
        readonly=True,
        help="An appeal is counted once, in the line of its first question: in all it "
        "is the number of appeals, in the line of a topic or a participant only of "
        "those that begin with it.",
    )
    at_once_hundred = fields.Integer(aggregator="sum", readonly=True)
    sent_hundred = fields.Integer(aggregator="sum", readonly=True)
    at_once_share = fields.Float("Answered at once, %", aggregator="avg", readonly=True)
    sent_share = fields.Float(
        "Sent to participants, %", aggregator="avg", readonly=True
    )

    @api.model
    def _stat_extra(self, level):
        ratios = self._stat_ratio_columns()
        if "topic_id" not in level.dimensions:
            return (f"NULL::int4 AS section_id, {ratios}",)
        # PostgreSQL drops the join wherever the section is not asked for
        return (
            f"split_part(topic.parent_path, '/', 1)::int4 AS section_id, {ratios}",
            "LEFT JOIN helpdesk_ticket_category topic ON topic.id = s.topic_id",
        )

    @api.model
    def _stat_field_dimensions(self):
        return {"section_id": "topic_id"}

    def action_open_questions(self):
        """The questions behind these rows.

        A list names the cell in the context: the row of a cell that changed
        meanwhile may be gone.
        """
        cells = [self.env.context.get("gorod24_cell")]
        if not isinstance(cells[0], dict):
            cells = [row._get_cell() for row in self]
        domain = Domain.OR(self._questions_domain(cell) for cell in cells)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_appeals.gorod24_question_action"
        )
        return {**action, "domain": list(domain), "context": {}, "path": False}

    def _get_cell(self):
        self.ensure_one()
        cell = {name: self[name].id for name in _IDS}
        return {**cell, **{name: self[name] for name in ("day", *_PLAIN)}}

    @api.model
    def _questions_domain(self, cell):
        first = fields.Date.to_date(cell.get("day"))
        zone = self.env["gorod24.clock"]._get_zone()
        begin, end = (
            datetime.combine(day, time(), tzinfo=zone)
            .astimezone(UTC)
            .replace(tzinfo=None)
            for day in (first, first + timedelta(days=1))
        )
        domain = Domain("registered_at", ">=", begin)
        domain &= Domain("registered_at", "<", end)
        for name in (*_IDS, *_PLAIN):
            domain &= Domain(name, "=", cell.get(name) or False)
        return domain
