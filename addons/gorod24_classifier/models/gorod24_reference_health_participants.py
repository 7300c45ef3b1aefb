# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: checks of participants, their sections, people and agreements."""

from odoo import api, models
from odoo.fields import Domain

PARTICIPANT = "gorod24_classifier.gorod24_participant_action"
SECTION = "gorod24_classifier.gorod24_section_action"
MEMBER = "gorod24_classifier.gorod24_section_member_action"
AGREEMENT = "gorod24_classifier.gorod24_agreement_action"


class Gorod24ReferenceHealth(models.AbstractModel):
    _inherit = "gorod24.reference.health"

    @api.model
    def _get_participant_checks(self):
        participant = Domain("is_participant", "=", True)
        archived = Domain("participant_id.is_participant", "=", True)
        archived &= Domain("participant_id.active", "=", False)
        common = {"area": "participants", "model": "res.partner"}
        common["action"] = PARTICIPANT
        return [
            {
                **common,
                "code": "participant_no_duty",
                "title": self.env._("Participants without a duty officer"),
                "hint": self.env._("Nobody will see a request sent to them in time."),
                "domain": participant & self._get_no_duty_domain(),
                "severity": "danger",
            },
            {
                **common,
                "code": "competence_archived_participant",
                "title": self.env._("Rules of archived participants"),
                "hint": self.env._("Questions go to organisations that left."),
                "model": "gorod24.competence",
                "action": "gorod24_classifier.gorod24_competence_action",
                "domain": archived,
                "severity": "danger",
            },
            {
                **common,
                "code": "exchange_incomplete",
                "title": self.env._("Exchange of requests not set up"),
                "hint": self.env._("The chosen way lacks an address or an account."),
                "domain": participant & self._get_exchange_domain(),
                "severity": "warning",
            },
            *self._get_agreement_checks(),
            *self._get_paper_checks(),
        ]

    @api.model
    def _get_agreement_checks(self):
        """What participants may see of the citizens' data today."""
        participant = Domain("is_participant", "=", True)
        today = self._get_today()
        in_force = Domain("valid_from", "<=", today) & (
            Domain("valid_to", "=", False) | Domain("valid_to", ">=", today)
        )
        held = Domain("agreement_ids", "any", list(in_force))
        # "!= False" would count the archived ones.
        signed = Domain("agreement_ids", "any", [("active", "=", True)])
        common = {"area": "participants", "model": "res.partner"}
        common["action"] = PARTICIPANT
        return [
            {
                **common,
                "code": "agreement_expired",
                "title": self.env._("Agreements that have expired"),
                "hint": self.env._("Officers see the minimum only, no phone."),
                "domain": participant & signed & ~held,
                "severity": "danger",
            },
            {
                **common,
                "code": "agreement_missing",
                "title": self.env._("Participants without an agreement"),
                "hint": self.env._("They see the words and the address, no phone."),
                "domain": participant & ~signed,
                "severity": "warning",
            },
        ]

    @api.model
    def _get_paper_checks(self):
        """Agreements as papers: the next one in time, the scan of this one."""
        common = {"area": "participants", "model": "gorod24.agreement"}
        common["action"] = AGREEMENT
        expiring = Domain("state", "=", "expiring")
        unscanned = Domain("attachment_ids", "=", False)
        unscanned &= Domain("state", "in", ["future", "active", "expiring"])
        return [
            {
                **common,
                "code": "agreement_expiring",
                "title": self.env._("Agreements that expire soon"),
                "hint": self.env._("Sign and register the next one in time."),
                "domain": expiring,
                "severity": "warning",
            },
            {
                **common,
                "code": "agreement_no_document",
                "title": self.env._("Agreements without the signed document"),
                "hint": self.env._("Attach the scan: it is the ground for the data."),
                "domain": unscanned,
                "severity": "info",
            },
        ]

    @api.model
    def _get_member_domain(self, role=None):
        """Memberships of today held by users who can sign in."""
        domain = self.env["gorod24.section.member"]._get_current_domain()
        domain &= Domain("user_id.active", "=", True)
        return domain & Domain("role", "=", role) if role else domain

    @api.model
    def _get_no_duty_domain(self):
        duty = Domain("member_ids", "any", list(self._get_member_domain("duty")))
        return Domain("section_ids", "not any", list(duty))

    @api.model
    def _get_exchange_domain(self):
        """The parts of `_get_exchange_problem` that a query can see."""
        no_address = Domain("email", "=", False) & (
            Domain("section_ids", "not any", [("active", "=", True)])
            | Domain("section_ids", "any", [("email", "=", False)])
        )
        no_account = Domain("exchange_user_id", "=", False)
        no_account |= Domain("exchange_user_id.active", "=", False)
        return (
            (Domain("exchange_method", "=", "email") & no_address)
            | (Domain("exchange_method", "=", "api") & no_account)
            | (
                Domain("exchange_method", "=", "file")
                & Domain("exchange_folder", "=", False)
            )
        )

    @api.model
    def _get_people_checks(self):
        current = self.env["gorod24.section.member"]._get_current_domain()
        common = {"area": "people", "model": "gorod24.section", "action": SECTION}
        staffed = Domain("member_ids", "any", list(self._get_member_domain()))
        archived = [("is_participant", "=", True), ("active", "=", False)]
        sections = Domain("section_id.active", "=", True)
        return [
            *self._get_absence_checks(),
            {
                **common,
                "code": "section_no_member",
                "title": self.env._("Sections without members"),
                "hint": self.env._("Their journals are read by nobody."),
                "domain": ~staffed & Domain("participant_id.active", "=", True),
                "severity": "warning",
            },
            {
                **common,
                "code": "member_left",
                "title": self.env._("Members who have left"),
                "hint": self.env._("Their users are archived. End the membership."),
                "model": "gorod24.section.member",
                "action": MEMBER,
                "domain": current & sections & Domain("user_id.active", "=", False),
                "severity": "warning",
            },
            {
                **common,
                "code": "user_archived_participant",
                "title": self.env._("Users of archived participants"),
                "hint": self.env._("They can still sign in. Archive them."),
                "model": "res.users",
                "action": "gorod24_classifier.gorod24_participant_user_action",
                "domain": Domain("partner_id.parent_id", "any", archived),
                "severity": "warning",
            },
        ]

    @api.model
    def _get_absence_checks(self):
        today = self._get_today()
        running = Domain("date_from", "<=", today) & Domain("date_to", ">=", today)
        running &= Domain("section_id.active", "=", True)
        nobody = Domain("substitute_id", "=", False)
        nobody |= Domain("substitute_id.active", "=", False)
        return [
            {
                "area": "people",
                "code": "absence_no_substitute",
                "title": self.env._("Absent today without a substitute"),
                "hint": self.env._("Name somebody to work in their place."),
                "model": "gorod24.section.absence",
                "action": "gorod24_classifier.gorod24_section_absence_action",
                "domain": running & nobody,
                "severity": "danger",
            }
        ]
