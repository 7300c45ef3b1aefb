# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_table import FIRST, TableCase


@tagged("post_install", "-at_install")
class TestNationalImport(TableCase):
    """An edition of the national classifier from a table."""

    def test_edition_becomes_a_tree(self):
        edition = self._load(FIRST)
        self.assertEqual(edition.category_count, len(FIRST))
        pit = self._node(edition, "0005.0002.0003.0003")
        self.assertEqual(
            pit.parent_id.mapped("code") + pit.child_id.mapped("code"),
            ["0005.0002.0003.0000", "0005.0002.0003.0003.0110"],
        )
        self.assertEqual(pit.parent_id.parent_id.parent_id.name, FIRST[7][1])
        self.assertFalse(pit.is_topic, "only local topics are offered to operators")
        shared = self._node(edition, "0005.0002.0003.0004.0110")
        self.assertEqual(shared.name, "ремонт дорог", "named from the shared list")
        talks = self._node(edition, "0001.0001.0001.0000")
        self.assertEqual(talks.child_id.sorted().mapped("sequence"), [1, 9])
        again = self._import(FIRST, classifier_id=edition.id)
        self.assertEqual(self._counts(again), (0, 0, len(FIRST), 0))

    def test_errors_name_row_and_field_and_nothing_is_written(self):
        rows = list(FIRST)
        rows[3] = ("0001.0001.0001.00012", rows[3][1])  # footnote 2, row 5
        rows[4] = ("0001.0001.0002.0002", rows[4][1])  # double of row 8
        rows[10] = ("0005.0002.0999.0003", rows[10][1])  # no such topic, row 12
        rows[11] = ("0005.0002.0999.0003.0110", rows[11][1])
        before = self.Category.search_count([])
        wizard = self._import(
            rows, mode="new", name="Х", edition="2", valid_from="2025-01-01"
        )
        self.assertEqual(
            [(row, column) for row, column, _m in self._problems(wizard)],
            [(5, "code"), (8, "code"), (12, "code")],
        )
        glued, double, orphan = (m for _r, _c, m in self._problems(wizard))
        self.assertIn("0001.0001.0001.0001", glued)
        self.assertRegex(glued, r"\b2\b")
        self.assertRegex(double, r"\b6\b")
        self.assertIn("0005.0002.0999.0000", orphan)
        wizard.action_apply()
        self.assertEqual(wizard.state, "checked")
        self.assertEqual(self.Category.search_count([]), before)
        self.assertFalse(self.env["gorod24.classifier"].search([("name", "=", "Х")]))

    def test_children_of_a_refused_row_are_not_blamed(self):
        rows = list(FIRST)
        rows[10] = ("0005.0002.0003.00031", rows[10][1])
        wizard = self._import(
            rows, mode="new", name="Х", edition="2", valid_from="2025-01-01"
        )
        self.assertEqual([p["row"] for p in wizard.problems], [12])

    def test_missing_parents_on_demand(self):
        rows = [FIRST[10]]
        values = {"mode": "new", "name": "Х", "edition": "2"}
        values["valid_from"] = "2025-01-01"
        wizard = self._import(rows, **values)
        self.assertEqual(len(wizard.problems), 3)
        wizard = self._import(rows, create_parents=True, **values)
        self.assertEqual(self._counts(wizard), (4, 0, 0, 0))
        self.assertIn("0005.0002.0000.0000", wizard.report)
        wizard.action_apply()
        pit = self._node(wizard.classifier_id, FIRST[10][0])
        self.assertEqual(len(pit._get_ancestor_ids()), 4)

    def test_whole_edition_archives_what_it_lacks(self):
        edition = self._load(FIRST)
        less = [row for row in FIRST if row[0] != "0001.0001.0001.0009"]
        wizard = self._import(less, classifier_id=edition.id)
        self.assertEqual(self._counts(wizard), (0, 0, len(less), 0))
        self.assertIn("0001.0001.0001.0009", wizard.report)
        wizard = self._import(less, classifier_id=edition.id, archive_missing=True)
        self.assertEqual(self._counts(wizard), (0, 0, len(less), 1))
        wizard.action_apply()
        self.assertFalse(self._node(edition, "0001.0001.0001.0009").active)
        back = self._import(FIRST, classifier_id=edition.id, archive_missing=True)
        self.assertEqual(self._counts(back), (0, 1, len(less), 0))
        back.action_apply()
        self.assertTrue(self._node(edition, "0001.0001.0001.0009").active)

    def test_rename_holds_in_every_language(self):
        edition = self._load(FIRST)
        rows = [(FIRST[3][0], "Ответ не получен")]
        wizard = self._import(rows, classifier_id=edition.id)
        self.assertEqual(self._counts(wizard), (0, 1, 0, 0))
        wizard.action_apply()
        node = self._node(edition, FIRST[3][0])
        for lang in ("en_US", "ru_RU"):
            self.assertEqual(node.with_context(lang=lang).name, "Ответ не получен")

    def test_an_edition_is_loaded_once(self):
        self._load(FIRST)
        with self.assertRaisesRegex(UserError, "1"):
            self._import(
                FIRST,
                mode="new",
                kind="national",
                name="Общероссийский",
                edition="1",
                valid_from="2026-01-01",
            )


