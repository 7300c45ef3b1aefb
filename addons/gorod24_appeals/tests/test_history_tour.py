# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestHistoryTours(AppealsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = new_test_user(
            cls.env, "test_chief", groups="gorod24_appeals.group_supervisor"
        )

    def test_supervisor_reads_the_course(self):
        appeal = self._register()
        for number in range(40):
            appeal.message_post(body=f"Запись {number}.")
        self.start_tour(
            f"/odoo/appeals/{appeal.id}",
            "gorod24_appeals_timeline",
            login="test_chief",
            timeout=180,
        )
        seen = self.env["gorod24.appeal.view"].search(
            [("appeal_id", "=", appeal.id), ("user_id", "=", self.supervisor.id)]
        )
        self.assertEqual(seen.mapped("source"), ["form"])

    def test_operator_reads_the_whole_history(self):
        person = self._register(self.pipe).partner_id
        for _turn in range(51):
            self._register(partner_id=person.id)
        self.start_tour(
            f"/odoo/res.partner/{person.id}",
            "gorod24_appeals_history",
            login="test_operator",
            timeout=180,
        )

    def test_supervisor_merges_doubles(self):
        master = self._register(person_name="Двойникова А. П.").partner_id
        merged = self._register(person_name="Двойникова Анна Петровна").partner_id
        action = self.env.ref("gorod24_appeals.gorod24_person_double_action")
        self.start_tour(
            f"/odoo/action-{action.id}",
            "gorod24_appeals_merge",
            login="test_chief",
            timeout=180,
        )
        self.assertEqual(master.name, "Двойникова Анна Петровна")
        self.assertEqual(merged.merged_into_id, master)
        self.assertEqual(len(master.question_ids), 2)
