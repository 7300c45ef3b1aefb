# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: live figures of the journals: what is new, waits, is late, came today."""

from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# One pass over each of two small indexes; a state is not compared row by row.
_COUNTS = """
SELECT %(by)s count(*) AS to_accept, 0 AS at_work,
       count(*) FILTER (
           WHERE LEAST(accept_due, execution_due, restore_due, localise_due)
                 < %(now)s) AS overdue
  FROM gorod24_referral WHERE state = 'sent' AND %(scope)s %(grouped)s
UNION ALL
SELECT %(by)s 0, count(*),
       count(*) FILTER (
           WHERE LEAST(execution_due, restore_due, localise_due) < %(now)s)
  FROM gorod24_referral WHERE state = 'accepted' AND %(scope)s %(grouped)s
"""
_TODAY = """
SELECT %(by)s count(*) AS today, count(*) FILTER (WHERE state = 'sent') AS new
  FROM gorod24_referral WHERE sent_at >= %(day)s AND %(scope)s %(grouped)s
"""
#: Up to so many sections are picked out; with more, all are read: it is quicker.
FEW = 20
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
        if not self._is_staff():
            raise AccessError(self.env._("The journals are open to the hotline only."))
        scope = SQL("TRUE")
        if section_id:
            scope = SQL("section_id = %s", section_id)
        elif participant_id:
            scope = SQL("participant_id = %s", participant_id)
        counts = self._read_counts(scope)
        return counts.get(False) or dict.fromkeys(KEYS, 0)

    @api.model
    def _counts_by_section(self, sections):
        """Return {id of a section: figures} in one pass over the open referrals.

        :return: {} for whoever is no staff: he reads sections for other reasons
        """
        if not sections.ids or not self._is_staff():
            return {}
        scope = SQL("section_id IS NOT NULL")
        if len(sections) <= FEW:
            scope = SQL("section_id IN %s", tuple(sections.ids))
        return self._read_counts(scope, SQL("section_id"))

    def _is_staff(self):
        """Whether the user may know the figures, counted past the record rules."""
        return self.env.su or self.env.user.has_groups(
            "gorod24_appeals.group_operator,gorod24_appeals.group_manager"
        )

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
                figures = found.setdefault(
                    row.pop("key", False), dict.fromkeys(KEYS, 0)
                )
                for name, count in row.items():
                    figures[name] += count
        return found

    @api.model
    def _day_begins(self, day=None):
        """Return when a day of the service (today) begins, naive UTC."""
        clock = self.env["gorod24.clock"]
        day = day or clock._to_local(fields.Datetime.now()).date()
        begins = datetime.combine(day, time(), tzinfo=clock._get_zone())
        return begins.astimezone(UTC).replace(tzinfo=None)
