# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import PortalHttpCommon

ALL = ("text", "address", "flat", "phone", "name", "social", "recording")


@tagged("post_install", "-at_install")
class TestAgreementFields(PortalHttpCommon, MailCase):
    """Each kind of data is told where the agreement opens it, and nowhere else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appeal.address_note = "домофон 7К"
        cls.question.place_note = "за гаражами"
        cls.section.email = "section@example.com"
        # What is told by each kind; the address is a part of every line.
        cls.traces = {
            "text": ["Слова гражданина"],
            "address": [cls.street.name, "за гаражами"],
            "flat": ["flat 7", "домофон"],
            "phone": ["3852123456", "+7 385"],
            "name": ["Иванова"],
        }

    def _set(self, *codes):
        self.agreement.field_ids = self._agreement_fields(*codes)

    def _told(self, text):
        """Kinds of data that a text gives away."""
        return {
            kind
            for kind, traces in self.traces.items()
            if any(trace in text for trace in traces)
        }

    def _texts(self):
        """Everything a participant is shown or sent: {where: text}."""
        mine = self.referral.with_user(self.duty).with_context(lang="en_US")
        self.env.invalidate_all()
        self._login(self.duty)
        with self.mock_mail_gateway():
            self.referral._send_letter()
        letter = "".join(f"{m.subject} {m.body_html}" for m in self._new_mails)
        self.assertIn(self.question.name, letter)
        return {
            "page": self.url_open(self._url()).text,
            "journal": self.url_open("/my/requests").text,
            "row": str(mine._get_portal_rows()),
            "values": str(mine._get_portal_values()),
            "letter": letter,
        }

    # The phone is on the page of a request only; letters tell no flat and no name.
    PLACES = {
        "page": {"text", "address", "flat", "phone", "name"},
        "values": {"text", "address", "flat", "phone", "name"},
        "journal": {"address", "flat", "name"},
        "row": {"address", "flat", "name"},
        "letter": {"address"},
    }

    def test_one_kind_at_a_time(self):
        for code in ALL:
            self._set(code)
            expected = {code}
            for place, text in self._texts().items():
                told = self._told(text)
                with self.subTest(agreed=code, place=place):
                    self.assertLessEqual(told, expected)
                    if place in ("page", "values"):
                        self.assertEqual(told, expected & self.PLACES[place])

    def test_all_but_one(self):
        for code in self.traces:
            self._set(*(set(ALL) - {code}))
            for place, text in self._texts().items():
                expected = self.PLACES[place] - {code}
                if code == "address" and place in ("journal", "row"):
                    expected = {"name"}  # the flat stands in the address
                with self.subTest(closed=code, place=place):
                    self.assertEqual(self._told(text), expected)

    def test_everything(self):
        self._set(*ALL)
        for place, text in self._texts().items():
            self.assertEqual(self._told(text), self.PLACES[place], place)

    def test_without_an_agreement_the_minimum(self):
        self.agreement.active = False
        for place, text in self._texts().items():
            expected = self.PLACES[place] & {"text", "address"}
            self.assertEqual(self._told(text), expected, place)
        page = self._texts()["page"]
        self.assertIn("Your agreement does not open", page)

    def test_expired_agreement_opens_nothing(self):
        self._set(*ALL)
        self.agreement.write({"valid_from": "2020-01-01", "valid_to": "2020-12-31"})
        self.assertEqual(self._told(self._texts()["page"]), {"text", "address"})

    def test_search_by_address_tells_no_closed_address(self):
        mine = self._referrals(self.duty)
        word = "опытная"
        self._set("text", "address")
        self.assertTrue(mine.search(mine._journal_search_domain(word)))
        self._set("text")
        self.assertFalse(mine.search(mine._journal_search_domain(word)))
        number = self.question.name
        self.assertTrue(mine.search(mine._journal_search_domain(number)))

    def test_agreement_of_another_participant_opens_nothing(self):
        self.agreement.active = False
        self._new_agreement(self.other_participant, *ALL)
        self.assertEqual(self._told(self._texts()["page"]), {"text", "address"})

    def test_mail_participant_is_written_to_at_its_own_address(self):
        self.section.email = False
        (self.duty | self.colleague).partner_id.email = False
        self.participant.write({"email": "all@example.com", "exchange_method": "email"})
        with self.mock_mail_gateway():
            self.referral._send_letter()
        self.assertEqual(self._new_mails.email_to, "all@example.com")
        self.participant.exchange_method = "portal"
        with self.mock_mail_gateway():
            self.referral._send_letter()
        self.assertFalse(self._new_mails)

    def test_journal_asks_the_agreement_once_however_long_it_is(self):
        mine = self._referrals(self.duty)
        for _number in range(5):
            self._register()
        self.assertEqual(
            self._count_questions(mine.search([])),
            self._count_questions(mine.search([], limit=1)),
        )

    def _count_questions(self, referrals):
        """How often the rows of a journal ask for agreements."""
        Agreement = type(self.env["gorod24.agreement"])
        self.env.invalidate_all()
        with patch.object(
            Agreement, "_search", autospec=True, side_effect=Agreement._search
        ) as search:
            referrals._get_portal_rows()
        return search.call_count
