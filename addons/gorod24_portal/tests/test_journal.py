# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestJournal(PortalCommon):
    def setUp(self):
        super().setUp()
        self.journal = self._referrals(self.duty)
        self.now = fields.Datetime.now()

    def _new_referral(self, topic=None, **vals):
        referral = self._register(topic or self.heating).question_ids.referral_id
        if not referral.section_id or "section_id" not in vals:
            vals.setdefault("participant_id", self.participant.id)
            vals.setdefault("section_id", self.section.id)
        referral.write(vals)
        return referral.with_user(self.duty)

    def _tab(self, tab):
        domain = self.journal._journal_tab_domain(tab)
        return self.journal.search(domain, order=self.journal._journal_order(tab))

    def _find(self, text):
        return self.journal.search(self.journal._journal_search_domain(text))

    def test_tabs(self):
        new = self.referral.with_user(self.duty)
        work = self._new_referral(state="accepted")
        late = self._new_referral(
            state="accepted", execution_due=self.now - timedelta(hours=1)
        )
        urgent = self._new_referral(self.pipe)
        paid = self._new_referral()
        paid.sudo().question_id.paid = True
        done = self._new_referral(state="done", done_at=self.now)
        refused = self._new_referral(state="refused")
        tabs = {
            "new": new | urgent | paid,
            "work": work | late,
            "overdue": late,
            "emergency": urgent,
            "paid": paid,
            "done": done,
        }
        for tab, expected in tabs.items():
            with self.subTest(tab=tab):
                self.assertEqual(set(self._tab(tab).ids), set(expected.ids))
        self.assertIn(refused.id, self._tab("all").ids)
        counts = {"new": 3, "work": 2, "overdue": 1, "emergency": 1, "paid": 1}
        self.assertEqual(self.journal._journal_counts(), {**counts, "done": 0})

    def test_counts_of_one_section(self):
        counts = self._referrals(self.head)._journal_counts(self.other_section.id)
        self.assertFalse(any(counts.values()))
        self.assertEqual(self._referrals(self.head)._journal_counts()["new"], 1)

    def test_what_burns_stands_first(self):
        soon = self._new_referral(accept_due=self.now + timedelta(minutes=5))
        later = self._new_referral(accept_due=self.now + timedelta(days=9))
        urgent = self._new_referral(self.pipe, accept_due=self.now + timedelta(hours=5))
        self.referral.accept_due = self.now + timedelta(days=1)
        order = urgent | soon | self.referral.with_user(self.duty) | later
        self.assertEqual(self._tab("new").ids, order.ids)

    def test_search_by_number(self):
        other = self._new_referral()
        number = self.question.name
        for text in (number, f"№ {number}", f" {number.split('/')[0]} "):
            with self.subTest(text=text):
                self.assertEqual(self._find(text).ids, self.referral.ids)
        self.assertIn(other.id, self._find(other.sudo().question_id.name).ids)
        self.assertFalse(self._find("999999-000000"))

    def test_search_by_words_of_the_address(self):
        self._new_referral()
        other = self._register(building_id=self.other_house.id)
        other = other.question_ids.referral_id.with_user(self.duty)
        for text in ("опытная 12", "ул. Опытная, 12", "Опытной д.12"):
            with self.subTest(text=text):
                self.assertEqual(self._find(text).ids, other.ids)
        self.assertEqual(len(self._find("опытная")), 3)
        self.assertFalse(self._find("Неведомая улица"))

    def test_search_by_the_second_street_of_a_crossing(self):
        self.question.cross_address_id = self.street.copy({"name": "Поперечная"})
        self.assertEqual(self._find("ул. Поперечная").ids, self.referral.ids)

    def test_search_by_place_note(self):
        self.question.place_note = "за гаражами у опоры"
        self.assertEqual(self._find("гаражами").ids, self.referral.ids)

    def test_search_stays_in_the_own_journal(self):
        found = self._referrals(self.foreigner)
        self.assertFalse(found.search(found._journal_search_domain("опытная")))
        number = self.question.name
        self.assertFalse(found.search(found._journal_search_domain(number)))

    def test_search_takes_any_text(self):
        for text in ("%", "_", "'; DROP TABLE x;--", "\\", "\0".strip("\0"), "№", "//"):
            with self.subTest(text=text):
                self._find(text)

    def test_row_has_no_phone_and_a_name_by_the_agreement_only(self):
        self.agreement.field_ids |= self._agreement_fields("phone")
        row = self.referral.with_user(self.duty)._get_portal_rows()[0]
        self.assertEqual(row["number"], self.question.name)
        self.assertEqual(row["address"], f"{self.house.display_name}, flat 7")
        self.assertNotIn("Иванова", str(row))
        self.assertNotIn("3852123456", str(row))
        self.agreement.field_ids |= self._agreement_fields("name")
        row = self.referral.with_user(self.duty)._get_portal_rows()[0]
        self.assertEqual(row["caller"], "Иванова Анна Петровна")
        self.referral.state = "withdrawn"
        row = self.referral.with_user(self.duty)._get_portal_rows()[0]
        self.assertNotIn("Иванова", str(row))

    def test_row_tells_when_it_was_accepted_and_what_came_of_it(self):
        mine = self.referral.with_user(self.duty)
        row = mine._get_portal_rows()[0]
        self.assertFalse(row["accepted"] or row["outcome"] or row["note"])
        mine.action_accept()
        row = mine._get_portal_rows()[0]
        self.assertEqual(row["accepted"], mine._format_moment(mine.accepted_at))
        mine.action_done("Заменили\n\nкран. " + "Подробности " * 20, "fixed")
        row = mine._get_portal_rows()[0]
        self.assertEqual(row["outcome"], "Fixed, measures taken")
        self.assertTrue(row["note"].startswith("Заменили кран. Подробности"))
        self.assertTrue(row["note"].endswith("Подробности…"))
        self.assertLessEqual(len(row["note"]), 121)

    def test_flat_is_told_for_the_own_house_only(self):
        self.question.building_id = self.other_house
        row = self.referral.with_user(self.duty)._get_portal_rows()[0]
        self.assertEqual(row["address"], self.other_house.display_name)

    def test_remaining_time(self):
        referral = self.referral.with_user(self.duty)
        cases = {
            timedelta(minutes=30, seconds=30): ("30 min left", "soon"),
            timedelta(hours=5, minutes=1): ("5 h left", "fine"),
            -timedelta(days=2, hours=1): ("2 d overdue", "late"),
        }
        for left, expected in cases.items():
            self.referral.write({"accept_due": self.now + left, "execution_due": False})
            self.referral.sent_at = self.now
            due = referral._get_portal_rows()[0]["due"]
            self.assertEqual((due["text"], due["level"]), expected)

    def test_number_of_queries_does_not_grow_with_the_page(self):
        def count_queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._tab("new")._get_portal_rows()
            return self.env.cr.sql_log_count - before

        self._new_referral()
        count_queries()
        few = count_queries()
        for _index in range(12):
            self._new_referral()
        self.assertLessEqual(count_queries(), few)

    def test_emergency_set_later_moves_the_referral(self):
        self.question.emergency = True
        self.assertEqual(self._tab("emergency").ids, self.referral.ids)
