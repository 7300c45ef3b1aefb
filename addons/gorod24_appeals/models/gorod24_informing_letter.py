# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the result is told by a letter when the citizen chose so.

Odoo's own outgoing mail sends the letter. Handed over to the mail server it counts as
told; a failure of any kind brings the citizen back to the list of calls, with the
reason.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import str2bool

LETTER_STATES = [
    ("queued", "On its way"),
    ("unconfirmed", "Sent, not confirmed yet"),
    ("sent", "Sent"),
    ("failed", "Not delivered"),
]
# The citizen is not called meanwhile.
UNDERWAY = ("queued", "unconfirmed")
WAYS = [("email", "By e-mail"), ("sms", "By SMS")]
# What is noted on the attempt: told, not told.
DISPOSITIONS = {"email": ("letter", "letter_failed"), "sms": ("sms", "sms_failed")}
TEMPLATE = "gorod24_appeals.mail_template_informing"
# A letter that did not leave in this time will be told by telephone.
PATIENCE = timedelta(hours=24)
BATCH = 200


class Informing(models.Model):
    _inherit = "gorod24.informing"

    letter_state = fields.Selection(LETTER_STATES, "Letter", readonly=True)
    letter_way = fields.Selection(WAYS, "Written", readonly=True)
    letter_at = fields.Datetime("Letter written at", readonly=True)
    letter_error = fields.Char("Why the letter failed", readonly=True)
    letter_mail_id = fields.Many2one(
        "mail.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _letter_idx = models.Index(
        "(letter_at) WHERE letter_state IN ('queued', 'unconfirmed')"
    )

    @api.model
    def _may_send_letters(self):
        # Reading a setting: no personal data behind this sudo.
        parameters = self.env["ir.config_parameter"].sudo()
        return str2bool(parameters.get_param("gorod24.informing_letters") or "0", False)

    def _start_letters(self):
        """Write to the citizens who chose so; the others wait for a call."""
        self.filtered(lambda one: one.letter_state not in UNDERWAY)._start_sms()
        if not self._may_send_letters():
            return
        for informing in self:
            if informing.letter_state not in UNDERWAY:
                address = informing.appeal_id._get_letter_address()
                if address:
                    informing._write_letter(address)

    def _write_letter(self, address):
        """Put the letter into the queue of outgoing mail."""
        self.ensure_one()
        # sudo: an officer of a participant reports the result; the letter is the
        # hotline's, and its text is the administrator's template
        template = self.env.ref(TEMPLATE).sudo()
        company = self.env.company.sudo()
        mail_id = template.send_mail(
            self.id,
            email_values={
                "email_to": address,
                # The person's own address would get the same letter once more.
                "recipient_ids": [],
                "email_from": company.email_formatted or self.env.user.email_formatted,
                "author_id": company.partner_id.id,
                "auto_delete": False,
            },
        )
        self.letter_mail_id = mail_id
        self._mark_queued("email")

    def _mark_queued(self, way):
        """Told in writing, the citizen is not called meanwhile."""
        self.write(
            {
                "letter_way": way,
                "letter_state": "queued",
                "letter_at": fields.Datetime.now(),
                "letter_error": False,
                "needs_contact": False,
                "next_at": False,
            }
        )

    def _recall_letters(self):
        """What has not left yet is not sent: the result is told in another way."""
        queued = self.filtered(lambda one: one.letter_state == "queued")
        queued.letter_state = False
        # sudo: outgoing mail is the hotline's, nobody's own
        mails = queued.letter_mail_id.sudo()
        mails.filtered(lambda mail: mail.state == "outgoing").cancel()
        for message in queued._get_sms_messages():
            if message.state == "outgoing":
                message.state = "canceled"

    def _recall_unwanted_letters(self):
        """Another way or address was chosen: he is called, or written to anew."""
        unwanted = self.filtered(
            lambda one: one.letter_state in UNDERWAY and not one._is_letter_wanted()
        )
        unwanted._recall_letters()
        # What the gateway has taken already cannot be recalled, but tells nobody.
        unwanted.letter_state = False
        unwanted._return_to_calls()

    def _is_letter_wanted(self):
        """Whether the letter on its way goes where the citizen wants to be told."""
        self.ensure_one()
        if self.letter_way == "sms":
            return self.appeal_id.inform_way == "sms"
        # sudo: outgoing mail is the hotline's, nobody's own
        address = self.letter_mail_id.sudo().email_to
        return address == self.appeal_id._get_letter_address()

    def _return_to_calls(self):
        """He is called now, or a number is looked for."""
        moment = self._next_call_moment(fields.Datetime.now())
        for informing in self:
            callable_ = bool(informing.phone_e164)
            informing.write(
                {
                    "next_at": moment if callable_ else False,
                    "needs_contact": not callable_,
                }
            )

    def _finish(self, state, at, **vals):
        """Told otherwise, or wanting no answer, the citizen gets no letter any more."""
        self._recall_letters()
        return super()._finish(state, at, **vals)

    def _on_letter_sent(self):
        """The mail server took the letter: the citizen is told."""
        now = fields.Datetime.now()
        for informing in self.filtered(lambda one: one.letter_state in UNDERWAY):
            informing.letter_state = "sent"
            if informing.state != "due":
                continue
            informing._note_letter(told=True)
            informing._finish("done", now, satisfaction="not_asked")
            informing.question_id.satisfaction = "not_asked"
            informing.question_id._close(now)

    def _on_letter_failed(self, reason):
        """The citizen has to be called after all."""
        for informing in self.filtered(lambda one: one.letter_state in UNDERWAY):
            informing.write({"letter_state": "failed", "letter_error": reason[:250]})
            if informing.state == "due":
                informing._note_letter(told=False, reason=reason)
                informing._return_to_calls()

    def _note_letter(self, told, reason=""):
        done, failed = DISPOSITIONS[self.letter_way or "email"]
        self.env["gorod24.informing.attempt"].create(
            {
                "informing_id": self.id,
                "disposition": done if told else failed,
                "note": reason[:250],
                "told": told,
            }
        )
        self.attempt_count += 1

    def _get_letter_lang(self):
        """Language of the letter: the citizen's own, Russian by default."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        lang = self.partner_id.lang
        return "ru_RU" if "ru_RU" in installed else lang or self.env.lang

    @api.model
    def _cron_return_letters(self):
        """Bring back citizens whose letter has not left in a day, or was lost."""
        self._cron_follow_sms()
        # A job has no language of its own; operators read the reasons.
        words = self.with_context(lang=self._get_letter_lang()).env
        late = self.search(
            [
                ("letter_state", "in", UNDERWAY),
                ("letter_at", "<", fields.Datetime.now() - PATIENCE),
            ],
            limit=BATCH,
            order="letter_at",
        )
        mails = late.letter_mail_id.filtered(lambda mail: mail.state == "outgoing")
        mails.cancel()
        by_sms = late.filtered(lambda one: one.letter_way == "sms")
        for message in by_sms._get_sms_messages():
            if message.state == "outgoing":
                message.action_set_canceled()
        unsure = by_sms.filtered(lambda one: one.letter_state == "unconfirmed")
        unsure._on_letter_failed(
            words._("Nobody has confirmed in a day that the SMS was delivered.")
        )
        by_sms -= unsure
        by_sms._on_letter_failed(words._("The SMS has not left within a day."))
        by_mail = late - by_sms - unsure
        by_mail._on_letter_failed(words._("The letter has not left within a day."))
        if len(late) == BATCH:
            self.env.ref("gorod24_appeals.ir_cron_return_letters")._trigger()


class Mail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Tell the duties to inform what became of their letters."""
        # sudo: the queue of outgoing mail may be run by anybody
        letters = self.env["gorod24.informing"].sudo()
        letters = letters.search([("letter_mail_id", "in", self.ids)])
        if letters and failure_type:
            # the queue has no language of its own; operators read the reason
            words = letters.with_context(lang=letters[:1]._get_letter_lang()).env
            kinds = dict(self._fields["failure_type"]._description_selection(words))
            reason = failure_reason or kinds.get(failure_type, failure_type)
            letters._on_letter_failed(str(reason))
        elif letters:
            letters._on_letter_sent()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
