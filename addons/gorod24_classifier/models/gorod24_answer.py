# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .typed import typed_in

STATES = [
    ("draft", "Draft"),
    ("review", "To approve"),
    ("approved", "Approved"),
    ("archived", "Archived"),
]
#: What the approval is about: a change of it makes a new version.
CONTENT = ("name", "text", "valid_from", "valid_to")
#: Changed by the methods of the approval only.
PROTECTED = {
    "state",
    "version",
    "author_id",
    "approved_by_id",
    "approved_at",
    "offered_version_id",
    "offered_name",
    "offered_text",
    "offered_from",
    "offered_to",
    "reminded_soon_for",
    "reminded_expired_for",
}
#: What a new answer has of them.
UNTOUCHED = {"state": "draft", "version": 1}


class Gorod24Answer(models.Model):
    """A text approved by a participant for the operator to read aloud.

    `text` is the version being worked on; what is offered is the copy in
    `offered_version_id`: it stays until a newer version is approved.
    """

    _name = "gorod24.answer"
    _description = "Standard Answer"
    _inherit = ["mail.thread", "mail.activity.mixin", "gorod24.word.search"]
    _order = "name, id"
    _rec_names_search = ["name", "keywords"]

    name = fields.Char("Question answered", required=True)
    text = fields.Text(required=True, help="Read aloud as it stands: short and plain.")
    owner_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_participant", "=", True)],
        help="The participant who stands for the text.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Kept by",
        default=lambda self: self.env.uid,
        ondelete="restrict",
        domain=[("share", "=", False)],
        help="The curator who is reminded to renew the text.",
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    valid_from = fields.Date(copy=False)
    valid_to = fields.Date(
        copy=False, help="The last day the text is offered; empty: until replaced."
    )
    topic_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "gorod24_answer_topic_rel",
        "answer_id",
        "topic_id",
        "Topics",
        help="Offered on the card for these topics and all below them.",
    )
    address_ids = fields.Many2many(
        "gorod24.address",
        "gorod24_answer_address_rel",
        "answer_id",
        "address_id",
        "Territory",
        help="Districts or streets the text is true for; empty: the whole town.",
    )
    keywords = fields.Char(
        help="Words of citizens by which the text is found, parted by commas."
    )
    version = fields.Integer(default=1, readonly=True, copy=False)
    version_ids = fields.One2many("gorod24.answer.version", "answer_id", "Versions")
    author_id = fields.Many2one(
        "res.users", "Text written by", readonly=True, copy=False, ondelete="restrict"
    )
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False, ondelete="restrict"
    )
    approved_at = fields.Datetime(readonly=True, copy=False)
    offered_version_id = fields.Many2one(
        "gorod24.answer.version", readonly=True, copy=False, ondelete="restrict"
    )
    offered_name = fields.Char(
        "Question as offered", related="offered_version_id.name", store=True
    )
    offered_text = fields.Text(
        "Text as offered", related="offered_version_id.text", store=True
    )
    offered_from = fields.Date(
        "Offered from", related="offered_version_id.valid_from", store=True
    )
    offered_to = fields.Date(
        "Offered until", related="offered_version_id.valid_to", store=True
    )
    is_offered = fields.Boolean(
        "Offered today", compute="_compute_is_offered", search="_search_is_offered"
    )
    is_expired = fields.Boolean(
        "Expired", compute="_compute_is_offered", search="_search_is_expired"
    )
    use_count = fields.Integer("Times used", compute="_compute_use_counts")
    helped_count = fields.Integer("Helped", compute="_compute_use_counts")
    not_helped_count = fields.Integer("Did not help", compute="_compute_use_counts")
    reminded_soon_for = fields.Date(copy=False, export_string_translation=False)
    reminded_expired_for = fields.Date(copy=False, export_string_translation=False)
    active = fields.Boolean(default=True)

    _check_dates = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "An answer cannot end before it begins.",
    )
    # The nightly look for what expires.
    _offered_to_idx = models.Index("(offered_to) WHERE offered_to IS NOT NULL")

    @api.model
    def _get_offered_domain(self, date=None):
        """Answers that may be read aloud on a day of the service."""
        date = date or self.env["gorod24.service.time"]._get_service_today()
        return (
            Domain("offered_version_id", "!=", False)
            & Domain("active", "=", True)
            & (Domain("offered_from", "=", False) | Domain("offered_from", "<=", date))
            & (Domain("offered_to", "=", False) | Domain("offered_to", ">=", date))
        )

    @api.depends("offered_version_id", "offered_from", "offered_to", "active")
    def _compute_is_offered(self):
        today = self.env["gorod24.service.time"]._get_service_today()
        for answer in self:
            begun = not answer.offered_from or answer.offered_from <= today
            expired = bool(answer.offered_to and answer.offered_to < today)
            offered = bool(answer.offered_version_id and answer.active)
            answer.is_offered = offered and begun and not expired
            answer.is_expired = offered and expired

    @api.model
    def _search_is_offered(self, operator, value):
        return self._get_offered_domain() if operator == "in" else NotImplemented

    @api.model
    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["gorod24.service.time"]._get_service_today()
        offered = Domain("offered_version_id", "!=", False)
        return offered & Domain("offered_to", "<", today)

    def _compute_use_counts(self):
        rows = self.env["gorod24.answer.use"]._read_group(
            [("answer_id", "in", self.ids)], ["answer_id", "helped"], ["__count"]
        )
        counts = {(answer.id, helped): count for answer, helped, count in rows}
        for answer in self:
            mine = [counts.get((answer.id, key), 0) for key in ("yes", "no", False)]
            answer.use_count = sum(mine)
            answer.helped_count, answer.not_helped_count = mine[:2]

    # CRUD -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_protected(typed_in(self, PROTECTED, vals_list, UNTOUCHED))
        answers = super().create(vals_list)
        # sudo: the author is noted by the system
        answers.sudo().author_id = self.env.uid
        return answers

    def write(self, vals):
        self._check_protected(vals)
        changed = self.filtered(lambda answer: answer._changes_content(vals))
        result = super().write(vals)
        changed._start_new_version()
        return result

    @api.model
    def _check_protected(self, names):
        if not self.env.su and PROTECTED.intersection(names):
            raise AccessError(
                self.env._("Use the buttons: a text is approved, not typed in so.")
            )

    def _changes_content(self, vals):
        self.ensure_one()
        names = [name for name in CONTENT if name in vals]
        fields_ = self._fields
        return any(
            fields_[name].convert_to_cache(vals[name], self) != (self[name] or None)
            for name in names
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved_once(self):
        if self.version_ids:
            raise UserError(
                self.env._("A text that was approved is archived, not deleted.")
            )

    def action_archive(self):
        """Take the answers out of use at once."""
        self.check_access("write")
        # sudo: the state is closed to bare writing
        self.sudo().write({"state": "archived"})
        return super().action_archive()

    def action_unarchive(self):
        """Bring the answers back as drafts: they are offered after a new approval."""
        self.check_access("write")
        result = super().action_unarchive()
        # sudo: the state is closed to bare writing
        self.sudo().write({"state": "draft", "offered_version_id": False})
        self._start_new_version()
        return result

    def action_open_uses(self):
        """Open the log of uses of this answer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.gorod24_answer_use_action"
        )
        return dict(action, domain=[("answer_id", "=", self.id)])
