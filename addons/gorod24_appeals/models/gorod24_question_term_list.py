# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the terms of a question as people read them: what, when, left, why."""

from odoo import api, fields, models

from odoo.addons.gorod24_regulation.models import wording

from .gorod24_question import AT_WORK
from .gorod24_question_terms import BY_HAND

PAUSABLE = ("execution", "localisation")


class QuestionTermList(models.Model):
    _inherit = "gorod24.question"

    def _terms_for_card(self):
        """Open terms of these questions, the nearest end first.

        :return: list of dict(question_id, kind, label, target (ISO, UTC),
            left_minutes (negative: overdue by so many), state, warn (the moment of
            warning has come), explanation (steps, one line each))
        """
        return self._read_terms([("state", "!=", "stopped")])

    @api.readonly
    def get_terms(self):
        """All terms of these questions with pauses, extensions and what may be done.

        :return: dict(terms=[dict], rights=dict, now (ISO, UTC), can_forward (ids));
            see ``_terms_for_card``
        """
        self.check_access("read")
        may_go = self.filtered(lambda one: one.state in ("registered", *AT_WORK))
        return {
            "terms": self._read_terms(),
            "rights": self._get_term_rights(),
            "now": _iso(fields.Datetime.now()),
            "can_forward": may_go.ids,
        }

    def _read_terms(self, domain=()):
        mine = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        clocks = self.env["gorod24.clock"].search([*mine, *domain])
        labels = wording.kind_labels(self.env)
        now = fields.Datetime.now()
        closed = set(self.filtered(lambda one: one.state == "closed").ids)
        rows = [self._term_vals(clock, labels, now, closed) for clock in clocks]
        return sorted(rows, key=lambda row: (row["state"] == "stopped", row["target"]))

    def _term_vals(self, clock, labels, now, closed):
        is_open = clock.state != "stopped"
        left = (clock.target - (clock.stop or now)).total_seconds()
        if clock.state == "paused":
            begun = clock.pause_ids.filtered(lambda pause: not pause.date_to)
            left = (clock.target - begun.date_from).total_seconds()
        warned = bool(clock.warn_at) and clock.warn_at <= now
        return {
            "id": clock.id,
            "question_id": clock.res_id,
            "kind": clock.kind,
            "label": labels[clock.kind],
            "target": _iso(clock.target),
            "left_minutes": int(left // 60),
            "state": clock.state,
            "warn": is_open and warned,
            "outcome": clock.outcome or "",
            "stop": _iso(clock.stop),
            "excuse": clock.excuse or "",
            "explanation": wording.explain_lines(self.env, clock.steps or []),
            "basis": clock.rule_id.legal_basis or "",
            "regime": clock.regime_id.display_name,
            "history": self._term_history(clock),
            "actions": self._term_actions(clock, clock.res_id in closed),
        }

    def _term_history(self, clock):
        """Pauses, extensions and the excuse as lines."""
        lines = []
        for pause in clock.pause_ids:
            lines.append(
                self.env._(
                    "Paused %(begin)s – %(end)s: %(reason)s (%(author)s)",
                    begin=self._term_moment(pause.date_from),
                    end=self._term_moment(pause.date_to) or "…",
                    reason=pause.reason,
                    author=pause.author_id.name,
                )
            )
        for extension in clock.extension_ids:
            told = extension.notice_date
            lines.append(
                self.env._(
                    "Extended from %(old)s to %(new)s: %(reason)s (%(author)s)",
                    old=self._term_moment(extension.old_target),
                    new=self._term_moment(extension.new_target),
                    reason=extension.reason,
                    author=extension.author_id.name,
                )
            )
            if told:
                lines.append(
                    self.env._(
                        "The citizen was told of the extension: %(date)s",
                        date=told.strftime("%d.%m.%Y"),
                    )
                )
        if clock.excuse:
            lines.append(
                self.env._(
                    "Excused: %(reason)s (%(author)s)",
                    reason=clock.excuse,
                    author=clock.excused_by_id.name or self.env._("by the regime"),
                )
            )
        return lines

    def _term_moment(self, moment):
        return wording.moment(self.env, self.env["gorod24.clock"]._to_local(moment))

    def _term_actions(self, clock, is_closed):
        """Codes of what may be done with the term now."""
        late = clock.outcome == "missed" or (clock.is_overdue and not clock.excuse)
        late = late or (clock.state != "stopped" and clock.missed_end)
        actions = ["excuse"] if late else []
        if is_closed or clock.state == "stopped":
            return actions
        # what has passed is neither paused nor extended, see their methods
        now = fields.Datetime.now()
        passed = clock.state == "running" and clock.target <= now
        if clock.kind in PAUSABLE and not passed:
            actions.append("resume" if clock.state == "paused" else "pause")
        if clock.rule_id.extension_days and not passed:
            actions.append("extend")
        if clock.kind == "localisation":
            actions.append("localised")
        if clock.kind in BY_HAND:
            actions.append("met")
        if clock.kind == "restoration":
            actions.append("outage")
        return actions

    @api.model
    def _get_term_rights(self):
        user = self.env.user
        return {
            "operator": user.has_group("gorod24_appeals.group_operator"),
            "supervisor": user.has_group("gorod24_appeals.group_supervisor"),
        }


def _iso(moment):
    return f"{moment.isoformat()}Z" if moment else ""
