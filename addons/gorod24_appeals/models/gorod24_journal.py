# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: live figures of the journals: what is new, waits, is late, came today."""

from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.tools import SQL

_COUNTS = """
SELECT %(by)s
       count(*) FILTER (WHERE state = 'sent') AS to_accept,
       count(*) FILTER (WHERE state = 'sent' AND sent_at >= %(day)s) AS new,
       count(*) FILTER (WHERE state = 'accepted') AS at_work,
       count(*) FILTER (WHERE execution_due < %(now)s
                           OR state = 'sent' AND accept_due < %(now)s) AS overdue
  FROM gorod24_referral
 WHERE state IN ('sent', 'accepted') AND %(scope)s %(grouped)s
"""
_TODAY = """
SELECT %(by)s count(*) AS today
  FROM gorod24_referral WHERE sent_at >= %(day)s AND %(scope)s %(grouped)s
"""
KEYS = ("new", "to_accept", "at_work", "overdue", "today")


class Journal(models.AbstractModel):
    _name = "gorod24.journal"
    _description = "Journals of sections and services"

    @api.model
    @api.readonly
    def counts(self, participant_id=False, section_id=False):
        """Return the figures of a journal: of a section, a service, or all of them.

        Only what is open and what came today is read, never the whole journal.

        :return: dict(new, to_accept, at_work, overdue, today)
        """
        self.env["gorod24.referral"].check_access("read")
        scope = SQL("TRUE")
        if section_id:
            scope = SQL("section_id = %s", section_id)
        elif participant_id:
            scope = SQL("participant_id = %s", participant_id)
        counts = self._read_counts(scope)
        return counts.get(False) or dict.fromkeys(KEYS, 0)

    @api.model
    def _counts_by_section(self, sections):
        """Return {id of a section: figures} in one pass over the open referrals."""
        self.env["gorod24.referral"].check_access("read")
        if not sections.ids:
            return {}
        scope = SQL("section_id IN %s", tuple(sections.ids))
        return self._read_counts(scope, SQL("section_id"))

    @api.model
    def _read_counts(self, scope, group=None):
        """Return {value of the column ``group``, False without one: figures}."""
        self.env["gorod24.referral"].flush_model()
        values = {
            "by": SQL("%s AS key,", group) if group else SQL(""),
            "grouped": SQL("GROUP BY %s", group) if group else SQL(""),
            "scope": scope,
            "day": self._day_begins(),
            "now": fields.Datetime.now(),
        }
        found = {}
        for query in (_COUNTS, _TODAY):
            for row in self.env.execute_query_dict(SQL(query, **values)):
                key = row.pop("key", False)
                found.setdefault(key, dict.fromkeys(KEYS, 0)).update(row)
        return found

    @api.model
    def _day_begins(self, day=None):
        """Return when a day of the service (today) begins, naive UTC."""
        clock = self.env["gorod24.clock"]
        day = day or clock._to_local(fields.Datetime.now()).date()
        begins = datetime.combine(day, time(), tzinfo=clock._get_zone())
        return begins.astimezone(UTC).replace(tzinfo=None)
