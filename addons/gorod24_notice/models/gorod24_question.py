# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a question whose trouble was known from a notice.

It is closed at once with the outcome "joined to a notice". Either the text was read
aloud and that is all, or the citizen waits (``notice_waits``): then he is told when
the notice is over, and "not fixed" opens his own question again.
"""

from odoo import fields, models
from odoo.exceptions import UserError

JOINED_NOTICE = "joined_notice"


class Question(models.Model):
    _inherit = "gorod24.question"

    notice_id = fields.Many2one(
        "gorod24.notice",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
    )
    notice_waits = fields.Boolean(
        "To be told at the end",
        readonly=True,
        copy=False,
        help="The citizen wants to be told when the notice is over.",
    )
    notice_told_at = fields.Datetime(
        "End of the notice passed on",
        readonly=True,
        copy=False,
        help="When the duty to tell him was made.",
    )

    def _joins_notice(self):
        """Whether it waits, or has waited, for the end of a notice."""
        self.ensure_one()
        return bool(
            self.notice_waits
            and self.state == "closed"
            and self.outcome == JOINED_NOTICE
            and not self.joined_to_id
        )

    def _is_joined(self):
        """A question that waits for a notice is closed already: only its informing
        begins and ends."""
        return self._joins_notice() or super()._is_joined()

    def _get_awaited_state(self):
        """Who waits for the end of a notice knows it to be worked on; at the end one
        duty tells a citizen of all his questions."""
        if not self._joins_notice():
            return super()._get_awaited_state()
        if not self.notice_told_at:
            return "accepted"
        if self._is_told() or not self.partner_id:
            return "closed"
        # by the index of what is due to a person
        due = self.env["gorod24.informing"].search_count(
            [
                ("partner_id", "=", self.partner_id.id),
                ("state", "=", "due"),
                ("question_id.notice_id", "=", self.notice_id.id),
            ],
            limit=1,
        )
        return "informing" if due else "closed"

    def _get_joinable(self):
        """:raises UserError: nobody works on what waits for a notice."""
        if self._joins_notice():
            raise UserError(
                self.env._(
                    "Question %(name)s waits for the end of notice %(number)s: join "
                    "the notice instead.",
                    name=self.name,
                    number=self.notice_id.number,
                )
            )
        return super()._get_joinable()

    def _check_not_joined(self):
        for question in self:
            if question._joins_notice():
                raise UserError(
                    self.env._(
                        "Question %(name)s is joined to notice %(number)s and is "
                        "closed already: its citizen is told when the notice is over. "
                        "If he need not be told, note that no informing is needed.",
                        name=question.name,
                        number=question.notice_id.number,
                    )
                )
        return super()._check_not_joined()

    def _end_joined(self, moment, event="closed", note="", **vals):
        """Who declined is not waited for any more."""
        waiting = self.filtered(lambda question: question._joins_notice())
        waiting.filtered(lambda question: not question.notice_told_at).write(
            {"notice_told_at": moment}
        )
        return super()._end_joined(moment, event, note, **vals)

    def _settle_joined(self, moment):
        """Those who joined a question that joins a notice wait for the notice, too."""
        noticed = self.filtered(lambda question: question._joins_notice())
        for question in noticed:
            question._get_waiting().write(
                {
                    "joined_to_id": False,
                    "outcome": JOINED_NOTICE,
                    "notice_id": question.notice_id.id,
                    "notice_waits": True,
                }
            )
        return super(Question, self - noticed)._settle_joined(moment)

    # Telling -------------------------------------------------------------------------

    def _pick_to_tell(self):
        """One question of each citizen who has to be told; nobody is rung twice."""
        chosen, known = self.browse(), set()
        for question in self:
            citizen = question.partner_id.id or question.phone_e164 or question.id
            needs = question._needs_telling(self.env["res.partner"])
            if needs and citizen not in known:
                known.add(citizen)
                chosen |= question
        return chosen

    def _start_telling_many(self, moment):
        """Create the duties of questions that stay closed: two inserts for all."""
        self._clock_start_many(
            [
                (question, "informing", question.regime_id, moment)
                for question in self
                if question.regime_id
            ]
        )
        duties = self.env["gorod24.informing"].create(
            [question._prepare_informing_vals(moment) for question in self]
        )
        duties._start_letters()
        return duties

    # Words ---------------------------------------------------------------------------

    def _get_settled_words(self):
        """What the citizen takes along: the text of the notice, and what follows."""
        if self.outcome != JOINED_NOTICE or not self.notice_id:
            return super()._get_settled_words()
        words = [self.result_text or self.notice_id.name]
        if self._joins_notice() and not self.notice_told_at:
            words.append(self.env._("We shall call you when it is over."))
        return " ".join(words)
