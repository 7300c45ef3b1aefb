# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

MOST = 200
LONGEST = timedelta(days=366)


class MarkSelection(models.TransientModel):
    """Picks talks to listen to by lot, so that nobody is picked by liking."""

    _name = "gorod24.mark.selection"
    _description = "Talks to be marked"
    _rec_name = "date_from"

    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: (
            self.env["gorod24.service.time"]._get_service_today() - timedelta(days=7)
        ),
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=lambda self: self.env["gorod24.service.time"]._get_service_today(),
    )
    user_id = fields.Many2one(
        "res.users",
        "Operator",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("gorod24_appeals.group_operator").id)
        ],
    )
    count = fields.Integer("How many talks", required=True, default=10)
    is_each = fields.Boolean("So many of each operator")
    shortest = fields.Integer(
        "Not shorter than, s",
        default=20,
        help="A talk of a few seconds teaches little.",
    )

    @api.constrains("date_from", "date_to", "count")
    def _check_sane(self):
        for wanted in self:
            if wanted.date_from > wanted.date_to:
                raise ValidationError(
                    self.env._("The period must begin before it ends.")
                )
            if wanted.date_to - wanted.date_from > LONGEST:
                raise ValidationError(self.env._("Choose a period of a year at most."))
            if not 1 <= wanted.count <= MOST:
                raise ValidationError(
                    self.env._("From 1 to %(most)s talks at a time.", most=MOST)
                )

    def action_pick(self):
        """Show talks of the period that nobody has marked, picked by lot."""
        self.ensure_one()
        calls = self._pick()
        if not calls:
            raise UserError(
                self.env._("No talk with a recording waits for a mark in this period.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_telephony.gorod24_call_to_mark_action"
        )
        return {**action, "domain": [("id", "in", calls.ids)]}

    def _pick(self):
        """Return the calls of the lot; each has a recording and no mark in force."""
        calls = self.env["gorod24.call"]
        if not self.env.user.has_group("gorod24_appeals.group_supervisor"):
            return calls
        self.env.flush_all()
        begin, end = self._bounds()
        operator = SQL("AND c.user_id = %s", self.user_id.id) if self.user_id else SQL()
        place = SQL("PARTITION BY c.user_id") if self.is_each else SQL()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM (
                    SELECT c.id, row_number() OVER (%s ORDER BY random()) AS place
                    FROM gorod24_call c
                    WHERE c.started_at >= %s AND c.started_at < %s
                      AND c.state = 'ended' AND c.result = 'answered'
                      AND c.user_id IS NOT NULL AND c.user_id != %s %s
                      AND COALESCE(c.talk_seconds, 0) >= %s
                      AND EXISTS (
                          SELECT FROM gorod24_recording r
                          WHERE r.call_id = c.id AND r.deleted_at IS NULL)
                      AND NOT EXISTS (
                          SELECT FROM gorod24_call_mark m
                          WHERE m.call_id = c.id AND m.is_current)
                ) AS lot WHERE place <= %s ORDER BY id LIMIT %s
                """,
                place,
                begin,
                end,
                self.env.uid,
                operator,
                max(0, self.shortest),
                self.count,
                MOST,
            )
        )
        return calls.browse(row[0] for row in rows)

    def _bounds(self):
        """The period as naive UTC: days are those of the service's zone."""
        zone = self.env["gorod24.clock"]._get_zone()
        return (
            datetime.combine(day, time(), tzinfo=zone)
            .astimezone(UTC)
            .replace(tzinfo=None)
            for day in (self.date_from, self.date_to + timedelta(days=1))
        )
