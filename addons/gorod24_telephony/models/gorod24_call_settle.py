# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Every talked call ends in an appeal or in a reason why there is none."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

REASONS = [
    ("wrong_number", "Wrong number"),
    ("silence", "Nobody spoke"),
    ("prank", "Prank"),
    ("broken", "The line broke, there was no question yet"),
    ("follow_up", "About an appeal made before"),
    ("internal", "Colleagues or participants, not a citizen"),
    ("other", "Another reason"),
]
# The bar asks about the talks of these days; older ones stand on the ledger.
ASK_DAYS = 3
ASK_LIMIT = 20


class Call(models.Model):
    _inherit = "gorod24.call"

    card_due = fields.Boolean(
        "Wants an appeal",
        compute="_compute_card_due",
        store=True,
        precompute=True,
        help="Talked with a citizen; neither an appeal nor a reason is noted.",
    )
    card_count = fields.Integer(
        "Cards",
        compute="_compute_card_count",
        store=True,
        precompute=True,
        help="Appeals of the call.",
    )
    no_card_reason = fields.Selection(REASONS, "Without a card because")
    no_card_note = fields.Char("Note on the reason")
    no_card_by_id = fields.Many2one("res.users", "Noted by", ondelete="restrict")
    no_card_at = fields.Datetime("Noted at")
    likely_appeal_id = fields.Many2one(
        "helpdesk.ticket", "Likely appeal", compute="_compute_likely_appeal_id"
    )

    # The ledger goes from the oldest on, the bar asks for those of one operator.
    _card_due_idx = models.Index("(started_at) WHERE card_due")

    @api.depends(
        "state",
        "result",
        "direction",
        "appeal_ids",
        "informing_id",
        "callback_id",
        "no_card_reason",
    )
    def _compute_card_due(self):
        for call in self:
            citizen = call.direction == "in" or call.callback_id
            call.card_due = bool(
                call.state == "ended"
                and call.result == "answered"
                and citizen
                and not (call.appeal_ids or call.informing_id or call.no_card_reason)
            )

    @api.depends("appeal_ids")
    def _compute_card_count(self):
        for call in self:
            call.card_count = len(call.appeal_ids)

    def _compute_likely_appeal_id(self):
        likely = self._likely_appeals()
        for call in self:
            call.likely_appeal_id = likely.get(call.id, False)

    def _likely_appeals(self):
        """Return {call id: appeal id}: the appeal that most likely came of the call.

        An appeal registered from five minutes before the call to an hour after it, of
        the same number or by the same operator, that no call is linked to. The number
        weighs more than the operator, then the nearer moment wins.
        """
        if not self.ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, near.id FROM gorod24_call c CROSS JOIN LATERAL (
                    SELECT t.id FROM helpdesk_ticket t
                    WHERE t.registered_at >= c.started_at - interval '5 minutes'
                      AND t.registered_at
                          <= COALESCE(c.ended_at, c.started_at) + interval '1 hour'
                      AND (t.phone_e164 = c.number_e164 OR t.create_uid = c.user_id)
                      AND NOT EXISTS (
                          SELECT FROM gorod24_call_ticket_rel r
                          WHERE r.ticket_id = t.id)
                    ORDER BY (t.phone_e164 IS NOT DISTINCT FROM c.number_e164) DESC,
                        (t.create_uid IS NOT DISTINCT FROM c.user_id) DESC,
                        abs(extract(epoch FROM t.registered_at
                            - COALESCE(c.ended_at, c.started_at))), t.id
                    LIMIT 1
                ) near WHERE c.id = ANY(%s)
                """,
                self.ids,
            )
        )
        return dict(rows)

    # What the browser calls --------------------------------------------------------

    @api.model
    def unsettled(self):
        """Return the talks of the current user that want an appeal or a reason.

        :return: list of dict(call_id, number, ended_at), the oldest first.
        """
        since = fields.Datetime.subtract(fields.Datetime.now(), days=ASK_DAYS)
        # The user's own talks only, whatever he may read.
        calls = self.sudo().search(
            [
                ("card_due", "=", True),
                ("user_id", "=", self.env.uid),
                ("started_at", ">=", since),
            ],
            order="started_at, id",
            limit=ASK_LIMIT,
        )
        return [call._unsettled_vals() for call in calls]

    def _unsettled_vals(self):
        return {
            "call_id": self.id,
            "number": self._number(),
            "due": self.card_due,
            "ended_at": self.ended_at and f"{self.ended_at.isoformat()}Z",
        }

    def _tell_card_due(self):
        """Tell the operator of each call whether it still wants an appeal."""
        for call in self.filtered("user_id"):
            call.user_id._bus_send("gorod24_telephony.settle", call._unsettled_vals())

    def action_settle(self):
        """Open the window that asks for the appeal or the reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What came of the call"),
            "res_model": "gorod24.call.settle",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_call_id": self.id},
        }

    def action_link_likely(self):
        """Link each call to the appeal it most likely belongs to."""
        for call in self:
            if not call.likely_appeal_id:
                raise UserError(
                    self.env._("%(call)s: no appeal fits.", call=call.display_name)
                )
            call._settle_with(call.likely_appeal_id)

    # Settling ----------------------------------------------------------------------

    def _check_may_settle(self):
        self.ensure_one()
        user = self.env.user
        if not user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("Only operators settle calls."))
        self.check_access("read")
        if not self._is_taken_by(user):
            raise AccessError(
                self.env._("The call was another operator's; a supervisor may link it.")
            )

    def _settle_with(self, appeal):
        """Link ``appeal`` as what came of the call."""
        self._check_may_settle()
        appeal.check_access("read")
        self._link_appeal(appeal)

    def _settle_without(self, reason, note="", appeal=None):
        """Note why the call has no card of its own.

        :param appeal: what it was about, for follow-ups: linked, so that the recording
            is heard from there.
        :raises UserError: when the reason is unknown or wants more words.
        """
        self._check_may_settle()
        note = (note or "").strip()
        if reason not in dict(REASONS):
            raise UserError(self.env._("Choose why there is no card."))
        if reason == "follow_up" and not appeal:
            raise UserError(self.env._("Name the appeal the call was about."))
        if reason == "other" and not note:
            raise UserError(self.env._("Write the reason in words."))
        vals = {
            "no_card_reason": reason,
            "no_card_note": note or False,
            "no_card_by_id": self.env.uid,
            "no_card_at": fields.Datetime.now(),
        }
        if appeal:
            appeal.check_access("read")
            vals["appeal_ids"] = [Command.link(appeal.id)]
        if not self.profile or self._is_profile_guessed():
            vals["profile"] = "reference" if appeal else "no_card"
        # Operators do not write calls; the reason is theirs to give.
        self.sudo().write(vals)
        self.sudo()._tell_card_due()
