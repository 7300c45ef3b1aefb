# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: reading the sums.

from datetime import date, datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.date_utils import parse_date

from ..rollup import Need, choose_level, sql

_LEVEL = "gorod24_stat_level"


class Gorod24StatMixin(models.AbstractModel):
    """Statistics read from tables of sums that triggers keep fresh.

    A model sets ``_stat`` (a ``rollup.Definition``), declares its dimensions and
    measures as fields of the same names and ``_depends`` on the source. Each
    aggregation reads the smallest table of sums that can answer it.

    ``__count`` is the sum of the first measure: what people mean by a number is
    that of questions or calls, not of rows of sums.
    """

    _name = "gorod24.stat.mixin"
    _description = "Statistics"
    _auto = False

    _stat = None
    # field → (numerator, denominator): averages over all facts, not over rows
    _stat_ratios: dict[str, tuple[str, str]] = {}

    @property
    def _table_query(self):
        if self._stat is None:
            return None
        name = self.env.context.get(_LEVEL)
        for level in self._stat.levels:
            if level.name == name:
                extra = self._stat_extra(level)
                return SQL(sql.select(self._stat, level, *extra))
        extra = self._stat_extra(self._stat.finest)
        return SQL(sql.select_rows(self._stat, *extra))

    @api.model
    def _stat_extra(self, level):
        """More columns and a join for the rows of a level (alias ``s``)."""
        return ()

    @api.model
    def _stat_ratio_columns(self):
        """The averages of one row (alias ``s``)."""
        return ", ".join(
            f"s.{above}::float / NULLIF(s.{below}, 0) AS {name}"
            for name, (above, below) in self._stat_ratios.items()
        )

    @api.model
    def _stat_field_dimensions(self):
        """Fields that are not dimensions → the dimension they come from."""
        return {}

    # AGGREGATION

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        having = list(having)
        if groupby and not having:
            # what was moved away leaves zeros until the next compaction
            totals = self._stat_totals()
            having = ["|"] * (len(totals) - 1) + [(one, "!=", 0) for one in totals]
        return super(
            Gorod24StatMixin, self._at_level(domain, groupby, aggregates)
        )._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        totals = self._stat_totals()
        groupby = {spec for grouping in grouping_sets for spec in grouping}
        found = super(
            Gorod24StatMixin, self._at_level(domain, groupby, aggregates)
        )._read_grouping_sets(domain, grouping_sets, (*aggregates, *totals), order)
        own = -len(totals)
        return [
            [row[:own] for row in rows if any(row[own:]) or not grouping]
            for grouping, rows in zip(grouping_sets, found, strict=True)
        ]

    @api.model
    def _stat_totals(self):
        """A cell is empty when all of its measures are."""
        return [f"{name}:sum" for name in self._stat.measure_names]

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "__count":
            measure = self._field_to_sql(self._table, self._stat.measures[0][0], query)
            return SQL("COALESCE(SUM(%s), 0)::bigint", measure)
        ratio = self._stat_ratios.get(aggregate_spec.split(":")[0])
        if ratio:
            above, below = (
                self._field_to_sql(self._table, name, query) for name in ratio
            )
            return SQL("SUM(%s)::float / NULLIF(SUM(%s), 0)", above, below)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _web_read_group_format(self, groupby, aggregates, groups):
        rows = super()._web_read_group_format(groupby, aggregates, groups)
        for spec in {"day:month"} & set(groupby):
            names = {}
            for row in filter(lambda row: row[spec], rows):
                value = row[spec][0]
                if value not in names:
                    # the month by itself: «декабрь», not «декабря»
                    month = format_date(self.env, value, date_format="LLLL yyyy")
                    names[value] = month.capitalize()
                row[spec] = (value, names[value])
        return rows

    # CHOICE OF THE TABLE

    @api.model
    def _at_level(self, domain, groupby, aggregates):
        """This model reading from the smallest table that can answer."""
        need = Need()
        for spec in groupby:
            self._need_group(need, spec)
        for condition in self._full_domain(domain).iter_conditions():
            self._need_condition(need, condition)
        summed = {*self._stat.measure_names, "__count"}
        summed |= self._stat_ratios.keys()
        if not {spec.split(":")[0] for spec in aggregates} <= summed:
            return self
        level = choose_level(self._stat, need)
        return self.with_context(**{_LEVEL: level.name})

    def _full_domain(self, domain):
        if self.env.su:
            return Domain(domain)
        return Domain(domain) & self.env["ir.rule"]._compute_domain(self._name)

    def _need_group(self, need, spec):
        name, _colon, granularity = spec.partition(":")
        if name == "day":
            need.group_by_day(granularity or None)
        else:
            self._need_field(need, name)

    def _need_condition(self, need, condition):
        if condition.field_expr == "day":
            need.filter_by_day(condition.operator, self._as_date(condition.value))
        else:
            self._need_field(need, condition.field_expr)

    def _need_field(self, need, path):
        name = path.split(".")[0]
        need.dimensions.add(self._stat_field_dimensions().get(name, name))

    def _as_date(self, value):
        try:
            value = parse_date(value, self.env) if isinstance(value, str) else value
        except ValueError:
            return None
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None
