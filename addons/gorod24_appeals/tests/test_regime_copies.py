# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestRegimeCopies(FlowCommon):
    """What a regime is for is in its data: a copy of any code is as its original."""

    def _copy(self, code, own):
        regimes = self.env["gorod24.regime"]
        original = regimes._by_code(code)
        if original.rule_ids:
            copy = regimes.browse(original.action_make_copy()["res_id"])
            copy.code = own
        else:
            copy = original.copy({"code": own, "name": own})
        self.reference.regime_code = own
        return copy

    def _suggested(self):
        found = self.env["helpdesk.ticket.category"].suggest("пробная справка")
        return next(one for one in found if one["topic_id"] == self.reference.id)

    def test_the_card_opens_a_copied_reference_topic_for_an_answer(self):
        self._copy("INFO", "СПРАВКА")
        self.assertTrue(self._suggested()["settled_in_call"])
        self.assertFalse(self.card.preview(self.reference.id)["needs_referral"])
        self.assertTrue(self.reference.settled_in_call, "the browser of topics")
        self._copy("HOT", "ЛИНИЯ")
        self.assertFalse(self._suggested()["settled_in_call"])
        self.assertTrue(self.card.preview(self.reference.id)["needs_referral"])

    def test_nobody_is_missed_for_a_copied_reference_topic(self):
        self.env["gorod24.competence"].search([]).active = False
        for original, own in (("INFO", "СПРАВКА"), ("NAV", "АДРЕСА")):
            regime = self._copy(original, own)
            self.assertFalse(self.reference.is_uncovered)
            today = self.env["gorod24.service.time"]._get_service_today()
            Topic = self.env["helpdesk.ticket.category"]
            sent = Topic.search(Topic._get_participant_domain(today))
            self.assertNotIn(self.reference, sent)
            self.assertIn(self.heating, sent)
            regime.active = False
            self.reference.invalidate_recordset()
            self.assertFalse(self.reference.is_uncovered, "archived: still no business")
        self.reference.regime_code = "HOT"
        self.reference.invalidate_recordset()
        self.assertTrue(self.reference.is_uncovered)

    def test_a_copied_navigation_topic_finds_services_by_its_name(self):
        service = self.env["gorod24.navigator"].create(
            {"name": "Пробная справка: служба", "hours_text": "пн-пт 9-18"}
        )
        ask = self.card.advise
        self.reference.regime_code = "INFO"
        found = ask("совсем иное", self.reference.id)["services"]
        self.assertNotIn(service.id, [one["navigator_id"] for one in found])
        self._copy("NAV", "АДРЕСА")
        found = ask("совсем иное", self.reference.id)["services"]
        self.assertIn(service.id, [one["navigator_id"] for one in found])

    def test_a_copied_navigation_topic_without_a_service_is_on_the_page_of_order(self):
        self._copy("NAV", "АДРЕСА")
        checks = self.env["gorod24.reference.health"]._get_checks()
        domain = next(
            one["domain"]
            for one in checks
            if one["code"] == "topic_nav_without_service"
        )
        Topic = self.env["helpdesk.ticket.category"]
        self.assertIn(self.reference, Topic.search(domain))

    def test_a_letter_under_a_copied_law_needs_no_hint(self):
        letter = self.env["helpdesk.ticket.channel"].search(
            [("code", "=", "letter")], limit=1
        )
        hinted = self._register(self.heating, channel_id=letter.id)
        self.assertTrue(hinted.may_be_written)
        self._copy("R59", "ПИСЬМО")
        written = self._register(self.reference, channel_id=letter.id)
        self.assertEqual(written.question_ids.regime_id.code, "ПИСЬМО")
        self.assertFalse(written.may_be_written)

    def test_topics_without_a_regime_live_by_a_copied_hotline(self):
        regimes = self.env["gorod24.regime"]
        self.heating.regime_code = False
        self.assertEqual(regimes._for_topic(self.heating).code, "HOT")
        own = self._copy("HOT", "ЛИНИЯ")
        # the program's own is no more in force: the town's stands in
        regimes._by_code("HOT").valid_to = "2026-01-01"
        self.assertEqual(regimes._for_topic(self.heating), own)
        own._set_default()
        regimes._by_code("HOT").valid_to = False
        self.assertEqual(regimes._for_topic(self.heating), own)
