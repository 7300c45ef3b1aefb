# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules from a spreadsheet: every directory is read once, then row by row."""

import datetime
import re

from odoo import api, fields, models

from ..models.gorod24_competence_lookup import plain, plain_district
from ..routing import Rule

_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d")
#: Words for "any" in the columns of the topic and the district.
ANY_TOPIC = {"все темы", "все", "любая", "любая тема", "all topics"}
ANY_PLACE = {"весь город", "город", "все", "везде", "весь", "whole town"}
#: A sheet of a thousand unknown names is the wrong sheet: no use to search for each.
MAX_NEAR = 200
WRITTEN = ("section_id", "person_id", "date_to", "note")


class Gorod24CompetenceImport(models.TransientModel):
    _name = "gorod24.competence.import"
    _inherit = "gorod24.table.import"
    _description = "Import of Competence Rules"

    def _get_title(self):
        return self.env._("Import of competence rules")

    # PLAN

    def _plan(self, rows):
        """What the rows would change: see `gorod24.table.import`."""
        plan = self._new_plan()
        found = self._look_up(rows)
        existing = self._read_existing(rows)
        named = self._read_named(rows, plan)
        plan.data = []
        seen = {}
        for row in rows:
            problems = len(plan.problems)
            values = self._read_row(row, found, plan)
            if len(plan.problems) > problems:
                continue
            key = self._get_key(values)
            if key in seen:
                message = self.env._(
                    "The same topic, place, participant and first day as in row"
                    " %(row)s.",
                    row=seen[key],
                )
                plan.refuse(row, "", message, "")
                continue
            seen[key] = row.number
            self._compare(row, values, key, existing, named, plan)
        if not plan.problems:
            self._note_doubles(plan)
        return plan

    @api.model
    def _look_up(self, rows):
        """Everything the rows name, read at once."""
        Competence = self.env["gorod24.competence"]
        streets, lists = set(), set()
        for row in rows:
            if row.values.get("houses"):
                lists.add(self._get_list_text(row))
            elif row.values.get("street"):
                streets.add(row.values["street"])
        persons = any(row.values.get("person") for row in rows)
        return {
            "topics": Competence._read_topic_names(),
            "participants": Competence._read_participant_names(),
            "sections": Competence._read_section_names(),
            "persons": Competence._read_person_names() if persons else {},
            "territories": Competence._read_territory_names(),
            "streets": Competence._find_streets_by_text(streets),
            "lists": Competence._find_house_lists(lists),
            "near": {},
        }

    @api.model
    def _get_list_text(self, row):
        """Houses with the street before them, when it has its own column."""
        street, houses = row.values.get("street"), row.values["houses"]
        return f"{street}, {houses}" if street else houses

    def _read_row(self, row, found, plan):
        """Values of a rule; what is wrong goes into the plan."""
        participant_id = self._read_participant(row, found, plan)
        values = {
            "topic_id": self._read_topic(row, found, plan),
            "participant_id": participant_id,
            "section_id": self._read_own(row, "section", participant_id, found, plan),
            "person_id": self._read_own(row, "person", participant_id, found, plan),
            "date_from": self._read_day(row, "date_from", plan),
            "date_to": self._read_day(row, "date_to", plan),
            "note": row.values.get("note") or False,
            **self._read_place(row, found, plan),
        }
        given = [values[n] for n in ("topic_id", "address_id", "building_ids")]
        if not any(given) and not any(p.row == row.number for p in plan.problems[-3:]):
            message = self.env._("Give a topic, a territory or houses to the rule.")
            plan.refuse(row, "topic", message)
        if values["date_from"] and values["date_to"]:
            if values["date_to"] < values["date_from"]:
                message = self.env._("A rule cannot end before it begins.")
                plan.refuse(row, "date_to", message)
        return values

    def _read_topic(self, row, found, plan):
        text = row.values.get("topic", "")
        if not text or plain(text) in ANY_TOPIC:
            return False
        codes, names, paths = found["topics"]
        ids = codes.find(text, text.strip().lower())
        ids = ids or names.find(text) or paths.find(text)
        return self._take_one(row, "topic", ids, paths, names, found, plan)

    def _read_participant(self, row, found, plan):
        text = row.values.get("participant", "")
        if not text:
            plan.refuse(row, "participant", self.env._("Name the participant."))
            return False
        codes, names, archived = found["participants"]
        ids = codes.find(text, text.strip().lower()) or names.find(text)
        if not ids and archived.find(text):
            message = self.env._("This participant is archived.")
            plan.refuse(row, "participant", message)
            return False
        return self._take_one(row, "participant", ids, names, names, found, plan)

    def _read_own(self, row, column, participant_id, found, plan):
        """Section or person of the participant."""
        text = row.values.get(column, "")
        if not text or not participant_id:
            return False
        names = found[f"{column}s"].get(participant_id)
        if not names:
            messages = {
                "section": self.env._("This participant has no sections."),
                "person": self.env._("This participant has no contacts."),
            }
            plan.refuse(row, column, messages[column])
            return False
        ids = names.find(text)
        return self._take_one(row, column, ids, names, names, found, plan)

    def _take_one(self, row, column, ids, names, near, found, plan):
        """The only id; none or several are a problem with the nearest names."""
        if len(ids) == 1:
            return ids[0]
        text = row.values[column]
        if ids:
            shown = [names.by_id[record_id] for record_id in ids]
            message = self.env._(
                "Several fit: %(names)s. Give the code or the full path.",
                names="; ".join(shown[:5]),
            )
        else:
            key = (column, id(near), text)
            if key not in found["near"]:
                wanted = len(found["near"]) < MAX_NEAR
                found["near"][key] = near.near(text) if wanted else []
            message = self._get_unknown_message(found["near"][key])
        plan.refuse(row, column, message)
        return False

    def _get_unknown_message(self, near):
        if near:
            names = "; ".join(near)
            return self.env._("Not found. The nearest: %(names)s.", names=names)
        return self.env._("Not found.")

    def _read_place(self, row, found, plan):
        """address_id and building_ids of a row."""
        if row.values.get("houses"):
            ids, messages = found["lists"][self._get_list_text(row)]
            for message in messages:
                plan.refuse(row, "houses", message)
            return {"address_id": False, "building_ids": ids}
        place = {"address_id": False, "building_ids": frozenset()}
        if row.values.get("street"):
            return {**place, "address_id": self._read_street(row, found, plan)}
        text = row.values.get("district", "")
        if not text or plain(text) in ANY_PLACE:
            return place
        names = found["territories"]
        ids = names.find(text) or names.find(text, plain_district(text))
        address_id = self._take_one(row, "district", ids, names, names, found, plan)
        return {**place, "address_id": address_id}

    def _read_street(self, row, found, plan):
        streets = found["streets"][row.values["street"]]
        if len(streets) == 1:
            return streets[0]["id"]
        if streets:
            names = self.env["gorod24.building"]._name_streets(streets)
            message = self.env._("Several streets fit: %(names)s.", names=names)
        else:
            near = self._get_near_streets(row.values["street"], found["near"])
            message = self._get_unknown_message(near)
        plan.refuse(row, "street", message)
        return False

    @api.model
    def _get_near_streets(self, text, known):
        """Streets like a text; the first so many are looked for."""
        key = ("street", text)
        if key not in known:
            near = []
            if len(known) < MAX_NEAR:
                near = self.env["gorod24.building"].suggest(text, limit=3)
            known[key] = list(dict.fromkeys(item["label"] for item in near))
        return known[key]

    def _read_day(self, row, column, plan):
        text = row.values.get(column, "").strip()
        if not text:
            return False
        day = _parse_day(text)
        if day:
            return day
        message = self.env._("This is no date: write 01.03.2026 or 2026-03-01.")
        plan.refuse(row, column, message)
        return False

    # COMPARING

    @api.model
    def _get_key(self, values):
        """Rows with the same key are one rule."""
        return (
            values["topic_id"] or 0,
            0 if values["building_ids"] else values["address_id"] or 0,
            values["building_ids"],
            values["participant_id"],
            values["date_from"] or False,
        )

    @api.model
    def _read_existing(self, rows):
        """{key or number of a rule: its values}."""
        Competence = self.env["gorod24.competence"]
        Competence._flush_for_route()
        rules = Competence.search_fetch(
            [],
            ["topic_id", "address_id", "participant_id", "date_from", *WRITTEN],
        )
        houses = {
            row["id"]: frozenset(row["building_ids"] or ())
            for row in Competence._read_rule_houses(rules.ids)
        }
        found = {}
        for rule in rules:
            listed = houses.get(rule.id, frozenset())
            values = {
                "id": rule.id,
                "building_ids": listed,
                "topic_id": rule.topic_id.id,
                "address_id": not listed and rule.address_id.id,
                "participant_id": rule.participant_id.id,
                "date_from": rule.date_from,
                "section_id": rule.section_id.id,
                "person_id": rule.person_id.id,
                "date_to": rule.date_to,
                "note": (rule.note or "").strip(),
            }
            found.setdefault(self._get_key(values), values)
            found[str(rule.id)] = values
        return found

    def _read_named(self, rows, plan):
        """Numbers of the rules that rows name: those rules are spoken for."""
        named = {}
        for row in rows:
            number = row.values.get("number", "").strip()
            if number in named:
                message = self.env._(
                    "The rule has this number in row %(row)s, too.", row=named[number]
                )
                plan.refuse(row, "number", message)
            elif number:
                named[number] = row.number
        return named

    def _compare(self, row, values, key, existing, named, plan):
        """Put a row among the new, the changed or the unchanged ones."""
        number = row.values.get("number", "").strip()
        old = existing.get(number) if number else existing.get(key)
        if old and not number and str(old["id"]) in named:
            # another row turns that rule into something else
            old = None
        if number and not old:
            message = self.env._("There is no rule with this number in force.")
            plan.refuse(row, "number", message)
            return
        if not old:
            plan.created += 1
            plan.data.append((0, values))
            return
        given = set(row.values)
        changed = {
            name: value
            for name, value in values.items()
            if (value or False) != (old[name] or False)
            and self._is_given(name, given, number)
        }
        if changed:
            plan.updated += 1
            plan.data.append((old["id"], changed))
        else:
            plan.unchanged += 1

    @api.model
    def _is_given(self, name, given, number):
        """Whether the file says anything about a field: a missing column changes
        nothing, and without a number the key fields are the same anyway."""
        columns = {
            "section_id": {"section"},
            "person_id": {"person"},
            "date_to": {"date_to"},
            "note": {"note"},
            "topic_id": {"topic"},
            "address_id": {"district", "street", "houses"},
            "building_ids": {"houses"},
            "participant_id": {"participant"},
            "date_from": {"date_from"},
        }
        return bool(columns[name] & given) and (bool(number) or name in WRITTEN)

    def _note_doubles(self, plan):
        """Tell how many new rules meet a rule of another participant."""
        new = [
            Rule(
                id=-place,
                topic_id=values["topic_id"] or None,
                address_id=values["address_id"] or None,
                building_ids=values["building_ids"] or None,
                date_from=values["date_from"] or None,
                date_to=values["date_to"] or None,
                participant_id=values["participant_id"],
            )
            for place, (rule_id, values) in enumerate(plan.data, 1)
            if not rule_id
        ]
        if not new:
            return
        today = self.env["gorod24.service.time"]._get_service_today()
        doubles = self.env["gorod24.competence"]._find_doubles(today, extra=new)
        count = sum(min(d.winner_id, d.loser_id) < 0 for d in doubles)
        if count:
            plan.notes.append(
                self.env._(
                    "Places where a new rule meets a rule of another participant:"
                    " %(count)s. After the import look at “Double answers”.",
                    count=count,
                )
            )

    # WRITING

    def _apply(self, plan):
        """Write the plan: new rules in one go, changed ones one by one."""
        Competence = self.env["gorod24.competence"]
        Competence.create(
            [
                self._prepare_write(values)
                for rule_id, values in plan.data
                if not rule_id
            ]
        )
        for rule_id, values in plan.data:
            if rule_id:
                Competence.browse(rule_id).write(self._prepare_write(values))

    @api.model
    def _prepare_write(self, values):
        values = dict(values)
        if "building_ids" in values:
            values["building_ids"] = [
                fields.Command.set(sorted(values["building_ids"]))
            ]
        return values


def _parse_day(text):
    """Date of «01.03.2026» or «2026-03-01»; None of anything else, as of 30.02.2026."""
    match = _DAY.match(text)
    if match:
        text = "-".join(reversed(match.groups()))
    elif not _ISO_DAY.match(text):
        return None
    try:
        year, month, day = (int(part) for part in text[:10].split("-"))
        return datetime.date(year, month, day)
    except ValueError:
        return None
