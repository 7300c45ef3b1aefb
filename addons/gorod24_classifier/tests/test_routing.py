# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ClassifierCase

DAY = date(2026, 3, 1)


@tagged("post_install", "-at_install")
class TestRouting(ClassifierCase):
    def _route(self, topic=None, building=None, address=None, day=DAY, about=None):
        return self.Competence.with_context(lang="ru_RU")._route(
            topic or self.cold, building, address, day, about
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
            "Попова, 50: отвечает Теплосети — правило «Отопление → Индустриальный р-н»,"
            " действует с 01.01.2026; точнее по адресу правил нет. У участника нет"
            " участков",
        )
        self.assertEqual(route["conflict"], "")

    def test_next_ones_are_named_with_the_reason_why_they_are_lower(self):
        self._rule(self.manager, topic=self.heating, building_ids=[(4, self.house.id)])
        self._rule(self.network, topic=self.cold, address=self.district)
        route = self._route(building=self.house)
        self.assertIn("дом назван в списке правила", route["reason"])
        self.assertTrue(route["reason"].endswith("Следующие: Теплосети"))
        self.assertEqual(
            route["alternatives"][0]["reason"],
            "Правило «Холодно в квартире → Индустриальный р-н»:"
            " самого дома не называет",
        )

    def test_the_organisation_complained_about_is_never_chosen(self):
        holding = self._participant("Холдинг")
        self.manager.parent_id = holding
        branch = self._participant("Филиал УК")
        branch.parent_id = self.manager
        clerk = self.env["res.partner"].create(
            {"name": "Мастер", "parent_id": self.manager.id}
        )
        for partner in (self.manager, branch, holding):
            self._rule(partner, topic=self.cold, address=self.street)
        self._rule(self.network, topic=self.heating, address=self.district)
        for about in (self.manager, clerk):
            route = self._route(building=self.house, about=about)
            self.assertEqual(route["participant_id"], self.network.id)
            self.assertFalse(route["alternatives"])
            self.assertIn("Жалоба на", route["conflict"])
            self.assertIn("УК Уют", route["conflict"])
            self.assertIn(route["conflict"].rstrip("."), route["reason"])
        lower = self._route(building=self.house, about=self.network)
        self.assertFalse(lower["conflict"], "its rule would not have been chosen")

    def test_the_day_is_the_one_of_the_service(self):
        """A job at 00:30 in Barnaul runs while it is still yesterday in UTC."""
        self._rule(self.manager, topic=self.cold, date_to=date(2025, 12, 31))
        self._rule(self.network, topic=self.cold, date_from=date(2026, 1, 1))
        job = self.Competence.with_context(tz=False)
        with freeze_time("2025-12-31 17:30:00"):
            self.assertEqual(job._route(self.cold)["participant_id"], self.network.id)
        with freeze_time("2025-12-31 16:30:00"):
            self.assertEqual(job._route(self.cold)["participant_id"], self.manager.id)

    def test_complaint_about_the_only_one(self):
        self._rule(self.manager, topic=self.cold)
        route = self._route(building=self.house, about=self.manager)
        self.assertFalse(route["participant_id"])
        self.assertIn("больше никто", route["conflict"])
        self.assertFalse(route["alternatives"])

    def test_archived_participant_and_section(self):
        Section = self.env["gorod24.section"]
        old, new = Section.create(
            [
                {"name": "1", "participant_id": self.network.id},
                {"name": "2", "participant_id": self.network.id},
            ]
        )
        self._rule(self.manager, topic=self.cold, address=self.street)
        self._rule(self.network, topic=self.heating, section=old)
        old.active = False
        self.manager.active = False
        route = self._route(building=self.house)
        self.assertEqual(route["participant_id"], self.network.id)
        self.assertEqual(route["section_id"], new.id)
        self.assertIn("УК Уют в архиве", route["reason"])
        self.assertIn("взят участок «2»", route["reason"])
        self.assertIn("В участке «2» никого нет", route["reason"])
        self.assertFalse(route["alternatives"])

    def test_a_default_section_is_the_same_as_the_section_itself(self):
        section = self.env["gorod24.section"].create(
            {"name": "1", "participant_id": self.network.id}
        )
        self._rule(self.network, topic=self.cold, section=section)
        self._rule(self.network, topic=self.heating)
        self.assertFalse(self._route(building=self.house)["alternatives"])

    def test_usual_participant_is_a_hint_only(self):
        self.heating.usual_participant_id = self.network
        route = self._route(building=self.house)
        self.assertFalse(route["participant_id"])
        (hint,) = route["alternatives"]
        self.assertTrue(hint["hint"])
        self.assertEqual(hint["participant_id"], self.network.id)
        about = self._route(building=self.house, about=self.network)
        self.assertFalse(about["alternatives"])

    def test_paths_are_those_of_the_directory(self):
        question = self.Competence._read_question(self.cold, self.house)
        self.assertEqual(
            question["address_path"], self.street._get_path_ids(self.house)
        )
        self.assertEqual(question["topic_path"], self.cold._get_ancestor_ids())

    def test_explained_line_by_line(self):
        chosen = self._rule(self.manager, topic=self.cold, address=self.street)
        wider = self._rule(self.network, topic=self.cold, address=self.district)
        future = self._rule(self.network, topic=self.cold, date_from=date(2027, 1, 1))
        found = self.Competence.with_context(lang="ru_RU").explain_route(
            self.cold, self.house, date=DAY
        )
        lines = [
            (line["competence_id"], line["status"], line["why"])
            for line in found["lines"]
        ]
        self.assertEqual(
            lines,
            [
                (chosen.id, "chosen", "самое точное из действующих"),
                (wider.id, "next", "территория шире"),
                (future.id, "other_day", "начнёт действовать только 01.01.2027"),
            ],
        )
        self.assertEqual(found["answer"]["competence_id"], chosen.id)
        self.assertEqual(found["lines"][2]["period"], "с 01.01.2027")

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
        with self.assertQueryCount(2):
            self._route(building=self.house)

    def test_responsible_person_belongs_to_the_participant(self):
        rule = self._rule(self.network, topic=self.heating)
        stranger = self.env["res.partner"].create({"name": "Чужой"})
        with self.assertRaises(ValidationError):
            rule.person_id = stranger
        stranger.parent_id = self.network
        rule.person_id = stranger
        self.assertEqual(self._route()["person_id"], stranger.id)

    def test_a_house_named_in_a_rule_cannot_vanish(self):
        rule = self._rule(
            self.manager, topic=self.cold, building_ids=[(4, self.house.id)]
        )
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.house.unlink()
        self.assertEqual(rule.building_count, 1)

    def test_close_today_ends_what_runs_and_archives_what_has_not_begun(self):
        today = self.env["gorod24.service.time"]._get_service_today()
        running = self._rule(self.network, topic=self.heating)
        future = self._rule(
            self.network, topic=self.heating, date_from=today + timedelta(5)
        )
        (running | future).action_close_today()
        self.assertEqual(running.date_to, today)
        self.assertFalse(future.active)

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
