# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import START, ClockCase

LADDER = "odoo.addons.gorod24_regulation.models.clock_ladder"
TERM = timedelta(minutes=4320)
HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestLadder(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gorod24.clock"].search([("attend_at", "!=", False)]).write(
            {"attend_at": False}
        )
        steps = cls.env["gorod24.escalation.step"]
        cls.warning = steps.create({"moment": "warning", "role": "duty"})
        cls.breach = steps.create({"moment": "breach", "role": "responsible"})
        cls.later = steps.create({"moment": "after", "delay": 60, "role": "head"})
        cls.last = steps.create({"moment": "after", "delay": 120, "role": "supervisor"})
        cls.clocks = cls.owners._clock_start("execution", cls.emergency, START)

    def sweep(self, moment):
        """Roles told by a sweep at a moment, with the owners told about."""
        clocks = self.env["gorod24.clock"]
        self.hooks.clear()
        with freeze_time(moment):
            clocks._sweep_batch(clocks._sweep_domain(moment))
        return [
            (role, ids) for name, role, ids, _c in self.hooks if name == "escalated"
        ]

    def test_each_step_in_its_time_and_once(self):
        everyone = self.owners.ids
        self.assertEqual(self.sweep(START + HOUR), [])
        self.assertEqual(self.sweep(START + 58 * HOUR), [("duty", everyone)])
        self.assertEqual(self.sweep(START + 58 * HOUR), [])
        self.assertEqual(self.sweep(START + TERM), [("responsible", everyone)])
        self.assertEqual(self.sweep(START + TERM + HOUR), [("head", everyone)])
        self.assertEqual(
            self.sweep(START + TERM + 2 * HOUR), [("supervisor", everyone)]
        )
        self.assertFalse(self.clocks[0].attend_at)

    def test_after_a_standstill_the_highest_only(self):
        told = self.sweep(START + TERM + 10 * HOUR)
        self.assertEqual(told, [("supervisor", self.owners.ids)])
        lines = self.clocks[0].escalation_ids
        self.assertEqual(len(lines), 4)
        self.assertEqual(lines.filtered("told").step_id, self.last)

    def test_done_in_time_nobody_is_told(self):
        self.owners[0]._clock_stop("execution", START + HOUR)
        told = self.sweep(START + TERM)
        self.assertEqual(told, [("responsible", self.owners[1:].ids)])

    def test_extended_term_climbs_anew(self):
        self.sweep(START + 58 * HOUR)
        with freeze_time(START + 59 * HOUR):
            self.owner._clock_extend("execution", START + 2 * TERM, "More work")
        self.sweep(START + TERM)
        told = self.sweep(START + TERM + HOUR)
        self.assertEqual(told, [("head", self.owners[1:].ids)])
        told = dict(self.sweep(START + 2 * TERM))
        self.assertEqual(told["responsible"], self.owner.ids)

    def test_own_ladder_of_a_regime_replaces_the_common_one(self):
        self.breach.create(
            {"regime_id": self.emergency.id, "moment": "breach", "role": "head"}
        )
        self.assertEqual(self.sweep(START + 58 * HOUR), [])
        self.assertEqual(self.sweep(START + TERM), [("head", self.owners.ids)])

    def test_faulty_owner_is_tried_again_without_the_others(self):
        self.owners[1].name = "faulty"
        others = (self.owners[0] | self.owners[2]).ids
        with mute_logger(LADDER, LADDER.replace("ladder", "sweep")):
            told = self.sweep(START + TERM)
        self.assertEqual([ids for _role, ids in told], [[i] for i in others])
        self.owners[1].name = "mended"
        told = self.sweep(START + TERM + timedelta(minutes=16))
        self.assertEqual(told, [("responsible", self.owners[1].ids)])

    def test_only_the_curator_changes_the_ladder(self):
        user = new_test_user(self.env, "ladder_user", "base.group_user")
        curator = new_test_user(
            self.env, "ladder_curator", "gorod24_regulation.group_regulation_curator"
        )
        with self.assertRaises(AccessError):
            self.breach.with_user(user).role = "head"
        self.breach.with_user(curator).role = "head"
        self.assertEqual(self.sweep(START + TERM), [("head", self.owners.ids)])
