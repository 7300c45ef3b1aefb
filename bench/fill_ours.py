# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What our addons keep beside the ticket: phones, questions, referrals, clocks."""

from . import words

REGIME_RULES = """
CREATE TEMP TABLE bench_rule AS
SELECT r.regime_id, r.kind, min(r.id) AS id,
    min(CASE r.base WHEN 'minutes' THEN r.amount * interval '1 minute'
        ELSE r.amount * interval '1 day' END) AS term
FROM gorod24_regime_rule r GROUP BY 1, 2
"""
# One person has one number; every fortieth number also serves a second person.
PHONES = """
INSERT INTO gorod24_phone (e164, last10, partner_id, last_used, create_uid, write_uid,
    create_date, write_date)
SELECT '+7' || n.digits, n.digits, %(base)s + k, %(until)s, 1, 1, %(until)s, %(until)s
FROM generate_series(%(first)s, %(last)s) AS k, LATERAL (SELECT '913' || lpad(
    (CASE WHEN k %% 40 = 39 THEN k - 1 ELSE k END)::text, 7, '0') AS digits) n
"""
# Our columns of the person and of the ticket: what they get from the generator.
CITIZEN_COLUMNS = {
    "building_id": "h.id",
    "flat": "(1 + floor(pg_temp.u(s.k, 12) * 90))::int::text",
    "address_confirmed": "true",
}
TICKET_COLUMNS = {
    "state": """CASE c.state WHEN 'sent' THEN 'in_work' WHEN 'accepted' THEN 'in_work'
        WHEN 'informing' THEN 'to_inform' ELSE 'closed' END""",
    "kind": "'application'",
    "author_type": "'individual'",
    "phone_e164": "p.phone",
    "building_id": "h.id",
    "flat": "p.flat",
    "address_text": "'ул. ' || c.label",
    "emergency": "false",
    "paid": "false",
    "repeated": "false",
    "registered_at": "moment",
}
QUESTIONS = """
INSERT INTO gorod24_question (id, appeal_id, position, name, text, topic_id, regime_id,
    building_id, address_id, district_id, participant_id, section_id, route_reason,
    partner_id, phone_e164, channel_id, operator_id, emergency, paid, state, outcome,
    result_text, registered_at, sent_at, accepted_at, done_at, closed_at, accept_due,
    execution_due, referral_id, period, create_uid, write_uid, create_date,
    write_date)
SELECT i, i, 1, number || '/1', words, c.topic_id, t.regime_id, h.id, h.street_id,
    h.district_id, r.participant_id, r.section_id, r.reason, c.partner_id, p.phone,
    %(channel)s, %(user)s, false, false, c.state,
    CASE WHEN t.answered THEN 'answered_in_call'
         WHEN c.state IN ('closed', 'informing') THEN 'fixed' END,
    CASE WHEN c.state IN ('closed', 'informing') THEN 'Выполнено, ' || c.label END,
    moment, CASE WHEN NOT t.answered THEN moment END,
    CASE WHEN NOT t.answered AND c.state != 'sent' THEN moment + interval '3 hours' END,
    CASE WHEN c.state IN ('closed', 'informing') THEN moment + interval '4 days' END,
    CASE WHEN c.state = 'closed' THEN moment + interval '5 days' END,
    CASE WHEN NOT t.answered THEN moment + a.term END,
    CASE WHEN NOT t.answered THEN moment + e.term END,
    CASE WHEN NOT t.answered THEN i END, 1,
    %(user)s, %(user)s, moment, moment
FROM bench_case c JOIN bench_topic t ON t.k = c.topic_k
JOIN bench_house h ON h.k = c.house_k
JOIN bench_route r ON r.topic_k = c.topic_k AND r.district_id = h.district_id
JOIN res_partner p ON p.id = c.partner_id
LEFT JOIN bench_rule a ON a.regime_id = t.regime_id AND a.kind = 'acceptance'
LEFT JOIN bench_rule e ON e.regime_id = t.regime_id AND e.kind = 'execution'
ORDER BY i
"""
REFERRALS = """
INSERT INTO gorod24_referral (id, question_id, appeal_id, participant_id, section_id,
    state, sent_at, accept_due, execution_due, accepted_at, done_at, outcome_claimed,
    result_text, role, way, period, create_uid, write_uid, create_date, write_date)
SELECT q.id, q.id, q.appeal_id, q.participant_id, q.section_id,
    CASE WHEN q.state IN ('sent', 'accepted') THEN q.state ELSE 'done' END,
    q.sent_at, q.accept_due, q.execution_due, q.accepted_at, q.done_at,
    CASE WHEN q.done_at IS NOT NULL THEN 'fixed' END, q.result_text, 'main', 'first',
    1, q.create_uid, q.write_uid, q.create_date, q.write_date
FROM gorod24_question q
WHERE q.id BETWEEN %(first)s AND %(last)s AND q.referral_id IS NOT NULL
ORDER BY q.id
"""
# A question names its current referral and the referral its question: while loading,
# the first of the two is checked at the end of the transaction.
CHECK_REFERRAL = "ALTER TABLE gorod24_question ALTER CONSTRAINT {name} {when}"
CURRENT_REFERRAL = """
SELECT conname FROM pg_constraint WHERE contype = 'f'
   AND conrelid = 'gorod24_question'::regclass
   AND confrelid = 'gorod24_referral'::regclass
"""
CLOCKS = """
INSERT INTO gorod24_clock (res_model, res_id, kind, regime_id, rule_id, start, target,
    warn_at, attend_at, stop, state, outcome, steps, warned, escalated, create_uid,
    write_uid, create_date, write_date)
SELECT 'gorod24.question', q.id, r.kind, r.regime_id, r.id, q.sent_at,
    q.sent_at + r.term, q.sent_at + r.term * 0.8,
    CASE WHEN s.stop IS NULL THEN q.sent_at + r.term * 0.8 END, s.stop,
    CASE WHEN s.stop IS NULL THEN 'running' ELSE 'stopped' END,
    CASE WHEN s.stop <= q.sent_at + r.term THEN 'met'
         WHEN s.stop IS NOT NULL THEN 'missed' END,
    jsonb_build_array(
        jsonb_build_object('at', q.sent_at, 'code', 'start'),
        jsonb_build_object('to', q.sent_at + r.term, 'base', 'calendar_days',
            'code', 'term', 'amount', 1)),
    false, false, q.create_uid, q.write_uid, q.create_date, q.write_date
FROM gorod24_question q JOIN bench_rule r ON r.regime_id = q.regime_id
    AND r.kind IN ('acceptance', 'execution'),
LATERAL (SELECT CASE r.kind WHEN 'acceptance' THEN q.accepted_at ELSE q.done_at END
    AS stop) s
WHERE q.id BETWEEN %(first)s AND %(last)s AND q.referral_id IS NOT NULL
ORDER BY q.id
"""
INFORMINGS = """
INSERT INTO gorod24_informing (question_id, partner_id, phone_e164, state, next_at, due,
    done_at, attempt_count, create_uid, write_uid, create_date, write_date)
SELECT q.id, q.partner_id, q.phone_e164,
    CASE q.state WHEN 'informing' THEN 'due' ELSE 'done' END,
    CASE q.state WHEN 'informing' THEN q.done_at END,
    q.done_at + interval '1 day', q.closed_at,
    CASE q.state WHEN 'informing' THEN 0 ELSE 1 END, q.create_uid, q.write_uid,
    q.done_at, q.done_at
FROM gorod24_question q
WHERE q.id BETWEEN %(first)s AND %(last)s AND q.referral_id IS NOT NULL
  AND q.done_at IS NOT NULL
ORDER BY q.id
"""


