# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: lists and forms that show citizens are noted in the log of views."""

from odoo import api, models
from odoo.tools import SQL

# Says that the look is noted already. The browser cannot send it: it is no JSON.
NOTED = object()
NAMES = {"id", "display_name"}


class SeenList(models.AbstractModel):
    """Notes every page of a list or of cards a user opens, every form and every export.

    A model whose citizen stands elsewhere than in ``partner_id`` says where in
    ``_get_citizens_sql``.
    """

    _name = "gorod24.seen.list"
    _description = "List of citizens that is noted when seen"

    @api.model
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        """A page of a list, as the base reads it, noted as seen."""
        page = super(SeenList, self._as_noted()).web_search_read(
            domain, specification, offset, limit, order, count_limit
        )
        self._log_seen("list", [row["id"] for row in page["records"]])
        return page

    @api.model
    def web_read_group(self, *args, **kwargs):
        """Groups of a list; rows of the unfolded ones are noted as seen."""
        page = super(SeenList, self._as_noted()).web_read_group(*args, **kwargs)
        self._log_seen("list", list(_rows_of(page["groups"])))
        return page

    def web_read(self, specification):
        """A form, noted as seen; rows and lines inside it are the same look.

        Names alone are no form: the browser reads them beside any other record.
        """
        rows = super(SeenList, self._as_noted()).web_read(specification)
        noted = self.env.context.get("gorod24_noted") is NOTED
        if not noted and specification.keys() - NAMES:
            # a form being filled in has been opened before
            shown = self.filtered(lambda one: isinstance(one.id, int))
            shown._log_form(specification)
        return rows

    # They write the log: a read-only cursor would not do.
    web_search_read._readonly = False
    web_read_group._readonly = False
    web_read._readonly = False

    def export_data(self, fields_to_export):
        """Rows taken away as a table, noted as exported."""
        table = super().export_data(fields_to_export)
        self._log_seen("export", self.ids)
        return table

    def _as_noted(self):
        return self.with_context(gorod24_noted=NOTED)

    def _log_form(self, specification):
        """Note that these records were shown on a form. Hook.

        :param specification: what the browser asked of them
        """
        self._log_seen("form", self.ids)

    def _log_seen(self, source, ids):
        self.env["gorod24.appeal.view"]._log_list(source, {self._name: ids})

    def _get_citizens_sql(self, ids):
        """Query for the ids of the citizens in records (NULL: nobody known). Hook."""
        return SQL(
            "SELECT partner_id FROM %s WHERE id = ANY(%s)",
            SQL.identifier(self._table),
            ids,
        )


def _rows_of(groups):
    for group in groups:
        yield from (row["id"] for row in group.get("__records", ()))
        inner = group.get("__groups") or {}
        yield from _rows_of(inner.get("groups", ()))


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "gorod24.seen.list"]

    def _log_form(self, specification):
        """A form asks for the questions of one appeal; rows of a list never do."""
        if len(self) == 1 and "question_ids" in specification:
            self.env["gorod24.appeal.view"]._log(self, "form")
        else:
            self._log_seen("list", self.ids)


class Question(models.Model):
    _name = "gorod24.question"
    _inherit = ["gorod24.question", "gorod24.seen.list"]

    def _log_form(self, specification):
        """A form asks where one question was sent, and shows the appeal it is of."""
        if len(self) == 1 and "referral_ids" in specification:
            self.env["gorod24.appeal.view"]._log(self.appeal_id, "form")
        else:
            self._log_seen("list", self.ids)


class Informing(models.Model):
    _name = "gorod24.informing"
    _inherit = ["gorod24.informing", "gorod24.seen.list"]


class Phone(models.Model):
    _name = "gorod24.phone"
    _inherit = ["gorod24.phone", "gorod24.seen.list"]


class Referral(models.Model):
    _name = "gorod24.referral"
    _inherit = ["gorod24.referral", "gorod24.seen.list"]

    def _get_citizens_sql(self, ids):
        return SQL(
            "SELECT question.partner_id FROM gorod24_referral referral"
            " JOIN gorod24_question question ON question.id = referral.question_id"
            " WHERE referral.id = ANY(%s)",
            ids,
        )


class Partner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "gorod24.seen.list"]

    def _log_seen(self, source, ids):
        """Organisations are no citizens, and a list of them is no look at any."""
        people = self.browse(ids).filtered(lambda one: not one.is_company)
        return super()._log_seen(source, people.ids)

    def _get_citizens_sql(self, ids):
        return SQL("SELECT unnest(%s::int[])", ids)
