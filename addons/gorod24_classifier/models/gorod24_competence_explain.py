# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the whole line of rules for one question, for the curator's screen."""

from odoo import api, models

#: Rules of other days that are still worth showing.
MAX_OTHER_DAYS = 30


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def explain_route(
        self, topic, building=None, address=None, date=None, complained=None
    ):
        """Who answers and what became of every rule that could apply.

        :return: dict of answer (as `_route`) and lines, the most specific first:
            dicts of competence_id, rule, participant, section, period, status
            (chosen, next, same, complained, archived, other_day) and why
        """
        question = self._read_question(topic, building, address, date)
        rows = self._read_rules(question, every_period=True)
        barred = self._get_barred(rows, complained)
        decision = self._decide(question, rows, barred)
        lines = [
            {
                **self._prepare_explained(rows[rank.rule.id], question),
                "status": rank.status,
                "why": self._explain_rank(rank),
            }
            for rank in decision.ranked
        ]
        shown = {line["competence_id"] for line in lines}
        others = [row for rule_id, row in rows.items() if rule_id not in shown]
        others.sort(key=lambda row: (row["participant"], row["id"]))
        lines += [
            {
                **self._prepare_explained(row, question),
                "status": "other_day",
                "why": self._explain_period(row, question["day"]),
            }
            for row in others[:MAX_OTHER_DAYS]
        ]
        answer = self._prepare_answer(question, rows, decision, barred)
        return {"answer": answer, "lines": lines}

    @api.model
    def _prepare_explained(self, row, question):
        return {
            "competence_id": row["id"],
            "rule": self._get_rule_label(row, question),
            "participant": row["participant"],
            "section": row["section"] or "",
            "period": self._get_period_label(row["date_from"], row["date_to"]),
        }

    @api.model
    def _get_period_label(self, date_from, date_to):
        """«с 01.03.2026», «по 31.12.2026», «01.03.2026 – 31.12.2026»."""
        first = date_from and self._format_day(date_from)
        last = date_to and self._format_day(date_to)
        if first and last:
            return f"{first} – {last}"
        if first:
            return self.env._("since %(date)s", date=first)
        if last:
            return self.env._("until %(date)s", date=last)
        return self.env._("always")

    @api.model
    def _explain_rank(self, rank):
        """Why a rule stands where it stands."""
        if rank.status == "chosen":
            return self.env._("the most exact of those in force")
        above = {
            "same": self.env._("the same section stands higher"),
            "complained": self.env._("the complaint is about this organisation"),
            "archived": self.env._("the participant is archived"),
        }.get(rank.status, "")
        if rank.status == "same" or not above:
            return "; ".join(t for t in (above, self._get_step_label(rank.step)) if t)
        return above

    @api.model
    def _explain_period(self, row, day):
        if row["date_from"] and row["date_from"] > day:
            first = self._format_day(row["date_from"])
            return self.env._("begins only on %(date)s", date=first)
        last = self._format_day(row["date_to"])
        return self.env._("ended on %(date)s", date=last)
