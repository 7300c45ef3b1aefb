# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the road of a text from draft to approval, and its versions."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .gorod24_answer import CONTENT


class Gorod24Answer(models.Model):
    _inherit = "gorod24.answer"

    def _start_new_version(self):
        """Turn texts whose content was changed into drafts of the next version.

        What was approved stays offered until the new version is approved.
        """
        # sudo: the bookkeeping of the approval is closed to bare writing
        for answer in self.sudo():
            vals = {"author_id": self.env.uid}
            if answer.state in ("approved", "review"):
                vals.update(state="draft", approved_by_id=False, approved_at=False)
            vals["version"] = max(answer.version_ids.mapped("number"), default=0) + 1
            answer.write(vals)

    def action_submit(self):
        """Hand the drafts over for approval."""
        self.check_access("write")
        self._check_state("draft")
        for answer in self:
            if not answer.text.strip():
                raise UserError(self.env._("Write the text of the answer first."))
        # sudo: the state is closed to bare writing
        self.sudo().write({"state": "review"})

    def action_approve(self):
        """Approve the texts: from now on they are offered to operators."""
        self._check_approver()
        self._check_state("review")
        now = fields.Datetime.now()
        # sudo: an approver reads answers only, versions are made by the system
        for answer in self.sudo():
            version = self.env["gorod24.answer.version"].sudo()
            answer.write(
                {
                    "state": "approved",
                    "approved_by_id": self.env.uid,
                    "approved_at": now,
                    "offered_version_id": version.create(
                        answer._prepare_version_vals(now)
                    ).id,
                }
            )

    def action_return(self):
        """Give the texts back to be reworked; the reason is written as a note."""
        self._check_approver()
        self._check_state("review")
        # sudo: the state is closed to bare writing
        self.sudo().write({"state": "draft"})

    def action_discard(self):
        """Drop the draft of a new version: the approved text is the current one."""
        self.check_access("write")
        for answer in self:
            version = answer.offered_version_id
            if not version or answer.state not in ("draft", "review"):
                raise UserError(self.env._("There is no approved text to return to."))
            # sudo: the bookkeeping of the approval is closed to bare writing
            vals = {name: version[name] for name in CONTENT}
            answer.sudo().with_context(gorod24_discard=True).write(
                dict(
                    vals,
                    state="approved",
                    version=version.number,
                    author_id=version.author_id.id,
                    approved_by_id=version.approved_by_id.id,
                    approved_at=version.approved_at,
                )
            )

    def _changes_content(self, vals):
        # the browser may send the word, but not as the system
        if self.env.su and self.env.context.get("gorod24_discard"):
            return False
        return super()._changes_content(vals)

    def _prepare_version_vals(self, now):
        """Return the values of the immutable copy of an approved text. Hook."""
        self.ensure_one()
        return {
            "answer_id": self.id,
            "number": self.version,
            "author_id": self.author_id.id,
            "approved_by_id": self.env.uid,
            "approved_at": now,
            **{name: self[name] for name in CONTENT},
        }

    def _check_approver(self):
        if not self.env.su and not self.env.user.has_group(
            "gorod24_classifier.group_answer_approver"
        ):
            raise AccessError(
                self.env._("Standard answers are approved by those named for it.")
            )

    def _check_state(self, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for answer in self:
            if answer.state != state:
                raise UserError(
                    self.env._(
                        "“%(name)s” is in the state “%(state)s”: it must be"
                        " “%(needed)s” for this.",
                        name=answer.name,
                        state=labels[answer.state],
                        needed=labels[state],
                    )
                )
