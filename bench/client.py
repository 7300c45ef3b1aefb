# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the browser asks of the server: the same calls with the same arguments."""

from lxml import etree

#: web/static/src/views/list: rows of a page, and how far the total is counted.
PAGE, COUNT_LIMIT = 80, 10_000
# mail/static/src/views/web/fields/list_activity: what the widget asks for besides.
ACTIVITY_FIELDS = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)


class ListView:
    """Loads pages as the web client does for a list view.

    Columns hidden by choice are asked for too; that is what the client does.
    """

    def __init__(self, model, xmlid):
        view = model.env.ref(xmlid)
        arch = etree.fromstring(model.get_view(view.id, "list")["arch"])
        self.model = model.with_context(bin_size=True)
        self.count_limit = int(arch.get("count_limit") or COUNT_LIMIT) + 1
        self.specification = {}
        for node in arch.iterchildren("field"):
            name = node.get("name")
            self.specification[name] = _field_specification(model._fields[name], node)
            if node.get("widget") == "list_activity":
                self.specification.update({name: {} for name in ACTIVITY_FIELDS})

    def page(self, domain=(), limit=PAGE):
        """The first page and the total number of records, as far as it is counted."""
        return self.model.web_search_read(
            list(domain), self.specification, limit=limit, count_limit=self.count_limit
        )


def _field_specification(field, node):
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    if (
        field.type in ("many2many", "one2many")
        and node.get("widget") == "many2many_tags"
    ):
        return {"fields": {"display_name": {}}}
    return {}


def pivot(model, rows, columns, measure):
    """Cells and totals of a pivot, in its one call."""
    return model.formatted_read_grouping_sets(
        [], [[], [rows], [columns], [rows, columns]], [measure]
    )
