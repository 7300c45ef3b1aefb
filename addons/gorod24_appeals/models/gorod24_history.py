# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, datetime

from odoo import api, models
from odoo.exceptions import AccessError, UserError

LIMIT = 50
OWNERS = {"res.partner": "partner_id", "gorod24.building": "building_id"}


class History(models.AbstractModel):
    """All questions of a person, or about a house, on a whole screen.

    The reader's own rights decide; pages follow the index (owner, id).
    """

    _name = "gorod24.history"
    _description = "History of a person or a house"

    @api.model
    def open(self, model, record_id):
        """Return the head of the screen and its first page.

        :param model: res.partner or gorod24.building
        :return: dict(title, subtitle, total, open, topics=[dict(id, name, count)],
            years=[dict(year, count)], rows, has_more)
        """
        owner = self._get_owner(model, record_id)
        domain = self._get_domain(model, owner.id)
        is_person = model == "res.partner"
        head = self._head_of_person if is_person else self._head_of_house
        return {
            **head(owner),
            **self._get_counts(domain),
            **self.page(model, record_id),
        }

    @api.model
    def page(self, model, record_id, topic_id=None, year=None, before_id=None):
        """Return one page, newest first: dict(rows, has_more).

        :param topic_id: this topic only
        :param year: registered in this year by the service's clock
        :param before_id: id of the last question shown
        """
        owner = self._get_owner(model, record_id)
        domain = self._get_domain(model, owner.id)
        if topic_id:
            domain.append(("topic_id", "=", topic_id))
        if year:
            start, end = self._get_year_borders(int(year))
            domain += [("registered_at", ">=", start), ("registered_at", "<", end)]
        card = self.env["gorod24.caller.card"]
        questions, has_more = card._read_history(domain, before_id, LIMIT)
        # whose page is empty has been shown in its head all the same
        silent = model == "res.partner" and not questions and not owner.is_company
        card._log_seen(questions.appeal_id, owner if silent else ())
        rows = [self._row(card, question) for question in questions]
        return {"rows": rows, "has_more": has_more}

    def _get_owner(self, model, record_id):
        staff = "gorod24_appeals.group_operator,gorod24_appeals.group_manager"
        if not self.env.user.has_groups(staff):
            raise AccessError(self.env._("The history is shown to the staff only."))
        if model not in OWNERS:
            raise UserError(self.env._("Open the history of a person or of a house."))
        owner = self.env[model].browse(record_id).exists()
        if not owner:
            raise UserError(self.env._("The record is gone: look it up again."))
        return owner

    def _get_domain(self, model, owner_id):
        return [(OWNERS[model], "=", owner_id)]

    def _head_of_person(self, person):
        address = [person.building_id.display_name]
        if person.flat:
            address.append(self.env._("flat %(number)s", number=person.flat))
        phones = person.phone_ids[:3].mapped("display_name")
        parts = [", ".join(filter(None, address)), ", ".join(phones)]
        return {
            "title": person.display_name,
            "subtitle": " · ".join(filter(None, parts)),
        }

    def _head_of_house(self, house):
        return {
            "title": house.display_name,
            "subtitle": house.district_id.display_name or "",
        }

    def _get_counts(self, domain):
        Question = self.env["gorod24.question"]
        topics = Question._read_group(
            domain, ["topic_id"], ["__count"], order="__count desc", limit=50
        )
        zone = str(self.env["gorod24.clock"]._get_zone())
        years = Question.with_context(tz=zone)._read_group(
            [*domain, ("registered_at", "!=", False)],
            ["registered_at:year"],
            ["__count"],
            order="registered_at:year desc",
        )
        return {
            "total": Question.search_count(domain),
            "open": Question.search_count([*domain, ("state", "!=", "closed")]),
            "topics": [
                {"id": topic.id, "name": topic.name, "count": count}
                for topic, count in topics
                if topic
            ],
            "years": [{"year": start.year, "count": count} for start, count in years],
        }

    def _get_year_borders(self, year):
        """First moments (naive UTC) of the year and of the next one.

        :raises UserError: when it is no year
        """
        if not 2000 <= year <= 2100:
            raise UserError(self.env._("Choose a year from the list."))
        zone = self.env["gorod24.clock"]._get_zone()
        return [
            datetime(one, 1, 1, tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
            for one in (year, year + 1)
        ]

    def _row(self, card, question):
        """One line: the card's history, and what a whole screen has room for."""
        return {
            **card._history_vals(question),
            "person": question.partner_id.name or self.env._("Anonymous"),
            "result": question.result_text or "",
            "overdue": question.is_overdue,
        }
