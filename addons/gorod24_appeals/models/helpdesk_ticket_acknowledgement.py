# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what the citizen is told about his registered appeal, in ready words."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..phone_number import is_mobile


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    acknowledgement = fields.Text(
        compute="_compute_acknowledgement",
        help="What was registered, by when, who works on it and how the citizen will"
        " be told: to read aloud, to print or to send.",
    )

    @api.depends_context("lang")
    def _compute_acknowledgement(self):
        for appeal in self:
            appeal.acknowledgement = appeal._get_acknowledgement()

    def _get_acknowledgement(self):
        """Return the text for the citizen; names nobody but the participants."""
        self.ensure_one()
        questions = self.question_ids.sorted("position")
        blocks = [self._get_acknowledged_number()]
        for place, question in enumerate(questions, 1):
            words = question._get_acknowledgement()
            blocks.append(f"{place}. {words}" if len(questions) > 1 else words)
        if any(question._get_awaited() for question in questions):
            blocks.append(self._get_answer_way())
        return "\n\n".join(filter(None, blocks))

    def _get_acknowledged_number(self):
        local = self.env["gorod24.clock"]._to_local(
            self.registered_at or self.create_date
        )
        return self.env._(
            "Your appeal is registered on %(day)s at %(time)s, number %(number)s.",
            day=local.strftime("%d.%m.%Y"),
            time=local.strftime("%H:%M"),
            number=self.number,
        )

    def _get_answer_way(self):
        """How the citizen will be told of the result. Hook.

        Of his number only the last digits: the text can be printed and left lying.
        """
        is_told = self._is_result_told()
        if is_told and self._is_written_by_email():
            return self.env._("We shall tell you the result by e-mail.")
        digits = is_told and (self.phone_e164 or "")[-4:]
        if digits and self.inform_way == "sms" and is_mobile(self.phone_e164):
            return self.env._(
                "We shall tell you the result by an SMS to the number ending in"
                " %(pair)s-%(last)s; should it not arrive, we shall call.",
                pair=digits[:2],
                last=digits[2:],
            )
        if digits and self.inform_way != "none":
            return self.env._(
                "We shall tell you the result by telephone, the number ending in"
                " %(pair)s-%(last)s.",
                pair=digits[:2],
                last=digits[2:],
            )
        return self.env._(
            "You can learn the result by calling the hotline: name the number of the"
            " appeal."
        )

    def _is_result_told(self):
        """Whether a result still to come will be told: nobody tells it to an anonymous
        citizen, or to one who wants no answer."""
        awaited = self.question_ids.filtered(lambda one: one._get_awaited())
        return self.author_type != "anonymous" and not all(
            awaited.mapped("informing_declined")
        )

    def _is_written_by_email(self):
        """A written appeal is answered where its author asked, whatever he chose."""
        if self.converted_at and self.answer_email:
            return True
        return self.inform_way == "email" and bool(self._get_citizen_email())

    def _get_citizen_email(self):
        """The address a letter to the citizen goes to, or False."""
        self.ensure_one()
        return self.inform_email or self.partner_id.email or self.partner_email

    # For people ------------------------------------------------------------------

    def action_open_acknowledgement(self):
        """Open the text for the citizen: copy, print, send."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Text for the citizen"),
            "res_model": "gorod24.acknowledgement",
            "view_mode": "form",
            "target": "new",
            "context": {"default_appeal_id": self.id},
        }

    def action_send_acknowledgement(self):
        """Open a letter with the text; the operator sends it.

        :raises UserError: when nobody could get it
        """
        self.ensure_one()
        if not self._get_citizen_email():
            raise UserError(
                self.env._("The citizen left no e-mail: write it on his form first.")
            )
        template = self.env.ref("gorod24_appeals.mail_template_acknowledgement")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letter to the citizen"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                # A comment would go to the operator of the appeal as well.
                "default_message_type": "notification",
                "force_email": True,
            },
        }


class Question(models.Model):
    _inherit = "gorod24.question"

    def _get_acknowledgement(self):
        """Return the sentences about one question: what, who, by when."""
        self.ensure_one()
        what = ", ".join(filter(None, [self.topic_id.name, self.place]))
        sentences = [f"{what}." if what else ""]
        if self.state == "closed":
            sentences.append(self._get_settled_words())
        elif self.participant_id:
            name = self.participant_id.name
            sentences.append(self.env._("Working on it: %(name)s.", name=name))
        else:
            sentences.append(
                self.env._("The supervisor of the hotline will choose who works on it.")
            )
        awaited = self._get_awaited()
        if awaited.execution_due:
            local = self.env["gorod24.clock"]._to_local(awaited.execution_due)
            sentences.append(
                self.env._(
                    "Result before %(moment)s.",
                    moment=local.strftime("%d.%m.%Y %H:%M"),
                )
            )
        return " ".join(filter(None, sentences))

    def _get_awaited(self):
        """The question whose result the citizen waits for: a joined one has none.

        Opened again, one that was joined is waited for itself.
        """
        self.ensure_one()
        return self._get_told().filtered(lambda one: one.state != "closed")

    def _get_settled_words(self):
        """What a finished question ended with."""
        if self.joined_to_id and self._get_awaited():
            return self.env._(
                "Joined to question %(name)s, which is at work already.",
                name=self.joined_to_id.name,
            )
        if self.outcome in ("answered_in_call", "navigated"):
            told = self.env._("The answer was given in the call.")
        else:
            told = self.env._("This question is closed.")
        return " ".join(filter(None, [told, self.result_text]))
