# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import difflib
import re

from markupsafe import Markup

from odoo import api, fields, models


class Gorod24AnswerVersion(models.Model):
    """A text as it was approved: never changed, never deleted."""

    _name = "gorod24.answer.version"
    _description = "Version of a Standard Answer"
    _order = "answer_id, number desc"

    answer_id = fields.Many2one(
        "gorod24.answer", required=True, index=True, ondelete="restrict"
    )
    number = fields.Integer("Version", required=True)
    name = fields.Char("Question answered", required=True)
    text = fields.Text(required=True)
    valid_from = fields.Date()
    valid_to = fields.Date()
    author_id = fields.Many2one("res.users", "Written by", ondelete="restrict")
    approved_by_id = fields.Many2one("res.users", "Approved by", ondelete="restrict")
    approved_at = fields.Datetime()
    difference = fields.Html(
        "Changes against the previous version",
        compute="_compute_difference",
        sanitize=False,
    )

    _number_uniq = models.Constraint(
        "UNIQUE (answer_id, number)", "This version of the answer already exists."
    )

    @api.depends("answer_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(name)s, version %(number)s",
                name=version.name,
                number=version.number,
            )

    @api.depends("text", "number", "answer_id.version_ids")
    def _compute_difference(self):
        for version in self:
            older = version.answer_id.version_ids.filtered(
                lambda other, number=version.number: other.number < number
            )
            previous = older.sorted("number")[-1:]
            version.difference = _show_difference(previous.text or "", version.text)


def _show_difference(old, new):
    """Both texts in one: what went is struck out, what came is underlined."""
    before, after = (re.findall(r"\s+|[^\s]+", text or "") for text in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    parts = []
    for kind, first, last, start, end in matcher.get_opcodes():
        gone, come = "".join(before[first:last]), "".join(after[start:end])
        if kind == "equal":
            parts.append(Markup("%s") % come)
            continue
        if gone:
            parts.append(Markup('<del class="text-danger">%s</del>') % gone)
        if come:
            parts.append(Markup('<ins class="text-success">%s</ins>') % come)
    text = Markup("").join(parts)
    return Markup('<div style="white-space: pre-wrap">%s</div>') % text
