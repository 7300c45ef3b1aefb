# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ClassifierCase

BEFORE = date(2026, 2, 28)
DAY = date(2026, 3, 1)


@tagged("post_install", "-at_install")
class TestCompetenceChange(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.houses = cls.house | cls._house("52") | cls._house("54")
        cls.new = cls._participant("УК Новая")
        cls.section = cls.env["gorod24.section"].create(
            {"name": "1", "participant_id": cls.new.id}
        )

    def _list_rule(self, participant=None, **values):
        return self._rule(
            participant or self.manager,
            **{
                "topic": self.heating,
                "building_ids": [Command.set(self.houses.ids)],
                "date_from": date(2024, 1, 1),
                **values,
            },
        )

    def _wizard(self, user=None, **values):
        model = self.env["gorod24.competence.reassign"]
        return (
            (model.with_user(user) if user else model)
            .with_context(lang="ru_RU")
            .create(
                {
                    "participant_from_id": self.manager.id,
                    "participant_to_id": self.new.id,
                    "section_to_id": self.section.id,
                    "date": DAY,
                    "scope": "houses",
                    "building_ids": [Command.set(self.house.ids)],
                    **values,
                }
            )
        )

    def _answers(self, days=(date(2025, 1, 1), BEFORE, DAY, date(2027, 1, 1))):
        """{(house, topic, day): ids of the one who answers}."""
        return {
            (house.house, topic.name, day): self._who(topic, house, day)
            for house in self.houses
            for topic in (self.heating, self.cold, self.roads)
            for day in days
        }

    def _who(self, topic, house, day):
        route = self.Competence._route(topic, building=house, date=day)
        return route["participant_id"], route["section_id"], route["person_id"]

    def _apply(self, wizard):
        wizard.action_preview()
        action = wizard.action_apply()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_one_house_leaves_a_list(self):
        rule = self._list_rule(note="договор 5")
        before = self._answers()
        wizard = self._wizard(note="приказ 7")
        wizard.action_preview()
        self.assertEqual(self._answers(), before, "a preview writes nothing")
        self.assertEqual(
            [(line.kind, line.building_count) for line in wizard.line_ids],
            [("shrunk", 2), ("before", 1), ("moved", 1)],
        )
        self._apply(wizard)
        after = self._answers()
        for key, who in after.items():
            house, topic, day = key
            moved = house == "50" and day >= DAY and topic != "Дороги"
            expected = (self.new.id, self.section.id, False) if moved else before[key]
            self.assertEqual(who, expected, key)
        self.assertEqual(rule.building_ids, self.houses - self.house)
        copy = self.Competence.search([("origin_id", "=", rule.id)])
        self.assertEqual((copy.date_to, copy.note), (BEFORE, "договор 5"))
        new = self.Competence.search([("participant_id", "=", self.new.id)])
        self.assertEqual((new.date_from, new.note), (DAY, "приказ 7"))

    def test_all_rules_of_a_company_and_taking_it_back(self):
        listed = self._list_rule()
        wide = self._rule(self.manager, topic=self.roads, address=self.district)
        later = self._list_rule(topic=self.cold, date_from=date(2026, 6, 1))
        ended = self._list_rule(topic=self.roads, date_to=date(2025, 1, 1))
        before = self._answers()
        change = self._apply(self._wizard(scope="all"))
        self.assertEqual(listed.date_to, BEFORE)
        self.assertEqual(wide.date_to, BEFORE)
        self.assertFalse(later.active)
        self.assertEqual(ended.date_to, date(2025, 1, 1))
        for (house, topic, day), who in self._answers().items():
            if day >= DAY:
                self.assertEqual(who[0], self.new.id)
            else:
                self.assertEqual(who, before[house, topic, day])
        successor = self.Competence.search(
            [("participant_id", "=", self.new.id), ("topic_id", "=", self.cold.id)]
        )
        self.assertEqual(successor.date_from, date(2026, 6, 1))
        change.action_revert()
        self.assertEqual(self._answers(), before)
        self.assertTrue(later.active)
        self.assertFalse(successor.active)
        self.assertEqual(change.state, "reverted")
        with self.assertRaises(UserError):
            change.action_revert()

    def test_not_taken_back_when_a_rule_has_changed_since(self):
        self._list_rule()
        change = self._apply(self._wizard())
        new = self.Competence.search([("participant_id", "=", self.new.id)])
        new.date_to = date(2030, 1, 1)
        with self.assertRaises(UserError):
            change.action_revert()
        self.assertEqual(change.state, "done")

    def test_a_rule_named_in_a_change_is_not_deleted(self):
        rule = self._list_rule()
        self._apply(self._wizard())
        with self.assertRaises(UserError):
            rule.unlink()
        other = self._list_rule(self.network)
        other.unlink()
        self.assertFalse(other.exists())

    def test_preview_is_shown_again_when_the_rules_have_moved_on(self):
        rule = self._list_rule()
        wizard = self._wizard()
        wizard.action_preview()
        rule.date_to = date(2026, 12, 31)
        action = wizard.action_apply()
        self.assertEqual(action["res_model"], wizard._name)
        self.assertTrue(wizard.is_stale)
        self.assertFalse(self.Competence.search([("participant_id", "=", self.new.id)]))
        self.assertEqual(wizard.line_ids[-1].date_to, date(2026, 12, 31))
        wizard.action_apply()
        self.assertTrue(self.Competence.search([("participant_id", "=", self.new.id)]))

    def test_one_topic_of_a_group(self):
        rule = self._list_rule()
        wizard = self._wizard(topic_ids=[Command.set(self.cold.ids)], scope="all")
        self._apply(wizard)
        self.assertFalse(rule.date_to)
        self.assertEqual(self._who(self.cold, self.house, DAY)[0], self.new.id)
        self.assertEqual(self._who(self.heating, self.house, DAY)[0], self.manager.id)
        self.assertEqual(self._who(self.cold, self.house, BEFORE)[0], self.manager.id)

    def test_topics_below_only_when_wanted(self):
        exact = self._list_rule(topic=self.cold)
        wizard = self._wizard(
            topic_ids=[Command.set(self.heating.ids)], with_subtree=False
        )
        with self.assertRaises(UserError):
            wizard.action_preview()
        wizard.with_subtree = True
        self._apply(wizard)
        self.assertNotIn(self.house, exact.building_ids)

    def test_a_street_out_of_a_district(self):
        rule = self._rule(self.manager, topic=self.heating, address=self.district)
        other = self._address("Ленина", "пр-кт", "street", self.town)
        other.district_id = self.district
        self._apply(self._wizard(scope="address", address_id=self.street.id))
        self.assertFalse(rule.date_to)
        self.assertEqual(self._who(self.cold, self.house, DAY)[0], self.new.id)
        left = self.Competence._route(self.cold, address=other, date=DAY)
        self.assertEqual(left["participant_id"], self.manager.id)

    def test_a_district_takes_its_streets_and_lists_with_it(self):
        street = self._rule(self.manager, topic=self.heating, address=self.street)
        listed = self._list_rule(topic=self.roads)
        away = self._address("Центральный", "р-н", "district", self.town)
        self.houses[2].district_id = away
        self._apply(self._wizard(scope="address", address_id=self.district.id))
        self.assertEqual(listed.building_ids, self.houses[2])
        self.assertFalse(street.date_to, "one of its houses lies elsewhere")
        for house in self.houses:
            expected = self.manager if house == self.houses[2] else self.new
            for topic in (self.cold, self.roads):
                self.assertEqual(self._who(topic, house, DAY)[0], expected.id)
                self.assertEqual(self._who(topic, house, BEFORE)[0], self.manager.id)

    def test_others_that_would_give_way_are_shown(self):
        self._rule(self.manager, topic=self.heating, address=self.district)
        lift = self._rule(self.network, topic=self.cold, address=self.district)
        self._rule(self.network, topic=self.roads, address=self.district)
        wizard = self._wizard()
        wizard.action_preview()
        self.assertEqual(wizard.overtaken_count, 1)
        line = wizard.line_ids.filtered(lambda line: line.kind == "overtaken")
        self.assertEqual(line.competence_id, lift)

    def test_what_is_missing_is_named(self):
        self._list_rule()
        for values, word in (
            ({"building_ids": [Command.clear()]}, "дома"),
            ({"participant_to_id": False}, "будет отвечать"),
            ({"scope": "address"}, "район или улицу"),
            (
                {"participant_to_id": self.manager.id, "section_to_id": False},
                "те же самые",
            ),
            ({"participant_from_id": self.network.id}, "нет правил"),
        ):
            with self.assertRaisesRegex(UserError, word):
                self._wizard(**values).action_preview()

    def test_houses_in_words(self):
        self._list_rule()
        wizard = self._wizard(
            building_ids=[Command.clear()], houses_text="ул. Попова, 50, 54"
        )
        wizard.action_preview()
        self.assertEqual(wizard.building_ids, self.houses[0] | self.houses[2])
        wizard = self._wizard(houses_text="ул. Попова, 50, 98")
        with self.assertRaisesRegex(UserError, "98"):
            wizard.action_preview()

    def test_rights(self):
        self._list_rule()
        curator = new_test_user(
            self.env,
            "chg_curator",
            groups="gorod24_classifier.group_classifier_curator",
        )
        clerk = new_test_user(self.env, "chg_clerk", groups="base.group_user")
        portal = new_test_user(self.env, "chg_portal", groups="base.group_portal")
        change = self._apply(self._wizard(curator))
        self.assertEqual(change.create_uid, curator)
        self.assertTrue(change.with_user(clerk).line_ids.read(["kind"]))
        with self.assertRaises(AccessError):
            self._wizard(clerk)
        with self.assertRaises(AccessError):
            change.with_user(clerk).action_revert()
        with self.assertRaises(AccessError):
            change.with_user(portal).read(["name"])
        with self.assertRaises(AccessError):
            change.with_user(curator).unlink()
        change.with_user(curator).action_revert()
        self.assertEqual(change.reverted_by_id, curator)
        self.assertTrue(fields.Datetime.now() >= change.reverted_at)
