# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# A tab says every 20 seconds that it is alive; three silences mean it is dead.
ALIVE = timedelta(seconds=65)
#: Records whose open cards are shown to each other.
SUBJECTS = ("res.partner", "helpdesk.ticket")
SUBJECT_LIMIT = 20
BUS_TYPE = "gorod24_appeals.presence"


class CardPresence(models.Model):
    """Who has a person's or an appeal's card open just now.

    Messages on the bus hold ids only and go to the operators who have the same card
    open, each on his own channel; names are read by the card with its own rights.
    """

    _name = "gorod24.card.presence"
    _description = "Open caller card"
    _order = "id"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    tab = fields.Char(required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    seen_at = fields.Datetime(required=True)

    _tab_uidx = models.UniqueIndex("(tab, res_model, res_id)")
    _subject_idx = models.Index("(res_model, res_id)")

    @api.model
    def beat(self, tab, subjects):
        """Say that these cards are open in a tab, and hear who else has them open.

        :param tab: random name of the browser tab.
        :param subjects: [[model, id], …]; empty: the tab holds nothing any more.
        :return: [dict(res_model, res_id, user_id, name, since)], ISO in UTC.
        """
        self._check_operator()
        wanted = self._read_subjects(tab, subjects)
        # sudo: operators have no bare right on the table; only own tabs are written
        mine = self.sudo().search([("tab", "=", tab), ("user_id", "=", self.env.uid)])
        gone = mine.filtered(lambda one: (one.res_model, one.res_id) not in wanted)
        kept = mine - gone
        new = wanted - {(one.res_model, one.res_id) for one in kept}
        changed = new | {(one.res_model, one.res_id) for one in gone}
        gone.unlink()
        now = fields.Datetime.now()
        kept.write({"seen_at": now})
        self.sudo().create([self._prepare_vals(tab, key, now) for key in new])
        self._tell(changed)
        return [other._get_vals() for other in self._find_others(wanted)]

    def _check_operator(self):
        if not self.env.user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("The card is open to operators only."))

    def _read_subjects(self, tab, subjects):
        """Return {(model, id)} of the records the user may read.

        :raises UserError: for what no card sends.
        """
        right = (
            isinstance(tab, str)
            and 0 < len(tab) <= 64
            and isinstance(subjects, list)
            and len(subjects) <= SUBJECT_LIMIT
            and all(
                isinstance(pair, list)
                and len(pair) == 2
                and pair[0] in SUBJECTS
                and isinstance(pair[1], int)
                for pair in subjects
            )
        )
        if not right:
            raise UserError(self.env._("The card is not filled in properly."))
        found = set()
        for model in SUBJECTS:
            ids = [res_id for name, res_id in subjects if name == model]
            records = self.env[model].browse(ids).exists()._filtered_access("read")
            found |= {(model, record.id) for record in records}
        return found

    def _prepare_vals(self, tab, key, now):
        return {
            "user_id": self.env.uid,
            "tab": tab,
            "res_model": key[0],
            "res_id": key[1],
            "seen_at": now,
        }

    def _find_others(self, keys):
        """Return the living tabs of others that have these cards open."""
        if not keys:
            return self.browse()
        subject = Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "=", res_id)
            for model, res_id in keys
        )
        alive = Domain("seen_at", ">=", fields.Datetime.now() - ALIVE)
        others = Domain("user_id", "!=", self.env.uid)
        # sudo: the keys are checked to be readable by this operator
        return self.sudo().search(subject & alive & others)

    def _tell(self, keys):
        """Let the others look again; the message holds ids only."""
        for user, tabs in self._find_others(keys).grouped("user_id").items():
            subjects = {(one.res_model, one.res_id) for one in tabs}
            user._bus_send(BUS_TYPE, {"subjects": sorted(subjects)})

    def _get_vals(self):
        self.ensure_one()
        return {
            "res_model": self.res_model,
            "res_id": self.res_id,
            "user_id": self.user_id.id,
            "name": self.user_id.name,
            "since": f"{self.create_date.isoformat(timespec='seconds')}Z",
        }

    @api.autovacuum
    def _gc_dead_tabs(self):
        """Delete what tabs left behind that died without a word."""
        dead = fields.Datetime.now() - timedelta(days=1)
        self.search([("seen_at", "<", dead)]).unlink()
