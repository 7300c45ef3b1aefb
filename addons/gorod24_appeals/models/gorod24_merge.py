# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .locking import busy_in_words

UNDO_HOURS = 24
# Who wrote a row last is no part of what was merged.
_BOOKKEEPING = {"id", "write_date", "write_uid"}


class Merge(models.Model):
    """Two records of one person, or two appeals about one thing, made one.

    The merged record is archived, never deleted; what belonged to it moves to the one
    that stays, and every moved value is kept in the lines, so that within a day the
    merge can be taken back to the letter.
    """

    _name = "gorod24.merge"
    _description = "Merge of two records"
    _order = "at desc, id desc"

    kind = fields.Selection(
        [("person", "Persons"), ("appeal", "Appeals")], required=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Person who stays", index="btree_not_null", ondelete="cascade"
    )
    merged_partner_id = fields.Many2one(
        "res.partner", "Merged person", index="btree_not_null", ondelete="cascade"
    )
    appeal_id = fields.Many2one(
        "helpdesk.ticket",
        "Appeal that stays",
        index="btree_not_null",
        ondelete="cascade",
    )
    merged_appeal_id = fields.Many2one(
        "helpdesk.ticket", "Merged appeal", index="btree_not_null", ondelete="cascade"
    )
    at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "Who", default=lambda self: self.env.uid, ondelete="restrict"
    )
    state = fields.Selection(
        [("done", "Merged"), ("undone", "Taken back")], required=True, default="done"
    )
    undone_at = fields.Datetime("Taken back on")
    undone_by_id = fields.Many2one("res.users", "Taken back by", ondelete="restrict")
    undo_until = fields.Datetime("Can be taken back until", compute="_compute_undo")
    can_undo = fields.Boolean(compute="_compute_undo")
    line_ids = fields.One2many("gorod24.merge.line", "merge_id", "What moved")
    line_count = fields.Integer("Values moved", compute="_compute_line_count")

    _at_idx = models.Index("(at DESC, id DESC)")

    @api.depends("at", "state")
    def _compute_undo(self):
        now = fields.Datetime.now()
        for merge in self:
            merge.undo_until = merge.at + timedelta(hours=UNDO_HOURS)
            merge.can_undo = merge.state == "done" and now <= merge.undo_until

    @api.depends("line_ids")
    def _compute_line_count(self):
        groups = self.env["gorod24.merge.line"]._read_group(
            [("merge_id", "in", self.ids)], ["merge_id"], ["__count"]
        )
        counts = dict(groups)
        for merge in self:
            merge.line_count = counts.get(merge, 0)

    @api.depends("kind", "merged_partner_id", "merged_appeal_id")
    def _compute_display_name(self):
        for merge in self:
            master, merged = merge._get_pair()
            merge.display_name = f"{merged.display_name} → {master.display_name}"

    def _get_pair(self):
        """Return (the record that stays, the merged one)."""
        self.ensure_one()
        if self.kind == "person":
            return self.partner_id, self.merged_partner_id
        return self.appeal_id, self.merged_appeal_id

    # Merging -----------------------------------------------------------------------

    @api.model
    def _merge(self, master, merged, values=None):
        """Merge ``merged`` into ``master`` and return the (new) record of it.

        :param values: what to write on the master, chosen by the supervisor
        :raises AccessError: to others than supervisors
        :raises UserError: when the two cannot be merged, saying why
        """
        self._check_supervisor()
        self._check_two(master, merged)
        pair = (master + merged).sudo()
        self._lock(pair)
        master, merged = pair
        self._check_mergeable(master, merged)
        kind = "person" if master._name == "res.partner" else "appeal"
        names = {
            "person": ("partner_id", "merged_partner_id"),
            "appeal": ("appeal_id", "merged_appeal_id"),
        }[kind]
        ids = dict(zip(names, pair.ids, strict=True))
        # sudo: nobody writes the log of merges by hand; the right is checked above
        merge = self.sudo().create({"kind": kind, **ids})
        merge._move_all(master, merged, values or {})
        return merge.sudo(False)

    def _move_all(self, master, merged, values):
        """Move everything, noting each old value."""
        self.env.flush_all()
        pair = master + merged
        before = self._snapshot(pair)
        self._move_own(master, merged)
        self._move_references(master, merged)
        self.env.invalidate_all()
        self._tell_moved()
        quiet = {"tracking_disable": True, "mail_notrack": True}
        master.with_context(**quiet).write(
            self._prepare_master_vals(master, merged, values)
        )
        merged.with_context(**quiet).write(
            {"active": False, "merged_into_id": master.id}
        )
        self._after_merge(master, merged)
        self.env.flush_all()
        self._note_changes(master._table, before, self._snapshot(pair))

    def _check_mergeable(self, master, merged):
        """Refuse in words what must stay apart. Hook by kind.

        :raises UserError:
        """
        self._check_two(master, merged)
        for record in master + merged:
            if not record.active or record.merged_into_id:
                raise UserError(
                    self.env._(
                        "“%(name)s” is archived or has been merged already.",
                        name=record.display_name,
                    )
                )

    def _check_two(self, master, merged):
        if len(master) != 1 or len(merged) != 1 or master == merged:
            raise UserError(self.env._("Choose two different records."))

    def _move_own(self, master, merged):
        """Move what the general walk cannot. Hook by kind."""

    def _prepare_master_vals(self, master, merged, values):
        """Return what is written on the record that stays. Hook by kind."""
        return values

    def _after_merge(self, master, merged):
        """Bring in order what follows from the moved records. Hook by kind."""

    def _check_supervisor(self):
        if not self.env.user.has_group("gorod24_appeals.group_supervisor"):
            raise AccessError(self.env._("Only supervisors merge records."))

    def _lock(self, records):
        with busy_in_words(self.env):
            records.lock_for_update()
        records.invalidate_recordset()

    # The two records themselves --------------------------------------------------

    def _snapshot(self, pair):
        """Return {id: {column: value as text}} of the rows of both records."""
        columns = [
            name
            for name in self._get_column_types(pair._table)
            if name not in _BOOKKEEPING
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(
                    SQL("%s::text", SQL.identifier(name)) for name in columns
                ),
                SQL.identifier(pair._table),
                pair.ids,
            )
        )
        return {
            row_id: dict(zip(columns, values, strict=True)) for row_id, *values in rows
        }

    def _note_changes(self, table, before, after):
        """Keep the old values of the columns that differ."""
        lines = [
            (row_id, column, old, after[row_id][column])
            for row_id, columns in before.items()
            for column, old in columns.items()
            if old != after[row_id][column]
        ]
        self.env["gorod24.merge.line"]._add(self, table, lines)
