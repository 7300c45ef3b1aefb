# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.fields import Command

from ..city import make_people
from .tables import read_table

SINCE = date(2025, 1, 1)


def load_participants(env, rng):
    """Create participants and return them by code."""
    rows = read_table("participants")
    partners = env["res.partner"].create(
        [
            {
                "name": row["name"],
                "participant_code": row["code"],
                "phone": row["phone"],
                "email": row["email"],
                "is_company": True,
                "is_participant": True,
                "lang": "ru_RU",
            }
            for row in rows
        ]
    )
    _load_agreements(env, partners)
    return dict(zip((row["code"] for row in rows), partners, strict=True))


def _load_agreements(env, partners):
    """An agreement with each participant: what its officers need to do the work."""
    codes = ("text", "address", "flat", "phone")
    opened = env["gorod24.agreement.field"].search([("code", "in", codes)])
    env["gorod24.agreement"].create(
        [
            {
                "participant_id": partner.id,
                "number": f"ИО-{number:02}",
                "date": SINCE,
                "valid_from": SINCE,
                "field_ids": [Command.set(opened.ids)],
            }
            for number, partner in enumerate(partners, 1)
        ]
    )


def load_competences(env, rng, participants, districts):
    """Create sections with their officers and the rules of competence.

    A rule without an area holds in every district, one rule a district, so that it
    competes with the rules of the management companies on equal depth of the address.
    """
    rows = read_table("competences")
    sections = _load_sections(env, rng, rows, participants)
    vals_list = []
    for row in rows:
        section = sections[row["participant"], row["section"]]
        areas = [districts[row["area"]]] if row["area"] else districts.values()
        for topic in find_topics(env, row["topics"]):
            vals_list += [
                {
                    "topic_id": topic.id,
                    "address_id": area.id,
                    "participant_id": section.participant_id.id,
                    "section_id": section.id,
                    "date_from": SINCE,
                }
                for area in areas
            ]
    env["gorod24.competence"].create(vals_list)
    return sections


def find_topics(env, codes):
    """Return the topics of codes parted by spaces; a missing one is an error."""
    topics = env["helpdesk.ticket.category"].search([("code", "in", codes.split())])
    missing = set(codes.split()) - set(topics.mapped("code"))
    if missing:
        raise ValueError(f"The classifier has no topics {sorted(missing)}")
    return topics


def _load_sections(env, rng, rows, participants):
    keys = list(dict.fromkeys((row["participant"], row["section"]) for row in rows))
    people = make_people(rng, len(keys))
    portal = env.ref("gorod24_portal.group_participant")
    officers = env["res.users"].create(
        [
            {
                "name": person["name"],
                "login": f"duty.{code.lower()}.{index}",
                "lang": "ru_RU",
                "tz": "Asia/Barnaul",
                "group_ids": [Command.set(portal.ids)],
                "parent_id": participants[code].id,
            }
            for index, ((code, _name), person) in enumerate(
                zip(keys, people, strict=True), 1
            )
        ]
    )
    sections = env["gorod24.section"].create(
        [
            {
                "name": name,
                "participant_id": participants[code].id,
                "phone": participants[code].phone,
                "member_ids": [Command.create({"user_id": user.id, "role": "duty"})],
            }
            for (code, name), user in zip(keys, officers, strict=True)
        ]
    )
    return dict(zip(keys, sections, strict=True))
