# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ClassifierCase, hold_today


@tagged("post_install", "-at_install")
class TestReferenceHealth(ClassifierCase):
    """A town in order, then one fault at a time: its check counts it, no other does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.curator = new_test_user(
            cls.env, "hea_curator", groups="gorod24_classifier.group_classifier_curator"
        )
        cls.Health = cls.env["gorod24.reference.health"].with_user(cls.curator)
        cls.today = hold_today(cls)
        cls.env["gorod24.competence"].search([("topic_id", "=", False)]).active = False
        before = cls._count()
        cls.manager.is_participant = False
        cls._put_in_order()
        cls.before = cls._count()
        cls.fresh = {code: cls.before[code] - before[code] for code in before}

    @classmethod
    def _put_in_order(cls):
        cls.house.flush_recordset()
        cls.duty = new_test_user(
            cls.env, "hea_duty", groups=cls._portal_group(), name="Дежурный"
        )
        cls.second = new_test_user(
            cls.env, "hea_second", groups=cls._portal_group(), name="Второй"
        )
        (cls.duty | cls.second).partner_id.parent_id = cls.network
        cls.section = cls.env["gorod24.section"].create(
            {
                "name": "Участок",
                "participant_id": cls.network.id,
                "member_ids": [Command.create({"user_id": cls.duty.id})],
            }
        )
        cls.member = cls.section.member_ids
        cls.agreement = cls.env["gorod24.agreement"].create(
            {
                "participant_id": cls.network.id,
                "number": "1",
                "date": cls.today,
                "valid_from": cls.today - timedelta(days=10),
                "attachment_ids": [Command.create({"name": "скан.pdf", "raw": b"x"})],
            }
        )
        cls.topic = cls._new_topic("Проверка порядка")
        cls.rule = cls._rule(cls.network, topic=cls.topic, section=cls.section)

    @classmethod
    def _portal_group(cls):
        """The group that opens the journal, if the portal is there."""
        group = cls.env.ref("gorod24_portal.group_participant", False)
        return "gorod24_portal.group_participant" if group else "base.group_portal"

    @classmethod
    def _new_topic(cls, name, parent=None, **values):
        return cls._topic(
            name,
            parent,
            **{
                "is_topic": True,
                "regime_code": "HOT",
                "synonyms": f"{name} словами",
                **values,
            },
        )

    @classmethod
    def _count(cls):
        cls.env.flush_all()
        return {row["code"]: row["count"] for row in cls.Health.get_report()}

    def _found(self, **expected):
        """What the page counts more than before, exactly; each list agrees with it."""
        now = self._count()
        grown = {
            code: count - self.before[code]
            for code, count in now.items()
            if count != self.before[code]
        }
        self.assertEqual(grown, expected)
        for code in expected:
            action = self.Health.open_check(code)
            Model = self.Health.env[action["res_model"]].with_context(action["context"])
            self.assertEqual(Model.search_count(action["domain"]), now[code])

    def _absence(self, substitute=None, **values):
        return self.env["gorod24.section.absence"].create(
            {
                "member_id": self.member.id,
                "date_from": self.today,
                "date_to": self.today,
                "substitute_id": substitute.id if substitute else False,
                **values,
            }
        )

    # The town in order ------------------------------------------------------------

    def test_order_is_order(self):
        """The participant of the set-up had no duty officer and no agreement before."""
        self.assertEqual(
            {code: count for code, count in self.fresh.items() if count > 0}, {}
        )
        self._found()

    def test_worst_first_with_words(self):
        report = self.Health.get_report()
        marks = [("danger", "warning", "info").index(r["severity"]) for r in report]
        self.assertEqual(marks, sorted(marks))
        self.assertTrue(all(row["title"] and row["hint"] for row in report))
        self.assertEqual(len({row["code"] for row in report}), len(report))

    # Participants -----------------------------------------------------------------

    def test_participant_without_a_duty_officer(self):
        self.member.role = "responsible"
        self._found(participant_no_duty=1)

    def test_duty_officer_of_tomorrow_or_yesterday_is_none(self):
        self.member.date_from = self.today + timedelta(days=1)
        self._found(participant_no_duty=1, section_no_member=1)
        self.member.write(
            {"date_from": False, "date_to": self.today - timedelta(days=1)}
        )
        self._found(participant_no_duty=1, section_no_member=1)

    def test_leaver(self):
        self.section.member_ids = [Command.create({"user_id": self.second.id})]
        self.duty.active = False
        self._found(member_left=1)

    def test_only_duty_officer_left(self):
        self.duty.active = False
        self._found(member_left=1, participant_no_duty=1, section_no_member=1)

    def test_section_without_members(self):
        self.env["gorod24.section"].create(
            {"name": "Пустой", "participant_id": self.network.id}
        )
        self._found(section_no_member=1)

    def test_absence_without_a_substitute(self):
        absence = self._absence()
        self._found(absence_no_substitute=1)
        absence.substitute_id = self.second
        self._found()
        self.second.active = False
        self._found(absence_no_substitute=1)
        absence.write(
            {
                "date_from": self.today + timedelta(days=1),
                "date_to": self.today + timedelta(days=2),
            }
        )
        self._found()

    def test_agreement_missing_and_expired(self):
        self.agreement.valid_to = self.today - timedelta(days=1)
        self._found(agreement_expired=1)
        self.agreement.active = False
        self._found(agreement_missing=1)

    def test_agreement_expires_soon(self):
        self.agreement.valid_to = self.today + timedelta(days=5)
        self._found(agreement_expiring=1)

    def test_agreement_without_the_document(self):
        self.agreement.attachment_ids = False
        self._found(agreement_no_document=1)

    def test_exchange_not_set_up(self):
        self.network.write({"email": "a@example.com", "exchange_method": "email"})
        self._found()
        self.section.email = "s@example.com"
        self.network.email = False
        self._found()
        self.section.email = False
        self._found(exchange_incomplete=1)

    def test_rules_and_users_of_an_archived_participant(self):
        gone = self._participant("Ушла")
        rule = self._rule(gone, topic=self.topic)
        user = new_test_user(self.env, "hea_gone", groups="base.group_portal")
        user.partner_id.parent_id = gone
        gone.active = False
        self._found(competence_archived_participant=1, user_archived_participant=1)
        rule.active = False
        user.active = False
        self._found()

    def test_archived_participant_is_no_finding_itself(self):
        empty = self._participant("Пустая")
        self._found(participant_no_duty=1, agreement_missing=1)
        empty.active = False
        self._found()

    # Topics -----------------------------------------------------------------------

    def test_topic_without_regime_words_or_responsible(self):
        self.topic.regime_code = False
        self._found(topic_no_regime=1)
        self.topic.write({"regime_code": "HOT", "synonyms": False})
        self._found(topic_no_synonyms=1)

    def test_topic_nobody_answers_for(self):
        child = self._new_topic("Ниже", parent=self.topic)
        self._found()
        self.rule.date_to = self.today - timedelta(days=1)
        self._found(topic_uncovered=2)
        self.assertTrue(child.is_uncovered)
        self._settle(reference="INFO")
        child.regime_code = "INFO"  # settled in the conversation
        self._found(topic_uncovered=1)
        self._rule(self.network, address=self.district)
        self.assertEqual(self._count()["topic_uncovered"], 0)

    def test_odd_season(self):
        if "season_from" not in self.Category._fields:
            self.assertNotIn("topic_odd_season", self.before)
            return
        self._set_season("11-01", "03-31")
        self._found()
        for season in (
            ("11-01", None),
            (None, "03-31"),
            ("05-01", "05-01"),
            ("01-01", "12-31"),
            ("13-01", "12-31"),
        ):
            self._set_season(*season)
            with self.subTest(season=season):
                self._found(topic_odd_season=1)

    def _set_season(self, first, last):
        """Past the check of the form, as an import of old data would."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket_category SET season_from = %s, season_to = %s"
            " WHERE id = %s",
            [first, last, self.topic.id],
        )
        self.env.invalidate_all()

    # Addresses --------------------------------------------------------------------

    def test_house_without_a_district(self):
        self.house.district_id = False
        self._found(building_no_district=1)

    def test_town_without_districts_is_not_asked_for_them(self):
        village = self._address("Селище", "с.", "settlement")
        street = self._address("Полевая", "ул.", "street", village)
        self.env["gorod24.building"].create({"street_id": street.id, "house": "1"})
        self._found()

    def test_street_without_houses(self):
        street = self._address("Пустая", "ул.", "street", self.town)
        self._found(street_no_building=1)
        house = self.env["gorod24.building"].create(
            {"street_id": street.id, "house": "1", "district_id": self.district.id}
        )
        self._found()
        house.active = False
        self._found(street_no_building=1)

    def test_house_in_no_town(self):
        street = self._address("Ничья", "ул.", "street")
        self.env["gorod24.building"].create(
            [
                {"street_id": street.id, "house": "1", "district_id": self.district.id},
                {"street_id": street.id, "house": "2", "district_id": self.district.id},
            ]
        )
        self._found(building_no_town=2)
        self.assertTrue(street.is_townless)
        street.parent_id = self.district
        self._found()

    def test_house_entered_twice(self):
        twin = self._address("попова", "ул", "street", self.district)
        other = self._address("Попова", "пер.", "street", self.town)
        Building = self.env["gorod24.building"]
        values = {"district_id": self.district.id}
        Building.create({"street_id": other.id, "house": "50", **values})
        self._found(street_no_building=1)
        second = Building.create({"street_id": twin.id, "house": "50", **values})
        Building.create({"street_id": twin.id, "house": "51", **values})
        self._found(building_duplicate=2)
        self.assertTrue(second.is_duplicate and self.house.is_duplicate)
        second.active = False
        self._found()

    def test_same_street_in_another_town_is_no_twin(self):
        other = self._address("Соседск", "г.", "city")
        street = self._address("Попова", "ул.", "street", other)
        village = self._address("Выселки", "п.", "settlement", self.town)
        suburb = self._address("Попова", "ул.", "street", village)
        self.env["gorod24.building"].create(
            [
                {"street_id": street.id, "house": "50"},
                {
                    "street_id": suburb.id,
                    "house": "50",
                    "district_id": self.district.id,
                },
            ]
        )
        self._found()

    # Rights -----------------------------------------------------------------------

    def test_page_is_the_curators(self):
        clerk = new_test_user(self.env, "hea_clerk", groups="base.group_user")
        self.assertTrue(self.Health.get_report())
        action = self.Health.open_check("participant_no_duty")
        self.assertEqual(action["res_model"], "res.partner")
        for user in (clerk, self.duty):
            with self.assertRaises(AccessError):
                self.Health.with_user(user).get_report()
            with self.assertRaises(AccessError):
                self.Health.with_user(user).open_check("participant_no_duty")
        with self.assertRaises(UserError):
            self.Health.open_check("none")

    def test_one_query_a_check(self):
        self.Health.get_report()
        self.env.invalidate_all()
        self.env.flush_all()
        # besides: rights, the day's leaves, the edition of the day for the codes, the
        # calendars (two) and the regimes in force
        with self.assertQueryCount(len(self.before) + 12):
            self.Health.get_report()
