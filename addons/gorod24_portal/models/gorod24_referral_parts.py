# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what the portal tells of parts, rework, re-planning and the end."""

from odoo import models


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _get_partners(self):
        """Return the referrals of those who work the same question beside this one."""
        self.ensure_one()
        return (self.question_id.referral_ids - self).filtered(
            lambda other: (
                other.period == self.period
                and other.role != self.role
                and other.state in ("sent", "accepted", "done")
                or (other.period == self.period and other.role == self.role == "co")
            )
        )

    def _prepare_portal_row(self):
        return {
            **super()._prepare_portal_row(),
            "is_co": self.role == "co",
            "is_rework": self.way == "rework",
            "is_reopened": self.way == "reopened",
        }

    def _get_portal_values(self):
        values = super()._get_portal_values()
        # sudo: as in the method above; what leaves is chosen here
        referral = self.sudo()
        return {
            **values,
            "why": referral._portal_why(),
            "before": referral._portal_before(),
            "partners": referral._portal_partners(),
            "plans": referral._portal_plans(),
            "ending": referral._portal_ending(),
            "ending_note": referral._portal_ending_note(),
        }

    def _portal_sent_label(self):
        return {
            "rework": self.env._("Returned for rework"),
            "reopened": self.env._("Sent again: the citizen is not content"),
            "co": self.env._("You are asked to take part"),
        }.get(self.way, self.env._("Sent by the hotline"))

    def _portal_why(self):
        """Return dict(title, text) of the words the request came with, or False.

        Words of a citizen who is not content are shown as his first words are. A
        request that comes for the first time needs none, unless it had waited for
        another question or a notice.
        """
        first = self.way == "first" and self.period == 1
        if not self.reason or first or self.way == "next":
            return False
        if self.way == "reopened" and not self._portal_allows("text"):
            return False
        title = {
            "rework": self.env._("Returned for rework"),
            "reopened": self.env._("Why it came back"),
            "co": self.env._("What you are asked for"),
        }.get(self.way, self.env._("Why it came to you"))
        return {"title": title, "text": self.reason}

    def _portal_before(self):
        """Return the own result that was not taken: dict(text, url), or False."""
        before = self.previous_id
        mine = before.participant_id == self.participant_id
        if self.way not in ("rework", "reopened") or not before or not mine:
            return False
        if not before.result_text:
            return False
        return {"text": before.result_text, "url": f"/my/requests/{before.id}"}

    def _portal_partners(self):
        """Return who works the same question: [dict(name, part, state, text)].

        The responsible one reads what co-executors report: he sums it up. A
        co-executor is told only who takes part.
        """
        roles = dict(self._fields["role"]._description_selection(self.env))
        return [
            {
                "name": other.participant_id.name,
                "part": roles[other.role],
                "state": other._portal_state_label(),
                "text": (self.role == "main" and other._portal_own_text()) or "",
            }
            for other in self._get_partners().sorted("id")
        ]

    def _portal_plans(self):
        """Return the visits promised, newest first: [dict(moment, note, who, when)]."""
        return [
            {
                "moment": self._format_moment(plan.planned_at),
                "note": plan.note or "",
                "who": plan.author_id.name,
                "when": self._format_moment(plan.at),
            }
            for plan in self.plan_ids.sorted("id", reverse=True)
        ]

    def _portal_ending(self):
        """Return why nothing more is expected, or ""."""
        if self.state != "withdrawn":
            return ""
        return {
            "resent": self.env._("The hotline sent the request to another participant"),
            "released": self.env._("Your part is no longer needed"),
            "finished": self.env._("The responsible participant has reported"),
            "withdrawn": self.env._("The citizen has withdrawn the request"),
            "closed": self.env._("The hotline has closed the request"),
        }.get(self.ending, self.env._("Request withdrawn"))

    def _portal_ending_note(self):
        """The citizen's own words stay with the hotline; the operator's are shown."""
        return "" if self.ending == "withdrawn" else self.ending_note or ""

    def _already_message(self):
        self.ensure_one()
        if self.state == "withdrawn" and self.ended_at:
            return self.env._(
                "%(why)s: %(when)s.",
                why=self._portal_ending(),
                when=self._format_moment(self.ended_at),
            )
        return super()._already_message()
