# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MAX_TEXT = 5000
SHOWN_BEFORE = 10


class ShiftHandover(models.Model):
    """One shift hands over to the next: what is open, and what has to be remembered.

    A record is made when a shift hands over and completed when the next one accepts;
    neither can be changed afterwards.
    """

    _name = "gorod24.shift.handover"
    _description = "Handover of a shift"
    _order = "handed_at desc, id desc"
    _rec_name = "handed_at"

    handed_by_id = fields.Many2one(
        "res.users", "Handed over by", required=True, readonly=True, ondelete="restrict"
    )
    handed_at = fields.Datetime("Handed over at", required=True, readonly=True)
    text = fields.Text("Note to the next shift", readonly=True)
    counts = fields.Json(readonly=True, help="What stood open: number by kind.")
    counts_text = fields.Text("What stood open", compute="_compute_counts_text")
    taken_by_id = fields.Many2one(
        "res.users", "Accepted by", readonly=True, ondelete="restrict"
    )
    taken_at = fields.Datetime("Accepted at", readonly=True)

    _handed_idx = models.Index("(handed_at DESC, id DESC)")

    @api.depends("counts")
    @api.depends_context("lang")
    def _compute_counts_text(self):
        titles = self._get_block_titles()
        for handover in self:
            handover.counts_text = "\n".join(
                f"{titles.get(key, key)}: {count}"
                for key, count in (handover.counts or {}).items()
            )

    # What the browser calls --------------------------------------------------------

    @api.model
    def page(self):
        """Return the page of the handover.

        :return: dict(now, blocks, previous): blocks see ``_get_blocks``; previous is
            the latest handover, with ``can_take`` when this user may accept it.
        """
        self._check_operator()
        previous = self.search([], limit=1)
        blocks = [block for block in self._get_blocks() if block["count"]]
        self._log_seen(blocks)
        return {
            "now": _iso(fields.Datetime.now()),
            "operator": self.env.user.name,
            "blocks": blocks,
            "previous": self._handover_vals(previous) if previous else False,
        }

    @api.model
    def hand_over(self, text=""):
        """Hand the shift over with a note; what stands open is counted and kept.

        :raises UserError: when the note is too long.
        """
        self._check_operator()
        text = (text or "").strip() if isinstance(text or "", str) else ""
        if len(text) > MAX_TEXT:
            raise UserError(
                self.env._("Keep the note within %(limit)s characters.", limit=MAX_TEXT)
            )
        counts = {block["key"]: block["count"] for block in self._get_blocks()}
        # sudo: handovers are made by this door only
        handover = self.sudo().create(
            {
                "handed_by_id": self.env.uid,
                "handed_at": fields.Datetime.now(),
                "text": text or False,
                "counts": counts,
            }
        )
        return self._handover_vals(handover)

    @api.model
    def take(self, handover_id):
        """Accept the shift.

        :raises UserError: when it was accepted already, saying by whom, or when the
            one who hands over accepts it himself.
        """
        self._check_operator()
        handover = self.browse(handover_id).exists()
        if not handover:
            raise UserError(self.env._("This handover does not exist."))
        handover.lock_for_update()
        handover.invalidate_recordset()
        if handover.taken_by_id:
            raise UserError(
                self.env._(
                    "The shift was accepted already: %(name)s.",
                    name=handover.taken_by_id.name,
                )
            )
        if handover.handed_by_id == self.env.user:
            raise UserError(
                self.env._("The shift is accepted by somebody of the next shift.")
            )
        # sudo: as in hand_over
        handover.sudo().write(
            {"taken_by_id": self.env.uid, "taken_at": fields.Datetime.now()}
        )
        return self._handover_vals(handover)

    # Pieces -------------------------------------------------------------------------

    def _log_seen(self, blocks):
        """Note whose cases the page has shown."""
        shown = defaultdict(set)
        for block in blocks:
            for row in block["rows"]:
                shown[row["model"]].add(row["id"])
        shown = {
            model: list(ids)
            for model, ids in shown.items()
            if hasattr(self.env[model], "_get_citizens_sql")
        }
        self.env["gorod24.appeal.view"]._log_list("shift", shown)

    def _check_operator(self):
        if not self.env.user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("Only operators hand over shifts."))

    def _handover_vals(self, handover):
        return {
            "id": handover.id,
            "handed_by": handover.handed_by_id.name,
            "handed_at": _iso(handover.handed_at),
            "text": handover.text or "",
            "taken_by": handover.taken_by_id.name or "",
            "taken_at": _iso(handover.taken_at),
            "can_take": not handover.taken_by_id
            and handover.handed_by_id != self.env.user,
        }


def _iso(moment):
    """Return a naive UTC datetime as ISO text with the zone, or False."""
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else False
