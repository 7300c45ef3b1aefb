# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

WORKS = [
    ("rework", "Return for rework"),
    ("reopen", "Reopen"),
    ("withdraw", "Withdrawn by the citizen"),
    ("decline", "Informing not needed"),
    ("close", "Close without a participant"),
    ("text", "Correct the text"),
    ("topic", "Correct the topic"),
    ("place", "Correct the place"),
    ("emergency", "Emergency or not"),
    ("paid", "Price and visit"),
    ("papers", "Papers asked of another body"),
    ("rating", "Rating on the platform"),
]
CLOSINGS = [
    ("answered_in_call", "Answered in the call"),
    ("navigated", "Told where to apply"),
    ("joined_notice", "Joined to another question"),
    ("duplicate", "Duplicate"),
]


class QuestionWork(models.TransientModel):
    """Asks an operator for the words a change of a question needs."""

    _name = "gorod24.question.work"
    _description = "Work on a question"

    question_id = fields.Many2one("gorod24.question", required=True, ondelete="cascade")
    work = fields.Selection(WORKS, "What to do", required=True)
    reason = fields.Text()
    outcome = fields.Selection(CLOSINGS)
    leading_id = fields.Many2one(
        "gorod24.question",
        "Leading question",
        domain="[('id', '!=', question_id)]",
        ondelete="cascade",
    )
    text = fields.Text("Citizen's words")
    topic_id = fields.Many2one(
        "helpdesk.ticket.category",
        "Topic",
        domain="[('is_topic', '=', True)]",
        ondelete="cascade",
    )
    building_id = fields.Many2one("gorod24.building", "House", ondelete="cascade")
    address_id = fields.Many2one(
        "gorod24.address",
        "Street without a house",
        domain="[('level', '=', 'street')]",
        ondelete="cascade",
    )
    place_note = fields.Char("Exact place")
    is_home = fields.Boolean(
        "The applicant's own address",
        help="Untick it when the trouble is elsewhere: his address then stays as it is,"
        " and the flat is not told.",
    )
    flat = fields.Char()
    address_note = fields.Char("How to find, entrance, intercom")
    companions = fields.Char("Questions that move along", compute="_compute_companions")
    emergency = fields.Boolean()
    paid = fields.Boolean()
    price_agreed = fields.Float("Agreed price", digits=(12, 2))
    visit_agreed_at = fields.Datetime("Agreed visit")
    oral_consent = fields.Boolean("The citizen agrees to an oral answer")
    lacks_consent = fields.Boolean(compute="_compute_lacks_consent")
    addressee = fields.Char("Asked of")
    request_number = fields.Char("Number of the request")
    request_day = fields.Date("Asked on", default=fields.Date.context_today)
    rating = fields.Selection(
        [(str(mark), str(mark)) for mark in range(1, 6)], "Rating of the answer"
    )
    again = fields.Boolean("Repeat consideration")
    proposal = fields.Char("By the rules of competence", readonly=True)
    proposed_participant_id = fields.Many2one("res.partner", ondelete="cascade")
    proposed_section_id = fields.Many2one("gorod24.section", ondelete="cascade")

    @api.depends("question_id")
    def _compute_lacks_consent(self):
        for work in self:
            work.lacks_consent = bool(
                work.question_id and work.question_id._lacks_oral_consent()
            )

    @api.depends("question_id", "building_id", "is_home")
    def _compute_companions(self):
        for work in self:
            moving = self.env["gorod24.question"]
            if work.question_id and work.is_home and work.building_id:
                moving = work.question_id._get_companions(work.building_id)
            work.companions = ", ".join(moving.mapped("name"))

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        question = self.env["gorod24.question"].browse(vals.get("question_id"))
        if question:
            vals.update(
                text=question.text,
                topic_id=question.topic_id.id,
                building_id=question.building_id.id,
                address_id=not question.building_id and question.address_id.id,
                place_note=question.place_note,
                is_home=question.building_id == question.appeal_id.building_id,
                flat=question.appeal_id.flat,
                address_note=question.appeal_id.address_note,
                emergency=question.emergency,
                paid=question.paid,
                price_agreed=question.price_agreed,
                visit_agreed_at=question.visit_agreed_at,
            )
        return vals

    def action_apply(self):
        """Do it; a refusal says why and leaves what was typed."""
        self.ensure_one()
        question, reason = self.question_id, self.reason
        if self.work == "topic":
            route = question.action_correct_topic(self.topic_id.id)
            return self._offer_route(route, self.env._("The topic is corrected"))
        if self.work == "place":
            route = question.action_correct_place(
                self.building_id.id,
                self.address_id.id,
                self.place_note,
                self._prepare_home(),
            )
            offer = self._offer_route(route, self.env._("The place is corrected"))
            return self._tell_others(route["others"], offer)
        {
            "rework": lambda: question.action_rework(reason),
            "reopen": lambda: question.action_reopen(reason),
            "withdraw": lambda: question.action_withdraw(reason),
            "decline": lambda: question.action_decline_informing(reason),
            "text": lambda: question.action_correct_text(self.text),
            "emergency": lambda: question.action_correct_emergency(
                self.emergency, reason
            ),
            "paid": lambda: question.action_correct_paid(
                self.paid, self.price_agreed, self.visit_agreed_at
            ),
            "close": self._close,
            "papers": lambda: question.action_request_papers(
                self.addressee, reason, self.request_day, self.request_number
            ),
            "rating": lambda: question.action_rate(
                int(self.rating or 0), reason, self.again
            ),
        }[self.work]()
        return {"type": "ir.actions.act_window_close"}

    def _prepare_home(self):
        """Return what is told of the applicant's own address; None: not his. Hook."""
        if not (self.is_home and self.building_id):
            return None
        return {"flat": self.flat, "address_note": self.address_note}

    def _close(self):
        if self.oral_consent and self.lacks_consent:
            self.question_id.action_note_oral_consent()
        self.question_id.action_close(
            self._get_outcome(), self.reason, self.leading_id.id
        )

    def _get_outcome(self):
        if not self.outcome:
            raise UserError(self.env._("Choose the outcome."))
        return self.outcome

    def _offer_route(self, route, title):
        """Offer the participant the rules name for what was corrected."""
        waiting = self.question_id.state in ("draft", "registered")
        if not route["participant_id"] or not (route["changed"] or waiting):
            return {"type": "ir.actions.act_window_close"}
        names = filter(None, [route["participant"], route["section"]])
        self.write(
            {
                "proposal": f"{', '.join(names)}: {route['reason']}",
                "proposed_participant_id": route["participant_id"],
                "proposed_section_id": route["section_id"],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _tell_others(self, names, action):
        """Say, before going on, which questions that moved along go elsewhere now."""
        if not names:
            return action
        message = self.env._(
            "By the rules of competence they are for somebody else at the new address:"
            " %(names)s. Open them and send them to another participant.",
            names=names,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": message,
                "next": action,
            },
        }

    def action_send_proposed(self):
        """Send the question to the one the rules name after the correction."""
        self.ensure_one()
        question = self.question_id
        send = question.action_resend
        if question.state in ("draft", "registered"):
            send = question.action_send
        reason = self.env._("The topic was corrected: %(why)s", why=self.proposal)
        if self.work == "place":
            reason = self.env._("The place was corrected: %(why)s", why=self.proposal)
        send(self.proposed_participant_id.id, self.proposed_section_id.id, reason)
        return {"type": "ir.actions.act_window_close"}
