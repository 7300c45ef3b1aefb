# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: who applies, for whom, by what way, and what was agreed on pay."""

import math
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_appeal_registrar import CardError
from .helpdesk_ticket import AUTHORS, KINDS

MANY = 2  # a collective has at least two people
MOST_PEOPLE = 1_000_000
# A visit is agreed for the near future; an hour back is a slow typist.
VISIT_GRACE = timedelta(hours=1)
VISIT_HORIZON = timedelta(days=366)
NAME_LIMIT = 250
TEXTS = ("organisation_name", "represented_name", "represented_relation")
IDS = ("organisation_id", "represented_id", "channel_id")


class AppealRegistrarAuthor(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check_form(self, values, questions):
        result = super()._check_form(values, questions)
        right = (
            all(isinstance(values.get(key) or 0, int) for key in IDS)
            and all(isinstance(values.get(key) or "", str) for key in TEXTS)
            and (values.get("kind") or "application") in dict(KINDS)
            and (values.get("author_type") or "individual") in dict(AUTHORS)
            and isinstance(values.get("people_count") or 0, int)
        )
        if not right:
            raise UserError(self.env._("The card is not filled in properly."))
        return result

    def _check(self, values, questions):
        result = super()._check(values, questions)
        self._check_author(values)
        written = self._is_written_channel(values)
        for position, point in enumerate(questions, 1):
            point["not_written"] = not written
            self._check_agreed(values, point, position)
        return result

    # Author -------------------------------------------------------------------------

    def _check_author(self, values):
        author = values.get("author_type")
        people = values.get("people_count") or 0
        if author == "collective" and not MANY <= people <= MOST_PEOPLE:
            raise CardError(
                self.env._("Collective appeal: write how many people, two or more."),
                "people",
            )
        if author == "organisation" and not (
            values.get("organisation_id") or _text(values, "organisation_name")
        ):
            raise CardError(
                self.env._("Appeal of an organisation: write the organisation's name."),
                "organisation",
            )
        if values.get("on_behalf") and not (
            values.get("represented_id") or _text(values, "represented_name")
        ):
            raise CardError(
                self.env._("On behalf of another: write whom the caller speaks for."),
                "represented",
            )

    def _is_written_channel(self, values):
        """E-mail and social networks never start a term of 59-FZ."""
        channel = self._browse("helpdesk.ticket.channel", values.get("channel_id"))
        return not channel or channel.starts_written

    def _regime(self, topic, point):
        """An unidentified electronic contact lives by the hotline's own terms."""
        regime = super()._regime(topic, point)
        if point.get("emergency") and not point.get("in_house", True):
            # the norms for apartment buildings do not count in a street
            regime = regime._for_topic(topic, True, in_house=False)
        if point.get("not_written") and regime._is_of("written", "oral"):
            return regime._get_default() or regime
        return regime

    def _get_partner(self, values, number):
        """Of an anonymous appeal no person is kept, not even a chosen one."""
        if values.get("author_type") == "anonymous":
            return self.env["res.partner"]
        return super()._get_partner(values, number)

    def _prepare_appeal_vals(self, values, partner, number, points):
        vals = super()._prepare_appeal_vals(values, partner, number, points)
        author = values.get("author_type")
        if author and (partner or author != "individual"):
            vals["author_type"] = author
        if vals["author_type"] == "collective":
            vals["people_count"] = values["people_count"]
        if vals["author_type"] == "organisation":
            organisation = self._browse("res.partner", values.get("organisation_id"))
            vals["organisation_id"] = organisation.id
            vals["organisation_name"] = organisation.name or _text(
                values, "organisation_name"
            )
        if values.get("on_behalf"):
            represented = self._browse("res.partner", values.get("represented_id"))
            represented = represented._get_merge_master()
            vals.update(
                on_behalf=True,
                represented_id=represented.id,
                represented_name=represented.name or _text(values, "represented_name"),
                represented_relation=_text(values, "represented_relation"),
            )
        return vals

    # Pay ----------------------------------------------------------------------------

    def _check_agreed(self, values, point, position):
        """Check price and visit of a paid request, and leave them as typed values."""
        if not self._is_paid(values, point):
            point["price_agreed"] = point["visit_agreed_at"] = False
            return
        point["price_agreed"] = self._read_price(point.get("price_agreed"), position)
        point["visit_agreed_at"] = self._read_visit(
            point.get("visit_agreed_at"), position
        )

    def _read_price(self, raw, position):
        if raw in (None, False, ""):
            return False
        try:
            price = float(
                str(raw).replace("\u00a0", "").replace(" ", "").replace(",", ".")
            )
        except ValueError:
            price = math.nan
        if not 0 <= price < 10**9:
            raise CardError(
                self.env._(
                    "Question %(position)s: write the price in roubles.",
                    position=position,
                ),
                "price",
                position,
            )
        return price

    def _read_visit(self, raw, position):
        if not raw:
            return False
        try:
            visit = fields.Datetime.to_datetime(raw)
        except (TypeError, ValueError):
            visit = None
        now = fields.Datetime.now()
        if not visit or not now - VISIT_GRACE <= visit <= now + VISIT_HORIZON:
            raise CardError(
                self.env._(
                    "Question %(position)s: the visit is agreed for a day to come, a"
                    " year ahead at most.",
                    position=position,
                ),
                "visit",
                position,
            )
        return visit

    def _resolve(self, values, point):
        return dict(
            super()._resolve(values, point),
            price_agreed=point.get("price_agreed") or False,
            visit_agreed_at=point.get("visit_agreed_at") or False,
        )

    def _prepare_question_vals(self, appeal, position, point):
        return dict(
            super()._prepare_question_vals(appeal, position, point),
            price_agreed=point["price_agreed"],
            visit_agreed_at=point["visit_agreed_at"],
        )


def _text(values, key):
    return (values.get(key) or "").strip()[:NAME_LIMIT]
