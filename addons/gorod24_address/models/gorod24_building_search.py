# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: from the operator's words to a house, while the caller waits.

The words are read in all likely ways (`parsing.readings`); each way is tried on the
streets (`gorod24_building_street`) and then on their houses by (street_id, house_key),
until one fits well.
"""

from odoo import api, models
from odoo.tools import SQL

from ..parsing import format_name, house_key, house_sort_key, readings, variants

STREETS_KEPT = 12
#: From this score on a street is the one that was named, not one that looks like it.
SAME_STREET = 0.8
#: Streets this near to the best are equally good: a house is not guessed among them.
MARGIN = 0.03
#: Of two streets that fit alike the longer comes first, by so much per doubling.
PER_DOUBLING = 0.003
#: A reading that fits so well makes further readings needless.
SETTLED = 0.9


class Gorod24Building(models.Model):
    _inherit = "gorod24.building"

    @api.model
    @api.readonly
    def suggest(self, text, limit=8):
        """Candidates for an address typed by an operator, best first.

        :param text: free text, also unfinished, misspelt or typed with the wrong
            keyboard layout: «лен 54в», «54 в ленина», «ktybyf 54», «угол Мира и Юрина»
        :param limit: largest number of candidates
        :return: list of {"building_id" (False: street only), "address_id" (the
            street), "label", "district", "flat", "score" 0…1, "town" (name when not
            the only one), "alias" (the former name that fitted, else ""),
            "place_kind" ("house", "street", "crossing", "stretch", "pole", "stop",
            "yard", "landmark"), "place_note" (the rest in words: «lamp post 12»)}
        """
        self.browse().check_access("read")
        best = {}
        for reading in self._get_readings(text or ""):
            found = self._suggest_reading(reading.address)
            for candidate in found:
                key = candidate["building_id"], candidate["address_id"]
                candidate["rank"] *= reading.score
                if key not in best or candidate["rank"] > best[key]["rank"]:
                    best[key] = candidate
            if self._is_settled(found, reading.address):
                break
        result = sorted(best.values(), key=lambda c: -c["rank"])[:limit]
        self._tell_towns(result)
        for candidate in result:
            candidate["score"] = round(min(max(candidate.pop("rank"), 0.0), 1.0), 3)
        return result

    @api.model
    def _get_readings(self, text):
        """Ways to read a text, likely ones first; Latin text also as mistyped."""
        known = self._get_locality_keys()
        found = []
        for other in variants(text):
            found += readings(other, known, limit=2)
        return [*found, *readings(text, known, limit=1 if found else 4)]

    @api.model
    def _is_settled(self, found, parsed):
        """Whether candidates are so good that other readings need no look."""
        for candidate in found:
            if candidate["rank"] >= SETTLED:
                if not parsed.house or candidate["exact"]:
                    return True
        return False

    @api.model
    def _find(self, text):
        """The one house a text names.

        :return: (building, flat); an empty building when there is none or when
            the text fits houses of several streets equally well
        """
        parsed = readings(text or "", self._get_locality_keys(), limit=1)[0].address
        if not parsed.street or not parsed.house:
            return self.browse(), parsed.flat
        streets = self._best_streets(parsed)
        key = house_key(parsed.house)
        found = self.search(
            [
                ("street_id", "in", [s["id"] for s in streets]),
                ("house_key", "=", key),
            ]
        )
        return (found if len(found) == 1 else self.browse()), parsed.flat

    @api.model
    def _best_streets(self, parsed):
        """The streets that were named: one, several equally good ones, or none."""
        streets = self._find_streets(parsed)
        if not streets or streets[0]["score"] < SAME_STREET:
            return []
        least = streets[0]["score"] - MARGIN
        return [street for street in streets if street["score"] >= least]

    @api.model
    def _suggest_reading(self, parsed):
        """Candidates of one way to read the text, with "rank" and "exact"."""
        if not parsed.street:
            return self._suggest_stop(parsed)
        streets = self._find_streets(parsed)[:STREETS_KEPT]
        houses = self._find_houses([s["id"] for s in streets], parsed.house)
        place = self._describe_place(parsed)
        result = []
        for street in streets:
            result += self._prepare_candidates(street, houses, parsed, place)
        return result

    @api.model
    def _suggest_stop(self, parsed):
        """Streets a stop is called after: «остановка Площадь Победы»."""
        named = readings(parsed.stop, limit=1)[0].address
        if not named.street:
            return []
        result = []
        place = self._describe_place(parsed)
        for street in self._find_streets(named)[:STREETS_KEPT]:
            for candidate in self._prepare_candidates(street, {}, parsed, place):
                candidate["rank"] -= 0.1
                result.append(candidate)
        return result

    @api.model
    def _find_houses(self, street_ids, house):
        """Houses of these streets whose number begins like `house`.

        :return: {street_id: [row]}: the exact house, then those that only continue it
            (54 → 54/1, 540), then other houses of the same number (54в → 54, 54а)
        """
        key = house_key(house) if house else ""
        number = str(house_sort_key(key)[0]) if key[:1].isdigit() else key
        if not street_ids or not key:
            return {}
        self.flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT b.id, b.street_id, b.house, b.house_key, d.name AS district
                  FROM gorod24_building b
                  LEFT JOIN gorod24_address d ON d.id = b.district_id
                 WHERE b.street_id IN %(streets)s AND b.house_key LIKE %(prefix)s
                   AND b.active
                """,
                streets=tuple(street_ids),
                prefix=f"{number}%",
            )
        )
        result = {}
        for row in rows:
            row["exact"] = row["house_key"] == key
            row["begins"] = row["house_key"].startswith(key)
            same = str(house_sort_key(row["house_key"])[0]) == number
            if row["begins"] or same:
                result.setdefault(row["street_id"], []).append(row)
        for found in result.values():
            found.sort(
                key=lambda r: (
                    not r["exact"],
                    not r["begins"],
                    house_sort_key(r["house_key"]),
                )
            )
        return result

    @api.model
    def _prepare_candidates(self, street, houses, parsed, place):
        """Candidates of one street: its fitting houses, else the street itself."""
        label = format_name(street["type_name"], street["name"])
        kind, note, cross = place
        score = street["score"] + PER_DOUBLING * street["houses"].bit_length()
        candidate = {
            "building_id": False,
            "address_id": street["id"],
            "label": f"{label} / {cross}" if cross and not parsed.house else label,
            "district": street["district"] or "",
            "flat": parsed.flat,
            "town": street["town"],
            "alias": street["alias"],
            "place_kind": "street" if kind == "house" else kind,
            "place_note": note,
            "rank": score - (0.3 if parsed.house else 0),
            "exact": False,
        }
        rows = houses.get(street["id"], [])
        result = [
            {
                **candidate,
                "building_id": row["id"],
                "label": f"{label}, {row['house']}",
                "district": row["district"] or candidate["district"],
                "place_kind": kind,
                "rank": score - _house_malus(row, rank),
                "exact": row["exact"],
            }
            for rank, row in enumerate(rows[:20])
        ]
        return result if rows and rows[0]["exact"] else [*result, candidate]

    @api.model
    def _tell_towns(self, candidates):
        """Say the town where the label alone would not tell, and the former name.

        A village is always named; a city only when two candidates look alike.
        """
        towns = self._get_towns()
        villages = {town.label for town in towns.values() if town.level != "city"}
        several = len(towns) > 1
        labels = [candidate["label"] for candidate in candidates]
        for candidate in candidates:
            candidate.pop("exact")
            town = candidate["town"]
            twin = labels.count(candidate["label"]) > 1
            if town and (town in villages or twin):
                candidate["label"] = f"{candidate['label']}, {town}"
            if candidate["alias"]:
                candidate["label"] = self.env._(
                    "%(address)s (known as %(name)s)",
                    address=candidate["label"],
                    name=candidate["alias"],
                )
            candidate["town"] = town if several else ""


def _house_malus(row, place):
    """What a house loses: nothing if exact, more the farther down the list."""
    if row["exact"]:
        return 0.0
    return (0.1 if row["begins"] else 0.22) + 0.005 * place
