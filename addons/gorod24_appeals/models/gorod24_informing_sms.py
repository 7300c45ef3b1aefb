# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the result is told by a short message when the citizen chose so.

Odoo's own gateway sends it; its addon ``sms`` need not be installed. What becomes of
the message follows the rules of letters.
"""

from odoo import api, fields, models
from odoo.tools import str2bool

from ..phone_number import is_mobile
from ..telling import compose

GONE = ("pending", "sent")
LOST = ("error", "canceled")


class Informing(models.Model):
    _inherit = "gorod24.informing"

    sms_uuid = fields.Char(
        readonly=True,
        index="btree_not_null",
        help="The message of this duty: there is never a second one.",
    )

    @api.model
    def _get_sms_gateway(self):
        """Return the messages of Odoo's own gateway, None when it is not installed."""
        # sudo: the message is the hotline's, whoever reports the result
        return self.env["sms.sms"].sudo() if "sms.sms" in self.env else None

    @api.model
    def _may_send_sms(self):
        # Reading a setting: no personal data behind this sudo.
        get = self.env["ir.config_parameter"].sudo().get_param
        wanted = str2bool(get("gorod24.informing_sms") or "0", False)
        return wanted and self._get_sms_gateway() is not None

    def _get_sms_number(self):
        """Return the mobile number a message may go to, or False."""
        self.ensure_one()
        if self.appeal_id.inform_way != "sms" or self.sms_uuid:
            return False
        if self.question_id.informing_declined or not is_mobile(self.phone_e164):
            return False
        mine = self.partner_id.phone_ids.filtered(
            lambda phone: phone.e164 == self.phone_e164
        )
        barred = any(phone.do_not_call or phone.wrong for phone in mine)
        return False if barred else self.phone_e164

    def _get_sms_text(self):
        informing = self.with_context(lang=self._get_letter_lang())
        question = informing.question_id
        labels = dict(question._fields["outcome"]._description_selection(informing.env))
        # Reading a setting: no personal data behind this sudo.
        parameters = self.env["ir.config_parameter"].sudo()
        template = parameters.get_param("gorod24.informing_sms_text")
        return compose(
            template
            or informing.env._("Your question {number} ({topic}): {outcome}. Hotline"),
            question.name,
            question.topic_id.name or "",
            labels.get(question.outcome, ""),
        )

    def _start_sms(self):
        """Put messages into the gateway's queue: they leave after the commit."""
        if not self._may_send_sms():
            return
        for informing in self:
            number = informing._get_sms_number()
            if number:
                message = self._get_sms_gateway().create(
                    {"number": number, "body": informing._get_sms_text()}
                )
                informing.sms_uuid = message.uuid
                informing._mark_queued("sms")

    def _get_sms_messages(self):
        gateway = self._get_sms_gateway()
        uuids = [uuid for uuid in self.mapped("sms_uuid") if uuid]
        if gateway is None or not uuids:
            return []
        return gateway.search([("uuid", "in", uuids)])

    @api.model
    def _cron_follow_sms(self):
        """Learn from the gateway what became of the messages on their way."""
        waiting = self.search(
            [("letter_state", "=", "queued"), ("letter_way", "=", "sms")]
        )
        by_uuid = {one.sms_uuid: one for one in waiting}
        for message in waiting._get_sms_messages():
            if message.state in GONE:
                by_uuid[message.uuid]._on_letter_sent()
            elif message.state in LOST:
                by_uuid[message.uuid]._on_letter_failed(self._get_sms_reason(message))

    @api.model
    def _get_sms_reason(self, message):
        # A job has no language of its own; operators read the reasons.
        words = self.with_context(lang=self._get_letter_lang())
        if message.state == "canceled":
            return words.env._("The message was cancelled.")
        gateway = words._get_sms_gateway()
        field = gateway._fields.get("failure_type")
        kinds = dict(field._description_selection(gateway.env))
        return kinds.get(message.failure_type) or words.env._("The gateway failed.")
