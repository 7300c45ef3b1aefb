# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""F9, F10 and F11 of one mixed day agree with the ledger to the last call."""

import io
from datetime import UTC, date, datetime

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common import StatisticsCase

# 3 June 1999 in Barnaul (UTC+7 then) begins at 17:00 UTC of the 2nd.
DAY = date(1999, 6, 3)


@tagged("post_install", "-at_install")
class TestFormsOfCalls(StatisticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.boris = (
            new_test_user(cls.env, f"form_{name}", "gorod24_appeals.group_operator")
            for name in ("anna", "boris")
        )
        cls.own = [("day", "=", DAY)]
        cls._make_day()

    @classmethod
    def _utc(cls, hour, minute=0, day=3):
        """A moment of the service's clock as naive UTC."""
        zone = cls.env["gorod24.clock"]._get_zone()
        local = datetime(1999, 6, day, hour, minute, tzinfo=zone)
        return local.astimezone(UTC).replace(tzinfo=None)

    @classmethod
    def _call(cls, hour, minute=0, day=3, legs=(), **vals):
        start = cls._utc(hour, minute, day)
        call = cls.env["gorod24.call"].create(
            {
                "direction": "in",
                "state": "ended",
                "result": "answered",
                "started_at": start,
                **vals,
            }
        )
        cls.env["gorod24.call.leg"].create(
            [
                {
                    "call_id": call.id,
                    "key": f"f#{place}",
                    "direction": call.direction,
                    "state": "ended",
                    "started_at": start,
                    "ended_at": start,
                    **leg,
                }
                for place, leg in enumerate(legs)
            ]
        )
        return call

    @classmethod
    def _appeal(cls, call, *questions, user=None, registered=None, **vals):
        """An appeal registered in ``call`` with its questions, by an operator."""
        registered = registered or call.started_at
        appeal = (
            cls.env["helpdesk.ticket"]
            .with_user(user or cls.anna)
            .sudo()
            .create(
                {
                    "name": "Test",
                    "description": "Test",
                    "registered_at": registered,
                    "call_ids": [Command.link(call.id)] if call else [],
                    **vals,
                }
            )
        )
        cls._questions(
            *(
                {"appeal_id": appeal.id, "registered_at": registered, **question}
                for question in questions
            )
        )
        return appeal

    @classmethod
    def _make_day(cls):
        talk = {"answered_at": cls._utc(10), "ended_at": cls._utc(10, 2)}
        anna, boris = {"user_id": cls.anna.id}, {"user_id": cls.boris.id}
        sent = {"participant_id": cls.participants[0].id, "sent_at": cls._utc(10)}
        at_once = {"outcome": "answered_in_call"}
        # The first and the last minute of the day, and those beside it.
        cls._call(0, 0, legs=[anna | talk], **anna)
        cls._call(23, 59, result="missed", wait_seconds=30)
        cls._call(23, 59, day=2, legs=[anna | talk], **anna)
        cls._call(0, 0, day=4, result="missed")
        # Handed over: one call, two legs; two appeals of one topic and of another.
        handed = cls._call(
            *(10, 0),
            legs=[anna | talk | {"end_reason": "transferred"}, boris | talk],
            **boris,
        )
        cls._appeal(
            handed,
            {"topic_id": cls.water.id, **sent},
            {"topic_id": cls.water.id, **at_once},
            {"topic_id": cls.heat.id, **at_once},
        )
        cls._appeal(handed, {"topic_id": cls.water.id, **sent}, user=cls.boris)
        # Two calls about one appeal: the question is one.
        first = cls._call(11, 0, legs=[anna | talk], **anna)
        appeal = cls._appeal(first, {"topic_id": cls.roads.id, **sent})
        again = cls._call(12, 0, legs=[boris | talk], **boris)
        again.write(
            {"no_card_reason": "follow_up", "appeal_ids": [Command.link(appeal.id)]}
        )
        # Without a card, abandoned, not answered by the first, outgoing.
        cls._call(13, 0, legs=[anna | talk], no_card_reason="silence", **anna)
        cls._call(14, 0, result="missed", wait_seconds=5)
        cls._call(
            *(14, 30), legs=[anna | {"end_reason": "no_answer"}, boris | talk], **boris
        )
        cls._call(15, 0, direction="out", legs=[boris | talk], **boris)
        cls._call(15, 30, direction="out", result="failed", legs=[boris], **boris)
        # A letter that Anna entered, and an appeal of a portal user.
        cls._appeal(cls.env["gorod24.call"], {}, registered=cls._utc(16))
        portal = new_test_user(cls.env, "form_portal", "base.group_portal")
        cls._appeal(cls.env["gorod24.call"], {}, user=portal, registered=cls._utc(16))

    def _ledger(self, *domain):
        """Calls of the day, plainly counted."""
        return self.env["gorod24.call"].search_count(
            [
                ("started_at", ">=", self._utc(0)),
                ("started_at", "<", self._utc(0, day=4)),
                *domain,
            ]
        )

    def test_f9_counts_the_calls_of_the_ledger(self):
        stat = self.env["gorod24.call.stat"]
        read = ("call_count:sum", "offered_count:sum", "abandoned_count:sum")
        self.assertEqual(
            stat._read_group(self.own, [], [*read, "answered_count:sum"]),
            [
                (
                    self._ledger(),
                    self._ledger(("direction", "=", "in")),
                    self._ledger(("direction", "=", "in"), ("result", "=", "missed")),
                    self._ledger(("result", "=", "answered")),
                )
            ],
        )
        self.assertEqual(self._ledger(), 10)
        hours = dict(stat._read_group(self.own, ["hour"], ["call_count:sum"]))
        self.assertEqual((hours[0], hours[23], hours[14]), (1, 1, 2))

    def test_f10_takes_what_was_joined_for_sent_to_nobody(self):
        call = self._call(10, day=5)
        joined = {
            "topic_id": self.water.id,
            "participant_id": self.participants[0].id,
            "outcome": "duplicate",
        }
        sent = {**joined, "outcome": False, "sent_at": self._utc(10, day=5)}
        self._appeal(call, joined, sent)
        day = [("day", "=", "1999-06-05")]
        stat = self.env["gorod24.call.topic.stat"]
        self.assertEqual(stat._read_group(day, [], ["sent_share:avg"]), [(50.0,)])

    def test_f10_takes_what_was_told_from_a_notice_for_answered_at_once(self):
        call = self._call(10, day=6)
        told = {"outcome": "joined_notice", "done_at": call.started_at}
        waits = {"outcome": "joined_notice"}
        self._appeal(call, told, waits)
        day = [("day", "=", "1999-06-06")]
        stat = self.env["gorod24.call.topic.stat"]
        self.assertEqual(stat._read_group(day, [], ["at_once_share:avg"]), [(50.0,)])

    def test_f10_counts_the_calls_of_the_ledger(self):
        stat = self.env["gorod24.call.topic.stat"]
        whole = stat._read_group(self.own, [], ["call_count:count_distinct", "__count"])
        self.assertEqual(whole, [(self._ledger(), self._ledger())])
        answered = [*self.own, ("direction", "=", "in"), ("result", "=", "answered")]
        read = [
            "call_count:count_distinct",
            "question_count:count_distinct",
            "at_once_share:avg",
            "sent_share:avg",
        ]
        self.assertEqual(
            stat._read_group(answered, [], read),
            [
                (
                    self._ledger(("direction", "=", "in"), ("result", "=", "answered")),
                    5,
                    40.0,
                    60.0,
                )
            ],
        )
        by_topic = {
            topic: tuple(figures)
            for topic, *figures in stat._read_group(answered, ["topic_id"], read)
        }
        nothing = self.env["helpdesk.ticket.category"]
        self.assertEqual(
            by_topic,
            {
                # two appeals of one call, three questions: one call
                self.water: (1, 3, 100 / 3, 200 / 3),
                self.heat: (1, 1, 100.0, 0.0),
                # one question, asked about again: two calls
                self.roads: (2, 1, 0.0, 100.0),
                nothing: (3, 0, False, False),
            },
        )
        sections = dict(
            stat._read_group(answered, ["section_id"], ["call_count:count_distinct"])
        )
        self.assertEqual((sections[self.housing], sections[self.streets]), (1, 2))
        without = [*answered, ("has_question", "=", False)]
        self.assertEqual(
            stat._read_group(without, [], ["__count"]),
            [
                (
                    self._ledger(
                        ("direction", "=", "in"),
                        ("result", "=", "answered"),
                        ("appeal_ids", "=", False),
                    ),
                )
            ],
        )

    def test_f10_follows_its_calls(self):
        stat = self.env["gorod24.call.topic.stat"]
        own = [*self.own, ("topic_id", "=", self.heat.id)]
        self.assertEqual(stat._read_group(own, [], ["__count"]), [(1,)])
        call = self.env["gorod24.call"].search(
            [
                ("started_at", "=", self._utc(13)),
                ("no_card_reason", "=", "silence"),
            ]
        )
        self._appeal(call, {"topic_id": self.heat.id})
        self.assertEqual(stat._read_group(own, [], ["__count"]), [(2,)])

    def test_f10_finds_a_month_by_its_index(self):
        self.env["gorod24.call.topic.stat"]._install_day_index()
        # years of calls: among a few of them every index is as good as another
        self.env.cr.execute(
            "INSERT INTO gorod24_call (direction, state, started_at)"
            " SELECT 'in', 'ended', timestamp '1999-01-01' + n * interval '1 day'"
            "   FROM generate_series(1, 5000) n"
        )
        self.env.cr.execute("ANALYZE gorod24_call")
        domain = [("day", ">=", "1999-06-01"), ("day", "<", "1999-07-01")]
        query = self.env["gorod24.call.topic.stat"]._search(domain)
        plan = self.env.execute_query(_explain(query.select()))
        self.assertIn("gorod24_call_service_day_idx", str(plan))
        # Another zone, other days: the index follows.
        self.env["ir.config_parameter"].set_param("gorod24.timezone", "Europe/Moscow")
        query = self.env["gorod24.call.topic.stat"]._search(domain)
        plan = self.env.execute_query(_explain(query.select()))
        self.assertIn("gorod24_call_service_day_idx", str(plan))

    def test_f11_counts_legs_and_cards(self):
        stat = self.env["gorod24.operator.stat"]
        read = (
            *("leg_count:sum", "answered_count:sum", "outgoing_count:sum"),
            *("transferred_count:sum", "card_count:sum", "call_card_count:sum"),
        )
        users = [("user_id", "in", (self.anna | self.boris).ids)]
        rows = stat._read_group([*self.own, *users], ["user_id"], read)
        legs = self.env["gorod24.call.leg"]
        day = [
            ("started_at", ">=", self._utc(0)),
            ("started_at", "<", self._utc(0, day=4)),
        ]
        appeals = self.env["helpdesk.ticket"]
        registered = [
            ("registered_at", ">=", self._utc(0)),
            ("registered_at", "<", self._utc(0, day=4)),
        ]
        for user, *figures in rows:
            own = [*day, ("user_id", "=", user.id)]
            incoming = [*own, ("direction", "=", "in")]
            cards = [*registered, ("create_uid", "=", user.id)]
            self.assertEqual(
                figures,
                [
                    legs.search_count(incoming),
                    legs.search_count([*incoming, ("answered_at", "!=", False)]),
                    legs.search_count([*own, ("direction", "=", "out")]),
                    legs.search_count([*own, ("end_reason", "=", "transferred")]),
                    appeals.search_count(cards),
                    appeals.search_count([*cards, ("call_ids", "!=", False)]),
                ],
                user.login,
            )
        self.assertEqual(
            {user: figures[-2:] for user, *figures in rows},
            {self.anna: [3, 2], self.boris: [1, 1]},
        )
        # Appeals of the site are nobody's work at a telephone.
        self.assertFalse(
            stat._read_group(
                [*self.own, ("user_id.login", "=", "form_portal")], ["user_id"], []
            )
        )

    def test_f11_marks_are_those_in_force_by_the_day_of_the_talk(self):
        call = self.env["gorod24.call"].search([("started_at", "=", self._utc(11))])
        marks = self.env["gorod24.call.mark"]
        vals = {
            "call_id": call.id,
            "call_at": call.started_at,
            "user_id": self.anna.id,
        }
        first, _other = marks.create(
            [
                dict(vals, reviewer_id=self.env.uid, total=40),
                dict(vals, reviewer_id=self.boris.id, total=90),
            ]
        )
        stat = self.env["gorod24.operator.stat"]
        own = [*self.own, ("user_id", "=", self.anna.id)]
        read = ["mark_count:sum", "mark_average:avg", "card_count:sum"]
        self.assertEqual(stat._read_group(own, [], read), [(2, 65.0, 3)])
        first.is_current = False
        first.flush_recordset()
        marks.create(dict(vals, reviewer_id=self.env.uid, total=70))
        self.assertEqual(stat._read_group(own, [], read), [(2, 80.0, 3)])
        # Made anew from all three tables the figures are the same.
        legs = [*own, ("hour", "=", 11)]
        before = stat._read_group(legs, [], ["talk_seconds:sum", *read])
        stat._rebuild()
        self.assertTrue(stat._has_triggers())
        self.assertEqual(
            stat._read_group(legs, [], ["talk_seconds:sum", *read]), before
        )

    def _form(self, form, **vals):
        return self.env["gorod24.report.calls"].create(
            {"form": form, "date_from": DAY, "date_to": DAY, **vals}
        )

    def _lines(self, form, **vals):
        table = self._form(form, **vals)._get_table()
        return {row.name: row.figures for row in (*table.rows, table.total)}

    def test_printed_forms_hold_the_same_figures(self):
        hours = self._lines("f9", by="hour")
        incoming = ("direction", "=", "in")
        answered = ("result", "=", "answered")
        self.assertEqual(
            hours["Total"][:3],
            [
                self._ledger(incoming),
                self._ledger(incoming, answered),
                self._ledger(incoming, ("result", "=", "missed")),
            ],
        )
        self.assertEqual(hours["14:00–15:00"][:3], [2, 1, 1])
        self.assertEqual(list(self._lines("f9", by="weekday")), ["Thursday", "Total"])
        topics = self._lines("f10")
        self.assertEqual(topics["Total"][:2], [self._ledger(incoming, answered), 5])
        self.assertEqual(topics["Housing (test)"], [1, 4, 50.0, 50.0])
        self.assertEqual(topics["Water"][:2], [1, 3])
        self.assertEqual(topics["Calls without a question"][:2], [3, 0])
        operators = self._lines("f11")
        self.assertEqual(operators[self.anna.name][7:10], [3, 2, 0])
        self.assertIsNone(operators[self.anna.name][10])

    def test_printed_form_of_a_period_without_calls(self):
        empty = {"date_from": "1998-01-01", "date_to": "1998-01-02"}
        for form in ("f9", "f10", "f11"):
            table = self._form(form, **empty)._get_table()
            self.assertFalse(table.rows)
            self.assertEqual(table.total.figures[0], 0)

    def test_printed_form_compares_with_the_year_before(self):
        year = {"date_from": "2000-06-03", "date_to": "2000-06-03"}
        table = self._form("f9", **year)._get_table()
        self.assertEqual(table.previous.figures[0], 8)
        self.assertEqual(table.difference[0], -8)

    def test_forms_as_files(self):
        for form in ("f9", "f10", "f11"):
            report = self._form(form)
            xlsx = self.env["ir.actions.report"]._render(
                "gorod24_report.calls_xlsx", report.ids
            )[0]
            sheet = load_workbook(io.BytesIO(xlsx)).active
            cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
            lines = {row[0]: row[1:] for row in cells if row[0]}
            table = report._get_table()
            self.assertEqual(lines["Total"][0], table.total.figures[0])
            self.assertIn("±", lines)
            html = self.env["ir.actions.report"]._render_qweb_html(
                "gorod24_report.calls_document", report.ids
            )[0]
            for row in table.rows:
                self.assertIn(row.name, html.decode())

    def test_f10_is_for_managers_and_supervisors(self):
        stat = self.env["gorod24.call.topic.stat"]
        manager = new_test_user(self.env, "f10_m", "gorod24_appeals.group_manager")
        self.assertEqual(
            stat.with_user(manager)._read_group(self.own, [], ["__count"]),
            [(self._ledger(),)],
        )
        with self.assertRaises(AccessError):
            stat.with_user(self.anna)._read_group(self.own, [], ["__count"])


def _explain(select):
    return SQL("EXPLAIN %s", select)
