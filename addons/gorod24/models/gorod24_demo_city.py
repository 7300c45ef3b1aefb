# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ..city import make_calls, make_stories
from ..loader import calls, notices, past, people, places, responsible, told, users
from ..loader.tables import read_table

SEED = 24
DAYS = 548


class DemoCity(models.AbstractModel):
    """Fills an empty database with the demo city, so that a newcomer sees it alive."""

    _name = "gorod24.demo.city"
    _description = "Demo city"

    @api.model
    def _load(self, passwords, appeals=2000, citizens=300, extra_calls=900):
        """Load the city once; a city already loaded is left alone.

        :param passwords: dict login → password of the demo people.
        :return: True when it was loaded now.
        """
        if self.env["gorod24.building"].search_count([], limit=1):
            return False
        env = self.env(
            context={
                "lang": "ru_RU",
                "tz": self._zone().key,
                "tracking_disable": True,
                "no_reset_password": True,
                "mail_create_nolog": True,
                "mail_create_nosubscribe": True,
                # The past is not written about to anybody.
                "gorod24_silent": True,
            }
        )
        # It is shown at any hour: at night a line with hours takes emergencies only.
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("gorod24.hours_round_the_clock", "True")
        rng = random.Random(SEED)
        districts = places.load_places(env, rng)
        participants = responsible.load_participants(env, rng)
        sections = responsible.load_competences(env, rng, participants, districts)
        staff = users.load_users(env, sections, passwords)
        approver = staff.filtered(lambda user: user.login == "supervisor")
        told.load_answers(env, participants, approver)
        told.load_navigator(env)
        notices.load_notices(env, participants, approver)
        self._load_past(env, rng, staff, appeals, citizens, extra_calls)
        return True

    def _load_past(self, env, rng, staff, appeals, citizens, extra_calls):
        zone = self._zone()
        now = fields.Datetime.now()
        local_now = datetime.now(zone).replace(tzinfo=None)
        operators = staff.filtered("telephony_agent_id")[:2]
        residents = people.load_people(env, rng, citizens)
        stories = make_stories(rng, self._story_topics(), appeals, local_now, DAYS)
        loader = past.PastLoader(env, rng, residents, operators, self._to_utc, now)
        questions = loader.load(stories)
        moments = [story["at"] for story in stories]
        past_calls = make_calls(rng, moments, local_now, DAYS, extra_calls)
        calls.load_calls(env, rng, past_calls, questions, operators, self._to_utc)

    def _story_topics(self):
        return [dict(row, weight=int(row["weight"])) for row in read_table("stories")]

    def _zone(self):
        # Reading a setting of the service.
        parameters = self.env["ir.config_parameter"].sudo()
        return ZoneInfo(parameters.get_param("gorod24.timezone", "Asia/Barnaul"))

    def _to_utc(self, moment):
        """Return a local moment of the service as naive UTC."""
        aware = moment.replace(tzinfo=self._zone())
        return aware.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
