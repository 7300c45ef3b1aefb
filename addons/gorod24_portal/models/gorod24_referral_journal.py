# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the journal of a section: tabs, search, order, counters."""

import re

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.gorod24_address.parsing import house_key, parse

OPEN = ("sent", "accepted")
TABS = ("new", "work", "overdue", "emergency", "paid", "done")
# «24-000123/1», «№ 123»: signs of a number, at least one digit, no words.
NUMBER = re.compile(r"^[№#N]?\s*([0-9A-ZА-Я]{0,4}[-/]?\d[\d/-]*)$", re.IGNORECASE)


class Referral(models.Model):
    _inherit = "gorod24.referral"

    @api.model
    def _journal_tab_domain(self, tab):
        """Return the domain of a tab of the journal; an unknown tab holds all."""
        domains = {
            "new": Domain("state", "=", "sent"),
            "work": Domain("state", "=", "accepted"),
            "overdue": Domain("is_overdue", "=", True),
            "emergency": Domain("state", "in", OPEN) & Domain("emergency", "=", True),
            "paid": Domain("state", "in", OPEN) & Domain("paid", "=", True),
            "done": Domain("state", "=", "done"),
        }
        return domains.get(tab, Domain.TRUE)

    @api.model
    def _journal_order(self, tab):
        """Return the order of a tab: what burns first, else the newest."""
        if tab == "new":
            return "emergency desc, accept_due, id desc"
        if tab in ("work", "overdue", "emergency", "paid"):
            return "emergency desc, execution_due, id desc"
        return "done_at desc, id desc" if tab == "done" else "id desc"

    @api.model
    def _journal_search_domain(self, text):
        """Return the domain of a search by number or by words of the address.

        The words are looked up by the system (an officer holds no right on questions
        and houses), but only among the referrals of his own journal.
        """
        text = (text or "").strip()[:100]
        if not text:
            return Domain.TRUE
        number = NUMBER.match(text)
        if number:
            found = Domain("question_id.name", "ilike", number[1])
        else:
            found = self._journal_place_domain(text) & self._journal_address_domain()
        mine = Domain("is_mine", "=", True)
        # sudo: see the docstring; the rule applies again to the outer search
        return Domain("id", "in", self.sudo()._search(mine & found))

    @api.model
    def _journal_address_domain(self):
        """Referrals whose address the officer may see: a search would tell it."""
        sections, participants = self.env.user._get_journal_scope()
        agreed = (sections.participant_id | participants).filtered(
            lambda participant: "address" in participant._get_allowed_fields()
        )
        return Domain("participant_id", "in", agreed.ids)

    @api.model
    def _journal_place_domain(self, text):
        # sudo: names of streets are no secret, but officers have no directory
        Building = self.env["gorod24.building"].sudo()
        found = Domain("question_id.place_note", "ilike", text)
        parsed = parse(text, Building._get_locality_keys())
        if not parsed.street:
            return found
        streets = [street["id"] for street in Building._find_streets(parsed)]
        on_street = Domain.OR(
            Domain(f"question_id.{place}", "in", streets)
            for place in ("address_id", "building_id.street_id", "cross_address_id")
        )
        if parsed.house:
            key = house_key(parsed.house)
            on_street &= Domain("question_id.building_id.house_key", "=like", f"{key}%")
        return found | on_street

    @api.model
    def _journal_counts(self, section_id=False):
        """Return {tab: number of open referrals} of the user's journal.

        One pass over the open referrals; the finished ones are not counted.
        """
        domain = Domain("state", "in", OPEN)
        if section_id:
            domain &= Domain("section_id", "=", section_id)
        counts = dict.fromkeys(TABS, 0)
        for state, emergency, paid, count in self._read_group(
            domain, ["state", "emergency", "paid"], ["__count"]
        ):
            counts["new" if state == "sent" else "work"] += count
            counts["emergency"] += count if emergency else 0
            counts["paid"] += count if paid else 0
        counts["overdue"] = self.search_count(
            domain & self._journal_tab_domain("overdue")
        )
        return counts
