# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common_flow import FlowCommon

SPECIFICATION = {"display_name": {}}


@tagged("post_install", "-at_install")
class TestViewList(FlowCommon):
    """Screens that show many citizens leave one line of the log for a look."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Views = cls.env["gorod24.appeal.view"]

    def setUp(self):
        super().setUp()
        self.known = self.Views.search([])

    def _new(self):
        """Lines made since the last look, the forms and cards left out."""
        views = self.Views.search([("row_count", ">", 0)]) - self.known
        self.known |= views
        return views

    def _open(self, question, model="gorod24.question", user=None, **more):
        records = question if model == "gorod24.question" else question.referral_id
        # as the browser asks
        return call_kw(
            self.env[model].with_user(user or self.operator),
            "web_search_read",
            [],
            {
                "domain": [("id", "in", records.ids)],
                "specification": SPECIFICATION,
                **more,
            },
        )

    def _citizen(self, name, phone):
        appeal = self._register(person_name=name, number=phone)
        return appeal.partner_id, appeal.question_ids

    def test_a_page_of_a_journal_is_one_line_with_its_citizens(self):
        anna, first = self._citizen("Иванова Анна", "83852123401")
        petr, second = self._citizen("Петров Пётр", "83852123402")
        for model in ("gorod24.question", "gorod24.referral"):
            self._open(first | second, model)
            line = self._new()
            self.assertEqual(
                (line.user_id, line.source, line.model, line.row_count),
                (self.operator, "list", model, 2),
            )
            self.assertEqual(line.citizen_ids, anna | petr)
            self.assertFalse(line.citizen_id, "one of two is not named alone")

    def test_turning_back_to_a_page_is_the_same_look(self):
        _anna, first = self._citizen("Иванова Анна", "83852123401")
        _petr, second = self._citizen("Петров Пётр", "83852123402")
        self._open(first | second)
        self.assertTrue(self._new())
        self._open(first | second)
        self._open(first)
        self.assertFalse(self._new())
        self._open(first, user=self.supervisor)
        self.assertEqual(self._new().user_id, self.supervisor)
        vera, third = self._citizen("Верина Вера", "83852123403")
        self._open(first | third)
        self.assertIn(vera, self._new().citizen_ids)
        self.env.cr.execute(
            "UPDATE gorod24_appeal_view SET at = at - interval '1 hour'"
        )
        self._open(first)
        self.assertTrue(self._new())

    def _form(self, record, specification, user=None, **context):
        """Open a form as the browser does."""
        mine = record.with_user(user or self.operator)
        return call_kw(
            mine,
            "web_read",
            [record.ids, specification],
            {"context": context},
        )

    def test_a_form_is_a_look(self):
        anna, question = self._citizen("Иванова Анна", "83852123401")
        self._done(question)
        whole = {"display_name": {}, "create_date": {}}
        for record in (
            anna,
            anna.phone_ids,
            question.referral_id,
            question.informing_ids,
        ):
            self._form(record, whole)
            line = self._new()
            self.assertEqual(
                (line.source, line.model, line.row_count, line.citizen_id),
                ("form", record._name, 1, anna),
            )
            self._form(record, whole)
            self.assertFalse(self._new(), "the same look")
        self._form(anna, {"display_name": {}}, user=self.supervisor)
        self.assertFalse(self._new(), "a name beside another record")
        # what a browser may send does not hide the look
        self._form(anna, whole, user=self.supervisor, gorod24_noted=True)
        self.assertEqual(self._new().user_id, self.supervisor)
        self._form(self.third, whole)
        self.assertFalse(self._new(), "an organisation is no citizen")

    def test_the_form_of_an_appeal_or_its_question_is_a_line_of_the_appeal(self):
        _anna, question = self._citizen("Иванова Анна", "83852123401")
        appeal = question.appeal_id
        mine = [("appeal_id", "=", appeal.id), ("source", "=", "form")]
        self._form(question, {"text": {}, "referral_ids": {}})
        self.assertEqual(self.Views.search(mine).user_id, self.operator)
        self._form(appeal, {"number": {}, "question_ids": {}}, user=self.supervisor)
        users = self.Views.search(mine).user_id
        self.assertEqual(users, self.operator | self.supervisor)
        _petr, other = self._citizen("Петров Пётр", "83852123402")
        self._form(question | other, {"text": {}})
        line = self._new()
        self.assertEqual((line.source, line.row_count), ("list", 2), "many, one line")
        self._form(question, {"text": {}})
        self.assertFalse(self._new(), "a row of them read again")

    def test_what_stands_in_a_list_or_a_form_is_not_noted_twice(self):
        anna, question = self._citizen("Иванова Анна", "83852123401")
        person = {"partner_id": {"fields": {"display_name": {}, "flat": {}}}}
        lines = {"question_ids": {"fields": {"text": {}, **person}}}
        known = self.Views.search([])
        self._form(question.appeal_id, {"number": {}, **person, **lines})
        line = self.Views.search([]) - known
        self.assertEqual((line.source, line.appeal_id), ("form", question.appeal_id))
        self._open(question, specification={"text": {}, **person})
        line = self._new()
        self.assertEqual((line.source, line.citizen_id), ("list", anna))

    def test_the_card_notes_whom_it_has_shown(self):
        anna, question = self._citizen("Уникальнова Анна", "83852123401")
        petr = self.env["res.partner"].create({"name": "Уникальнов Пётр"})
        self.env["gorod24.phone"].create(
            {"partner_id": petr.id, "e164": "+73852123401"}
        )
        card = self.card.with_user(self.supervisor)
        self.assertEqual(len(card.find_persons("Уникальнова")), 1)
        line = self._new()
        self.assertEqual((line.source, line.kinds), ("card", "person"))
        self.assertEqual(line.citizen_id, anna)
        self.assertNotIn("Уникальнова", line.about)
        card.find_persons("ничьё имя")
        self.assertFalse(self._new(), "nobody was shown")
        # two live on the number, one of them has never asked anything
        shown = card.load("83852123401")["persons"]
        self.assertEqual({one["id"] for one in shown}, {anna.id, petr.id})
        line = self._new()
        self.assertEqual((line.source, line.citizen_id), ("card", petr))
        views = self.Views.search([("appeal_id", "=", question.appeal_id.id)])
        self.assertIn(self.supervisor, views.user_id)
        card.load(partner_id=petr.id)
        self.assertFalse(self._new(), "the same look")

    def test_the_words_of_neighbours_on_the_card_are_a_look(self):
        _anna, question = self._citizen("Иванова Анна", "83852123401")
        card = self.card.with_user(self.supervisor)
        found = card.similar(topic_id=self.heating.id, building_id=self.house.id)
        self.assertIn(question.id, [one["id"] for one in found["duplicates"]])
        views = self.Views.search([("appeal_id", "=", question.appeal_id.id)])
        line = views.filtered(lambda one: one.user_id == self.supervisor)
        self.assertEqual(line.source, "card")

    def test_the_history_of_who_never_asked_is_a_look(self):
        petr = self.env["res.partner"].create({"name": "Уникальнов Пётр"})
        history = self.env["gorod24.history"].with_user(self.operator)
        history.open("res.partner", petr.id)
        self.assertEqual(self._new().citizen_id, petr)

    def test_a_card_is_noted_by_one_statement(self):
        _anna, question = self._citizen("Иванова Анна", "83852123401")
        petr = self.env["res.partner"].create({"name": "Уникальнов Пётр"})
        views = self.Views.with_user(self.supervisor)
        views._get_interval()
        with self.assertQueryCount(1):
            views._log_card(question.appeal_id, petr)
        self.assertEqual(len(self._new()), 1)

    def test_unfolded_groups_and_exports_are_looks_too(self):
        anna, question = self._citizen("Иванова Анна", "83852123401")
        groups = {"groupby": ["state"], "aggregates": ["__count"]}
        mine = self.env["gorod24.question"].with_user(self.operator)
        domain = [("id", "=", question.id)]
        mine.web_read_group(domain, **groups)
        self.assertFalse(self._new(), "folded groups show numbers only")
        mine.web_read_group(
            domain,
            **groups,
            auto_unfold=True,
            unfold_read_specification=SPECIFICATION,
            unfold_read_default_limit=80,
        )
        self.assertEqual(self._new().citizen_id, anna)
        self.operator.group_ids += self.env.ref("base.group_allow_export")
        mine.browse(question.id).export_data(["name"])
        self.assertEqual(self._new().source, "export")

    def test_the_search_notes_whom_it_has_shown_and_not_what_was_typed(self):
        anna, _question = self._citizen("Уникальнова Анна Петровна", "83852987654")
        finder = self.env["gorod24.finder"].with_user(self.operator)
        for text, kind in (("Уникальнова", "person"), ("8 3852 98-76-54", "phone")):
            groups = finder.find(text)
            self.assertTrue(groups)
            self.assertNotIn("citizen_id", groups[0]["items"][0])
            line = self._new()
            self.assertEqual((line.source, line.kinds), ("finder", kind))
            self.assertEqual(line.citizen_ids, anna)
            self.assertNotIn("Уникальнова", str(line.read()[0]["about"]))
        appeal = anna.question_ids.appeal_id
        finder.find(appeal.number)
        self.assertEqual(self._new().citizen_id, anna)
        finder.find("ъъъъ ничего такого нет")
        self.assertFalse(self._new(), "nobody was shown")

    def test_the_shift_page_and_the_queue_of_informing_are_noted(self):
        anna, question = self._citizen("Иванова Анна", "83852123401")
        self._as_duty(question).action_accept()
        self._done(question)
        question.informing_ids.write({"due": "2020-01-01 00:00:00"})
        self.env["gorod24.shift.handover"].with_user(self.operator).page()
        line = self._new()
        self.assertEqual(line.source, "shift")
        self.assertIn(anna, line.citizen_ids)
        duty = question.informing_ids
        duty.write({"next_at": "2020-01-01 00:00:00", "call_back_at": "2020-01-01"})
        self.env["gorod24.informing.desk"].with_user(self.operator).queue()
        line = self._new()
        self.assertEqual(line.source, "queue")
        self.assertIn(anna, line.citizen_ids)

    def test_a_written_out_journal_tells_its_rows_and_every_appeal(self):
        _anna, first = self._citizen("Иванова Анна", "83852123401")
        _petr, second = self._citizen("Петров Пётр", "83852123402")
        Printing = self.env["gorod24.journal.print"].with_user(self.operator)
        domain = [("id", "in", (first | second).ids)]
        action = Printing.prepare("gorod24.question", domain, "Журнал")
        Printing.browse(action["res_id"])._get_sheet()
        line = self._new()
        self.assertEqual((line.source, line.row_count), ("journal", 2))
        for appeal in (first | second).appeal_id:
            seen = self.Views.search([("appeal_id", "=", appeal.id)])
            self.assertIn("journal", seen.mapped("source"))

    def test_who_saw_a_citizen_is_found_by_him_merged_or_not(self):
        anna, question = self._citizen("Иванова Анна", "83852123401")
        petr, other = self._citizen("Петров Пётр", "83852123402")
        self._open(question | other)
        question.appeal_id.with_user(self.operator).web_read({"question_ids": {}})
        search = self.Views.with_user(self.supervisor).search
        of_anna = search([("citizen_id", "=", anna.id)])
        self.assertEqual(set(of_anna.mapped("source")), {"list", "form"})
        by_name = search([("citizen_id", "ilike", "Иванова Анна")])
        self.assertTrue(of_anna <= by_name, "typed and not chosen")
        of_petr = search([("citizen_id", "=", petr.id)])
        self.assertEqual(of_petr.mapped("source"), ["list"])
        petr.sudo().merged_into_id = anna
        self.assertIn(of_petr, search([("citizen_id", "=", anna.id)]))

    def test_the_log_tells_nothing_of_a_citizen_but_his_name(self):
        anna, question = self._citizen("Иванова Анна", "83852123401")
        anna.sudo().write({"flat": "45", "email": "anna@example.com"})
        self._open(question)
        line = self._new()
        officer = new_test_user(
            self.env, "test_privacy", groups="gorod24_appeals.group_privacy_officer"
        )
        search = self.Views.with_user(officer).search
        secrets = (
            ("flat", "=", "45"),
            ("phone_ids.e164", "=like", "+7%"),
            ("question_ids.text", "ilike", "а"),
            ("helpdesk_ticket_ids", "any", [("number", "!=", False)]),
        )
        for field, operator, value in secrets:
            for domain in (
                [
                    (
                        "citizen_id",
                        "any",
                        [("id", "=", anna.id), (field, operator, value)],
                    )
                ],
                [(f"citizen_id.{field}", operator, value)],
                [("citizen_id", "not any", [(field, operator, value)])],
            ):
                with self.assertRaises(UserError):
                    search(domain)
        # the name of a citizen is looked for in his name, not in his address of mail
        self.assertFalse(search([("citizen_id", "ilike", "anna@")]))
        for by_name in (
            [("citizen_id", "ilike", "иванова")],
            [("citizen_id.name", "=", anna.name)],
            [("citizen_id", "any", [("id", "=", anna.id)])],
            ["|", ("citizen_id", "ilike", "иванова"), ("citizen_id", "ilike", "ы")],
        ):
            self.assertIn(line, search(by_name))
        self.assertNotIn(line, search([("citizen_id", "not ilike", "иванова")]))

    def test_lists_without_citizens_leave_nothing(self):
        companies = [("id", "in", (self.participant | self.third).ids)]
        partners = self.env["res.partner"].with_user(self.operator)
        partners.web_search_read(companies, SPECIFICATION)
        self.env["gorod24.question"].with_user(self.operator).web_search_read(
            [("id", "=", 0)], SPECIFICATION
        )
        self.assertFalse(self._new())
        self.env["gorod24.question"].web_search_read([], SPECIFICATION, limit=1)
        self.assertFalse(self._new(), "the program itself")

    def test_noting_costs_one_statement(self):
        _anna, question = self._citizen("Иванова Анна", "83852123401")
        self._open(question)
        views = self.Views.with_user(self.operator)
        views._get_interval()
        with self.assertQueryCount(1):
            views._log_list("list", {"gorod24.question": question.ids}, always=True)

    def test_the_privacy_officer_reads_the_log_and_no_appeal(self):
        anna, question = self._citizen("Иванова Анна", "83852123401")
        self._open(question)
        line = self._new()
        officer = new_test_user(
            self.env, "test_privacy", groups="gorod24_appeals.group_privacy_officer"
        )
        fields = {"at": {}, "about": {}, "citizen_id": {"fields": SPECIFICATION}}
        row = line.with_user(officer).web_read(fields)[0]
        self.assertEqual(row["citizen_id"]["display_name"], anna.display_name)
        self.assertTrue(row["about"])
        mine = self.Views.with_user(officer)
        self.assertIn(line, mine.search([("citizen_id", "=", anna.id)]))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(line.with_user(officer).has_access(operation))
        with self.assertRaises(AccessError):
            self._open(question, user=officer)

    def test_lines_are_kept_for_their_term(self):
        _anna, question = self._citizen("Иванова Анна", "83852123401")
        self._open(question)
        old = self._new()
        self._open(question, user=self.supervisor)
        fresh = self._new()
        self.env["ir.config_parameter"].set_param("gorod24.view_log_days", "100")
        self.env.cr.execute(
            "UPDATE gorod24_appeal_view SET at = at - interval '101 days'"
            " WHERE id = %s",
            [old.id],
        )
        self.assertEqual(self.Views._gc_views()[1], 0)
        self.assertFalse(old.exists())
        self.assertTrue(fresh.exists())
