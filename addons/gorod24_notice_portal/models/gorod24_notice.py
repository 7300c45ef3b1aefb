# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a participant sees and keeps the notices it gave.

It enters drafts, moves the terms and says that it is over; what citizens hear is
published by the hotline.
"""

from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

SHOWN = 50
LIMITS = {"name": 120, "cause": 200, "text": 600, "places": 2000}


class Notice(models.Model):
    _inherit = "gorod24.notice"

    is_mine = fields.Boolean(
        "Of my organisation",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="The user works for the participant who gave the notice.",
    )

    @api.depends("participant_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.env.user._get_notice_participants()
        for notice in self:
            notice.is_mine = notice.participant_id in mine

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env.user._get_notice_participants()
        return Domain("participant_id", "in", mine.ids)

    def _lock_for_work(self):
        """A participant keeps its own notices by the same methods, without the right
        to write them."""
        if self.env.su or not self.env.user._is_participant():
            return super()._lock_for_work()
        # reading is bound to the participant's own notices by the rule of access
        self.check_access("read")
        # sudo: states are changed by the methods, which have just checked whose it is
        return super(Notice, self.sudo())._lock_for_work()

    def action_publish(self):
        """:raises AccessError: what citizens hear is published by the hotline."""
        if not self.env.su and self.env.user._is_participant():
            raise AccessError(self.env._("The hotline publishes notices."))
        return super().action_publish()

    @api.model
    def _enter_own(self, values):
        """Enter a draft for the hotline to publish.

        :param values: dict of texts of the form: participant_id, service_id, type,
            name, cause, text, places, begins, ends; moments as the browser writes
            them, in the service's zone
        :return: the notice
        :raises UserError: naming what is wrong; nothing is saved then
        """
        mine = self.env.user._get_notice_participants()
        if not self.env.user._is_participant() or not mine:
            raise AccessError(self.env._("Only participants enter notices here."))
        participant = mine.filtered(
            lambda one: str(one.id) == values.get("participant_id")
        )
        participant = participant or (mine if len(mine) == 1 else participant)
        if not participant:
            raise UserError(self.env._("Choose for which organisation."))
        words = {key: self._clean_field(values, key) for key in LIMITS}
        needed = {
            "name": self.env._("Write what happens, in a few words."),
            "text": self.env._("Write what the operators have to say."),
            "places": self.env._("Write the streets and houses."),
        }
        for key, message in needed.items():
            if not words[key]:
                raise UserError(message)
        # sudo: a participant holds no right to write; who he is has been checked
        notice = self.sudo().create(
            {
                "name": words["name"],
                "cause": words["cause"],
                "text": words["text"],
                "author_id": self.env.uid,
                "participant_id": participant.id,
                **self._read_kind(values),
            }
        )
        notice.add_places(words["places"])
        notice._ring_hotline()
        return notice.sudo(False)

    def _ring_hotline(self):
        """Tell the operators at work that a draft waits for them, and how many do.

        Until it is published, every caller of those houses is one more request.
        """
        self.ensure_one()
        waiting = self.search_count([("state", "=", "draft")])
        # one message goes to all: in the language of the service
        told = self.with_context(lang=self.env.company.partner_id.lang)
        self.env.ref("gorod24_appeals.group_operator")._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "sticky": True,
                "title": told.env._("A notice to check and publish"),
                "message": told.env._(
                    "%(participant)s: %(name)s. To be checked: %(count)s.",
                    participant=self.participant_id.name,
                    name=self.name,
                    count=waiting,
                ),
            },
        )

    def _read_kind(self, values):
        """Return the type, the service and the moments of a form."""
        kind = values.get("type")
        if kind not in dict(self._fields["type"].selection):
            raise UserError(self.env._("Choose what it is."))
        text = values.get("service_id") or ""
        services = self.env["gorod24.notice.service"].search([])
        service = services.filtered(lambda one: str(one.id) == text)
        if not service:
            raise UserError(self.env._("Choose what it is about."))
        begins = self._read_moment(values.get("begins"))
        ends = self._read_moment(values.get("ends"))
        if not ends or ends <= fields.Datetime.now():
            raise UserError(self.env._("Name the expected end: a moment to come."))
        if begins and begins >= ends:
            raise UserError(self.env._("The end must come after the beginning."))
        if kind != "planned":
            moments = {"actual_from": begins, "expected_at": ends}
        elif begins:
            moments = {"planned_from": begins, "planned_to": ends}
        else:
            raise UserError(self.env._("Name the beginning of the works."))
        return {"type": kind, "service_id": service.id, **moments}

    def _clean_field(self, values, key):
        text = values.get(key) or ""
        text = text.strip() if isinstance(text, str) else ""
        if len(text) > LIMITS[key]:
            raise UserError(
                self.env._(
                    "Keep the words within %(limit)s characters.", limit=LIMITS[key]
                )
            )
        return text

    @api.model
    def _read_moment(self, text):
        """Return naive UTC of «2026-11-29T18:00» in the service's zone, or False.

        :raises UserError: for what is no moment
        """
        if not text:
            return False
        try:
            local = datetime.strptime(text[:16], "%Y-%m-%dT%H:%M")
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("This is no date and time.")) from error
        return self.env["gorod24.informing"]._to_utc(local)

    @api.model
    def _get_portal_page(self):
        """Return the notices a participant sees: [(title, [dict])], current first."""
        current = self.search(
            [("state", "in", ("draft", "active"))], limit=SHOWN, order="due_at, id"
        )
        over = self.search(
            [("state", "in", ("finished", "cancelled"))], limit=SHOWN // 5
        )
        return [
            (self.env._("Current"), [one._get_portal_values() for one in current]),
            (self.env._("Over"), [one._get_portal_values() for one in over]),
        ]

    def _get_portal_values(self):
        self.ensure_one()
        names = dict(self._fields["state"]._description_selection(self.env))
        types = dict(self._fields["type"]._description_selection(self.env))
        moments = {
            key: self[key] and self._format_moment(self[key])
            for key in ("starts_at", "due_at", "actual_to")
        }
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "type": types[self.type],
            "where": self.places_text,
            "text": self.text,
            "state": self.state,
            "state_label": names[self.state],
            "overdue": self.is_overdue,
            "why": (self.state == "cancelled" and self.closing_text) or "",
            # sudo: numbers only, nothing of the citizens
            "joined": self.sudo().joined_count,
            "waiting": self.sudo().waiting_count,
            **moments,
        }
