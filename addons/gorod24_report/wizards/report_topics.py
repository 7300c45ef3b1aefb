# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from .. import forms

_MONTHS_MAX = 36


class Gorod24ReportTopics(models.TransientModel):
    """What to put into the form "Questions by sections and topics"."""

    _name = "gorod24.report.topics"
    _description = "Report: questions by sections and topics"

    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: (
            self.env["gorod24.service.time"]
            ._get_service_today()
            .replace(month=1, day=1)
        ),
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=lambda self: self.env["gorod24.service.time"]._get_service_today(),
    )
    participant_id = fields.Many2one(
        "res.partner", domain=[("is_participant", "=", True)]
    )
    district_id = fields.Many2one(
        "gorod24.address", domain=[("level", "=", "district")]
    )

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Questions by topics %(date_from)s-%(date_to)s",
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
            months = forms.months_between(report.date_from, report.date_to)
            if len(months) > _MONTHS_MAX:
                raise ValidationError(
                    self.env._(
                        "The form has room for %(count)s months at most.",
                        count=_MONTHS_MAX,
                    )
                )

    def action_download(self):
        """Give the form as an XLSX file."""
        self.ensure_one()
        report = self.env.ref("gorod24_report.topics_xlsx")
        # the page layout of printed documents has nothing to do with a workbook
        action = report.report_action(self, config=False)
        return {**action, "close_on_report_download": True}

    # FIGURES

    def _get_table(self):
        """The form as a ``forms.TopicTable``."""
        self.ensure_one()
        statistics = self.env["gorod24.question.stat"]
        counts = statistics._read_group(
            self._period_domain(self.date_from, self.date_to),
            ["topic_id", "day:month"],
            ["question_count:sum"],
        )
        previous = statistics._read_group(
            self._period_domain(
                forms.year_before(self.date_from), forms.year_before(self.date_to)
            ),
            ["topic_id"],
            ["question_count:sum"],
        )
        topics = self.env["helpdesk.ticket.category"].union(
            *(row[0] for row in counts), *(row[0] for row in previous)
        )
        lines, sections = self._get_lines(topics)
        return forms.build_topic_table(
            lines,
            sections,
            [(topic.id or 0, month, count) for topic, month, count in counts],
            [(topic.id or 0, count) for topic, count in previous],
            forms.months_between(self.date_from, self.date_to),
        )

    def _period_domain(self, begin, end):
        domain = Domain("day", ">=", begin) & Domain("day", "<=", end)
        if self.participant_id:
            domain &= Domain("participant_id", "=", self.participant_id.id)
        if self.district_id:
            domain &= Domain("district_id", "=", self.district_id.id)
        return domain

    def _get_lines(self, topics):
        """Topics and sections in the order of their codes, "no topic" last."""
        section_ids = {
            topic: int((topic.parent_path or f"{topic.id}/").split("/")[0])
            for topic in topics
        }
        lines = sorted(
            (
                (topic.id, section_ids[topic], topic.code or "", topic.name)
                for topic in topics
            ),
            key=lambda line: (line[2], line[3]),
        )
        roots = topics.browse(dict.fromkeys(section_ids.values()))
        ordered = roots.sorted(lambda root: (root.sequence, root.code or "", root.name))
        sections = {root.id: (root.code or "", root.name) for root in ordered}
        nothing = self.env._("Topic not set")
        return [*lines, (0, 0, "", nothing)], {**sections, 0: ("", nothing)}
