# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what a sheet of rules names, found for all rows at once.

A look-up reads each directory once and answers from memory; only streets that are
not written as in the directory go to the slower search by likeness.
"""

import re
from difflib import get_close_matches

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.gorod24_address.parsing import parse, parse_list

_SIGNS = re.compile(r"[^0-9a-zа-я]+")
_DISTRICT_WORDS = re.compile(r"\b(район|р н|рн|р он)\b")
#: Levels that are written into the column of the district.
TERRITORIES = ("region", "area", "city", "settlement", "district", "plan")
NEAREST = 3


def plain(text):
    """«ООО УК "Ёлка"» and «ооо ук елка» are one."""
    return _SIGNS.sub(" ", str(text).lower().replace("ё", "е")).strip()


def plain_district(text):
    """«Ленинский р-н» and «Ленинский район» are one."""
    return " ".join(_DISTRICT_WORDS.sub(" ", plain(text)).split())


class Names:
    """Records by what people call them."""

    def __init__(self):
        self.ids = {}
        self.shown = {}
        self.by_id = {}

    def add(self, record_id, name, key=None):
        key = plain(name) if key is None else key
        if key:
            self.ids.setdefault(key, {})[record_id] = True
            self.shown.setdefault(key, name)
            self.by_id.setdefault(record_id, name)

    def find(self, text, key=None):
        """Ids that a text names."""
        return list(self.ids.get(plain(text) if key is None else key, ()))

    def near(self, text, key=None):
        """Names most like a text, for the message."""
        key = plain(text) if key is None else key
        close = get_close_matches(key, self.ids, n=NEAREST, cutoff=0.6)
        # a part of a long name is no typing error, yet it is near
        close += [name for name in self.ids if key and key in name][:NEAREST]
        shown = dict.fromkeys(self.shown[name] for name in dict.fromkeys(close))
        return list(shown)[:NEAREST]


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _read_topic_names(self):
        """(by code, by name, by path): active topics and groups that operators choose.

        National and POS codes are left out: topics count as them and share their
        codes, but no question is ever of them.
        """
        codes, names, paths = Names(), Names(), Names()
        topics = self.env["helpdesk.ticket.category"].search(
            Domain("classifier_id", "=", False)
            | Domain("classifier_id.active", "=", True)
            & Domain("classifier_id.kind", "=", "local")
        )
        by_id = {topic.id: topic for topic in topics}
        for topic in topics:
            path = " / ".join(
                by_id[i].name for i in topic._get_ancestor_ids() if i in by_id
            )
            names.add(topic.id, topic.name)
            paths.add(topic.id, f"{topic.code or ''} {path}".strip(), plain(path))
            if topic.code:
                codes.add(topic.id, topic.code, topic.code.strip().lower())
        return codes, names, paths

    @api.model
    def _read_participant_names(self):
        """(by code, by name) of the participants that work, and names of the rest."""
        codes, names, archived = Names(), Names(), Names()
        partners = (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search_fetch(
                [("is_participant", "=", True)], ["name", "participant_code", "active"]
            )
        )
        for partner in partners:
            if not partner.active:
                archived.add(partner.id, partner.name)
                continue
            names.add(partner.id, partner.name)
            if partner.participant_code:
                code = partner.participant_code
                codes.add(partner.id, code, code.strip().lower())
        return codes, names, archived

    @api.model
    def _read_section_names(self):
        """{participant id: Names of its sections}."""
        found = {}
        for section in self.env["gorod24.section"].search_fetch(
            [], ["name", "participant_id"]
        ):
            names = found.setdefault(section.participant_id.id, Names())
            names.add(section.id, section.name)
        return found

    @api.model
    def _read_person_names(self):
        """{participant id: Names of its contacts and its sections' members}."""
        found = {}
        participants = self.env["res.partner"].search([("is_participant", "=", True)])
        people = self.env["res.partner"].search_fetch(
            [("parent_id", "in", participants.ids), ("is_company", "=", False)],
            ["name", "parent_id"],
        )
        for person in people:
            names = found.setdefault(person.parent_id.id, Names())
            names.add(person.id, person.name)
        members = self.env["gorod24.section.member"].search([])
        for member in members:
            person = member.user_id.sudo().partner_id  # names of staff, for the sheet
            names = found.setdefault(member.participant_id.id, Names())
            names.add(person.id, person.name)
        return found

    @api.model
    def _read_territory_names(self):
        """Districts, towns and the like by name."""
        names = Names()
        for address in self.env["gorod24.address"].search(
            [("level", "in", TERRITORIES)]
        ):
            names.add(address.id, address.display_name, plain_district(address.name))
            names.add(address.id, address.display_name, plain(address.display_name))
        return names

    # STREETS AND HOUSES

    @api.model
    def _read_exact_streets(self):
        """{key of a street: row} of the streets whose names nobody shares."""
        rows = self.env["gorod24.address"].search_fetch(
            [("level", "not in", ("region", "area", "city", "district"))],
            ["name", "type_name", "search_key"],
        )
        found = {}
        for street in rows:
            for key in filter(None, (street.search_key or "").split("|")):
                found.setdefault(key, []).append(street)
        return {
            key: {
                "id": streets[0].id,
                "name": streets[0].name,
                "type_name": streets[0].type_name,
                "town": "",
                "town_level": "city",
            }
            for key, streets in found.items()
            if len(streets) == 1
        }

    @api.model
    def _find_streets_by_text(self, texts):
        """{text: list of rows of the streets it may mean}."""
        exact = self._read_exact_streets()
        found = {}
        for text in dict.fromkeys(texts):
            parsed = parse(text)
            row = None if parsed.locality else exact.get(parsed.street)
            found[text] = (
                [row] if row else self.env["gorod24.building"]._best_streets(parsed)
            )
        return found

    @api.model
    def _find_house_lists(self, texts):
        """As `gorod24.building.find_list`, for many texts with one reading of houses.

        :return: {text: (frozenset of building ids, list of messages)}
        """
        Building = self.env["gorod24.building"]
        parsed = {text: parse_list(text) for text in dict.fromkeys(texts)}
        exact = self._read_exact_streets()
        known = {}
        for item in (item for items in parsed.values() for item in items):
            key = self._street_of(item)
            if key not in known:
                row = None if item.problem or item.locality else exact.get(item.street)
                known[key] = ([row], "") if row else Building._match_item(item)
        streets = {s["id"] for found, _reason in known.values() for s in found}
        houses = Building._read_houses(streets)
        return {
            text: self._match_items(items, known, houses)
            for text, items in parsed.items()
        }

    @api.model
    def _street_of(self, item):
        """What decides the street of an item of a list."""
        named = (item.street_type, item.street, item.locality, item.problem)
        return named if item.street and not item.problem else (*named, item.text)

    @api.model
    def _match_items(self, items, known, houses):
        Building = self.env["gorod24.building"]
        found, messages = set(), []
        if not items:
            messages.append(self.env._("this is no list of houses"))
        for item in items:
            streets, reason = known[self._street_of(item)]
            street = streets and Building._choose_street(item, streets, houses)
            if not street:
                if streets:
                    reason = self.env._(
                        "several streets fit: %s", Building._name_streets(streets)
                    )
                reason = reason or self.env._("this is no list of houses")
                messages.append(f"{item.text}: {reason}")
                continue
            ids, absent = Building._match_houses(item, street, houses)
            found.update(ids)
            messages += [f"{part['text']}: {part['reason']}" for part in absent]
        return frozenset(found), messages
