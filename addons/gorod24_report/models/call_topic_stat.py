# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL, frozendict

from .question_stat import at_once

_INDEX = "gorod24_call_service_day_idx"
# Share → the column of the questions it is of.
_SHARES = {"at_once_share": "at_once_count", "sent_share": "sent_count"}


class Gorod24CallTopicStat(models.Model):
    """What people call about, and what came of it at once (F10).

    One row for each call and each question of its appeals; a call without a question
    has one row as well, so that the calls here are the calls of the ledger. Calls and
    questions are counted by their own names: a call with three questions of a topic is
    one call there, and one call in all however many topics it had.
    """

    _name = "gorod24.call.topic.stat"
    _description = "Topics of calls"
    _auto = False
    _order = "id desc"
    _rec_name = "day"
    _depends = frozendict(
        {
            "gorod24.call": [
                "started_at",
                "direction",
                "result",
                "line",
                "profile",
                "user_id",
                "appeal_ids",
            ],
            "gorod24.question": [
                "appeal_id",
                "topic_id",
                "outcome",
                "registered_at",
                "sent_at",
                "done_at",
            ],
        }
    )

    day = fields.Date("Date", readonly=True)
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], readonly=True
    )
    result = fields.Selection(
        [("answered", "Answered"), ("missed", "Missed"), ("failed", "Not reached")],
        readonly=True,
    )
    line = fields.Char(readonly=True)
    profile = fields.Selection(
        [
            ("appeal", "Appeal"),
            ("emergency", "Emergency"),
            ("reference", "Reference"),
            ("navigated", "Navigated"),
            ("no_card", "No card"),
        ],
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Operator", readonly=True)
    section_id = fields.Many2one(
        "helpdesk.ticket.category", "Section of the classifier", readonly=True
    )
    topic_id = fields.Many2one("helpdesk.ticket.category", readonly=True)
    has_question = fields.Boolean("With a question", readonly=True)
    call_count = fields.Integer("Calls", aggregator="count_distinct", readonly=True)
    question_count = fields.Integer(
        "Questions", aggregator="count_distinct", readonly=True
    )
    at_once_count = fields.Integer(
        "Answered at once", aggregator="count_distinct", readonly=True
    )
    sent_count = fields.Integer(
        "Sent to participants", aggregator="count_distinct", readonly=True
    )
    at_once_share = fields.Float("Answered at once, %", aggregator="avg", readonly=True)
    sent_share = fields.Float(
        "Sent to participants, %", aggregator="avg", readonly=True
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT c.id::bigint << 31 | COALESCE(q.id, 0) AS id,
                %s AS day, c.direction, c.result, c.line, c.profile, c.user_id,
                split_part(topic.parent_path, '/', 1)::int4 AS section_id,
                q.topic_id, q.id IS NOT NULL AS has_question,
                c.id AS call_count, q.id AS question_count,
                CASE WHEN %s THEN q.id END AS at_once_count,
                CASE WHEN q.sent_at IS NOT NULL THEN q.id END AS sent_count,
                NULL::float8 AS at_once_share, NULL::float8 AS sent_share
            FROM gorod24_call c
            LEFT JOIN (gorod24_call_ticket_rel r
                JOIN gorod24_question q
                    ON q.appeal_id = r.ticket_id AND q.registered_at IS NOT NULL)
                ON r.call_id = c.id
            LEFT JOIN helpdesk_ticket_category topic ON topic.id = q.topic_id
            """,
            self._service_day(),
            SQL(at_once("q")),  # words of this code, nothing of a user's
        )

    @api.model
    def _service_day(self):
        """The day of a call ``c`` in the zone of the service."""
        zone = self.env["gorod24.clock"]._get_zone().key
        return SQL("(c.started_at AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", zone)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "__count":
            calls = self._field_to_sql(self._table, "call_count", query)
            return SQL("COUNT(DISTINCT %s)", calls)
        part = _SHARES.get(aggregate_spec.split(":")[0])
        if part:
            part, whole = (
                self._field_to_sql(self._table, name, query)
                for name in (part, "question_count")
            )
            return SQL(
                "100.0 * COUNT(DISTINCT %s) / NULLIF(COUNT(DISTINCT %s), 0)",
                part,
                whole,
            )
        return super()._read_group_select(aggregate_spec, query)

    # The index by which a month is found among years of calls -----------------------

    def init(self):
        result = super().init()
        self._install_day_index()
        return result

    @api.model
    def _install_day_index(self):
        """Make the index anew when the zone of the service is another."""
        zone = self.env["gorod24.clock"]._get_zone().key
        rows = self.env.execute_query(
            SQL("SELECT obj_description(to_regclass(%s), 'pg_class')", _INDEX)
        )
        if rows[0][0] == zone:
            return
        self._drop_day_index()
        self.env.cr.execute(
            SQL(
                "CREATE INDEX %s ON gorod24_call"
                " (((started_at AT TIME ZONE 'UTC' AT TIME ZONE %s)::date))",
                SQL.identifier(_INDEX),
                zone,
            )
        )
        self.env.cr.execute(
            SQL("COMMENT ON INDEX %s IS %s", SQL.identifier(_INDEX), zone)
        )

    @api.model
    def _drop_day_index(self):
        self.env.cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(_INDEX)))
