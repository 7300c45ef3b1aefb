# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: «Find everything»: one line, all that it can mean, in groups.

The search looks where an index answers at once and nowhere else: a line is asked while
a citizen waits, with a million appeals in the base.
"""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.gorod24_address.parsing import variants

from ..finding import MIN_LETTERS, read, words_query
from ..phone_number import pretty
from .gorod24_question_words import UNFINISHED

LIMIT = 7
#: A house or a person rarely has more; «99+» is as good as the number.
COUNTED = 99
#: Read at once and nothing else: a record whole costs thrice as much.
APPEAL_FIELDS = ("number", "name", "partner_id", "state", "merged_into_id")
QUESTION_FIELDS = (
    "name",
    "text",
    "topic_id",
    "building_id",
    "address_id",
    "place_note",
    "state",
)


class Finder(models.AbstractModel):
    _name = "gorod24.finder"
    _description = "Find everything"

    @api.model
    def find(self, text):
        """Return what a typed line can mean.

        :param text: number of an appeal, phone in any spelling, name, street and
            house (former names too), words of a citizen
        :return: list of dict(key, title, items); an item is dict(title, hint, icon,
            action), the action opens the record or the list
        :raises AccessError: for whoever is no staff of the hotline
        """
        self._check_staff()
        reading = read(text)
        groups = [
            ("number", self.env._("Appeals by number"), self._find_numbers(reading)),
            ("phone", self.env._("Phones"), self._find_phones(reading)),
            ("person", self.env._("People"), self._find_people(reading)),
            ("address", self.env._("Addresses"), self._find_addresses(reading)),
            ("words", self.env._("Words of citizens"), self._find_words(reading)),
        ]
        if not any(items for _key, _title, items in groups):
            misspelt = self._find_misspelt(reading)
            groups.append(("person", self.env._("People with a like name"), misspelt))
        groups = [group for group in groups if group[2]]
        self._log_seen(groups)
        return [
            {"key": key, "title": title, "items": items} for key, title, items in groups
        ]

    def _log_seen(self, groups):
        """Note whom the search has shown; the words asked for are not kept."""
        shown = defaultdict(list)
        for _key, _title, items in groups:
            for item in items:
                action = item["action"]
                if action.get("res_id"):
                    shown[action["res_model"]].append(action["res_id"])
                elif citizen := item.pop("citizen_id", False):
                    shown["res.partner"].append(citizen)
        kinds = ",".join(dict.fromkeys(key for key, _title, _items in groups))
        self.env["gorod24.appeal.view"]._log_list("finder", shown, kinds)

    def _check_staff(self):
        if not self.env.user.has_groups(
            "gorod24_appeals.group_operator,gorod24_appeals.group_manager"
        ):
            raise AccessError(self.env._("The search is open to the hotline only."))

    # Numbers --------------------------------------------------------------------

    def _find_numbers(self, reading):
        if not reading.number:
            return []
        Appeal = self.env["helpdesk.ticket"].with_context(active_test=False)
        appeals = Appeal.search_fetch(
            [("id", "in", self._number_ids(reading.number))],
            APPEAL_FIELDS,
            order="id desc",
        )
        appeals.partner_id.fetch(["name"])
        if reading.position:
            names = [f"{appeal.number}/{reading.position}" for appeal in appeals]
            questions = self.env["gorod24.question"].search_fetch(
                [("name", "in", names)], QUESTION_FIELDS, limit=LIMIT
            )
            return self._question_items(questions)
        return [self._appeal_item(appeal) for appeal in appeals]

    def _number_ids(self, number):
        """Ids of the appeals with this number, or with these last digits, newest first.

        A short number is one of any year: «123» is 2026-000123 and 2025-000123. The
        number of an appeal merged into another one was told to a citizen as well.
        """
        if "-" in number or len(number) < MIN_LETTERS:
            condition = SQL("number IN %s", self._full_numbers(number))
        else:
            condition = SQL(
                "ltrim(split_part(number, '-', -1), '0') = %s", number.lstrip("0")
            )
        self.env["helpdesk.ticket"].flush_model(["number", "active", "merged_into_id"])
        rows = self.env.execute_query(
            SQL(
                # the fence keeps the planner from walking the table by id
                "SELECT id FROM (SELECT id FROM helpdesk_ticket"
                " WHERE %s AND (active OR merged_into_id IS NOT NULL) OFFSET 0) found"
                " ORDER BY id DESC LIMIT %s",
                condition,
                LIMIT,
            )
        )
        return [appeal_id for (appeal_id,) in rows]

    def _full_numbers(self, number):
        """Full numbers a short or unpadded one stands for."""
        # sudo: the length of the number is a setting of the service
        sequence = self.env["ir.sequence"].sudo()
        sequence = sequence.search([("code", "=", "gorod24.appeal")], limit=1)
        year, _dash, rest = number.rpartition("-")
        this_year = self.env["gorod24.clock"]._to_local(fields.Datetime.now()).year
        years = [year] if year else range(this_year - 2, this_year + 1)
        padded = rest.zfill(sequence.padding)
        return (number, *(f"{one}-{padded}" for one in years))

    def _appeal_item(self, appeal):
        labels = dict(appeal._fields["state"]._description_selection(self.env))
        state = labels.get(appeal.state)
        if appeal.merged_into_id:
            number = appeal.merged_into_id.number
            state = self.env._("merged with %(number)s", number=number)
        about = [appeal.name, appeal.partner_id.name, state]
        return self._item(appeal.number, about, "fa-ticket", self._open(appeal))

    def _question_items(self, questions):
        questions.topic_id.fetch(["name"])
        self._fetch_places(questions.building_id, questions.address_id)
        return [self._question_item(question) for question in questions]

    def _fetch_places(self, buildings, streets):
        """Read what the names of houses and streets are made of."""
        buildings.fetch(["house", "street_id"])
        (buildings.street_id | streets).fetch(["name", "type_name"])

    def _question_item(self, question):
        labels = dict(question._fields["state"]._description_selection(self.env))
        said = (question.text or question.topic_id.name or "")[:80]
        about = [said, question.place, labels.get(question.state)]
        return self._item(question.name, about, "fa-comment-o", self._open(question))

    # Phones and people ----------------------------------------------------------

    def _find_phones(self, reading):
        if not reading.digits:
            return []
        Phone = self.env["gorod24.phone"]
        phones = Phone._find(reading.text)[:LIMIT]
        if phones:
            numbers = [phones[0].e164]
        else:
            numbers = list(filter(None, [Phone._normalise(reading.text)]))
            phones = Phone._find_piece(reading.digits, LIMIT)
        phones.partner_id.fetch(["name", "building_id", "active"])
        self._fetch_places(phones.partner_id.building_id, self.env["gorod24.address"])
        items = [
            self._item(
                phone.display_name,
                [phone.partner_id.name, phone.partner_id.building_id.display_name],
                "fa-phone",
                self._person_action(phone.partner_id),
                phone.partner_id.id,
            )
            for phone in phones
            if phone.partner_id.active
        ]
        return items + [item for n in numbers for item in self._phone_appeals(n)]

    def _phone_appeals(self, number):
        """All appeals from a number, its anonymous ones too."""
        domain = [("phone_e164", "=", number)]
        count = self.env["helpdesk.ticket"].search_count(domain, limit=COUNTED + 1)
        if not count:
            return []
        title = self.env._("Appeals from %(number)s", number=pretty(number))
        action = self._list("helpdesk.ticket", title, domain)
        return [self._item(title, [self._times(count)], "fa-list", action)]

    def _find_people(self, reading):
        Partner = self.env["res.partner"]
        for names in self._spellings(reading):
            found = Partner._find_by_names(names, LIMIT)
            if found:
                return self._people_items(found)
        return []

    def _find_misspelt(self, reading):
        found = self.env["res.partner"]
        for names in self._spellings(reading)[:1]:
            found = found._find_by_misspelt_names(names, LIMIT)
        return self._people_items(found)

    def _spellings(self, reading):
        """The words of a name as typed, and as meant with the Russian keyboard."""
        texts = [reading.text, *variants(reading.text)]
        return [names for names in (read(text).names for text in texts) if names]

    def _people_items(self, partners):
        counts = self._count_by("helpdesk_ticket", "partner_id", partners.ids)
        self._fetch_places(partners.building_id, self.env["gorod24.address"])
        numbers = self._first_numbers(partners)
        return [
            self._item(
                partner.name,
                [
                    partner.building_id.display_name,
                    partner.flat and self.env._("flat %(flat)s", flat=partner.flat),
                    pretty(numbers.get(partner.id, "")),
                    self._times(counts.get(partner.id, 0)),
                ],
                "fa-user",
                self._person_action(partner),
                partner.id,
            )
            for partner in partners
        ]

    def _first_numbers(self, partners):
        """Return {id of a person: the number he was last spoken to at}."""
        phones = self.env["gorod24.phone"].search_fetch(
            [("partner_id", "in", partners.ids)], ["partner_id", "e164"]
        )
        return {phone.partner_id.id: phone.e164 for phone in reversed(phones)}

    def _person_action(self, partner):
        title = self.env._("Appeals: %(name)s", name=partner.name)
        return self._list("helpdesk.ticket", title, [("partner_id", "=", partner.id)])

    # Addresses and words --------------------------------------------------------

    def _find_addresses(self, reading):
        if not reading.words or not any(map(str.isalpha, reading.text)):
            return []
        found = self.env["gorod24.building"].suggest(reading.text, limit=LIMIT)
        ids = [place["building_id"] for place in found if place["building_id"]]
        counts = self._count_by("gorod24_question", "building_id", ids)
        return [self._place_item(place, counts) for place in found if _is_near(place)]

    def _place_item(self, place, counts):
        if place["building_id"]:
            domain = [("building_id", "=", place["building_id"])]
            times = self._times(counts.get(place["building_id"], 0))
        else:
            street = place["address_id"]
            domain = [
                "|",
                "|",
                ("address_id", "=", street),
                ("building_id.street_id", "=", street),
                ("cross_address_id", "=", street),
            ]
            times = self.env._("the whole street")
        title = self.env._("Questions: %(place)s", place=place["label"])
        action = self._list("gorod24.question", title, domain)
        hints = [place["district"], times]
        return self._item(place["label"], hints, "fa-map-marker", action)

    def _find_words(self, reading):
        query = words_query(reading.words)
        if not query or reading.number:
            return []
        questions = self.env["gorod24.question"]._find_newest_with_words(
            query, LIMIT, QUESTION_FIELDS
        )
        items = self._question_items(questions)
        if len(items) == LIMIT:
            title = self.env._("All questions with these words")
            # as here, where the last word may still be being typed
            domain = [("search_words", "ilike", f"{reading.text}{UNFINISHED}")]
            action = self._list("gorod24.question", reading.text, domain)
            items.append(self._item(title, [], "fa-list", action))
        return items

    def _count_by(self, table, column, ids):
        """Return {id: number of rows}, read from the index of the column alone."""
        if not ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT %(column)s, count(*) FROM %(table)s"
                " WHERE %(column)s IN %(ids)s GROUP BY 1",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                ids=tuple(ids),
            )
        )
        return dict(rows)

    # Items and actions ----------------------------------------------------------

    def _item(self, title, hints, icon, action, citizen_id=False):
        """Return a line of the search; ``citizen_id`` is for the log of views alone."""
        hint = " · ".join(filter(None, hints))
        item = {"title": title or "", "hint": hint, "icon": icon, "action": action}
        return dict(item, citizen_id=citizen_id) if citizen_id else item

    def _times(self, count):
        if not count:
            return self.env._("no appeals")
        shown = f"{COUNTED}+" if count > COUNTED else count
        return self.env._("appeals: %(count)s", count=shown)

    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _list(self, model, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "domain": domain,
            "views": [(False, "list"), (False, "form")],
        }


def _is_near(place):
    """Whether a candidate is worth showing beside people and words."""
    return place["score"] >= 0.5
