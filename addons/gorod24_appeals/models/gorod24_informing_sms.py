# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the result is told by a short message when the citizen chose so.

Odoo's own gateway sends it; its addon ``sms`` need not be installed. What becomes of
the message follows the rules of letters, but taken by the gateway it is not told yet:
that it was delivered is reported later, or never.
"""

from odoo import api, fields, models
from odoo.tools import str2bool

from ..phone_number import is_mobile
from ..telling import compose
from .gorod24_informing_letter import UNDERWAY

# States of a message in the gateway's queue.
STATES = {
    "process": "taken",
    "pending": "taken",
    "sent": "delivered",
    "error": "lost",
    "canceled": "lost",
}
# What reports of delivery make of a notification.
STATUSES = {
    "process": "taken",
    "pending": "taken",
    "sent": "delivered",
    "bounce": "lost",
    "exception": "lost",
    "canceled": "lost",
}


class Informing(models.Model):
    _inherit = "gorod24.informing"

    sms_uuid = fields.Char(
        readonly=True,
        index="btree_not_null",
        help="The message of this duty: there is never a second one.",
    )
    sms_notification_id = fields.Many2one(
        "mail.notification",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
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
            labels.get(question._get_told().outcome, ""),
        )

    def _start_sms(self):
        """Put messages into the gateway's queue: they leave after the commit."""
        if not self._may_send_sms():
            return
        for informing in self:
            number = informing._get_sms_number()
            if number:
                body = informing._get_sms_text()
                message = self._get_sms_gateway().create(
                    {"number": number, "body": body}
                )
                informing.sms_uuid = message.uuid
                informing.sms_notification_id = informing._track_sms(body)
                informing._mark_queued("sms")

    def _track_sms(self, body):
        """Return the notification the gateway's reports of delivery come to.

        They are told to trackers of the addon ``sms`` only, and kept by what these
        point to: a message of the appeal.
        """
        self.ensure_one()
        # sudo: the message is the hotline's, whoever reports the result
        env = self.sudo().env
        message = env["mail.message"].create(
            {
                "model": "helpdesk.ticket",
                "res_id": self.appeal_id.id,
                "message_type": "sms",
                "subtype_id": env.ref("mail.mt_note").id,
                "author_id": env.company.partner_id.id,
                "body": body,
            }
        )
        notification = env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "notification_type": "sms",
                "sms_number": self.phone_e164,
                "is_read": True,
            }
        )
        env["sms.tracker"].create(
            {"sms_uuid": self.sms_uuid, "mail_notification_id": notification.id}
        )
        return notification

    def _get_sms_messages(self):
        gateway = self._get_sms_gateway()
        uuids = [uuid for uuid in self.mapped("sms_uuid") if uuid]
        if gateway is None or not uuids:
            return []
        return gateway.search([("uuid", "in", uuids)])

    @api.model
    def _cron_follow_sms(self):
        """Learn what became of the messages on their way.

        Taken by the gateway is not told: the duty waits for the report of delivery.
        """
        waiting = self.search(
            [("letter_state", "in", UNDERWAY), ("letter_way", "=", "sms")]
        )
        if not waiting or self._get_sms_gateway() is None:
            return
        messages = {one.uuid: one for one in waiting._get_sms_messages()}
        for informing in waiting:
            message = messages.get(informing.sms_uuid)
            status = informing._get_sms_status(message)
            if status == "delivered":
                informing._on_letter_sent()
            elif status == "lost":
                reason = informing._get_sms_reason(message)
                informing._on_letter_failed(reason)
            elif status == "taken" and informing.letter_state == "queued":
                informing._on_sms_taken()

    def _get_sms_status(self, message):
        """Return waiting, taken, delivered or lost.

        :param message: of the gateway; None when its daily cleaning has removed it,
            which it does to those it has handed over only
        """
        self.ensure_one()
        reported = STATUSES.get(self._get_sms_report(), "waiting")
        if reported != "waiting":
            return reported
        return "taken" if message is None else STATES.get(message.state, "waiting")

    def _get_sms_report(self):
        """Status of the report of delivery, as Odoo names it. Hook."""
        # sudo: a bookkeeping line of the hotline's own message
        return self.sudo().sms_notification_id.notification_status

    def _on_sms_taken(self):
        """The gateway took the message: it is on its way, nobody is told yet."""
        self.write({"letter_state": "unconfirmed", "letter_at": fields.Datetime.now()})

    def _get_sms_reason(self, message):
        # A job has no language of its own; operators read the reasons.
        words = self.with_context(lang=self._get_letter_lang())
        if message is None or message.state in ("process", "pending", "sent"):
            return words.env._("The operator of the phone has not delivered the SMS.")
        if message.state == "canceled":
            return words.env._("The message was cancelled.")
        gateway = words._get_sms_gateway()
        field = gateway._fields.get("failure_type")
        kinds = dict(field._description_selection(gateway.env))
        return kinds.get(message.failure_type) or words.env._("The gateway failed.")
