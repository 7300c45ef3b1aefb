# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from .common import AppealsCommon

# The log of merges, and of what happened to questions, is only added to.
LOGS = ("gorod24_merge", "gorod24_question_event")


class MergeCommon(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = new_test_user(
            cls.env, "test_chief", groups="gorod24_appeals.group_supervisor"
        )
        cls.merges = cls.env["gorod24.merge"].with_user(cls.supervisor)

    def _merge(self, master, merged, values=None):
        merge = self.merges._merge(
            master.with_user(self.supervisor), merged.with_user(self.supervisor), values
        )
        self.env.invalidate_all()
        return merge

    def _dump(self, *models):
        """All rows that a merge of these models could touch, without who wrote last."""
        self.env.flush_all()
        merges = self.env["gorod24.merge"]
        tables = {self.env[model]._table for model in models}
        for model in models:
            tables |= {
                table
                for table, _column in merges._get_foreign_keys(self.env[model]._table)
            }
        tables |= {table for table, _id, _model in merges._get_pointers()}
        dump = {}
        for table in sorted(tables):
            if not table.startswith(LOGS):
                rows = self.env.execute_query(
                    SQL(
                        "SELECT (to_jsonb(t) - 'write_date' - 'write_uid')::text"
                        " FROM %s t ORDER BY 1",
                        SQL.identifier(table),
                    )
                )
                dump[table] = rows
        return dump

    def _assert_same(self, before, after):
        for table, rows in before.items():
            self.assertEqual(rows, after[table], table)


@tagged("post_install", "-at_install")
class TestMergePersons(MergeCommon):
    def _person(self, name="Иванова Анна Петровна", number="83852123456"):
        return self._register(person_name=name, number=number).partner_id

    def _full_person(self, name, number, chance=None):
        """A person with some of everything that can point at one."""
        chance = chance or random.Random(name)
        person = self._person(name, number)
        if chance.random() < 0.8:
            question = person.question_ids
            self._as_duty(question).action_done("Сделано", "fixed")
            question.informing_ids.with_user(self.operator).record_attempt("busy")
        for _turn in range(chance.randrange(3)):
            person.message_post(body=f"Запись {chance.random()}")
        if chance.random() < 0.7:
            self.env["ir.attachment"].create(
                {
                    "name": "Справка.txt",
                    "raw": b"text",
                    "res_model": "res.partner",
                    "res_id": person.id,
                }
            )
        if chance.random() < 0.7:
            person.image_1920 = (
                b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
                b"+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
            )
        if chance.random() < 0.7:
            person.activity_schedule("mail.mail_activity_data_todo", note="Проверить")
        person.category_id = chance.sample(self.tags, chance.randrange(3))
        person.message_subscribe([self.operator.partner_id.id])
        self.participant.message_subscribe([person.id])
        if chance.random() < 0.5:
            self.env["res.partner"].create({"name": "Сын", "parent_id": person.id})
        for last in chance.sample(range(3), chance.randrange(3)):
            self.env["gorod24.phone"].create(
                {
                    "e164": f"+738525550{last:03}",
                    "partner_id": person.id,
                    "do_not_call": chance.random() < 0.5,
                }
            )
        return person

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tags = (
            cls.env["res.partner.category"]
            .create(
                [{"name": name} for name in ("Ветеран", "Старший по дому", "Пробная")]
            )
            .ids
        )

    def test_everything_of_the_merged_one_is_of_the_master(self):
        master = self._person()
        merged = self._person("Иванова А. П.", "83852777777")
        question, appeal = merged.question_ids, merged.question_ids.appeal_id
        merged.message_post(body="Говорит громко")
        self._merge(master, merged)
        self.assertEqual(question.partner_id, master)
        self.assertEqual(appeal.partner_id, master)
        self.assertIn("Говорит громко", str(master.message_ids.mapped("body")))
        self.assertFalse(merged.active)
        self.assertEqual(merged.merged_into_id, master)
        card = self.card.load("83852777777")
        self.assertEqual([person["id"] for person in card["persons"]], [master.id])
        self.assertIn(question.id, [row["question_id"] for row in card["history"]])

    def test_chosen_values_are_taken_over_together(self):
        master = self._person()
        merged = self._person("Иванова Анна Петровна (Смирнова)", "83852777777")
        merged.write({"building_id": self.other_house.id, "flat": "12"})
        wizard = (
            self.env["gorod24.person.merge"]
            .with_user(self.supervisor)
            .create(
                {
                    "master_id": master.id,
                    "merged_id": merged.id,
                    "keep_name": "merged",
                    "keep_address": "merged",
                }
            )
        )
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertEqual(master.name, "Иванова Анна Петровна (Смирнова)")
        self.assertEqual((master.building_id, master.flat), (self.other_house, "12"))
        self.assertEqual(master.phone, "+73852123456")

    def test_undo_is_identity_on_every_table(self):
        for seed in range(8):
            chance = random.Random(seed)
            with self.subTest(seed=seed):
                number = f"8385212{chance.randrange(1000, 9999)}"
                master = self._full_person(f"Первая {seed}", number, chance)
                merged = self._full_person(f"Вторая {seed}", number, chance)
                before = self._dump("res.partner")
                values = {"name": "Третья"} if chance.random() < 0.5 else {}
                merge = self._merge(master, merged, values)
                self.assertNotEqual(before, self._dump("res.partner"))
                merge.action_undo()
                self._assert_same(before, self._dump("res.partner"))
                self.assertEqual(merge.state, "undone")

    def test_nothing_points_at_the_merged_one_but_what_the_master_has_too(self):
        master = self._full_person("Первая", "83852123456")
        merged = self._full_person("Вторая", "83852123456")
        self._merge(master, merged)
        left = set()
        merges = self.env["gorod24.merge"]
        for table, column in merges._get_foreign_keys("res_partner"):
            query = SQL(
                "SELECT 1 FROM %s WHERE %s = %s",
                SQL.identifier(table),
                SQL.identifier(column),
                merged.id,
            )
            if self.env.execute_query(query) and not table.startswith("gorod24_merge"):
                left.add((table, column))
        # Its own row, and what both had: the number, the subscription, the marks.
        self.assertLessEqual(
            left,
            {
                ("res_partner", "commercial_partner_id"),
                ("gorod24_phone", "partner_id"),
                ("mail_followers", "partner_id"),
                ("res_partner_res_partner_category_rel", "partner_id"),
            },
        )

    def test_wish_not_to_be_called_survives_a_shared_number(self):
        master = self._person()
        merged = self._person("Иванова А. П.")
        merged.phone_ids.do_not_call = True
        merge = self._merge(master, merged)
        self.assertTrue(master.phone_ids.do_not_call)
        merge.action_undo()
        self.env.invalidate_all()
        self.assertFalse(master.phone_ids.do_not_call)

    def test_undo_refuses_in_words_what_was_changed_since(self):
        master = self._person()
        merged = self._person("Иванова А. П.", "83852777777")
        third = self._person("Чужой Человек", "83852888888")
        question = merged.question_ids
        merge = self._merge(master, merged)
        question.partner_id = third
        with self.assertRaises(UserError) as refusal:
            merge.action_undo()
        self.assertIn(question.name, str(refusal.exception))
        self.assertEqual(merge.state, "done")
        self.assertFalse(merged.active)

    def test_what_came_after_stays_with_the_master(self):
        master = self._person()
        merged = self._person("Иванова А. П.", "83852777777")
        merge = self._merge(master, merged)
        later = self._register(partner_id=master.id, number="83852777777")
        merge.action_undo()
        self.env.invalidate_all()
        self.assertEqual(later.partner_id, master)
        self.assertEqual(len(merged.question_ids), 1)
        self.assertTrue(merged.active)
        self.assertFalse(merged.merged_into_id)

    def test_undo_is_for_a_day_and_once(self):
        master, merged = self._person(), self._person("Иванова А. П.", "83852777777")
        merge = self._merge(master, merged)
        merge.sudo().at -= timedelta(hours=25)
        with self.assertRaises(UserError):
            merge.action_undo()
        merge.sudo().at = fields.Datetime.now()
        merge.action_undo()
        with self.assertRaises(UserError):
            merge.action_undo()

    def test_who_stays_apart(self):
        person = self._person()
        other = self._person("Иванова А. П.", "83852777777")
        company = self.env["res.partner"].create({"name": "ООО", "is_company": True})
        child = self.env["res.partner"].create({"name": "Дочь", "parent_id": person.id})
        for wrong in (
            self.participant,
            self.duty.partner_id,
            self.env.company.partner_id,
            company,
            child,
            person,
        ):
            with self.assertRaises(UserError):
                self._merge(person, wrong)
        self._merge(person, other)
        with self.assertRaises(UserError):
            self._merge(person, other)

    def test_card_opened_before_the_merge_registers_with_the_master(self):
        master = self._person()
        merged = self._person("Иванова А. П.", "83852777777")
        self._merge(master, merged)
        late = self._register(partner_id=merged.id, person_name="", number="")
        self.assertEqual(late.partner_id, master)
        self.assertEqual(
            self.card.load(partner_id=merged.id)["persons"][0]["id"], master.id
        )

    def test_doubles_are_found_by_phone_and_by_house(self):
        anna = self._person()
        short = self._person("Иванова Анна")
        namesake = self._person("Иванова Анна Петровна", "83852777777")
        self._person("Сидоров Пётр Ильич")
        Double = self.env["gorod24.person.double"].with_user(self.supervisor)
        found = Double.search(Double.action_find()["domain"])
        pairs = {(d.partner_id, d.other_id): d.reason for d in found}
        self.assertEqual(pairs[anna, short], "phone")
        self.assertEqual(pairs[anna, namesake], "house")
        self.assertFalse(any("Сидоров" in one.name for pair in pairs for one in pair))
        action = found[0].action_merge()
        form = Form(
            self.env["gorod24.person.merge"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
        )
        self.assertFalse(form.problem)

    def test_only_supervisors_merge_look_and_undo(self):
        master, merged = self._person(), self._person("Иванова А. П.", "83852777777")
        for user in (self.operator, self.manager, self.duty):
            with self.assertRaises(AccessError):
                self.merges.with_user(user)._merge(master, merged)
            with self.assertRaises(AccessError):
                self.env["gorod24.person.double"].with_user(user).action_find()
        merge = self._merge(master, merged)
        lines = merge.sudo().line_ids
        for user in (self.operator, self.manager, self.duty, self.supervisor):
            for record in (merge, lines[:1]):
                allowed = [
                    operation
                    for operation in ("read", "write", "create", "unlink")
                    if record.with_user(user).has_access(operation)
                ]
                expected = ["read"] if user == self.supervisor else []
                self.assertEqual(allowed, expected)
            if user != self.supervisor:
                with self.assertRaises(AccessError):
                    merge.with_user(user).action_undo()


@tagged("post_install", "-at_install")
class TestMergeAppeals(MergeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen = cls.env["res.partner"].create({"name": "Иванова Анна Петровна"})

    def _register(self, *topics, **values):
        """One citizen, who called twice: appeals of two persons stay apart."""
        if "person_name" not in values:
            values.setdefault("partner_id", self.citizen.id)
        return super()._register(*topics, **values)

    def test_questions_go_on_under_the_other_appeal_with_their_numbers(self):
        master = self._register(self.heating, self.pipe)
        merged = self._register(self.heating)
        number, question = merged.number, merged.question_ids
        referral = question.referral_id
        merged.message_post(body="Принёс справку")
        self._merge(master, merged)
        self.assertEqual(question.appeal_id, master)
        self.assertEqual(question.name, f"{number}/1")
        self.assertEqual(question.position, 3)
        self.assertEqual(referral.appeal_id, master)
        self.assertIn("Принёс справку", str(master.message_ids.mapped("body")))
        self.assertEqual(merged.merged_into_id, master)
        self.assertFalse(merged.active)
        self.assertIn(
            "merged",
            self.env["gorod24.question.event"]
            .search([("question_id", "=", question.id)])
            .mapped("kind"),
        )
        # Work goes on as if nothing had happened.
        self._as_duty(question).action_done("Продули стояк", "fixed")
        self.assertEqual(question.state, "informing")

    def test_number_of_the_merged_appeal_still_finds_it(self):
        master, merged = self._register(), self._register()
        self._merge(master, merged)
        view = self.env.ref("gorod24_appeals.helpdesk_ticket_view_search")
        self.assertIn("('active', 'in', [True, False])", view.arch)
        found = self.env["helpdesk.ticket"].search(
            [("number", "ilike", merged.number), ("active", "in", [True, False])]
        )
        self.assertEqual(found, merged)

    def test_undo_is_identity_on_every_table(self):
        for seed in range(6):
            chance = random.Random(seed)
            topics = [self.heating, self.pipe, self.reference]
            with self.subTest(seed=seed):
                pair = []
                for _turn in range(2):
                    appeal = self._register(
                        *chance.sample(topics, chance.randint(1, 3))
                    )
                    sent = appeal.question_ids.filtered("referral_id")
                    for question in sent:
                        if chance.random() < 0.5:
                            self._as_duty(question).action_done("Готово", "fixed")
                    for _post in range(chance.randrange(3)):
                        appeal.message_post(body=f"Запись {chance.random()}")
                    appeal.message_subscribe(self.operator.partner_id.ids)
                    self.env["ir.attachment"].create(
                        {
                            "name": "Фото.txt",
                            "raw": b"photo",
                            "res_model": "helpdesk.ticket",
                            "res_id": appeal.id,
                        }
                    )
                    pair.append(appeal)
                master, merged = pair
                before = self._dump("helpdesk.ticket", "gorod24.question")
                merge = self._merge(master, merged)
                merge.action_undo()
                self._assert_same(
                    before, self._dump("helpdesk.ticket", "gorod24.question")
                )

    def test_closed_appeal_with_an_open_question_is_open_and_back(self):
        point = {
            "topic_id": self.reference.id,
            "text": "часы приёма",
            "answer_text": "С девяти",
        }
        master = self._register(questions=[point])
        merged = self._register(self.heating)
        self.assertEqual(master.state, "closed")
        merge = self._merge(master, merged)
        self.assertEqual(master.state, "in_work")
        merge.action_undo()
        self.env.invalidate_all()
        self.assertEqual(master.state, "closed")
        self.assertEqual(merged.state, "in_work")
        self.assertTrue(merged.active)

    def test_work_done_meanwhile_is_no_obstacle_to_undo(self):
        master, merged = self._register(), self._register()
        question = merged.question_ids
        merge = self._merge(master, merged)
        self._as_duty(question).action_done("Готово", "fixed")
        merge.action_undo()
        self.env.invalidate_all()
        self.assertEqual(question.appeal_id, merged)
        self.assertEqual(merged.state, "to_inform")
        self.assertEqual(master.state, "in_work")

    def test_later_merge_has_to_be_taken_back_first(self):
        first, second, third = (self._register() for _turn in range(3))
        earlier = self._merge(second, third)
        later = self._merge(first, second)
        with self.assertRaises(UserError):
            earlier.action_undo()
        later.action_undo()
        earlier.action_undo()
        self.env.invalidate_all()
        for appeal in (first, second, third):
            self.assertEqual(len(appeal.question_ids), 1)

    def test_who_is_told_and_where_never_changes_hands(self):
        master = self._register()
        stranger = self._register(person_name="Чужой", number="83852888888")
        anonymous = self._register(person_name="", partner_id=False)
        written = self._register()
        written.sudo().converted_at = fields.Datetime.now()
        elsewhere = self._register(flat="8")
        for merged, words in (
            (stranger, "different persons"),
            (anonymous, "different persons"),
            (written, "a written one"),
            (elsewhere, "different flats"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._merge(master, merged)
            self.assertTrue(merged.active)

    def test_appeal_is_chosen_before_it_is_merged(self):
        wizard = self.env["gorod24.appeal.merge"].with_user(self.supervisor)
        wizard = wizard.create({"merged_id": self._register().id})
        with self.assertRaisesRegex(UserError, "two different records"):
            wizard.action_merge()

    def test_wizard_warns_of_another_house(self):
        master = self._register()
        merged = self._register(building_id=self.other_house.id)
        action = merged.with_user(self.supervisor).action_merge_appeal()
        form = Form(
            self.env["gorod24.appeal.merge"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
        )
        form.master_id = master
        self.assertIn("different houses", form.warning)
        self.assertFalse(form.problem)
        form.save().action_merge()
        self.assertEqual(merged.merged_into_id, master)

    def test_only_supervisors(self):
        master, merged = self._register(), self._register()
        for user in (self.operator, self.manager, self.duty):
            with self.assertRaises(AccessError):
                self.merges.with_user(user)._merge(master, merged)
