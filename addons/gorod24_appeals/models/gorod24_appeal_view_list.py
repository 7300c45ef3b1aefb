# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: screens that show many citizens at once, one line of the log for each look.

A line keeps who looked, when, at what, how many rows he got and which citizens were in
them (ids only). What was typed into a search is not kept: it is personal data itself,
and whom the search has shown is known without it; only its kind is.
"""

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_index

SOURCES = [
    ("list", "List"),
    ("finder", "Find everything"),
    ("shift", "Shift page"),
    ("queue", "Queue of informing"),
    ("export", "Exported"),
]
# Three years: as long as a claim for moral damage may reach back (art. 196 of the
# Civil Code); order 21 of FSTEK leaves the term to the operator of personal data.
DAYS = 1095
#: So many people of one name are looked for.
NAMESAKES = 1000
#: Lines deleted at once: the table stays open for those who write.
PORTION = 10_000

# The citizens are gathered by the same statement that notes them.
_NOTE = """
INSERT INTO gorod24_appeal_view AS made
       (user_id, at, source, model, row_count, kinds, number,
        seen_partner_ids)
SELECT %(user)s, %(now)s, %(source)s, %(model)s, %(count)s, %(kinds)s,
       %(number)s, shown.ids
  FROM (SELECT COALESCE(array_agg(id), '{}') AS ids
          FROM (%(citizens)s) AS citizen(id)
         WHERE id IS NOT NULL) shown
 WHERE %(always)s OR NOT EXISTS (
       SELECT FROM gorod24_appeal_view seen
        WHERE seen.user_id = %(user)s
          AND seen.at > %(since)s
          AND seen.source = %(source)s
          AND seen.model IS NOT DISTINCT FROM %(model)s
          AND seen.kinds IS NOT DISTINCT FROM %(kinds)s
          AND seen.row_count >= %(count)s
          AND seen.seen_partner_ids @> shown.ids)
