# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestTimeline(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = new_test_user(
            cls.env, "test_chief", groups="gorod24_appeals.group_supervisor"
        )
        cls.timeline = cls.env["gorod24.timeline"].with_user(cls.supervisor)

    def _page(self, record, **options):
        return self.timeline.page(record._name, record.id, **options)

    def _titles(self, record, **options):
        page = self._page(record, limit=100, **options)
        return [entry["title"] for entry in page["entries"]]

    def _finished(self):
        """An appeal whose question went the long way: refused, sent, done, told."""
        appeal = self._register()
        question = appeal.question_ids
        self._as_duty(question).action_refuse("Не наш стояк")
        question.with_user(self.operator).action_send(self.other_participant.id)
        self._as_duty(question).action_done("Продули стояк", "fixed")
        question.informing_ids.with_user(self.operator).record_attempt("no_answer")
        question.informing_ids.with_user(self.operator).record_attempt("reached", "yes")
        return appeal

    def test_whole_way_of_a_question_is_told_newest_first(self):
        appeal = self._finished()
        titles = " | ".join(reversed(self._titles(appeal, kinds=["state", "referral"])))
        told = [
            "Registered",
            "Sent: Пробные теплосети, Северный участок",
            "Refused: Пробные теплосети",
            "Sent: Пробный водоканал",
            "Accepted: Пробный водоканал",
            "Result",
            "Closed",
        ]
        places = [titles.find(words) for words in told]
        self.assertNotIn(-1, places, titles)
        # Same second: sendings and answers of two referrals may be told in turn.
        self.assertEqual(places[0], min(places))
        self.assertEqual(places[-1], max(places))

    def test_reason_of_a_refusal_and_words_of_a_result_are_there(self):
        entries = self._page(self._finished(), limit=100)["entries"]
        texts = [entry["text"] for entry in entries]
        self.assertIn("Не наш стояк", texts)
        self.assertIn("Продули стояк", texts)

    def test_pages_show_every_line_once(self):
        appeal = self._register(self.heating, self.pipe)
        whole = [entry["key"] for entry in self._page(appeal, limit=100)["entries"]]
        self.assertGreater(len(whole), 6)
        seen, before = [], None
        while True:
            page = self._page(appeal, limit=2, before=before)
            seen += [entry["key"] for entry in page["entries"]]
            before = page["next"]
            if not before:
                break
        self.assertEqual(seen, whole)

    def test_one_question_is_shown_without_the_other(self):
        appeal = self._register(self.heating, self.pipe)
        first, second = appeal.question_ids.sorted("position")
        titles = self._titles(first)
        self.assertIn(f"Registered: {first.topic_id.name}", titles)
        self.assertNotIn(f"Registered: {second.topic_id.name}", titles)
        both = self._page(appeal, limit=100)["entries"]
        links = {entry["link"]["label"] for entry in both if entry["link"]}
        self.assertEqual(links, {first.name, second.name})

    def test_terms_are_told_from_start_to_end(self):
        question = self._register().question_ids
        clock = question.clock_ids.filtered(lambda one: one.kind == "execution")
        question._clock_pause("execution", "Нет доступа в подвал")
        question._clock_resume("execution")
        question._clock_extend(
            "execution",
            clock.target + timedelta(days=1),
            "Везут трубу",
            fields.Date.today(),
        )
        entries = self._page(question, kinds=["clock"], limit=100)["entries"]
        texts = [entry["text"] for entry in entries]
        self.assertIn("Нет доступа в подвал", texts)
        self.assertTrue(any(text.startswith("Везут трубу") for text in texts))
        clock.write({"warned": True, "escalated": True})
        titles = self._titles(question, kinds=["clock"])
        self.assertTrue(any("nears its end" in title for title in titles))
        self.assertTrue(any("is over" in title for title in titles))

    def test_attempts_to_inform_tell_the_disposition_and_what_he_said(self):
        titles = self._titles(self._finished(), kinds=["informing"])
        self.assertEqual(len(titles), 2)
        self.assertIn("satisfied", titles[0])
        self.assertIn("no answer", titles[1])

    def test_reopening_is_told_and_the_earlier_closing_stays(self):
        appeal = self._finished()
        question = appeal.question_ids
        question.closed_at = fields.Datetime.now() - timedelta(hours=1)
        question.sudo()._reopen("Снова холодно")
        titles = self._titles(appeal, kinds=["state"])
        self.assertTrue(any(title.startswith("Closed") for title in titles), titles)
        self.assertTrue(any(title.startswith("Reopened") for title in titles), titles)

    def test_note_of_an_operator_is_in_the_course(self):
        appeal = self._register()
        appeal.with_user(self.operator).message_post(body="Просил звонить вечером")
        texts = [e["text"] for e in self._page(appeal, kinds=["message"])["entries"]]
        self.assertEqual(texts, ["Просил звонить вечером"])

    def test_who_saw_it_is_for_the_supervisor_only(self):
        appeal = self._register()
        spec = {"number": {}, "question_ids": {}}
        appeal.with_user(self.operator).web_read(spec)
        seen = self._page(appeal, kinds=["view"])["entries"]
        self.assertEqual([entry["author"] for entry in seen], [self.operator.name])
        for user in (self.operator, self.manager):
            page = self.timeline.with_user(user).page(appeal._name, appeal.id)
            self.assertNotIn("view", {entry["kind"] for entry in page["entries"]})
            self.assertNotIn("view", {kind["id"] for kind in page["kinds"]})

    def test_every_way_to_see_an_appeal_has_a_line(self):
        """The citizen was taken from the desk: the course opens all the same."""
        appeal = self._register()
        View = self.env["gorod24.appeal.view"]
        sources = dict(View._fields["source"]._description_selection(self.env))
        for source in sources:
            View.with_user(self.operator)._log(appeal, source)
        lines = self._page(appeal, limit=100)["entries"]
        titles = [line["title"] for line in lines if line["kind"] == "view"]
        self.assertEqual(len(titles), len(sources))
        self.assertTrue(all(titles), titles)

    def test_strangers_see_nothing_and_nonsense_is_refused_in_words(self):
        appeal = self._register()
        employee = new_test_user(self.env, "test_stranger")
        for user in (employee, self.duty, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.timeline.with_user(user).page(appeal._name, appeal.id)
        with self.assertRaises(UserError):
            self._page(appeal, before=["вчера"])
        with self.assertRaises(UserError):
            self.timeline.page("res.users", self.operator.id)

    def test_queries_do_not_grow_with_the_story(self):
        short, long = self._register(), self._register(self.heating, self.pipe)
        for number in range(40):
            long.message_post(body=f"Запись {number}")
            long.question_ids[0]._log_events("note", f"Пометка {number}")
        counts = []
        for appeal in (short, long):
            self._page(appeal)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._page(appeal)
            counts.append(self.env.cr.sql_log_count - before)
        # A second question and its participants cost a handful, the lines nothing.
        self.assertLess(counts[1], counts[0] + 12)


@tagged("post_install", "-at_install")
class TestAppealView(AppealsCommon):
    def _views(self, appeal):
        return self.env["gorod24.appeal.view"].search([("appeal_id", "=", appeal.id)])

    def test_an_open_form_is_noted_once_in_a_while(self):
        appeal = self._register()
        own = appeal.with_user(self.operator)
        for _turn in range(3):
            own.web_read({"number": {}, "question_ids": {}})
        view = self._views(appeal)
        self.assertEqual(len(view), 1)
        self.assertEqual((view.user_id, view.source), (self.operator, "form"))
        self.env.cr.execute(
            "UPDATE gorod24_appeal_view SET at = at - interval '1 hour' WHERE id = %s",
            [view.id],
        )
        self.env.invalidate_all()
        own.web_read({"number": {}, "question_ids": {}})
        self.assertEqual(len(self._views(appeal)), 2)

    def test_lists_are_no_views_and_the_question_counts_for_its_appeal(self):
        appeal = self._register()
        appeal.with_user(self.operator).web_read({"number": {}, "state": {}})
        self.assertFalse(self._views(appeal))
        question = appeal.question_ids.with_user(self.manager)
        question.web_read({"name": {}, "referral_ids": {}})
        self.assertEqual(self._views(appeal).user_id, self.manager)

    def test_log_is_read_by_the_supervisor_and_changed_by_nobody(self):
        appeal = self._register()
        appeal.with_user(self.operator).web_read({"question_ids": {}})
        view = self._views(appeal)
        supervisor = new_test_user(
            self.env, "test_chief", groups="gorod24_appeals.group_supervisor"
        )
        users = (supervisor, self.operator, self.manager, self.duty)
        for user in users:
            allowed = [
                operation
                for operation in ("read", "write", "create", "unlink")
                if view.with_user(user).has_access(operation)
            ]
            self.assertEqual(allowed, ["read"] if user == supervisor else [])
        for change in (lambda: view.write({"source": "card"}), view.unlink):
            with self.assertRaises(AccessError):
                change()
