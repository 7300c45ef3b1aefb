# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import ClassifierCase, hold_today


@tagged("post_install", "-at_install")
class TestAgreement(ClassifierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Agreement = cls.env["gorod24.agreement"]
        cls.today = hold_today(cls)
        cls.curator = new_test_user(
            cls.env, "agr_curator", groups="gorod24_classifier.group_classifier_curator"
        )

    def _agreement(self, first=0, last=None, codes=("text", "address"), **values):
        kinds = self.env["gorod24.agreement.field"].search([("code", "in", codes)])
        return self.Agreement.create(
            {
                "participant_id": self.network.id,
                "number": "12",
                "date": self.today,
                "valid_from": self.today + timedelta(days=first),
                "valid_to": self.today + timedelta(days=last)
                if last is not None
                else False,
                "field_ids": [Command.set(kinds.ids)],
                "user_id": self.curator.id,
                **values,
            }
        )

    def test_fields_by_the_day(self):
        codes = {"text", "address", "phone", "name"}
        self._agreement(-5, 5, codes)
        minimum = {"text", "address"}
        for day, expected in ((-6, minimum), (-5, codes), (5, codes), (6, minimum)):
            date = self.today + timedelta(days=day)
            self.assertEqual(self.network._get_allowed_fields(date), expected, day)
        self.assertEqual(self.network._get_allowed_fields(), codes)
        self.assertEqual(self.manager._get_allowed_fields(), minimum)

    def test_agreement_may_open_less_than_the_minimum(self):
        self._agreement(codes=("address",))
        self.assertEqual(self.network._get_allowed_fields(), {"address"})

    def test_archived_agreement_holds_no_more(self):
        self._agreement(codes=("phone",)).active = False
        self.assertEqual(self.network._get_allowed_fields(), {"text", "address"})

    def test_state_by_the_dates_shown_and_searched_alike(self):
        cases = {
            "expired": self._agreement(-20, -11, number="1"),
            "expiring": self._agreement(-10, 10, number="2"),
            "active": self._agreement(11, 40, number="3"),
            "future": self._agreement(41, None, number="4"),
        }
        cases["active"].participant_id = self.manager
        cases["active"].valid_from = self.today
        for state, agreement in cases.items():
            self.assertEqual(agreement.state, state)
            found = self.Agreement.search(
                [("state", "=", state), ("id", "in", [a.id for a in cases.values()])]
            )
            self.assertEqual(found, agreement, state)
        self.assertEqual(self.network.agreement_state, "expiring")
        self.assertEqual(self._participant("Новый").agreement_state, "none")

    def test_two_agreements_of_one_day_are_refused(self):
        self._agreement(0, 30)
        with self._refused("End it the day before"):
            self._agreement(30, None, number="13")
        self._agreement(31, None, number="13")

    def test_next_agreement_follows_with_the_same_data(self):
        old = self._agreement(-30, 5, {"phone", "text"})
        context = old.action_renew()["context"]
        form = Form(self.Agreement.with_user(self.curator).with_context(**context))
        form.number = "13"
        form.date = self.today
        new = form.save()
        self.assertEqual(new.valid_from, old.valid_to + timedelta(days=1))
        self.assertEqual(new.field_ids, old.field_ids)
        with self.assertRaises(UserError):
            new.action_renew()

    def test_keeper_is_reminded_once_and_again_after_prolonging(self):
        agreement = self._agreement(-30, 20)
        far = self._agreement(0, 200, participant_id=self.manager.id)
        for _day in range(2):
            self.Agreement._cron_remind()
        self.assertEqual(agreement.activity_ids.user_id, self.curator)
        self.assertEqual(len(agreement.activity_ids), 1)
        self.assertEqual(agreement.activity_ids.date_deadline, agreement.valid_to)
        self.assertFalse(far.activity_ids)
        agreement.valid_to += timedelta(days=5)
        self.Agreement._cron_remind()
        self.assertEqual(len(agreement.activity_ids), 2)

    def test_no_reminder_when_the_next_one_is_signed(self):
        agreement = self._agreement(-30, 20)
        self._agreement(21, None, number="13")
        self.Agreement._cron_remind()
        self.assertFalse(agreement.activity_ids)

    def test_keeper_who_left_is_replaced(self):
        agreement = self._agreement(-30, 20)
        new_test_user(
            self.env, "agr_other", groups="gorod24_classifier.group_classifier_curator"
        )
        self.curator.active = False
        self.Agreement._cron_remind()
        keeper = agreement.activity_ids.user_id
        self.assertTrue(keeper.active)
        self.assertNotEqual(keeper, self.curator)

    def test_rights(self):
        agreement = self._agreement()
        clerk = new_test_user(self.env, "agr_clerk", groups="base.group_user")
        portal = new_test_user(self.env, "agr_portal", groups="base.group_portal")
        self.assertTrue(agreement.with_user(clerk).has_access("read"))
        agreement.with_user(self.curator).note = "скан приложен"
        for user in (clerk, portal):
            with self.assertRaises(AccessError):
                agreement.with_user(user).note = "нет"
        self.assertFalse(agreement.with_user(portal).has_access("read"))
        with self.assertRaises(AccessError):
            agreement.field_ids.with_user(self.curator).code = "x"


@tagged("post_install", "-at_install")
class TestExchange(ClassifierCase):
    def _not_kept(self, message, **values):
        with self._refused(message):
            self.network.write(values)

    def test_portal_needs_nothing(self):
        self.network.exchange_method = "portal"
        self.assertFalse(self.network.exchange_problem)
        self.manager.exchange_method = False
        self.assertFalse(self.manager.exchange_problem)

    def test_mail_needs_an_address_somewhere(self):
        self._not_kept("Write the e-mail of the participant", exchange_method="email")
        self._not_kept("Write the e-mail", exchange_method="email", email="почта")
        section = self.env["gorod24.section"].create(
            {"name": "Север", "participant_id": self.network.id}
        )
        self._not_kept("of these sections: Север", exchange_method="email")
        section.email = "north@example.com"
        self.network.exchange_method = "email"
        section.email = False
        self.assertIn("Север", self.network.exchange_problem)
        self._not_kept("Север", website="https://example.com", email=False)
        self.network.email = "all@example.com"
        self.assertFalse(self.network.exchange_problem)

    def test_api_needs_an_account_of_its_own(self):
        self._not_kept("Choose the account", exchange_method="api")
        user = new_test_user(self.env, "exc_api", groups="base.group_portal")
        values = {"exchange_method": "api", "exchange_user_id": user.id}
        self._not_kept("does not belong to this participant", **values)
        user.partner_id.parent_id = self.network
        self.network.write(values)
        user.active = False
        self.assertIn("archived", self.network.exchange_problem)

    def test_files_need_a_place(self):
        self._not_kept("folder", exchange_method="file", exchange_folder="  ")
        self.network.write(
            {"exchange_method": "file", "exchange_folder": "sftp://example/24"}
        )

    def test_citizens_are_not_asked(self):
        citizen = self.env["res.partner"].create(
            {"name": "Иванова", "exchange_method": "email"}
        )
        self.assertFalse(citizen.exchange_problem)
