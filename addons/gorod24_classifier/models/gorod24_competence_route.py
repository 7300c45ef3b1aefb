# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the choice of the participant for one question.

Two statements read everything: the paths of the topic and of the place, then the
rules at their crossings (index `topic_address_idx`) and those that name the house
(reversed key of the relation, `topic_list_idx`), with the names the sentences need.
The choice is left to the pure package `routing`, the sentences to
`gorod24_competence_reason`.
"""

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.gorod24_address.parsing import format_name

from ..routing import Rule, choose, make_address_path

#: Alternatives that are worth a sentence to somebody on the telephone.
MAX_ALTERNATIVES = 10


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _route(self, topic, building=None, address=None, date=None, complained=None):
        """Find who answers for a topic at a place on a day.

        :param topic: helpdesk.ticket.category
        :param building: gorod24.building or None
        :param address: gorod24.address (street), when the house is unknown
        :param date: day of the choice, today by default
        :param complained: res.partner the complaint is about: neither it nor the
            organisations above and below it are chosen
        :return: dict of participant_id, section_id, person_id, competence_id (ids
            or False), reason (sentence in the user's language), conflict (sentence
            about the one complained about, or ""), alternatives (list of dicts of
            the same ids and reason, best first; with "hint": True for the usual
            participant of the topic, offered when no rule fits)
        """
        question = self._read_question(topic, building, address, date)
        rows = self._read_rules(question)
        barred = self._get_barred(rows, complained)
        decision = self._decide(question, rows, barred)
        return self._prepare_answer(question, rows, decision, barred)

    @api.model
    def _decide(self, question, rows, barred):
        """The pure choice over the rows that were read."""
        return choose(
            [self._prepare_rule(row, question) for row in rows.values()],
            question["topic_path"],
            question["address_path"],
            question["building_id"],
            question["day"],
            {
                row["participant_id"]: barred.get(row["participant_id"], "archived")
                for row in rows.values()
                if not row["works"] or row["participant_id"] in barred
            },
        )

    @api.model
    def _prepare_rule(self, row, question):
        """A row of `_read_rules` as a `routing.Rule`."""
        houses = [question["building_id"]] if row["has_buildings"] else None
        return Rule(
            building_ids=houses and frozenset(houses),
            **{name: row[name] for name in Rule._fields if name != "building_ids"},
        )

    # READING

    @api.model
    def _read_question(self, topic, building=None, address=None, date=None):
        """What is asked: ids from the roots to the topic and the place, and names."""
        self.browse().check_access("read")
        self._flush_for_route()
        (row,) = self.env.execute_query_dict(
            SQL(
                """
                SELECT t.id AS topic_id, t.parent_path AS topic_path,
                       %(topic_name)s AS topic, t.usual_participant,
                       b.id AS building_id, b.house, s.id AS address_id,
                       s.parent_path AS street_path, s.name AS street,
                       s.type_name AS street_type,
                       COALESCE(b.district_id, s.district_id) AS district_id
                  FROM (SELECT 1) AS one
                  LEFT JOIN helpdesk_ticket_category t ON t.id = %(topic)s
                  LEFT JOIN gorod24_building b ON b.id = %(building)s
                  LEFT JOIN gorod24_address s
                         ON s.id = COALESCE(b.street_id, %(address)s)
                """,
                topic_name=self._name_sql("t"),
                topic=topic.id if topic else None,
                building=building.id if building else None,
                address=address.id if address else None,
            )
        )
        return {
            **row,
            "topic_path": [int(i) for i in (row["topic_path"] or "").split("/") if i],
            "address_path": make_address_path(row["street_path"], row["district_id"]),
            "day": date or self.env["gorod24.service.time"]._get_service_today(),
            "place": self._get_place_name(row),
        }

    @api.model
    def _get_place_name(self, row):
        """«Попова, 50»: the type of the street is left out to keep it short."""
        if row["house"]:
            return f"{row['street']}, {row['house']}"
        if row["street"]:
            return format_name(row["street_type"], row["street"])
        return self.env._("Place not given")

    @api.model
    def _name_sql(self, alias):
        """Name of a topic in the user's language."""
        return SQL(
            "COALESCE(%(name)s->>%(lang)s, %(name)s->>'en_US')",
            name=SQL.identifier(alias, "name"),
            lang=self.env.lang or "en_US",
        )

    @api.model
    def _flush_for_route(self):
        """Write pending changes of what the statements below read."""
        for model in (
            "gorod24.competence",
            "gorod24.section",
            "gorod24.section.member",
            "gorod24.address",
            "gorod24.building",
            "helpdesk.ticket.category",
            "res.partner",
        ):
            self.env[model].flush_model()

    @api.model
    def _read_rules(self, question, every_period=False):
        """Rules that may apply, with what the sentences name.

        :param every_period: also the rules of other days
        :return: {rule id: row}
        """
        period = SQL(
            "(c.date_from IS NULL OR c.date_from <= %(day)s)"
            " AND (c.date_to IS NULL OR c.date_to >= %(day)s)",
            day=question["day"],
        )
        query = SQL(
            """
            SELECT c.id, c.origin_id, c.topic_id, c.address_id, c.has_buildings,
                   c.building_count, c.date_from, c.date_to, c.participant_id,
                   c.person_id, c.section_id AS given_section_id,
                   s.id AS section_id, s.name AS section, s.manned,
                   p.name AS participant,
                   p.active AND COALESCE(p.is_participant, FALSE) AS works,
                   %(topic_name)s AS topic, a.name AS address, a.type_name
              FROM (%(places)s) AS fit
              JOIN gorod24_competence c ON c.id = fit.id
              JOIN res_partner p ON p.id = c.participant_id
              LEFT JOIN helpdesk_ticket_category t ON t.id = c.topic_id
              LEFT JOIN gorod24_address a ON a.id = c.address_id
              LEFT JOIN LATERAL (%(section)s) AS s ON TRUE
             WHERE %(period)s
            """,
            topic_name=self._name_sql("t"),
            places=self._place_sql(question),
            section=self._section_sql(question["day"]),
            period=SQL("TRUE") if every_period else period,
        )
        return {row["id"]: row for row in self.env.execute_query_dict(query)}

    @api.model
    def _place_sql(self, question):
        """Ids of the active rules of these topics at these places."""
        topics = [0, *question["topic_path"]]
        query = SQL(
            "SELECT c.id FROM gorod24_competence c"
            " WHERE c.active AND NOT c.has_buildings"
            " AND COALESCE(c.topic_id, 0) = ANY(%(topics)s)"
            " AND COALESCE(c.address_id, 0) = ANY(%(places)s)",
            topics=topics,
            places=[0, *question["address_path"]],
        )
        if not question["building_id"]:
            return query
        return SQL(
            "%(query)s UNION ALL SELECT c.id FROM gorod24_competence_building_rel r"
            " JOIN gorod24_competence c ON c.id = r.competence_id"
            " WHERE r.building_id = %(building)s AND c.active AND c.has_buildings"
            " AND COALESCE(c.topic_id, 0) = ANY(%(topics)s)",
            query=query,
            building=question["building_id"],
            topics=topics,
        )

    @api.model
    def _section_sql(self, day):
        """The rule's own section, or the first one when it is archived or not given."""
        return SQL(
            """
            SELECT s.id, s.name, EXISTS (
                       SELECT FROM gorod24_section_member m
                         JOIN res_users u ON u.id = m.user_id AND u.active
                        WHERE m.section_id = s.id
                          AND (m.date_from IS NULL OR m.date_from <= %(day)s)
                          AND (m.date_to IS NULL OR m.date_to >= %(day)s)
                   ) AS manned
              FROM gorod24_section s
             WHERE s.participant_id = c.participant_id AND s.active
             ORDER BY s.id = c.section_id DESC, s.sequence, s.name, s.id
             LIMIT 1
            """,
            day=day,
        )

    @api.model
    def _get_barred(self, rows, complained):
        """{partner id: "complained"} of the organisation complained about and all
        above and below it; nothing when no rule names any of them."""
        if not complained:
            return {}
        start = (complained.commercial_partner_id or complained).id
        found = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE above AS (
                    SELECT id, parent_id FROM res_partner WHERE id = %(start)s
                    UNION SELECT p.id, p.parent_id
                            FROM res_partner p JOIN above ON p.id = above.parent_id
                ), below AS (
                    SELECT id FROM res_partner WHERE id = %(start)s
                    UNION SELECT p.id
                            FROM res_partner p JOIN below ON p.parent_id = below.id
                )
                SELECT id FROM above UNION SELECT id FROM below
                """,
                start=start,
            )
        )
        return dict.fromkeys([complained.id, *(i for (i,) in found)], "complained")

    # ANSWER

    @api.model
    def _prepare_answer(self, question, rows, decision, barred):
        """The dict that `_route` returns."""
        conflict = self._get_conflict(rows, decision)
        if not decision.rule:
            return self._prepare_no_route(question, rows, decision, barred, conflict)
        lines = [line for line in decision.ranked if line.status == "next"]
        return {
            **self._prepare_choice(rows[decision.rule.id], barred),
            "reason": self._get_reason(question, rows, decision, conflict),
            "conflict": conflict,
            "alternatives": [
                {
                    **self._prepare_choice(rows[line.rule.id], barred),
                    "reason": self._get_next_reason(rows[line.rule.id], line.step),
                }
                for line in lines[:MAX_ALTERNATIVES]
            ],
        }

    @api.model
    def _prepare_choice(self, row, barred):
        """Ids of one rule; a person complained about is not named."""
        person_id = row["person_id"] if row["person_id"] not in barred else False
        return {
            "participant_id": row["participant_id"],
            "section_id": row["section_id"] or False,
            "person_id": person_id or False,
            "competence_id": row["id"],
        }

    @api.model
    def _prepare_no_route(self, question, rows, decision, barred, conflict):
        """Answer of `_route` when no rule fits: at most the usual one, as a hint."""
        hint = self._get_usual_participant(question, barred)
        return {
            "participant_id": False,
            "section_id": False,
            "person_id": False,
            "competence_id": False,
            "reason": self._get_no_route_reason(
                question, rows, decision, hint, conflict
            ),
            "conflict": conflict,
            "alternatives": [self._prepare_hint(hint)] if hint else [],
        }

    @api.model
    def _prepare_hint(self, participant):
        return {
            "participant_id": participant.id,
            "section_id": participant._get_default_section().id,
            "person_id": False,
            "competence_id": False,
            "hint": True,
            "reason": self.env._(
                "Usually answers for this topic, but no rule says so: send by hand"
            ),
        }

    @api.model
    def _get_usual_participant(self, question, barred):
        """The usual participant of the topic or of the nearest group above it."""
        topics = self.env["helpdesk.ticket.category"].browse(question["topic_path"])
        for topic in reversed(topics):
            partner = topic.usual_participant_id
            if partner.active and partner.id not in barred:
                return partner
        return self.env["res.partner"]
