# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a card sent again gives the same appeal only if nothing was added to it."""

import hashlib
import json

from odoo import fields, models
from odoo.exceptions import UserError


class CardSavedError(UserError):
    """The card made an appeal already, and now it says something else.

    :param appeal: what it made; the card shows its number and keeps its words.
    """

    def __init__(self, message, appeal):
        super().__init__(message)
        # The web client receives it as `data.context` of the refused call.
        self.context = {"card_saved": {"appeal_id": appeal.id, "number": appeal.number}}


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    card_digest = fields.Char(
        copy=False,
        groups="base.group_system",
        help="Fingerprint of the filled card: tells the same card from a changed one.",
    )


class AppealRegistrar(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _save_card(self, values):
        # Reading the card changes the values: the fingerprint is taken before.
        return super()._save_card({**values, "digest": _card_digest(values)})

    def _prepare_appeal_vals(self, values, partner, number, points):
        vals = super()._prepare_appeal_vals(values, partner, number, points)
        return {**vals, "card_digest": vals["card_uid"] and values.get("digest")}

    def _check_unchanged(self, appeal, values):
        """Words added after a lost answer, or in another window, are never dropped.

        :raises CardSavedError: naming the appeal; the card goes on as a further one.
        """
        # sudo: the system's own bookkeeping, closed to users
        if appeal.sudo().card_digest == values["digest"]:
            return
        raise CardSavedError(
            self.env._(
                "This card is registered already as No. %(number)s, but it said"
                " something else then. Leave on it only what is not in that appeal,"
                " and register the rest as a new card.",
                number=appeal.number,
            ),
            appeal,
        )


def _card_digest(values):
    """Return the fingerprint of all that a card says, whatever it is called."""
    said = {key: value for key, value in values.items() if key != "uid"}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
