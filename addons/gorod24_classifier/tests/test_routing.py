# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import ClassifierCase

DAY = date(2026, 3, 1)


@tagged("post_install", "-at_install")
class TestRouting(ClassifierCase):
    def _route(self, topic=None, building=None, address=None, day=DAY):
        return self.Competence.with_context(lang="ru_RU")._route(
            topic or self.cold, building, address, day
        )

    def test_district_rule_with_a_readable_reason(self):
        rule = self._rule(
            self.network,
            topic=self.heating,
            address=self.district,
            date_from=date(2026, 1, 1),
        )
        route = self._route(building=self.house)
        self.assertEqual(route["participant_id"], self.network.id)
        self.assertEqual(route["competence_id"], rule.id)
        self.assertEqual(
            route["reason"],
            "Попова, 50: правило «Отопление → Индустриальный р-н» с 01.01.2026",
        )

    def test_house_beats_street_beats_district(self):
        district = self._rule(self.network, topic=self.cold, address=self.district)
        street = self._rule(self.manager, topic=self.heating, address=self.street)
        route = self._route(building=self.house)
        self.assertEqual(route["competence_id"], street.id)
        self.assertEqual(route["alternatives"][0]["competence_id"], district.id)
        third = self._participant("ТСЖ")
        listed = self._rule(
            third, topic=self.heating, building_ids=[(4, self.house.id)]
        )
        route = self._route(building=self.house)
        self.assertEqual(route["competence_id"], listed.id)
        self.assertEqual(
            [a["participant_id"] for a in route["alternatives"]],
            [self.manager.id, self.network.id],
        )
        other = self._house("52")
        self.assertEqual(self._route(building=other)["competence_id"], street.id)

    def test_street_without_house(self):
        self._rule(self.network, topic=self.heating, address=self.district)
        route = self._route(address=self.street)
        self.assertEqual(route["participant_id"], self.network.id)

    def test_period_and_archive(self):
        old = self._rule(self.network, topic=self.heating, date_to=date(2026, 2, 28))
        new = self._rule(self.manager, topic=self.heating, date_from=date(2026, 3, 1))
        self.assertEqual(self._route()["competence_id"], new.id)
        before = self._route(day=date(2026, 2, 28))
        self.assertEqual(before["competence_id"], old.id)
        new.active = False
        self.assertFalse(self._route()["participant_id"])

    def test_no_rule_says_so(self):
        self.roads.usual_participant = "дорожная служба"
        route = self._route(topic=self.roads, building=self.house)
        self.assertFalse(route["participant_id"])
        self.assertIn("нет правила для «Дороги»", route["reason"])
        self.assertIn("дорожная служба", route["reason"])

    def test_first_section_is_the_default(self):
        Section = self.env["gorod24.section"]
        last, first = Section.create(
            [
                {"name": "2", "participant_id": self.network.id, "sequence": 2},
                {"name": "1", "participant_id": self.network.id, "sequence": 1},
            ]
        )
        rule = self._rule(self.network, topic=self.heating)
        self.assertEqual(self._route()["section_id"], first.id)
        rule.section_id = last
        self.assertEqual(self._route()["section_id"], last.id)

    def test_a_rule_must_say_something(self):
        with self.assertRaises(ValidationError):
            self._rule(self.network)
        section = self.env["gorod24.section"].create(
            {"name": "1", "participant_id": self.manager.id}
        )
        with self.assertRaises(ValidationError):
            self._rule(self.network, topic=self.cold, section=section)

    def test_queries_do_not_grow_with_rules(self):
        self._rule(self.network, topic=self.heating, address=self.district)
        self._route(building=self.house)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self._route(building=self.house)

    def test_rights(self):
        clerk = new_test_user(self.env, "cls_clerk", groups="base.group_user")
        portal = new_test_user(self.env, "cls_portal", groups="base.group_portal")
        curator = new_test_user(
            self.env,
            "cls_curator",
            groups="gorod24_classifier.group_classifier_curator",
        )
        rule = self._rule(self.network, topic=self.heating)
        route = self.Competence.with_user(clerk)._route(self.cold.with_user(clerk))
        self.assertEqual(route["competence_id"], rule.id)
        rule.with_user(curator).note = "договор"
        for user in (clerk, portal):
            with self.assertRaises(AccessError):
                rule.with_user(user).note = "нет"
        with self.assertRaises(AccessError):
            rule.with_user(portal).read(["note"])


@tagged("post_install", "-at_install")
class TestSection(ClassifierCase):
    def test_users_by_role_and_date(self):
        duty = new_test_user(self.env, "sec_duty", groups="base.group_portal")
        head = new_test_user(self.env, "sec_head", groups="base.group_portal")
        section = self.env["gorod24.section"].create(
            {
                "name": "1",
                "participant_id": self.network.id,
                "member_ids": [
                    (0, 0, {"user_id": duty.id, "role": "duty"}),
                    (0, 0, {"user_id": head.id, "role": "head", "date_to": DAY}),
                ],
            }
        )
        self.assertEqual(section._get_users("duty"), duty)
        self.assertEqual(section._get_users(date=DAY), duty | head)
        self.assertEqual(section._get_users(), duty)
