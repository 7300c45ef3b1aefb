# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: repeated calls, recurrences, and citizens who joined a question.

A contact that joins an open question is recorded as a question of its own: closed
with the outcome "duplicate" and tied to the main one. When the main question is done
every joined citizen gets an own duty to be informed; "not fixed" from one of them
opens his own question again, with its own referral and terms.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .locking import check_sees_all

# Somebody still works, or will work, on these: a contact can join them.
UNFINISHED = ("registered", "sent", "accepted")
# Outcomes of a question that waits for the result of its leading one.
DUPLICATE = "duplicate"
JOINED = (DUPLICATE, "joined_notice")
REPEAT_DAYS = {"gorod24.repeat_days": 30, "gorod24.recurrence_days": 30}


class Question(models.Model):
    _inherit = "gorod24.question"

    repeated = fields.Boolean(
        help="The same person asked about the same topic a short time ago."
    )
    recurrence = fields.Boolean(
        help="The same topic in the same house a short time ago, by anybody."
    )
    repeat_of_id = fields.Many2one(
        "gorod24.question",
        "Earlier question",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
    joined_to_id = fields.Many2one(
        "gorod24.question",
        "Joined to",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="The question that was at work already when this contact came.",
    )
    joined_ids = fields.One2many("gorod24.question", "joined_to_id", "Joined contacts")
    joined_count = fields.Integer("Joined", compute="_compute_joined_count")
    price_agreed = fields.Float(
        "Agreed price", digits=(12, 2), help="Roubles, for a paid request."
    )
    visit_agreed_at = fields.Datetime("Agreed visit")

    # "The same person and topic", "the same house and topic", newest first.
    _repeat_idx = models.Index(
        "(partner_id, topic_id, id DESC) WHERE partner_id IS NOT NULL"
    )
    _recurrence_idx = models.Index(
        "(building_id, topic_id, id DESC) WHERE building_id IS NOT NULL"
    )
    # What is at work in a house and in a street now.
    _house_open_idx = models.Index(
        "(building_id, id DESC) WHERE building_id IS NOT NULL"
        " AND state IN ('registered', 'sent', 'accepted')"
    )
    _street_open_idx = models.Index(
        "(address_id, id DESC) WHERE address_id IS NOT NULL"
        " AND state IN ('registered', 'sent', 'accepted')"
    )
    _price_check = models.Constraint(
        "CHECK (price_agreed IS NULL OR price_agreed >= 0)",
        "The price cannot be negative.",
    )

    @api.depends("joined_ids.joined_to_id")
    def _compute_joined_count(self):
        rows = self._read_group(
            [("joined_to_id", "in", self.ids)], ["joined_to_id"], ["__count"]
        )
        counts = {question.id: count for question, count in rows}
        for question in self:
            question.joined_count = counts.get(question.id, 0)

    # Repetition --------------------------------------------------------------

    @api.model
    def _get_repeat_days(self, name):
        # sudo: a setting, no personal data behind it
        value = self.env["ir.config_parameter"].sudo().get_param(name)
        try:
            return int(value)
        except (TypeError, ValueError):
            return REPEAT_DAYS[name]

    @api.model
    def _find_repeat(self, partner, topic):
        """Return the newest question of that person and topic that still counts."""
        if not partner or not topic:
            return self.browse()
        return self._find_recent("partner_id", partner, topic, "gorod24.repeat_days")

    @api.model
    def _find_recurrence(self, building, topic):
        """Return the newest question of that house and topic that still counts."""
        if not building or not topic:
            return self.browse()
        return self._find_recent(
            "building_id", building, topic, "gorod24.recurrence_days"
        )

    def _find_recent(self, column, record, topic, setting):
        """Return the newest question about ``topic`` that is open or closed lately.

        Asked twice while a card is saved, so past the ORM: the staff, the only one who
        registers, reads every question.

        :param column: the person or the house: what ``record`` is
        :param setting: name of the setting with the days a closed question counts
        """
        self.flush_model([column, "topic_id", "state", "closed_at"])
        days = self._get_repeat_days(setting)
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM gorod24_question WHERE %s = %s AND topic_id = %s"
                " AND (state != 'closed' OR closed_at >= %s) ORDER BY id DESC LIMIT 1",
                SQL.identifier(column),
                record.id,
                topic.id,
                fields.Datetime.now() - timedelta(days=days),
            )
        )
        return self.browse(question_id for (question_id,) in rows)

    # Joining -----------------------------------------------------------------

    def _get_joinable(self):
        """Return the main question a contact joins when it names this one.

        It is held until the end of the transaction, together with all others who join:
        a result reported meanwhile waits, and looks again who joined (`_get_waiting`).

        :raises UserError: when nobody works on it any more.
        """
        self.ensure_one()
        main = self.joined_to_id if self._is_joined() else self
        self.env.cr.execute(
            SQL("SELECT 1 FROM gorod24_question WHERE id = %s FOR SHARE", main.id)
        )
        main.invalidate_recordset(["state"])
        if main.state not in UNFINISHED:
            raise UserError(
                self.env._(
                    "Question %(name)s is finished already: register the contact as"
                    " a new one.",
                    name=main.name,
                )
            )
        return main

    def _is_joined(self):
        """Whether this question waits for the result of another one."""
        self.ensure_one()
        return bool(
            self.joined_to_id and self.state == "closed" and self.outcome in JOINED
        )

    def _is_told(self):
        """Nobody is told of an anonymous call."""
        return self.appeal_id.author_type == "anonymous" or super()._is_told()

    def _start_informing(self, moment):
        """Nobody is told of an anonymous call; joined citizens are told as well."""
        anonymous = self.filtered(
            lambda question: question.appeal_id.author_type == "anonymous"
        )
        for question in anonymous:
            question._close(moment)
        result = super(Question, self - anonymous)._start_informing(moment)
        self._inform_joined(moment)
        return result

    def _get_waiting(self):
        """Joined questions whose citizens still wait for the result.

        :raises ConcurrencyError: when one joined since this transaction began
        """
        if not self:
            return self
        # nobody else knows a question made by this very transaction
        known = self.filtered(lambda one: one.create_date != self.env.cr.now())
        known.flush_recordset(["state"])
        check_sees_all(known, self._fields["joined_to_id"])
        # sudo: an officer who reports a result has no right on other appeals
        joined = self.sudo().search(
            [
                ("joined_to_id", "in", self.ids),
                ("state", "=", "closed"),
                ("outcome", "in", JOINED),
            ],
            order="id",
        )
        return joined.filtered(lambda question: not question._get_duties())

    def _inform_joined(self, moment):
        """Create the duty to tell the result to everybody who joined, once to each."""
        for main, waiting in self._get_waiting().grouped("joined_to_id").items():
            waiting.write({**main._get_work_vals(), "result_text": main.result_text})
            told = main._get_told_person()
            for question in waiting:
                if question._needs_telling(told):
                    told |= question.partner_id
                    question._start_telling(moment)

    def _get_work_vals(self):
        """Who works the question and why he: those who joined it take that over.

        It may have changed hands since; who did it is named to them, and "not fixed"
        goes to him.
        """
        self.ensure_one()
        return {
            "participant_id": self.participant_id.id,
            "section_id": self.section_id.id,
            "person_id": self.person_id.id,
            "route_reason": self.route_reason,
        }

    def _get_told_person(self):
        """The applicant, when he learns the result by this very question."""
        self.ensure_one()
        at_once = self.outcome in ("answered_in_call", "navigated")
        return self.partner_id if at_once or self._get_duties() else self.partner_id[:0]

    def _needs_telling(self, told):
        """:param told: persons who are told of this result already."""
        self.ensure_one()
        if self.partner_id and self.partner_id in told:
            return False
        return self._is_told_by_letter_only() or not self._is_told()

    def _start_telling(self, moment):
        """Create the duty of a question that stays closed."""
        self._clock_start("informing", self.regime_id, moment)
        vals = self._prepare_informing_vals(moment)
        self.env["gorod24.informing"].create(vals)._start_letters()

    def _close(self, moment=None, *args, **vals):
        """A joined question is closed already: only its informing ends."""
        moment = moment or fields.Datetime.now()
        joined = self.filtered(lambda question: question._is_joined())
        joined._end_joined(moment, *args, **vals)
        rest = self - joined
        unfinished = rest.filtered(lambda question: question.state in UNFINISHED)
        result = super(Question, rest)._close(moment, *args, **vals)
        unfinished._settle_joined(moment)
        return result

    def _end_joined(self, moment, event="closed", note="", **vals):
        """Nothing is told to them any more; one who withdrew is not waited for."""
        self._clock_stop("informing", moment)
        self._cancel_informing(moment)
        if event == "withdrawn":
            self.write(vals)
            self._log_events(event, note, moment=moment)

    def _start_period(self, reason, event, way):
        """Those who joined wait for the new result, too: the old one is not told.

        One who joined himself goes to whoever works the main question now.
        """
        joined = self.joined_ids.filtered(lambda question: question._is_joined())
        joined._clock_stop("informing")
        joined._cancel_informing()
        for question in self.filtered("joined_to_id"):
            if question._is_joined():
                question.write(question.joined_to_id._get_work_vals())
        return super()._start_period(reason, event, way)

    def _settle_joined(self, moment):
        """Nobody who joined is forgotten when the main question ends otherwise.

        Withdrawn, it hands its place to the first who joined: his trouble is still
        there. Joined to another one itself, it takes them along. Answered or
        forwarded, they are told so.
        """
        withdrawn = self.filtered(lambda question: question.outcome == "withdrawn")
        follower = self.filtered(lambda question: question._is_joined())
        (self - withdrawn - follower)._inform_joined(moment)
        waiting = (withdrawn | follower)._get_waiting()
        for question, joined in waiting.grouped("joined_to_id").items():
            main, others = question.joined_to_id, joined
            if question.outcome == "withdrawn":
                main, others = joined[0], joined[1:]
                main._reopen(
                    self.env._(
                        "Question %(name)s, which this one was joined to, was closed"
                        " without a result",
                        name=question.name,
                    ),
                    way="first",
                )
            others.write({"joined_to_id": main.id})


class Referral(models.Model):
    _inherit = "gorod24.referral"

    # What was agreed with the citizen is the participant's business too.
    price_agreed = fields.Float(related="question_id.price_agreed")
    visit_agreed_at = fields.Datetime(related="question_id.visit_agreed_at")


class Informing(models.Model):
    _inherit = "gorod24.informing"

    # Results to tell to the person whose card is opened.
    _partner_due_idx = models.Index("(partner_id) WHERE state = 'due'")
