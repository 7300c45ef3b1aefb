# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..routing import Close, Create, Shrink, Withdraw, plan_change

#: Names of topics and houses written out in a summary.
NAMED = 5


class Gorod24CompetenceReassign(models.TransientModel):
    """«УК X → УК Y по этим домам с 1 марта»: shown first, done in one transaction."""

    _name = "gorod24.competence.reassign"
    _description = "Bulk Change of Competence"

    participant_from_id = fields.Many2one(
        "res.partner", string="From", domain=[("is_participant", "=", True)]
    )
    section_from_id = fields.Many2one(
        "gorod24.section",
        string="Its section",
        domain="[('participant_id', '=', participant_from_id)]",
        help="Only the rules of this section; empty: all rules of the participant.",
    )
    participant_to_id = fields.Many2one(
        "res.partner", string="To", domain=[("is_participant", "=", True)]
    )
    section_to_id = fields.Many2one(
        "gorod24.section",
        string="New section",
        domain="[('participant_id', '=', participant_to_id)]",
    )
    person_to_id = fields.Many2one(
        "res.partner",
        string="Responsible person",
        domain="[('parent_id', '=', participant_to_id)]",
    )
    date = fields.Date(
        string="From the day",
        default=lambda self: (
            self.env["gorod24.service.time"]._get_service_today()
            + relativedelta(months=1, day=1)
        ),
    )
    topic_ids = fields.Many2many(
        "helpdesk.ticket.category", string="Topics", help="Empty: all topics."
    )
    with_subtree = fields.Boolean(string="With all topics below", default=True)
    scope = fields.Selection(
        [
            ("all", "Everywhere"),
            ("address", "A district or a street"),
            ("houses", "These houses"),
        ],
        string="Where",
        default="houses",
        required=True,
    )
    address_id = fields.Many2one("gorod24.address", string="District or street")
    houses_text = fields.Text(
        string="Houses in words",
        help="For example: ул. Попова, 50–98 чёт., 1–15 нечёт.",
    )
    building_ids = fields.Many2many("gorod24.building", string="Houses")
    note = fields.Text(string="Ground", help="Contract, order, agreement.")
    state = fields.Selection(
        [("edit", "What changes"), ("preview", "Preview")],
        default="edit",
        required=True,
    )
    fingerprint = fields.Char(export_string_translation=False)
    is_stale = fields.Boolean(export_string_translation=False)
    line_ids = fields.One2many("gorod24.competence.reassign.line", "reassign_id")
    summary = fields.Text(readonly=True)
    overtaken_count = fields.Integer(readonly=True)

    @api.onchange("participant_from_id")
    def _onchange_participant_from_id(self):
        if self.section_from_id.participant_id != self.participant_from_id:
            self.section_from_id = False

    @api.onchange("participant_to_id")
    def _onchange_participant_to_id(self):
        if self.section_to_id.participant_id != self.participant_to_id:
            self.section_to_id = False
        self.person_to_id = False

    # ACTIONS

    def action_preview(self):
        """Show what would change; nothing is written."""
        self.ensure_one()
        self._take_houses()
        self._preview(self._plan())
        return self._reopen()

    def action_edit(self):
        """Back to the question."""
        self.write({"state": "edit", "line_ids": [Command.clear()]})
        return self._reopen()

    def action_apply(self):
        """Do it, if the rules are still those that were shown."""
        self.ensure_one()
        steps = self._plan()
        if self._get_fingerprint(steps) != self.fingerprint:
            self._preview(steps)
            self.is_stale = True
            return self._reopen()
        change = self.env["gorod24.competence.change"]._perform(
            {
                "name": self._get_title(),
                "date": self.date,
                "participant_from_id": self.participant_from_id.id,
                "participant_to_id": self.participant_to_id.id,
                "scope": self._get_scope_label(),
                "note": self.note,
            },
            steps,
            self.note,
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": change._name,
            "res_id": change.id,
            "view_mode": "form",
            "target": "main",
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bulk change of competence"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    # PLAN

    def _take_houses(self):
        """Turn the houses in words into houses; UserError names what is not found."""
        if self.scope == "houses" and (self.houses_text or "").strip():
            found = self.env["gorod24.competence"]._find_houses(self.houses_text)
            self.write(
                {
                    "building_ids": [Command.link(i) for i in found],
                    "houses_text": False,
                }
            )

    def _plan(self):
        """Steps of `routing.plan_change`."""
        self._check_question()
        places = {
            "all": None,
            "address": self.address_id,
            "houses": frozenset(self.building_ids.ids),
        }
        affected = self.env["gorod24.competence"]._get_affected(
            self.participant_from_id,
            self.section_from_id,
            (self.topic_ids, self.with_subtree),
            places[self.scope],
            self.date,
        )
        holder = (
            self.participant_to_id.id,
            self.section_to_id.id or None,
            self.person_to_id.id or None,
        )
        steps = plan_change(affected, self.date, holder)
        if not steps:
            raise UserError(
                self.env._(
                    "%(participant)s has no rules for these topics and houses in force"
                    " on %(date)s or later.",
                    participant=self.participant_from_id.name,
                    date=self._format_day(self.date),
                )
            )
        return steps

    def _check_question(self):
        message = self._find_missing()
        if message:
            raise UserError(message)

    def _find_missing(self):
        """What is still to be said, as a sentence."""
        if not self.participant_from_id:
            return self.env._("Name the participant who answers now.")
        if not self.participant_to_id:
            return self.env._("Name the participant who shall answer.")
        if not self.date:
            return self.env._("Name the first day of the new participant.")
        if self.scope == "address" and not self.address_id:
            return self.env._("Name the district or the street.")
        if self.scope == "houses" and not self.building_ids:
            return self.env._("Name the houses.")
        former = (self.participant_from_id, self.section_from_id)
        if former == (self.participant_to_id, self.section_to_id):
            return self.env._(
                "The new participant and section are the same as the former ones."
            )
        return ""

    @api.model
    def _get_fingerprint(self, steps):
        """The same steps give the same text."""
        lines = []
        for step in steps:
            parts = [type(step).__name__]
            for value in step:
                values = value if isinstance(value, tuple) else (value,)
                parts += [
                    sorted(v) if isinstance(v, frozenset) else str(v) for v in values
                ]
            lines.append(repr(parts))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    # PREVIEW

    def _preview(self, steps):
        overtaken = self.env["gorod24.competence"]._find_overtaken(
            steps, self.participant_from_id
        )
        overtaken = overtaken.filtered(
            lambda rule: rule.participant_id != self.participant_to_id
        )
        lines = [self._prepare_line(step) for step in steps]
        lines += [
            {
                **self._prepare_rule_line(rule._as_rule(), rule),
                "kind": "overtaken",
            }
            for rule in overtaken
        ]
        self.write(
            {
                "state": "preview",
                "is_stale": False,
                "fingerprint": self._get_fingerprint(steps),
                "summary": self._get_summary(steps),
                "overtaken_count": len(overtaken),
                "line_ids": [
                    Command.clear(),
                    *(Command.create(line) for line in lines),
                ],
            }
        )

    def _prepare_line(self, step):
        """A step as a line of the preview: the rule as it will be."""
        if isinstance(step, Create):
            source = self.env["gorod24.competence"].browse(step.source_id)
            line = self._prepare_rule_line(step.rule, source)
            return {**line, "kind": step.kind, "competence_id": False}
        rule = self.env["gorod24.competence"].browse(step.rule_id)
        value = rule._as_rule()
        match step:
            case Close():
                return {
                    **self._prepare_rule_line(
                        value._replace(date_to=step.date_to), rule
                    ),
                    "kind": "closed",
                }
            case Shrink():
                return {
                    **self._prepare_rule_line(
                        value._replace(building_ids=step.building_ids), rule
                    ),
                    "kind": "shrunk",
                }
            case Withdraw():
                return {**self._prepare_rule_line(value, rule), "kind": "withdrawn"}

    def _prepare_rule_line(self, value, rule):
        return {
            "competence_id": rule.id,
            "topic_id": value.topic_id,
            "place": self._get_place_label(value),
            "building_count": len(value.building_ids or ()),
            "participant_id": value.participant_id,
            "section_id": value.section_id,
            "date_from": value.date_from or False,
            "date_to": value.date_to or False,
        }

    @api.model
    def _get_place_label(self, value):
        if value.building_ids is not None:
            houses = self.env["gorod24.building"].browse(sorted(value.building_ids))
            return self._join_names(houses)
        address = self.env["gorod24.address"].browse(value.address_id or ())
        return address.display_name or self.env._("whole town")

    @api.model
    def _join_names(self, records):
        """The first names and how many more there are."""
        text = "; ".join(records[:NAMED].mapped("display_name"))
        rest = len(records) - NAMED
        if rest <= 0:
            return text
        return self.env._("%(text)s and %(count)s more", text=text, count=rest)

    def _get_summary(self, steps):
        """How many of which, in one sentence."""
        moved = [s for s in steps if isinstance(s, Create) and s.kind == "moved"]
        touched = [s for s in steps if not isinstance(s, Create)]
        houses = set()
        for step in moved:
            houses |= step.rule.building_ids or set()
        return self.env._(
            "%(old)s → %(new)s from %(date)s. Rules that end or lose houses: %(ended)s;"
            " new rules: %(created)s; houses named in them: %(houses)s.",
            old=self.participant_from_id.name,
            new=self.participant_to_id.name,
            date=self._format_day(self.date),
            ended=len(touched),
            created=len(steps) - len(touched),
            houses=len(houses),
        )

    def _get_title(self):
        return self.env._(
            "%(old)s → %(new)s from %(date)s",
            old=self.participant_from_id.name,
            new=self.participant_to_id.name,
            date=self._format_day(self.date),
        )

    def _get_scope_label(self):
        """Topics and houses as they were asked for."""
        topics = self._join_names(self.topic_ids) or self.env._("all topics")
        places = {
            "all": self.env._("everywhere"),
            "address": self.address_id.display_name,
            "houses": self._join_names(self.building_ids),
        }
        return f"{topics}\n{places[self.scope]}"

    @api.model
    def _format_day(self, day):
        return self.env["gorod24.competence"]._format_day(day)
