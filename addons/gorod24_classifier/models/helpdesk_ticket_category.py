# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class HelpdeskTicketCategory(models.Model):
    """A node of a classifier. What the operator may choose has `is_topic`."""

    _inherit = "helpdesk.ticket.category"

    classifier_id = fields.Many2one(
        "gorod24.classifier", index=True, ondelete="restrict"
    )
    code = fields.Char(index=True, copy=False)
    path_code = fields.Char(
        string="Full code",
        compute="_compute_path_code",
        store=True,
        recursive=True,
        help="Codes from the root to this node.",
    )
    is_topic = fields.Boolean(
        string="Can be chosen", help="The operator may choose this topic on the card."
    )
    replaced_by_id = fields.Many2one(
        "helpdesk.ticket.category", index="btree_not_null", ondelete="set null"
    )
    maps_to_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "gorod24_category_map_rel",
        "category_id",
        "target_id",
        string="Counts as",
        help="Topics of other classifiers under which this one is reported.",
    )
    synonyms = fields.Text(
        string="Said by citizens", help="One wording per line, as people say it."
    )
    urgency = fields.Selection(
        [("emergency", "Emergency"), ("urgent", "Urgent"), ("planned", "Planned")],
        default="planned",
        required=True,
    )
    regime_code = fields.Char(
        help="Code of the regulation regime: EMRG, HOT, INFO, NAV, R59, SVC210."
    )
    check_notices = fields.Boolean(
        string="Check notices first",
        help="Look for an outage notice at this address before sending a question.",
    )
    paid = fields.Selection(
        [("free", "Free"), ("paid", "Paid"), ("maybe", "May be paid")],
        string="Payment",
        default="free",
        required=True,
    )
    danger = fields.Boolean(string="Dangerous")
    script = fields.Text(string="Script for the operator")
    stop_phrase = fields.Text(
        help="Read aloud at once instead of taking the question: «позвоните 104»."
    )
    usual_participant = fields.Char(help="Role that usually answers, as a hint.")
    usual_participant_id = fields.Many2one(
        "res.partner",
        string="Usually answered by",
        index="btree_not_null",
        ondelete="set null",
        domain=[("is_participant", "=", True)],
        help="A hint for the operator when no competence rule fits. The rules decide.",
    )
    required_proof = fields.Char(
        string="Proof needed",
        help="What the participant must show when the work is done: photo, act.",
    )
    required_place = fields.Selection(
        string="Place needed",
        selection=[
            ("any", "Any place"),
            ("house", "House"),
            ("flat", "House and flat"),
            ("street", "Street or stretch"),
            ("crossing", "Crossing"),
            ("pole", "Lamp post"),
            ("stop", "Stop"),
            ("point", "Free point"),
            ("none", "No place needed"),
        ],
        default="any",
        required=True,
        help="The card asks for such a place.",
    )
    extra_definition = fields.PropertiesDefinition(
        string="Extra questions",
        help="Asked on the card and answered as fields of their own. A topic has only"
        " its own questions: those of its group are taken over with a button.",
    )
    note = fields.Text()
    use_count = fields.Integer(
        string="Uses in 90 days",
        default=0,
        readonly=True,
        copy=False,
        help="Refreshed every night; decides between equally fitting topics.",
    )
    topic_count = fields.Integer(
        string="Topics inside", compute="_compute_topic_count", recursive=True
    )

    _code_uniq = models.Constraint(
        "UNIQUE (classifier_id, code)", "This classifier already has such a code."
    )

    @api.depends("code", "classifier_id.kind", "parent_id.path_code")
    def _compute_path_code(self):
        for category in self:
            codes = [category.parent_id.path_code, category.code]
            if category.classifier_id.kind == "national" or not category.code:
                codes = [category.code]  # a national code is a path by itself
            category.path_code = "/".join(code for code in codes if code)

    @api.constrains("replaced_by_id")
    def _check_replaced_by(self):
        if self._has_cycle("replaced_by_id"):
            raise ValidationError(self.env._("A topic cannot be its own successor."))

    @api.depends("name", "code", "is_topic")
    def _compute_display_name(self):
        """Topics are shown by their own name: the full path is too long to read."""
        topics = self.filtered("is_topic")
        for category in topics:
            category.display_name = category.name
        others = self - topics
        return super(HelpdeskTicketCategory, others)._compute_display_name()

    @api.model
    def _search_display_name(self, operator, value):
        """By name, code or the citizens' words; never by walking all paths."""
        if operator == "ilike" and isinstance(value, str) and value.strip():
            found = [t["topic_id"] for t in self.suggest(value, limit=20)]
            return (
                Domain("id", "in", found)
                | Domain("name", "ilike", value)
                | Domain("code", "ilike", value)
            )
        return super()._search_display_name(operator, value)

    def _get_ancestor_ids(self):
        """Ids from the root to this node, this one included."""
        self.ensure_one()
        return [int(part) for part in (self.parent_path or "").split("/") if part]

    @api.model
    def _cron_refresh_popularity(self):
        """Store how often each topic was used lately.

        Past the ORM: who wrote a topic last stays the curator, which tells upgrades
        that the topic is not as it was shipped.
        """
        counts = self._get_use_counts(days=90)
        self.flush_model(["use_count"])
        self.env.cr.execute(
            SQL(
                """UPDATE helpdesk_ticket_category topic
                      SET use_count = COALESCE(used.count, 0)
                     FROM helpdesk_ticket_category one
                     LEFT JOIN unnest(%s::int[], %s::int[]) AS used (id, count)
                       ON used.id = one.id
                    WHERE one.id = topic.id
                      AND topic.use_count IS DISTINCT FROM COALESCE(used.count, 0)""",
                list(counts),
                list(counts.values()),
            )
        )
        self.invalidate_model(["use_count"])

    @api.model
    def _get_use_counts(self, days):
        """{topic id: uses within so many days}; other addons count their own."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        rows = self.env["helpdesk.ticket"]._read_group(
            [("create_date", ">=", since), ("category_id", "!=", False)],
            ["category_id"],
            ["__count"],
        )
        return {category.id: count for category, count in rows}