@tagged("post_install", "-at_install")
class TestLocalImport(TableCase):
    """The town's own classifier and that of the feedback platform."""

    HEADERS = ("Код", "Название", "Код родителя", "Синонимы", "Режим", "Срочность")

    def test_local_topics(self):
        local = self._classifier()
        rows = [
            ("Д", "Дороги", "", "", "", ""),
            ("Д-1", "Яма", "Д", "яма; выбоина\nдырка", "hot", "Urgent"),
        ]
        wizard = self._import(rows, self.HEADERS, classifier_id=local.id)
        self.assertFalse(wizard.problems)
        wizard.action_apply()
        group, topic = self._node(local, "Д"), self._node(local, "Д-1")
        self.assertEqual(topic.parent_id, group)
        self.assertEqual(topic.synonyms, "яма\nвыбоина\nдырка")
        self.assertEqual((topic.regime_code, topic.urgency), ("HOT", "urgent"))
        self.assertEqual((group.is_topic, topic.is_topic), (False, True))
        again = self._import(rows, self.HEADERS, classifier_id=local.id)
        self.assertEqual(self._counts(again), (0, 0, 2, 0))

    def test_bad_cells_are_named(self):
        local = self._classifier()
        headers = ("code", "name", "parent", "urgency", "check_notices", "season_from")
        rows = [
            ("А", "Группа", "", "", "", ""),
            ("А", "Двойник", "", "", "", ""),
            ("Б", "Сирота", "нет", "", "", ""),
            ("В", "Слово", "", "завтра", "", ""),
            ("Г", "Флажок", "", "", "может", ""),
            ("Е", "Сезон", "", "", "", "31.02"),
            ("Ж", "Полсезона", "", "", "", "15.10"),
            ("З", "", "", "", "", ""),
        ]
        wizard = self._import(rows, headers, classifier_id=local.id)
        self.assertEqual(
            [(row, column) for row, column, _m in self._problems(wizard)],
            [
                (3, "code"),
                (4, "parent"),
                (5, "urgency"),
                (6, "check_notices"),
                (7, "season_from"),
                (8, "season_to"),
                (9, "name"),
            ],
        )

    def test_moving_a_group_below_its_own_topic_is_a_circle(self):
        local = self._classifier()
        headers = ("code", "name", "parent")
        rows = [("А", "Группа", ""), ("Б", "Тема", "А")]
        self._import(rows, headers, classifier_id=local.id).action_apply()
        rows = [("А", "Группа", "Б")]
        wizard = self._import(rows, headers, classifier_id=local.id)
        self.assertEqual([p["column"] for p in wizard.problems], ["parent"])
        turned = [("Б", "Тема", ""), ("А", "Группа", "Б")]
        wizard = self._import(turned, headers, classifier_id=local.id)
        self.assertEqual(self._counts(wizard), (0, 2, 0, 0))
        wizard.action_apply()
        self.assertEqual(self._node(local, "А").parent_id, self._node(local, "Б"))

    def test_pos_by_levels(self):
        pos = self._classifier("pos")
        headers = ("Категория", "Подкатегория", "Факт")
        rows = [
            ("Дороги", "Ямы", "Яма во дворе"),
            ("Дороги", "Ямы", "Яма на проезжей части"),
            ("Мусор", "Вывоз", "Не вывозят мусор"),
        ]
        wizard = self._import(rows, headers, classifier_id=pos.id)
        self.assertEqual(self._counts(wizard), (7, 0, 0, 0))
        wizard.action_apply()
        fact = self._node(pos, "1.1.2")
        self.assertEqual(fact.name, "Яма на проезжей части")
        self.assertEqual(fact.parent_id.parent_id.name, "Дороги")
        again = self._import(rows, headers, classifier_id=pos.id)
        self.assertEqual(self._counts(again), (0, 0, 7, 0))

    def test_operator_may_not_import_nor_export(self):
        local = self._classifier()
        rows = [("А", "Группа")]
        with self.assertRaises(AccessError):
            self._import(rows, classifier_id=local.id, user=self.operator)
        export = self.env["gorod24.classifier.export"].with_user(self.operator)
        with self.assertRaises(AccessError):
            export.create({"classifier_id": local.id})
        with self.assertRaises(AccessError):
            local.with_user(self.operator)._apply_import(
                local._plan_import(
                    [], self._import(rows, classifier_id=local.id)._get_options()
                ).data
            ).write({"name": "Х"})


