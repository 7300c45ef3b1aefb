# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from .. import forms
from ..forms.call_table import (
    COUNT,
    HOURS,
    LINE,
    MARK,
    SECONDS,
    SECTION,
    SHARE,
    TOTAL,
    CallTable,
    Column,
    Row,
    text,
)

_LONGEST = timedelta(days=3 * 366)
FORMS = [
    ("f9", "Calls (F9)"),
    ("f10", "Questions by topics of calls (F10)"),
    ("f11", "Operators (F11)"),
]
BY = {"hour": "hour", "weekday": "weekday", "day": "day:day", "month": "day:month"}
PROFILES = ("reference", "appeal", "emergency", "navigated", "no_card")
# Form → figure → what it is.
FIGURES = {
    "f9": {
        "offered_count": COUNT,
        "answered_count": COUNT,
        "abandoned_count": COUNT,
        "wait_average": SECONDS,
        "service_level": SHARE,
        "talk_average": SECONDS,
        "work_average": SECONDS,
    },
    "f10": {
        "call_count": COUNT,
        "question_count": COUNT,
        "at_once_share": SHARE,
        "sent_share": SHARE,
    },
    "f11": {
        "leg_count": COUNT,
        "answered_count": COUNT,
        "unanswered_count": COUNT,
        "outgoing_count": COUNT,
        "transferred_count": COUNT,
        "talk_seconds": HOURS,
        "talk_average": SECONDS,
        "card_count": COUNT,
        "call_card_count": COUNT,
        "mark_count": COUNT,
        "mark_average": MARK,
    },
}
MODELS = {
    "f9": "gorod24.call.stat",
    "f10": "gorod24.call.topic.stat",
    "f11": "gorod24.operator.stat",
}


