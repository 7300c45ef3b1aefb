# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import NUMBER, TelephonyCommon

# 12:00 and 23:00 in Barnaul, a Monday
NOON = datetime(2026, 11, 23, 5, 0)
NIGHT = datetime(2026, 11, 23, 16, 0)
SCRIPT = "gorod24_telephony/migrations/19.0.2.3.0/pre-out-of-hours.py"


@tagged("post_install", "-at_install")
class TestCallHours(TelephonyCommon):
    """Outside the working hours only emergencies are taken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        settings = cls.env["ir.config_parameter"]
        settings.set_param("gorod24.timezone", "Asia/Barnaul")
        settings.set_param("gorod24.hours_round_the_clock", "")

    def _call(self, moment, dialog="n1", **more):
        self.t0 = moment
        with freeze_time(moment + timedelta(minutes=2)):
            return self.feed(
                *(
                    self.event(kind, second, dialog, **more)
                    for kind, second in (("ringing", 0), ("answered", 5))
                )
            )

    def _appeal(self, call, **values):
        with freeze_time(call.started_at + timedelta(minutes=2)):
            return self._register(call_id=call.id, number=NUMBER, **values)

    def test_a_night_call_is_an_emergency_until_its_card_says_otherwise(self):
        call = self._call(NIGHT)
        self.assertEqual((call.out_of_hours, call.profile), (True, "emergency"))
        self._appeal(call)
        self.assertEqual(call.profile, "appeal", "the operator took the mark off")
        burst = [{"topic_id": self.heating.id, "text": "Прорыв", "emergency": True}]
        self._appeal(call, questions=burst)
        self.assertEqual(call.profile, "emergency")
        self._appeal(call)
        self.assertEqual(call.profile, "emergency", "it stays one")

    def test_a_call_by_day_has_no_kind_before_its_card(self):
        call = self._call(NOON)
        self.assertEqual((call.out_of_hours, call.profile), (False, False))

    def test_round_the_clock_there_is_no_night(self):
        self.env["ir.config_parameter"].set_param(
            "gorod24.hours_round_the_clock", "True"
        )
        call = self._call(NIGHT)
        self.assertEqual((call.out_of_hours, call.profile), (False, False))

    def test_changed_hours_change_no_call_of_yesterday(self):
        call = self._call(NIGHT)
        self.env["ir.config_parameter"].set_param("gorod24.hours_to", "24.0")
        self.feed(self.event("ended", 60, "n1", end_reason="normal"))
        self.assertTrue(call.out_of_hours)

    def test_the_operator_who_rings_at_night_makes_no_emergency(self):
        self.t0 = NIGHT
        with freeze_time(NIGHT + timedelta(minutes=1)):
            call = self.feed(self.event("dialing", 0, "out"))
        self.assertEqual((call.out_of_hours, call.profile), (False, False))

    def test_a_night_call_without_a_card_is_no_emergency(self):
        call = self._call(NIGHT)
        with freeze_time(NIGHT + timedelta(minutes=3)):
            self.feed(self.event("ended", 60, "n1", end_reason="normal"))
            call.with_user(self.operator)._settle_without("silence")
        self.assertEqual(call.profile, "no_card")

    def test_the_card_of_a_night_call_knows_it(self):
        call = self._call(NIGHT)
        with freeze_time(NIGHT + timedelta(minutes=1)):
            card = self.card.load(call_id=call.id)
            self.assertEqual((card["out_of_hours"], card["opens_at"]), (True, "08:00"))
            typed = self.card.load(number="89132345678")
            self.assertTrue(typed["out_of_hours"], "a number typed at night")
        with freeze_time(NOON):
            self.assertFalse(self.card.load(number=NUMBER)["out_of_hours"])
            card = self.card.load(call_id=call.id)
            # looked at by day, it is still a call of the night
            self.assertEqual((card["out_of_hours"], card["opens_at"]), (True, ""))
            day = self._call(NOON - timedelta(minutes=10), "n2")
        with freeze_time(NIGHT):
            self.assertFalse(self.card.load(call_id=day.id)["out_of_hours"])

    def test_the_voice_menu_knows_when_the_hotline_opens(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        ivr = self.env["gorod24.ivr"]
        with freeze_time(NIGHT):
            answer = ivr._look_up("anonymous")
            self.assertEqual(
                (answer["open"], answer["opens_at"]),
                (False, "2026-11-24T08:00:00+07:00"),
            )
            russian = ivr.with_context(lang="ru_RU")._look_up(NUMBER)
            self.assertEqual(
                russian["hours"], "Горячая линия работает ежедневно с 8:00 до 20:00."
            )
        with freeze_time(NOON):
            answer = ivr._look_up(NUMBER)
            self.assertEqual((answer["open"], answer["opens_at"]), (True, None))
        self.env["ir.config_parameter"].set_param(
            "gorod24.hours_round_the_clock", "True"
        )
        with freeze_time(NIGHT):
            answer = ivr._look_up(NUMBER)
            self.assertEqual((answer["open"], answer["hours"]), (True, ""))

    def test_calls_of_earlier_learn_it_from_the_database(self):
        moments = {
            NOON: False,
            NIGHT: True,
            # 7:59:59, 8:00, 19:59:59 and 20:00 of the service
            datetime(2026, 11, 23, 0, 59, 59): True,
            datetime(2026, 11, 23, 1, 0): False,
            datetime(2026, 11, 23, 12, 59, 59): False,
            datetime(2026, 11, 23, 13, 0): True,
        }
        calls = self.env["gorod24.call"].create(
            [{"started_at": moment, "direction": "in"} for moment in moments]
        )
        out = calls.create({"started_at": NIGHT, "direction": "out"})
        expected = [*moments.values(), False]
        self.assertEqual((calls | out).mapped("out_of_hours"), expected)
        self.env.flush_all()
        self.env.cr.execute("UPDATE gorod24_call SET out_of_hours = NULL")
        script = load_script(file_path(SCRIPT), "pre_out_of_hours")
        script.migrate(self.env.cr, "19.0.2.2.0")
        self.env.invalidate_all()
        self.assertEqual((calls | out).mapped("out_of_hours"), expected)