@tagged("post_install", "-at_install")
class TestRoundTrip(TableCase):
    """What is exported comes back without changes."""

    def _fill(self):
        national = self._load(FIRST)
        pos = self._classifier("pos")
        fact = self._topic("Факт; с точкой", code="Ф 1", classifier_id=pos.id)
        local = self._classifier()
        group = self._topic("=СУММ(1;2)", code="0010", classifier_id=local.id)
        shared = {"classifier_id": local.id, "is_topic": True}
        hard = self._topic(
            '+7 "кавычки"; точка с запятой, запятая',
            group,
            code="@0010-1",
            synonyms="нет тепла\n-холодно\n=топят плохо",
            script="Спросите:\r\n1) «где?»; 2) \"когда?\"\n\n'=так'",
            stop_phrase="-позвоните 104",
            urgency="emergency",
            season_from="10-15",
            season_to="04-15",
            paid="maybe",
            usual_participant_id=self.network.id,
            required_place="pole",
            maps_to_ids=[
                (4, self._node(national, FIRST[3][0]).id),
                (4, self._node(national, FIRST[11][0]).id),
                (4, fact.id),
            ],
            **shared,
        )
        self._topic("Без кода", group, **shared)
        self._topic("Старая", group, code="-1", active=False, **shared)
        self._node(national, FIRST[3][0]).maps_to_ids = fact
        return national, pos, local, hard

    def test_no_changes(self):
        national, pos, local, _hard = self._fill()
        for lang in ("en_US", "ru_RU"):
            self.curator.lang = lang
            for classifier in (national, pos, local):
                table = classifier.with_user(self.curator).with_context(lang=lang)
                for file_format in ("csv", "xlsx", "json"):
                    with self.subTest(kind=classifier.kind, format=file_format):
                        content = table._export_table(file_format, archived=True)
                        wizard = self._import(
                            [],
                            content=content,
                            file_format=file_format,
                            classifier_id=classifier.id,
                            archive_missing=True,
                        )
                        self.assertFalse(wizard.problems)
                        self.assertEqual(
                            wizard.unchanged_count,
                            len(
                                classifier.with_context(active_test=False).category_ids
                            ),
                        )
                        self.assertEqual(self._counts(wizard)[:2], (0, 0))
                        self.assertEqual(wizard.archived_count, 0)

    def test_a_copy_holds_the_same(self):
        _national, _pos, local, hard = self._fill()
        content = local.with_user(self.curator)._export_table("xlsx")
        copy = self._classifier()
        wizard = self._import(
            [], content=content, file_format="xlsx", classifier_id=copy.id
        )
        wizard.action_apply()
        twin = self._node(copy, "@0010-1")
        for name in (
            "name",
            "synonyms",
            "stop_phrase",
            "urgency",
            "season_to",
            "maps_to_ids",
            "usual_participant_id",
            "required_place",
        ):
            self.assertEqual(twin[name], hard[name], name)
        self.assertEqual(twin.script, hard.script.replace("\r\n", "\n"))
        self.assertEqual(twin.parent_id.code, "0010")

    def test_group_without_a_code_cannot_be_exported(self):
        local = self._classifier()
        group = self._topic("Безымянный код", classifier_id=local.id)
        self._topic("Тема", group, code="1", classifier_id=local.id)
        with self.assertRaisesRegex(UserError, "Безымянный код"):
            local._export_table("csv")
