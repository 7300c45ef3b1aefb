# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestTelephonySettings(TelephonyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The administrator of the hotline, not of the server.
        cls.chief = new_test_user(
            cls.env, "phone_chief", groups="gorod24_appeals.group_administrator"
        )

    def settings(self, **values):
        Settings = self.env["gorod24.telephony.settings"].with_user(self.chief)
        return Settings.create(values)

    def test_changed_calling_hours_move_running_terms(self):
        job = self.env.ref("gorod24_regulation.ir_cron_recount")
        triggers, domain = self.env["ir.cron.trigger"], [("cron_id", "=", job.id)]
        triggers.search(domain).unlink()
        self.settings(calls_from=10, calls_to=18).action_save()
        self.assertTrue(triggers.search(domain))

    def test_hotline_administrator_sets_what_the_operators_feel(self):
        self.settings(
            listening_reason=True,
            service_level_seconds=30,
            callback_pause_minutes=45,
            calls_from=9.5,
            calls_to=20,
        ).action_save()
        self.assertEqual(self.env["gorod24.wallboard"]._threshold(), 30)
        self.assertTrue(self.env["gorod24.recording"]._wants_reason())
        setting = self.env["gorod24.callback"]._setting
        self.assertEqual(setting("callback_pause_minutes", 0), 45)
        # Opened again, the screen shows what holds.
        again = self.settings()
        self.assertEqual((again.calls_from, again.calls_to), (9.5, 20))
        self.assertEqual(again.service_level_seconds, 30)
        again.listening_reason = False
        again.action_save()
        self.assertFalse(self.env["gorod24.recording"]._wants_reason())

    def test_nonsense_is_refused_and_nobody_else_sets(self):
        with self.assertRaises(ValidationError):
            self.settings(service_level_seconds=0)
        with self.assertRaises(ValidationError):
            self.settings(calls_from=20, calls_to=8)
        settings = self.env["gorod24.telephony.settings"].with_user(self.supervisor)
        with self.assertRaises(AccessError):
            settings.create({})