def our_topics(env):
    """Topics of our classifier, in the order that counts for the generator."""
    return env["helpdesk.ticket.category"].search(
        [("is_topic", "=", True)], order="path_code, id"
    )


class OursFiller:
    """Adds to the base filler what our models need. Mixed in before ``Filler``."""

    citizen_columns = CITIZEN_COLUMNS
    ticket_columns = TICKET_COLUMNS

    def prepare(self):
        self._prepare_town()
        super().prepare()
        self.cr.execute(REGIME_RULES)
        self._prepare_responsible()
        self._prepare_routes()
        self._check_referral("DEFERRABLE INITIALLY DEFERRED")

    def _check_referral(self, when):
        self.cr.execute(CURRENT_REFERRAL)
        for (name,) in self.cr.fetchall():
            self.cr.execute(CHECK_REFERRAL.format(name=name, when=when))

    def _prepare_town(self):
        Address = self.env["gorod24.address"]
        city = Address.create({"name": "Барнаул", "type_name": "г.", "level": "city"})
        self.districts = Address.create(
            [
                {
                    "name": name,
                    "type_name": "р-н",
                    "level": "district",
                    "parent_id": city.id,
                }
                for name in words.DISTRICTS
            ]
        )
        streets = Address.create(
            [
                {
                    "name": name,
                    "type_name": "ул.",
                    "level": "street",
                    "parent_id": city.id,
                }
                for name in words.STREETS
            ]
        )
        streets[0].alias_ids = [(0, 0, {"name": words.FORMER})]
        self.houses = self.env["gorod24.building"].create(
            [
                {
                    "street_id": street.id,
                    "house": str(number),
                    "district_id": self.districts[index % len(self.districts)].id,
                }
                for index, street in enumerate(streets)
                for number in range(1, words.HOUSES_PER_STREET + 1)
            ]
        )

    def _prepare_houses(self):
        super()._prepare_houses()
        self.cr.execute(
            """
            ALTER TABLE bench_house ADD id int, ADD street_id int, ADD district_id int
            """
        )
        self.env.flush_all()
        self.cr.execute(
            """
            UPDATE bench_house h
               SET id = b.id, street_id = b.street_id, district_id = b.district_id
              FROM unnest(%s::int[]) WITH ORDINALITY AS x(id, n)
              JOIN gorod24_building b ON b.id = x.id
             WHERE h.k = x.n - 1
            """,
            [self.houses.ids],
        )

    def _prepare_topics(self):
        """The topics of our classifier, in the same order as in the plain database."""
        Regime = self.env["gorod24.regime"]
        self.records = our_topics(self.env)
        self.cr.execute(
            "CREATE TEMP TABLE bench_topic"
            " (k int, id int, name text, answered boolean, regime_id int)"
        )
        for k, topic in enumerate(self.records):
            regime = Regime._for_topic(topic)
            answered = regime.code in Regime.ANSWERED_IN_CALL
            self.cr.execute(
                "INSERT INTO bench_topic VALUES (%s, %s, %s, %s, %s)",
                [k, topic.id, topic.name, answered, regime.id],
            )

    def _prepare_responsible(self):
        """A participant for each group of topics, with a section for each district."""
        groups = self.records.parent_id
        participants = self.env["res.partner"].create(
            [
                {
                    "name": f"Участник «{group.name}»",
                    "is_company": True,
                    "is_participant": True,
                    "participant_code": f"B{number:03d}",
                }
                for number, group in enumerate(groups)
            ]
        )
        pairs = [
            (group, participant, district)
            for group, participant in zip(groups, participants, strict=True)
            for district in self.districts
        ]
        sections = self.env["gorod24.section"].create(
            [
                {"name": f"Участок: {district.name}", "participant_id": participant.id}
                for _group, participant, district in pairs
            ]
        )
        self.env["gorod24.competence"].create(
            [
                {
                    "topic_id": group.id,
                    "address_id": district.id,
                    "participant_id": participant.id,
                    "section_id": section.id,
                    "date_from": "2020-01-01",
                }
                for (group, participant, district), section in zip(
                    pairs, sections, strict=True
                )
            ]
        )

    def _prepare_routes(self):
        """What the competence rules say for each topic and district."""
        self.cr.execute(
            "CREATE TEMP TABLE bench_route (topic_k int, district_id int,"
            " participant_id int, section_id int, reason text)"
        )
        samples = {house.district_id: house for house in self.houses}
        Competence = self.env["gorod24.competence"]
        for k, topic in enumerate(self.records):
            for district, house in samples.items():
                route = Competence._route(topic, building=house)
                if not route["participant_id"]:
                    raise ValueError(f"no route: {topic.name}, {district.name}")
                ids = [route["participant_id"], route["section_id"] or None]
                self.cr.execute(
                    "INSERT INTO bench_route VALUES (%s, %s, %s, %s, %s)",
                    [k, district.id, *ids, route["reason"]],
                )

    def load_citizens(self, first, last):
        super().load_citizens(first, last)
        self.cr.execute(PHONES, self.parameters(first=first, last=last))

    def load_appeals(self, first, last):
        super().load_appeals(first, last)
        values = self.parameters(first=first, last=last)
        for statement in (QUESTIONS, REFERRALS, CLOCKS, INFORMINGS):
            self.cr.execute(statement, values)

    def finish(self):
        super().finish()
        for table in ("gorod24_question", "gorod24_referral"):
            self.raise_sequence(table)
        self.env["gorod24.name.word"]._rebuild()
        self._check_referral("NOT DEFERRABLE")
