# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [("open", "Not finished"), ("saved", "Registered"), ("discarded", "Discarded")]
# A card with ten long questions is a tenth of it.
PAYLOAD_LIMIT = 300_000
TITLE_LIMIT = 120
DAYS = 14


class CardDraft(models.Model):
    """What an operator has typed into a card that is not registered yet.

    Written by the card itself every few seconds; it outlives the tab, the browser and
    the session. Only its operator and the supervisors see it.
    """

    _name = "gorod24.card.draft"
    _description = "Draft of a caller card"
    _order = "updated_at desc, id desc"
    _rec_name = "title"

    uid = fields.Char("Card", required=True, help="Names the filled card.")
    key = fields.Char("Opened for", help="Call, number or person it was opened for.")
    user_id = fields.Many2one(
        "res.users", "Operator", required=True, index=True, ondelete="cascade"
    )
    title = fields.Char("Number and words")
    payload = fields.Json()
    version = fields.Integer(default=1)
    updated_at = fields.Datetime("Changed", required=True)
    state = fields.Selection(STATES, required=True, default="open")

    _uid_uniq = models.Constraint("UNIQUE (uid)", "There is already such a draft.")
    _open_idx = models.Index("(user_id, updated_at DESC) WHERE state = 'open'")

    # What the card calls -------------------------------------------------------

    @api.model
    def save_draft(self, values):
        """Keep what has been typed so far.

        :param values: dict(uid, key, title, payload, version: the one the typing
            started from, 0 for a new card, force: keep mine whatever is there).
        :return: dict(status, version): "kept"; "conflict" with the payload of another
            window; "taken" with the name of the operator who goes on with it; or
            "discarded", "saved" (with appeal_id and number of the appeal) when the
            card is finished already: the words sent are not kept then.
        """
        self._check_operator()
        self._check_values(values)
        draft = self._find(values["uid"])
        if not draft:
            return self._create_draft(values)
        if draft.state != "open":
            answer = {"status": draft.state, "version": draft.version}
            return answer | self._get_made(values["uid"])
        if draft.user_id != self.env.user:
            return {
                "status": "taken",
                "version": draft.version,
                "user": draft.user_id.name,
            }
        if draft.payload == values["payload"]:
            return {"status": "kept", "version": draft.version}
        if draft.version != values.get("version") and not values.get("force"):
            return {
                "status": "conflict",
                "version": draft.version,
                "payload": draft.payload,
            }
        draft.write(
            {
                "payload": values["payload"],
                "title": (values.get("title") or "")[:TITLE_LIMIT],
                "version": draft.version + 1,
                "updated_at": fields.Datetime.now(),
            }
        )
        return {"status": "kept", "version": draft.version}

    @api.model
    def my_drafts(self):
        """Return the operator's own unfinished drafts, the newest first."""
        self._check_operator()
        mine = [("user_id", "=", self.env.uid), ("state", "=", "open")]
        return [
            {
                "uid": draft.uid,
                "key": draft.key or "",
                "title": draft.title or "",
                "updated_at": f"{draft.updated_at.isoformat(timespec='seconds')}Z",
            }
            for draft in self.search(mine, limit=10)
        ]

    @api.model
    def take(self, uid):
        """Return the draft to go on with; a supervisor takes over anybody's.

        :return: dict(payload, version).
        :raises UserError: when it is finished or gone.
        :raises AccessError: when it is another operator's.
        """
        self._check_operator()
        draft = self._find(uid)
        if not draft or draft.state != "open":
            raise UserError(self.env._("This draft is finished already."))
        if draft.user_id != self.env.user:
            if not self.env.user.has_group("gorod24_appeals.group_supervisor"):
                raise AccessError(
                    self.env._("Only a supervisor goes on with another's draft.")
                )
            draft.user_id = self.env.user
        return {"payload": draft.payload, "version": draft.version}

    @api.model
    def discard(self, uid):
        """Throw the own draft away: its words are not kept."""
        self._check_operator()
        draft = self._find(uid)
        if draft and draft.user_id == self.env.user:
            draft._finish("discarded")
        return True

    # Screens -------------------------------------------------------------------

    def action_open(self):
        """Open the card with this draft, taking it over if it is another's."""
        self.ensure_one()
        self.take(self.uid)
        return {
            "type": "ir.actions.client",
            "tag": "gorod24_appeals.caller_card",
            "name": self.env._("Caller card"),
            "params": {"draft_uid": self.uid},
        }

    # Pieces --------------------------------------------------------------------

    def _check_operator(self):
        if not self.env.user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("The card is open to operators only."))

    def _check_values(self, values):
        right = (
            isinstance(values, dict)
            and isinstance(values.get("uid"), str)
            and 0 < len(values["uid"]) <= 64
            and isinstance(values.get("payload"), dict)
            and isinstance(values.get("key") or "", str)
            and isinstance(values.get("title") or "", str)
        )
        if not right:
            raise UserError(self.env._("The card is not filled in properly."))
        if len(json.dumps(values["payload"])) > PAYLOAD_LIMIT:
            raise UserError(self.env._("The draft is too long to be kept."))

    @api.model
    def _find(self, uid):
        # sudo: whose draft it is is checked by every caller; the name of a card is
        # a long random text that only its operator's browser knows
        return self.sudo().search([("uid", "=", uid)], limit=1)

    def _get_made(self, uid):
        """Return what a card has become: dict(appeal_id, number), empty if nothing."""
        appeal = self.env["gorod24.appeal.registrar"]._find_saved(uid)
        # sudo: who names the card has registered it, or handed it over
        return (
            {"appeal_id": appeal.id, "number": appeal.sudo().number} if appeal else {}
        )

    def _create_draft(self, values):
        made = self._get_made(values["uid"])
        if made:
            # Registered so quickly that the first draft comes after it.
            return {"status": "saved", "version": 0} | made
        # sudo: operators have no bare right to write drafts, only by this method
        draft = self.sudo().create(
            {
                "uid": values["uid"],
                "key": (values.get("key") or "")[:64],
                "title": (values.get("title") or "")[:TITLE_LIMIT],
                "payload": values["payload"],
                "user_id": self.env.uid,
                "updated_at": fields.Datetime.now(),
            }
        )
        return {"status": "kept", "version": draft.version}

    def _finish(self, state):
        """The words of a finished card live in its appeal or nowhere."""
        self.write(
            {
                "state": state,
                "payload": False,
                "title": False,
                "updated_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _close_saved(self, uid):
        """The card is registered: its draft is needed no more."""
        draft = self._find(uid) if isinstance(uid, str) and uid else self.browse()
        if draft.state == "open":
            draft._finish("saved")

    @api.autovacuum
    def _gc_drafts(self):
        """Delete drafts nobody touched for days."""
        # sudo: a setting, no personal data behind it
        days = (
            self.env["ir.config_parameter"].sudo().get_param("gorod24.draft_days", DAYS)
        )
        try:
            days = max(int(days), 1)
        except ValueError:
            days = DAYS
        oldest = fields.Datetime.now() - timedelta(days=days)
        old = self.search([("updated_at", "<", oldest)], limit=1001)
        old[:1000].unlink()
        return min(len(old), 1000), max(len(old) - 1000, 0)
