# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Past appeals: made by the rules of living ones, with moments of the past."""

from datetime import timedelta

from odoo import fields
from odoo.tools import plaintext2html

BATCH = 500
DISPOSITIONS = ("no_answer", "busy", "no_answer")


class PastLoader:
    """Writes stories as appeals, questions, referrals, clocks and informings.

    :param to_utc: function from a local moment to naive UTC.
    :param now: naive UTC moment after which nothing may have happened.
    """

    def __init__(self, env, rng, citizens, operators, to_utc, now):
        self.env = env
        self.rng = rng
        self.citizens = citizens
        self.operators = operators
        self.to_utc = to_utc
        self.now = now
        self.routes = {}
        self.channel = env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        codes = env["helpdesk.ticket.category"].search([("code", "!=", False)])
        self.topics = {topic.code: topic for topic in codes}

    def load(self, stories):
        """Create the records of all stories; return the questions in their order."""
        questions = self.env["gorod24.question"]
        for first in range(0, len(stories), BATCH):
            questions += self._load_batch(stories[first : first + BATCH])
        self._move_creation_dates(questions)
        return questions

    def _load_batch(self, stories):
        scenes = [self._scene(story) for story in stories]
        appeals = self._create_appeals(scenes)
        for scene, appeal in zip(scenes, appeals, strict=True):
            scene["appeal"] = appeal
        questions = self.env["gorod24.question"].create(
            [self._question_vals(scene) for scene in scenes]
        )
        for scene, question in zip(scenes, questions, strict=True):
            scene["question"] = question
        sent = [scene for scene in scenes if scene["sent"]]
        self._start_clocks(sent)
        self._create_referrals(sent)
        self._finish(sent)
        questions.appeal_id._sync_state()
        return questions

    def _scene(self, story):
        """Complete a story with records: who, where, which topic, who answers."""
        topic = self.topics[story["topic"]["code"]]
        citizen = self.rng.choice(self.citizens)
        regime = self.env["gorod24.regime"]._for_topic(topic)
        route = self._route(topic, citizen.building_id)
        answered = regime._is_settled()
        return dict(
            story,
            record=topic,
            citizen=citizen,
            operator=self.rng.choice(self.operators),
            regime=regime,
            route=route,
            start=self.to_utc(story["at"]),
            answered=answered,
            sent=not answered and bool(route["participant_id"]),
        )

    def _route(self, topic, building):
        # the reason names the house
        key = topic.id, building.id
        if key not in self.routes:
            Competence = self.env["gorod24.competence"]
            self.routes[key] = Competence._route(topic, building=building)
        return self.routes[key]

    def _create_appeals(self, scenes):
        Appeal = self.env["helpdesk.ticket"].with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True
        )
        return Appeal.create([self._appeal_vals(scene) for scene in scenes])

    def _appeal_vals(self, scene):
        citizen, day = scene["citizen"], scene["at"].date()
        sequence = self.env["ir.sequence"].with_context(ir_sequence_date=day)
        return {
            "number": sequence.next_by_code("gorod24.appeal", sequence_date=day),
            "name": scene["record"].name,
            "description": plaintext2html(scene["topic"]["words"]),
            "partner_id": citizen.id,
            "partner_name": citizen.name,
            "phone_e164": citizen.phone,
            "kind": "info_request" if scene["answered"] else "application",
            "channel_id": self.channel.id,
            "category_id": scene["record"].id,
            "user_id": scene["operator"].id,
            "building_id": citizen.building_id.id,
            "flat": citizen.flat,
            "address_text": f"{citizen.building_id.display_name}, кв. {citizen.flat}",
            "emergency": scene["regime"].is_emergency,
            "registered_at": scene["start"],
        }

    def _question_vals(self, scene):
        appeal, route = scene["appeal"], scene["route"]
        vals = {
            "appeal_id": appeal.id,
            "name": f"{appeal.number}/1",
            "text": scene["topic"]["words"],
            "topic_id": scene["record"].id,
            "regime_id": scene["regime"].id,
            "building_id": appeal.building_id.id,
            "address_id": appeal.building_id.street_id.id,
            "district_id": appeal.building_id.district_id.id,
            "participant_id": route["participant_id"],
            "section_id": route["section_id"],
            "route_reason": route["reason"],
            "partner_id": appeal.partner_id.id,
            "phone_e164": appeal.phone_e164,
            "channel_id": self.channel.id,
            "operator_id": appeal.user_id.id,
            "emergency": appeal.emergency,
            "state": "sent" if scene["sent"] else "registered",
            "registered_at": scene["start"],
            "sent_at": scene["start"] if scene["sent"] else False,
        }
        if scene["answered"]:
            vals.update(
                state="closed",
                outcome="answered_in_call",
                result_text=scene["topic"]["result"],
                done_at=scene["start"],
                closed_at=scene["start"],
            )
        return vals

    def _start_clocks(self, scenes):
        self.env["gorod24.question"]._clock_start_many(
            [
                (scene["question"], kind, scene["regime"], scene["start"])
                for scene in scenes
                for kind in ("acceptance", "execution")
            ]
        )

    def _create_referrals(self, scenes):
        # The officers of the demo city are not written to about the past.
        Referral = self.env["gorod24.referral"].with_context(tracking_disable=True)
        referrals = Referral.create(
            [
                scene["question"]._prepare_referral_vals(scene["start"])
                for scene in scenes
            ]
        )
        for scene, referral in zip(scenes, referrals, strict=True):
            scene["referral"] = referral
            scene["question"].referral_id = referral
        questions = self.env["gorod24.question"].union(
            *(scene["question"] for scene in scenes)
        )
        for start, sent in questions.grouped("sent_at").items():
            names = {question.id: question.participant_id.name for question in sent}
            sent._log_events("sent", names, moment=start)

    # What came of it -----------------------------------------------------------

    def _finish(self, scenes):
        for scene in scenes:
            self._plan_moments(scene)
            if scene["fate"] != "sent":
                self._accept(scene)
            if scene["fate"] in ("to_inform", "closed"):
                self._report(scene)
            if scene["fate"] == "closed":
                self._inform(scene)

    def _plan_moments(self, scene):
        """Turn fractions of the terms into moments; nothing happens in the future."""
        question, start = scene["question"], scene["start"]
        accept_term = (question.accept_due or question.execution_due) - start
        work_term = question.execution_due - start
        scene["accepted_at"] = start + accept_term * scene["accept"]
        scene["done_at"] = max(
            scene["accepted_at"] + timedelta(minutes=10),
            start + work_term * scene["work"],
        )
        scene["told_at"] = scene["done_at"] + timedelta(hours=20) * scene["inform"]
        if scene["fate"] == "closed" and scene["told_at"] > self.now:
            scene["fate"] = "to_inform"
        if scene["fate"] == "to_inform" and scene["done_at"] > self.now:
            scene["fate"] = "at_work"
        if scene["fate"] == "at_work" and scene["accepted_at"] > self.now:
            scene["fate"] = "sent"

    def _accept(self, scene):
        moment, officer = scene["accepted_at"], self._officer(scene)
        scene["referral"]._move(
            "accepted", moment, accepted_at=moment, accepted_by_id=officer.id
        )
        scene["question"]._on_accepted(moment)

    def _report(self, scene):
        moment, result = scene["done_at"], scene["topic"]["result"]
        outcome = "explained" if "ъяснен" in result else "fixed"
        scene["referral"]._move(
            "done",
            moment,
            done_at=moment,
            done_by_id=self._officer(scene).id,
            outcome_claimed=outcome,
            result_text=result,
        )
        scene["question"]._on_done(moment, outcome, result)

    def _inform(self, scene):
        informing = scene["question"].informing_ids[:1]
        informing = informing.with_user(scene["operator"]).sudo()
        told = scene["told_at"]
        for back in range(scene["attempts"] - 1, 0, -1):
            informing.record_attempt(
                self.rng.choice(DISPOSITIONS), at=told - timedelta(minutes=47 * back)
            )
        informing.record_attempt("reached", scene["satisfied"], at=told)

    def _officer(self, scene):
        section = scene["referral"].section_id
        return section.member_ids[:1].user_id

    def _move_creation_dates(self, questions):
        """Lists and graphs show when a record was made: let it be the past."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE helpdesk_ticket
               SET create_date = registered_at, assigned_date = registered_at
             WHERE id = ANY(%s)
            """,
            [questions.appeal_id.ids],
        )
        self.env.cr.execute(
            """
            UPDATE helpdesk_ticket t
               SET closed_date = done.at, last_stage_update = done.at
              FROM (SELECT appeal_id, max(closed_at) AS at
                      FROM gorod24_question WHERE closed_at IS NOT NULL
                     GROUP BY appeal_id) done
             WHERE t.id = done.appeal_id AND t.id = ANY(%s)
            """,
            [questions.appeal_id.ids],
        )
        self.env.invalidate_all()
        assert fields.Datetime.now() >= self.now
