# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..conversation import AGENT_STATE, SAME_CALL

READERS = ("gorod24_appeals.group_operator", "gorod24_appeals.group_manager")
SHIFT = timedelta(hours=14)


class Wallboard(models.AbstractModel):
    """Figures of this minute and this day for the screen on the wall.

    A few queries over the day's calls by their index, whatever the base holds.
    """

    _name = "gorod24.wallboard"
    _description = "Wallboard"

    @api.model
    def snapshot(self):
        """Return dict(now, today, agents, callbacks, no_card, threshold).

        Figures only, no person and no number. Service level in whole percent or None
        when no call was offered yet.
        """
        if not any(self.env.user.has_group(group) for group in READERS):
            raise AccessError(self.env._("The wallboard is for the hotline's staff."))
        # Sums over all calls; nothing about anybody is told.
        board = self.sudo()
        now = fields.Datetime.now()
        return {
            "now": board._now(now),
            "today": board._today(now),
            "agents": board._agents(now),
            "callbacks": self.env["gorod24.callback"].sudo().due_count(),
            "no_card": board.env["gorod24.call"].search_count(
                [("card_due", "=", True)], limit=1000
            ),
            "threshold": board._threshold(),
        }

    def _threshold(self):
        get = self.env["ir.config_parameter"].get_param
        value = get("gorod24_telephony.service_level_seconds", "")
        return int(value) if value.isdigit() else 20

    def _midnight(self, now):
        zone = self.env["gorod24.clock"]._get_zone()
        today = now.replace(tzinfo=UTC).astimezone(zone).date()
        begin = datetime.combine(today, time(), tzinfo=zone)
        return begin.astimezone(UTC).replace(tzinfo=None)

    def _now(self, now):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT state, direction, count(*), min(started_at) FROM gorod24_call
                WHERE state != 'ended' AND started_at > %s GROUP BY state, direction
                """,
                now - SAME_CALL,
            )
        )
        waiting = [row for row in rows if row[:2] == ("ringing", "in")]
        oldest = min((row[3] for row in waiting), default=None)
        return {
            "waiting": sum(row[2] for row in waiting),
            "longest_wait": max(0, int((now - oldest).total_seconds()))
            if oldest
            else 0,
            "talking": sum(row[2] for row in rows if row[0] == "talking"),
            "held": sum(row[2] for row in rows if row[0] == "held"),
        }

    def _today(self, now):
        """Figures of the day's incoming calls, each counted as the form F9 counts it.

        So the average wait is of all of them: who gave up has waited, too.
        """
        ((offered, answered, missed, quick, wait, talk),) = self.env.execute_query(
            SQL(
                """
                SELECT count(*), count(*) FILTER (WHERE result = 'answered'),
                    count(*) FILTER (WHERE result = 'missed'),
                    count(*) FILTER (WHERE result = 'answered' AND wait_seconds <= %s),
                    avg(COALESCE(wait_seconds, 0)),
                    avg(talk_seconds) FILTER (WHERE result = 'answered'
                        AND state = 'ended')
                FROM gorod24_call
                WHERE direction = 'in' AND started_at >= %s AND result IS NOT NULL
                """,
                self._threshold(),
                self._midnight(now),
            )
        )
        return {
            "offered": offered,
            "answered": answered,
            "missed": missed,
            "wait": int(float(wait or 0) + 0.5),
            "talk": int(float(talk or 0) + 0.5),
            "service_level": round(100 * quick / offered) if offered else None,
        }

    def _agents(self, now):
        """Return how many workplaces are ready, talking, working, away.

        The last state of each telephone is one step in the index; the states of a
        shift are thousands, and each screen asks every few seconds.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT u.id, last.state FROM res_users u CROSS JOIN LATERAL (
                    SELECT e.payload->>'agent_state' AS state
                    FROM gorod24_call_event e
                    WHERE e.type = %s AND e.user_id = u.id AND e.at > %s
                    ORDER BY e.at DESC, e.id DESC LIMIT 1) last
                WHERE u.telephony_agent_id IS NOT NULL
                """,
                AGENT_STATE,
                now - SHIFT,
            )
        )
        kinds = {
            "READY": "ready",
            "TALKING": "talking",
            "HOLD": "talking",
            "RESERVED": "talking",
            "WORK": "working",
            "WORK_READY": "working",
            "NOT_READY": "away",
        }
        counted = dict.fromkeys(("ready", "talking", "working", "away"), 0)
        for _user, state in rows:
            if state in kinds:
                counted[kinds[state]] += 1
        return counted