class Gorod24ReportCalls(models.TransientModel):
    """A form about calls for print: F9, F10 or F11 of a period."""

    _name = "gorod24.report.calls"
    _description = "Report: calls"

    form = fields.Selection(FORMS, required=True, default="f9")
    by = fields.Selection(
        [
            ("hour", "Hours"),
            ("weekday", "Days of the week"),
            ("day", "Days"),
            ("month", "Months"),
        ],
        "Rows",
        required=True,
        default="day",
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: (
            self.env["gorod24.service.time"]._get_service_today().replace(day=1)
        ),
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=lambda self: self.env["gorod24.service.time"]._get_service_today(),
    )
    line_id = fields.Many2one("gorod24.call.line", "Line")

    @api.depends("form", "date_from", "date_to")
    def _compute_display_name(self):
        names = dict(self._fields["form"]._description_selection(self.env))
        for report in self:
            report.display_name = self.env._(
                "%(form)s %(date_from)s-%(date_to)s",
                form=names.get(report.form, ""),
                date_from=format_date(self.env, report.date_from),
                date_to=format_date(self.env, report.date_to),
            )

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for report in self:
            if report.date_from > report.date_to:
                raise ValidationError(
                    self.env._("The period must begin before it ends.")
                )
            if report.date_to - report.date_from > _LONGEST:
                raise ValidationError(
                    self.env._("Choose a period of three years at most.")
                )

    def action_download(self):
        """Give the form as an XLSX file."""
        return self._action("calls_xlsx")

    def action_print(self):
        """Give the form as a PDF file."""
        return self._action("calls_pdf")

    def _action(self, name):
        self.ensure_one()
        report = self.env.ref(f"gorod24_report.{name}")
        # the page layout of other documents has nothing to do with this one
        action = report.report_action(self, config=False)
        return {**action, "close_on_report_download": True}

    # FIGURES

    def _get_table(self):
        """The form as a ``forms.call_table.CallTable``."""
        self.ensure_one()
        now = self._domain(self.date_from, self.date_to)
        before = self._domain(
            forms.year_before(self.date_from), forms.year_before(self.date_to)
        )
        columns = self._columns()
        rows = self._rows_by_topic(now) if self.form == "f10" else self._rows(now)
        return CallTable(
            self._head(),
            columns,
            Row(self.env._("Total"), self._read(now)[0][1], TOTAL),
            Row(self.env._("Same period last year"), self._read(before)[0][1], TOTAL),
            rows,
        )

    def _domain(self, begin, end):
        domain = Domain("day", ">=", begin) & Domain("day", "<=", end)
        if self.form == "f11":
            return domain
        domain &= Domain("direction", "=", "in")
        if self.form == "f10":
            domain &= Domain("result", "=", "answered")
        if self.line_id:
            domain &= Domain("line", "=", self.line_id.name)
        return domain

    def _columns(self):
        described = self.env[MODELS[self.form]].fields_get(
            FIGURES[self.form], ["string"]
        )
        columns = [
            Column(name, described[name]["string"], kind)
            for name, kind in FIGURES[self.form].items()
        ]
        if self.form == "f11":
            # hours and minutes on paper, seconds on the screen
            talk = Column("talk_seconds", self.env._("Talk, h:min"), HOURS)
            columns = [talk if one.key == talk.key else one for one in columns]
        if self.form == "f9":
            names = dict(
                self.env["gorod24.call.stat"]
                ._fields["profile"]
                ._description_selection(self.env)
            )
            columns += [Column(profile, names[profile]) for profile in PROFILES]
        return columns

    def _read(self, domain, groupby=None):
        """[(group or None, figures)] in the order of the columns."""
        statistics = self.env[MODELS[self.form]]
        aggregates = [
            f"{name}:{statistics._fields[name].aggregator}"
            for name in FIGURES[self.form]
        ]
        groups = [groupby] if groupby else []
        found = {
            row[0] if groupby else None: list(row[len(groups) :])
            for row in statistics._read_group(domain, groups, aggregates)
        }
        found = {
            group: [
                _figure(kind, figure)
                for kind, figure in zip(
                    FIGURES[self.form].values(), figures, strict=True
                )
            ]
            for group, figures in found.items()
        }
        if self.form == "f9":
            self._add_profiles(found, domain, groups)
        return list(found.items())

    def _add_profiles(self, found, domain, groups):
        """Append the answered calls of each profile to the figures of each group."""
        counts = self.env["gorod24.call.stat"]._read_group(
            domain & Domain("result", "=", "answered"),
            [*groups, "profile"],
            ["call_count:sum"],
        )
        by_profile = {}
        for *group, profile, count in counts:
            by_profile[group[0] if group else None, profile] = count
        for group, figures in found.items():
            figures += [by_profile.get((group, profile), 0) for profile in PROFILES]

    def _head(self):
        if self.form == "f10":
            return self.env._("Section, topic")
        if self.form == "f11":
            return self.env._("Operator")
        return dict(self._fields["by"]._description_selection(self.env))[self.by]

    def _rows(self, domain):
        groupby = "user_id" if self.form == "f11" else BY[self.by]
        return [
            Row(self._label(group), figures)
            for group, figures in self._read(domain, groupby)
        ]

    def _label(self, group):
        """What a line of F9 or F11 is called."""
        if self.form == "f11":
            return group.name or self.env._("Not known")
        if self.by == "hour":
            return f"{group:02d}:00–{group + 1:02d}:00"
        if self.by == "weekday":
            names = self.env["gorod24.call.stat"]._fields["weekday"]
            return dict(names._description_selection(self.env))[group]
        if self.by == "month":
            month = format_date(self.env, group, date_format="LLLL yyyy")
            return month.capitalize()
        return format_date(self.env, group)

    def _rows_by_topic(self, domain):
        """Sections, each followed by its topics; calls without a question last."""
        asked = domain & Domain("has_question", "=", True)
        sections = self._read(asked, "section_id")
        topics = self._read(asked, "topic_id")
        nothing = self.env._("Topic not set")
        rows = []
        for section, figures in sorted(sections, key=_by_code):
            rows.append(Row(section.name or nothing, figures, SECTION))
            rows += [
                Row(f"{topic.code or ''} {topic.name}".strip(), own, LINE)
                for topic, own in sorted(topics, key=_by_code)
                if topic and section and _root_id(topic) == section.id
            ]
        silent = self._read(domain & Domain("has_question", "=", False))[0][1]
        if silent[0]:
            rows.append(Row(self.env._("Calls without a question"), silent, SECTION))
        return rows

    # PRINT

    def _get_terms(self):
        """Lines under the title: period, moment of the data, the line of the calls."""
        zone = self.env["gorod24.clock"]._get_zone().key
        now = format_datetime(self.env, fields.Datetime.now(), tz=zone)
        terms = [
            self.env._(
                "Period: %(date_from)s to %(date_to)s",
                date_from=format_date(self.env, self.date_from),
                date_to=format_date(self.env, self.date_to),
            ),
            self.env._("Data as of %(moment)s", moment=now),
        ]
        if self.line_id and self.form != "f11":
            terms.append(self.env._("Line: %(name)s", name=self.line_id.name))
        return terms

    def _get_title(self):
        names = dict(self._fields["form"]._description_selection(self.env))
        return names[self.form]

    def _get_printed(self):
        """The table in words for the PDF: (kind, [cells]) of each line."""
        table = self._get_table()
        kinds = [column.kind for column in table.columns]

        def shown(name, figures, signed=False):
            cells = [
                text(kind, figure, signed=signed)
                for kind, figure in zip(kinds, figures, strict=True)
            ]
            return [name, *cells]

        lines = [(row.kind, shown(row.name, row.figures)) for row in table.rows]
        for row in (table.total, table.previous):
            lines.append((row.kind, shown(row.name, row.figures)))
        lines.append((TOTAL, shown("±", table.difference, signed=True)))
        return {
            "titles": [table.head, *(column.title for column in table.columns)],
            "lines": lines,
        }


def _figure(kind, figure):
    """What is counted is nothing or more; an average of nothing is none."""
    if figure is False or figure is None:
        return 0 if kind in (COUNT, HOURS) else None
    return figure


def _root_id(topic):
    return int((topic.parent_path or f"{topic.id}/").split("/")[0])


def _by_code(pair):
    topic = pair[0]
    return (not topic, topic.sequence, topic.code or "", topic.name or "")
