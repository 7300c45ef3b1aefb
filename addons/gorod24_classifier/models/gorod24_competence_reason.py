# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the choice in words, for the operator and for the file.

Works on the rows of `_read_rules`: no record is read to make a sentence.
"""

from odoo import api, models

from odoo.addons.gorod24_address.parsing import format_name

#: Names in «Следующие: …».
NEXT_NAMED = 3


class Gorod24Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _get_reason(self, question, rows, decision, conflict):
        """Why this one was chosen, in a few short sentences."""
        row = rows[decision.rule.id]
        values = {
            "place": question["place"],
            "participant": row["participant"],
            "rule": self._get_rule_label(row, question),
        }
        text = self.env._(
            "%(place)s: %(participant)s answers by the rule “%(rule)s”", **values
        )
        clauses = [text + self._get_since(row), self._get_exactness(question, decision)]
        sentences = ["; ".join(clause for clause in clauses if clause)]
        sentences += [conflict, *self._get_remarks(rows, decision)]
        sentences.append(self._get_next(rows, decision))
        return ". ".join(s.rstrip(".") for s in sentences if s)

    @api.model
    def _get_rule_label(self, row, question):
        """«Отопление → Ленинский р-н», as the rule's own name."""
        topic = row["topic"] or self.env._("all topics")
        if not row["has_buildings"]:
            place = format_name(row["type_name"], row["address"] or "")
            place = place or self.env._("whole town")
        elif row["building_count"] == 1:
            street = format_name(question["street_type"], question["street"])
            place = f"{street}, {question['house']}"
        else:
            place = self._get_list_label(row["building_count"])
        return f"{topic} → {place}"

    @api.model
    def _get_since(self, row):
        if not row["date_from"]:
            return ""
        day = self._format_day(row["date_from"])
        return self.env._(", in force since %(date)s", date=day)

    @api.model
    def _format_day(self, day):
        """A date as the user's language writes it, without the cost of Babel."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return day.strftime(lang.date_format or "%d.%m.%Y")

    @api.model
    def _get_exactness(self, question, decision):
        """How exactly the rule names the place."""
        rule = decision.rule
        if rule.building_ids is not None:
            return self.env._("the house is in its list")
        if not question["address_path"] or decision.ranked[0].rule != rule:
            return ""
        if rule.address_id == question["address_path"][-1]:
            return ""
        return self.env._("no rule names the place more exactly")

    @api.model
    def _get_remarks(self, rows, decision):
        """What the operator should know of the chosen one."""
        row = rows[decision.rule.id]
        archived = {rows[r.id]["participant"] for r in decision.passed_over("archived")}
        remarks = [
            self.env._("%(name)s is archived, its rule is passed over", name=name)
            for name in sorted(archived)
        ]
        given = row["given_section_id"]
        if not row["section_id"]:
            remarks.append(self.env._("The participant has no section"))
        elif given and given != row["section_id"]:
            remarks.append(
                self.env._(
                    "The section of the rule is archived, section “%(section)s” is"
                    " taken",
                    section=row["section"],
                )
            )
        if row["section_id"] and not row["manned"]:
            remarks.append(
                self.env._(
                    "Section “%(section)s” has no members", section=row["section"]
                )
            )
        return remarks

    @api.model
    def _get_next(self, rows, decision):
        """«Следующие: …», every participant once."""
        chosen = rows[decision.rule.id]["participant"]
        names = dict.fromkeys(rows[r.id]["participant"] for r in decision.alternatives)
        names.pop(chosen, None)
        if not names:
            return ""
        text = self.env._("Next: %(names)s", names=", ".join(list(names)[:NEXT_NAMED]))
        rest = len(names) - NEXT_NAMED
        if rest > 0:
            text = self.env._("%(text)s and %(count)s more", text=text, count=rest)
        return text

    @api.model
    def _get_next_reason(self, row, step):
        """Why an alternative stands lower, for its button on the card."""
        rule = self._get_rule_label(row, {"street": "", "street_type": "", "house": ""})
        if row["has_buildings"] and row["building_count"] == 1:
            rule = row["topic"] or self.env._("all topics")
        return self.env._(
            "Rule “%(rule)s”%(since)s: %(why)s",
            rule=rule,
            since=self._get_since(row),
            why=self._get_step_label(step),
        )

    @api.model
    def _get_step_label(self, step):
        """Why a rule is lower than the one above it."""
        return {
            "": "",
            "houses": self.env._("does not name the house itself"),
            "place": self.env._("its territory is wider"),
            "topic": self.env._("its topic is wider"),
            "date": self.env._("it is older"),
            "number": self.env._("alike in all, entered earlier"),
        }[step]

    @api.model
    def _get_conflict(self, rows, decision):
        """Sentence about the organisation complained about, "" without conflict."""
        about = decision.passed_over("complained")
        if not about:
            return ""
        names = ", ".join(dict.fromkeys(rows[rule.id]["participant"] for rule in about))
        if decision.rule:
            return self.env._(
                "The complaint is about %(names)s, so the next by the rules is chosen.",
                names=names,
            )
        return self.env._(
            "The complaint is about %(names)s, and nobody else answers by the rules.",
            names=names,
        )

    @api.model
    def _get_no_route_reason(self, question, rows, decision, hint, conflict):
        reason = self.env._(
            "%(place)s: no rule for “%(topic)s”, choose the participant by hand",
            place=question["place"],
            topic=question["topic"] or self.env._("no topic"),
        )
        archived = {rows[r.id]["participant"] for r in decision.passed_over("archived")}
        parts = [conflict or "", reason]
        parts += [
            self.env._("%(name)s is archived, its rule is passed over", name=name)
            for name in sorted(archived)
        ]
        usual = hint.name or question["usual_participant"]
        if usual:
            parts.append(self.env._("Usually: %(role)s", role=usual))
        return ". ".join(part.rstrip(".") for part in parts if part)
