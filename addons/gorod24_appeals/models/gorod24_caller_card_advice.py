# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what the operator may read aloud or ask, once the topic is chosen."""

from odoo import api, models

from ..extra_answer import ASKED

ANSWERS, SERVICES = 3, 3
# What is looked for in words stands beside the best of both kinds.
BESIDE_BEST = 0.6


class CallerCardAdvice(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def advise(self, text="", topic_id=None, building_id=None):
        """Return the standard answers and services that fit, the best first.

        :param text: the citizen's words, or what the operator looks for.
        :param topic_id: the chosen topic; without it only words are looked at.
        :return: dict(answers, services), see ``suggest`` of both models.
        """
        self._check_operator()
        answers = self.env["gorod24.answer"].suggest(
            text, topic_id, building_id, limit=ANSWERS
        )
        services = self._suggest_services(text, topic_id)
        if not topic_id:
            best = max((item["score"] for item in answers + services), default=0)
            answers, services = (
                [item for item in items if item["score"] >= BESIDE_BEST * best]
                for items in (answers, services)
            )
        return {"answers": answers, "services": services}

    def _suggest_services(self, text, topic_id):
        """Services of the topic; a topic that is never sent finds them by words."""
        Navigator = self.env["gorod24.navigator"]
        found = Navigator.suggest(text, topic_id, limit=SERVICES)
        topic = self.env["helpdesk.ticket.category"].browse(topic_id or ())
        regimes = self.env["gorod24.regime"]
        if not found and regimes._for_topic(topic)._is_of("navigation"):
            found = Navigator.suggest(f"{topic.name} {text}", limit=SERVICES)
        return [dict(item, told=_told_text(self.env, item)) for item in found]

    @api.model
    def find_participants(self, text):
        """Return participants by a part of the name: [dict(id, name)]."""
        self._check_operator()
        found = self.env["res.partner"].search_fetch(
            [("is_participant", "=", True), ("name", "ilike", text)],
            ["name"],
            limit=8,
        )
        return [{"id": partner.id, "name": partner.name} for partner in found]

    @api.model
    def preview(
        self,
        topic_id,
        building_id=None,
        address_id=None,
        emergency=False,
        complained_id=None,
        contact_at=None,
        place_note="",
    ):
        """Tell also what the topic asks for, and avoid the one complained about."""
        topic = self.env["helpdesk.ticket.category"].browse(topic_id)
        return dict(
            super().preview(
                topic_id,
                building_id,
                address_id,
                emergency,
                complained_id,
                contact_at,
                place_note,
            ),
            required_place=topic.required_place or "any",
            required_proof=topic.required_proof or "",
            extra_questions=[
                self._extra_vals(item)
                for item in topic.extra_definition or ()
                if item["type"] in ASKED
            ],
        )

    def _extra_vals(self, item):
        """Return one extra question as the card shows it."""
        return {
            "name": item["name"],
            "label": item.get("string") or item["name"],
            "type": item["type"],
            "options": [list(option) for option in item.get("selection") or ()],
        }


def _told_text(env, item):
    """The service in the words told to the citizen and kept as the answer."""
    where = ", ".join(filter(None, [item["organisation"], item["address"]]))
    lines = [
        f"{item['name']}: {where}" if where else item["name"],
        item["phones"] and env._("Phone: %(phones)s", phones=item["phones"]),
        item["hours_text"] and env._("Hours: %(hours)s", hours=item["hours_text"]),
        item["how_to_apply"],
        item["documents"]
        and env._("Bring with you: %(papers)s", papers=item["documents"]),
    ]
    return "\n".join(filter(None, lines))


class Navigator(models.Model):
    _inherit = "gorod24.navigator"

    def _get_told_text(self):
        """The service in the words that are told to a citizen."""
        if not self:
            return ""
        self.ensure_one()
        return _told_text(self.env, self._prepare_suggestion(self, 0))