"""


class AppealView(models.Model):
    _inherit = "gorod24.appeal.view"

    source = fields.Selection(
        selection_add=SOURCES,
        ondelete={source: "cascade" for source, _title in SOURCES},
    )
    model = fields.Char("Records", readonly=True)
    row_count = fields.Integer("Rows", readonly=True, aggregator=None)
    kinds = fields.Char(
        "Searched by",
        readonly=True,
        help="What the search was about; the words are not kept.",
    )
    about = fields.Char("What", compute="_compute_about")
    citizen_id = fields.Many2one(
        "res.partner",
        "Citizen",
        compute="_compute_citizens",
        search="_search_citizen_id",
        compute_sudo=True,
    )
    citizen_ids = fields.Many2many(
        "res.partner", string="Citizens", compute="_compute_citizens", compute_sudo=True
    )

    def init(self):
        """Citizens of a line are an array: a row for each would be eighty a page."""
        if not column_exists(self.env.cr, self._table, "seen_partner_ids"):
            self.env.cr.execute(
                SQL("ALTER TABLE gorod24_appeal_view ADD seen_partner_ids integer[]")
            )
        create_index(
            self.env.cr,
            "gorod24_appeal_view_seen_idx",
            self._table,
            ["seen_partner_ids"],
            "gin",
            "seen_partner_ids IS NOT NULL",
        )

    @api.depends("number", "source", "model", "kinds", "row_count")
    @api.depends_context("lang")
    def _compute_about(self):
        for view in self:
            view.about = view.number or view._get_about()

    @api.depends("about", "source")
    def _compute_display_name(self):
        for view in self:
            labels = dict(self._fields["source"]._description_selection(self.env))
            view.display_name = view.about or labels.get(view.source, "")

    def _get_about(self):
        self.ensure_one()
        if self.kinds:
            titles = self._get_kind_titles()
            kinds = [titles.get(kind, kind) for kind in self.kinds.split(",")]
            return ", ".join(filter(None, kinds))
        if self.model in self.env:
            # sudo: the name of a kind of records is no secret
            return self.env["ir.model"].sudo()._get(self.model).name
        return ""

    @api.model
    def _get_kind_titles(self):
        return {
            "number": self.env._("by the number of an appeal"),
            "phone": self.env._("by a phone"),
            "person": self.env._("by a name"),
            "address": self.env._("by an address"),
            "words": self.env._("by the words of a citizen"),
        }

    @api.depends("appeal_id.partner_id")
    def _compute_citizens(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT id, seen_partner_ids FROM gorod24_appeal_view"
                " WHERE id = ANY(%s) AND seen_partner_ids IS NOT NULL",
                self.ids,
            )
        )
        seen = dict(rows)
        Partner = self.env["res.partner"].with_context(active_test=False)
        known = set(Partner.search([("id", "in", sum(seen.values(), []))]).ids)
        for view in self:
            ids = [one for one in seen.get(view.id, ()) if one in known]
            view.citizen_ids = Partner.browse(ids) or view.appeal_id.partner_id
            view.citizen_id = view.citizen_ids if len(view.citizen_ids) == 1 else False

    @api.model
    def _search_citizen_id(self, operator, value):
        """Lines in which a citizen was shown, alone or among others."""
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        # sudo: whose card was merged into his; nothing but names and numbers is asked
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        if operator == "in":
            found = Partner.browse(one for one in value if one)
        else:
            # a name typed and not chosen from the list
            named = value.map_conditions(self._get_name_condition)
            found = Partner.search(named, limit=NAMESAKES)
        # What was seen of him before two cards of his were merged counts as well.
        asked = (found | Partner.search([("merged_into_id", "in", found.ids)])).ids
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT seen.id FROM gorod24_appeal_view seen JOIN helpdesk_ticket a"
                " ON a.id = seen.appeal_id WHERE a.partner_id = ANY(%(ids)s)"
                " UNION SELECT id FROM gorod24_appeal_view"
                " WHERE seen_partner_ids && %(ids)s::int[])",
                ids=asked,
            ),
        )

    @api.model
    def _get_name_condition(self, asked):
        """A condition on the citizen as one on his name or number.

        Rights do not bind this look-up: another field would be read by it letter by
        letter, by whoever may see no more than the log.

        :raises UserError: when anything else is asked
        """
        if asked.field_expr in ("display_name", "complete_name", "name"):
            return Domain("name", asked.operator, asked.value)
        if asked.field_expr == "id" and asked.operator in ("in", "not in"):
            return asked
        raise UserError(self.env._("The log looks for a citizen by the name alone."))

    # Writing ------------------------------------------------------------------------

    @api.model
    def _log_list(self, source, shown, kinds="", number="", always=False):
        """Note that the current user was shown these records: one statement.

        The same citizens at the same place within the last minutes are not noted
        again, unless ``always``: turning back to a list is the same look.

        :param shown: {name of a model with ``gorod24.seen.list``: ids of its records}
        :param kinds: what a search was about, separated by commas
        """
        ids = {model: ids for model, ids in shown.items() if ids}
        if not ids or self.env.uid == SUPERUSER_ID:
            return
        # who the citizen is may have been written in this very transaction
        self.env.flush_all()
        note = self._get_list_note(source, ids, kinds, number, always)
        self.env.cr.execute(note)

    @api.model
    def _get_list_note(self, source, ids, kinds="", number="", always=False):
        """The statement that notes a look at a list, see ``_log_list``."""
        citizens = SQL(" UNION ").join(
            self.env[model]._get_citizens_sql(found) for model, found in ids.items()
        )
        now = fields.Datetime.now()
        return SQL(
            _NOTE,
            user=self.env.uid,
            now=now,
            since=now - self._get_interval(),
            source=source,
            model=next(iter(ids)) if len(ids) == 1 else None,
            count=sum(map(len, ids.values())),
            kinds=kinds or None,
            number=number or None,
            always=always,
            citizens=citizens,
        )

    @api.model
    def _log_card(self, appeals, persons):
        """Note the appeals on a caller card and the persons who have none there.

        One statement, the citizen waits: whose appeal is noted is noted with it.
        """
        notes = []
        if persons:
            notes.append(self._get_list_note("card", {persons._name: persons.ids}))
        if appeals:
            notes.append(self._get_note(appeals, "card"))
        if notes and self.env.uid != SUPERUSER_ID:
            both = SQL("WITH silent AS (%s) %s", *notes) if len(notes) > 1 else notes[0]
            self.env.cr.execute(both)

    # Keeping ------------------------------------------------------------------------

    @api.autovacuum
    def _gc_views(self):
        """Delete the lines whose term is over, a portion at a time.

        :return: (lines deleted, whether there may be more), as the cleaning asks
        """
        days = self.env["gorod24.service.rules"]._get_rules()["view_log_days"]
        # past the ORM: a line of the log is deleted by nothing but its term
        self.env.cr.execute(
            SQL(
                "DELETE FROM gorod24_appeal_view WHERE id IN ("
                " SELECT id FROM gorod24_appeal_view WHERE at < %s"
                " ORDER BY at LIMIT %s)",
                fields.Datetime.now() - timedelta(days=days),
                PORTION,
            )
        )
        return self.env.cr.rowcount, int(self.env.cr.rowcount == PORTION)
