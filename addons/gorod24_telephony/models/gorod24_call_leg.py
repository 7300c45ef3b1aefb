# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..conversation import SAME_CALL


class CallLeg(models.Model):
    """The part of a call that one operator's telephone had."""

    _name = "gorod24.call.leg"
    _description = "Leg of a call"
    _order = "started_at, id"
    _rec_name = "extension"

    call_id = fields.Many2one(
        "gorod24.call", required=True, index=True, ondelete="cascade"
    )
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")],
        help="Of the call: kept here for the statistics of operators.",
    )
    key = fields.Char(required=True, help="Telephone and the number of its turn.")
    user_id = fields.Many2one("res.users", "Operator", index="btree_not_null")
    extension = fields.Char()
    number = fields.Char()
    started_at = fields.Datetime(required=True)
    answered_at = fields.Datetime()
    ended_at = fields.Datetime()
    end_guessed = fields.Boolean(
        "End not certain", help="Found out after an outage; the true end may differ."
    )
    held_since = fields.Datetime()
    hold_seconds = fields.Integer(
        "Hold, s", help="How long the citizen was on hold here: no part of the talk."
    )
    end_reason = fields.Selection(
        [
            ("normal", "Normal"),
            ("abandoned", "Abandoned"),
            ("no_answer", "No answer"),
            ("busy", "Busy"),
            ("failed", "Failed"),
            ("transferred", "Transferred"),
        ]
    )
    state = fields.Selection(
        [
            ("ringing", "Ringing"),
            ("talking", "Talking"),
            ("held", "On hold"),
            ("ended", "Ended"),
        ],
        required=True,
    )
    consult = fields.Boolean(
        "Asked by a colleague", help="Talked with a colleague, not with the citizen."
    )
    popped = fields.Boolean(help="The caller card was offered to the operator.")

    _key_uniq = models.Constraint(
        "UNIQUE (call_id, key)", "The leg is already on the call."
    )
    # Matching of recordings: extension and time.
    _extension_idx = models.Index("(extension, started_at)")
    # What an operator talked last.
    _talk_idx = models.Index(
        "(user_id, started_at) WHERE answered_at IS NOT NULL AND user_id IS NOT NULL"
    )
    # What the operator's telephone does now (call bar after a page refresh).
    _open_idx = models.Index("(user_id) WHERE state != 'ended'")

    @api.model
    def _last_talk(self, user, moment):
        """Return the last leg, begun by ``moment``, on which ``user`` had a citizen.

        He may have handed the call over: then it is another's by now.
        """
        return self.search(
            [
                ("user_id", "=", user.id),
                ("answered_at", "!=", False),
                ("consult", "=", False),
                ("started_at", "<=", moment),
                ("started_at", ">", moment - SAME_CALL),
            ],
            order="started_at desc, id desc",
            limit=1,
        )

    def _shown(self):
        """What the operator's screen shows of the leg: a change of it is told him."""
        self.ensure_one()
        call = self.call_id
        shown = (self.state, self.consult, self._is_consulting())
        return (*shown, call._number(), call.queue)

    def _is_consulting(self):
        """Does the operator ask a colleague about the call, citizen still his?"""
        self.ensure_one()
        if self.consult or self.state not in ("talking", "held"):
            return False
        return any(
            leg.consult and leg.state != "ended" and leg.user_id != self.user_id
            for leg in self.call_id.leg_ids
        )

    def _wants_card(self):
        """Does a citizen ring here now? His card opens, if it has not been opened."""
        self.ensure_one()
        call = self.call_id
        if self.state != "ringing" or self.consult or call.direction != "in":
            return False
        return not call._is_from_colleague()
