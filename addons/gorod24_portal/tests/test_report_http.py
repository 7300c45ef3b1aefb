# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io

from PIL import Image

from odoo.tests import tagged

from ..uploads import MAX_FILES
from .common import PortalHttpCommon, picture

PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@tagged("post_install", "-at_install")
class TestReportHttp(PortalHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referral.with_user(cls.duty).action_accept()
        cls.data = {"result_text": "Запустили циркуляцию", "outcome": "fixed"}

    def setUp(self):
        super().setUp()
        self._login(self.duty)

    def _report(self, *files, fetch=False, **data):
        sent = [("files", (name, content, kind)) for name, content, kind in files]
        # Without files the browser still sends an empty part.
        sent = sent or [("files", ("", b"", "application/octet-stream"))]
        return self._post("done", {**self.data, **data}, files=sent, fetch=fetch)

    def _file(self, attachment):
        return self.url_open(self._url(f"files/{attachment.id}"))

    def test_report_with_photos_and_an_act(self):
        response = self._report(
            ("IMG_1.JPG", picture(), "image/jpeg"),
            ("IMG_2.png", picture("PNG"), "image/png"),
            ("акт.pdf", PDF, "application/pdf"),
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.referral.state, "done")
        self.assertEqual(self.referral.outcome_claimed, "fixed")
        self.assertEqual(self.referral.result_text, "Запустили циркуляцию")
        self.assertEqual(self.question.state, "informing")
        files = self.referral.attachment_ids.sorted("id")
        self.assertEqual(files.mapped("name"), ["IMG_1.jpg", "IMG_2.png", "акт.pdf"])
        self.assertEqual(set(files.mapped("res_model")), {"gorod24.referral"})
        self.assertEqual(set(files.mapped("res_id")), {self.referral.id})
        self.assertTrue(
            all(f.with_user(self.operator).has_access("read") for f in files)
        )

    def test_report_without_files(self):
        self.assertEqual(self._report().status_code, 303)
        self.assertEqual(self.referral.state, "done")

    def test_bad_file_refuses_all_and_loses_no_word(self):
        Image.effect_noise((600, 400), 80).convert("RGB").save(
            whole := io.BytesIO(), "JPEG"
        )
        cases = [
            ("a.jpg", b"<svg onload='alert(1)'/>", "neither a photo nor a PDF"),
            ("a.jpg", b"MZ\x90" + b"\0" * 100, "neither a photo nor a PDF"),
            ("a.jpg", b"", "is empty"),
            ("cut.jpg", whole.getvalue()[:9000], "is damaged"),
            ("a.pdf", b"%PDF-1.4 cut", "is damaged"),
            ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 50, "HEIC"),
            ("big.jpg", picture() + b"\0" * 10 * 1024 * 1024, "larger than 10 MB"),
        ]
        good = ("good.jpg", picture(), "image/jpeg")
        before = self.env["ir.attachment"].search_count([])
        for name, content, message in cases:
            with self.subTest(message=message):
                page = self._report(good, (name, content, "image/jpeg"))
                self.assertEqual(page.status_code, 422)
                self.assertIn(message, page.text)
                self.assertIn(name, page.text)
                self.assertIn("Запустили циркуляцию", page.text)
                self.assertIn('checked="checked"', page.text)
                answer = self._report(good, (name, content, "image/jpeg"), fetch=True)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(message, answer.json()["error"])
        self.assertEqual(self.referral.state, "accepted")
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_too_many_files(self):
        one = ("a.png", picture("PNG", (8, 8)), "image/png")
        page = self._report(*[one] * (MAX_FILES + 1))
        self.assertEqual(page.status_code, 422)
        self.assertIn("No more than 10 files", page.text)

    def test_missing_text_or_outcome(self):
        before = self.env["ir.attachment"].search_count([])
        photo = ("a.jpg", picture(), "image/jpeg")
        page = self._report(photo, result_text=" ")
        self.assertIn("Write what was done.", page.text)
        page = self._report(photo, outcome="stolen")
        self.assertIn("Choose the outcome.", page.text)
        self.assertIn("Запустили циркуляцию", page.text)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_second_report_changes_nothing(self):
        self._report()
        page = self._report(("a.jpg", picture(), "image/jpeg"), result_text="Другое")
        self.assertEqual(page.status_code, 422)
        self.assertIn("already reported: Дежуров Иван", page.text)
        # The form is gone, the words are not.
        self.assertIn("Другое", page.text)
        self.assertEqual(self.referral.result_text, "Запустили циркуляцию")
        self.assertFalse(self.referral.attachment_ids)

    def test_cost_of_a_paid_request(self):
        self.question.paid = True
        for cost in ("дорого", "-5", "1e999", "nan"):
            page = self._report(cost=cost)
            self.assertEqual(page.status_code, 422, cost)
            self.assertIn("Write the cost in roubles", page.text)
            self.assertIn("Запустили циркуляцию", page.text)
        self.assertEqual(self._report(cost="1 250,50 ₽").status_code, 303)
        self.assertEqual(self.referral.cost, 1250.5)

    def test_cost_of_a_free_request_is_ignored(self):
        self._report(cost="500")
        self.assertEqual(self.referral.cost, 0)

    def test_files_are_handed_to_the_own_section_only(self):
        self._report(
            ("a.jpg", picture(), "image/jpeg"), ("акт.pdf", PDF, "application/pdf")
        )
        photo, act = self.referral.attachment_ids.sorted("id")
        response = self._file(photo)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "image/jpeg")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("private", response.headers["Cache-Control"])
        disposition = self._file(act).headers["Content-Disposition"]
        self.assertTrue(disposition.startswith("attachment"))
        for user, status in (
            (self.colleague, 200),
            (self.head, 200),
            (self.neighbour, 404),
            (self.foreigner, 404),
            (self.citizen, 404),
        ):
            with self.subTest(user=user.login):
                self._login(user)
                self.assertEqual(self._file(photo).status_code, status)

    def test_other_files_are_not_handed_out(self):
        strange = self.env["ir.attachment"].create({"name": "x", "raw": b"secret"})
        beside = self.env["ir.attachment"].create(
            {
                "name": "internal note.txt",
                "raw": b"secret",
                "res_model": "gorod24.referral",
                "res_id": self.referral.id,
            }
        )
        self.referral.attachment_ids = strange
        for attachment in strange | beside:
            self.assertEqual(self._file(attachment).status_code, 404)

    def test_page_shows_the_photos(self):
        self._report(("a.jpg", picture(), "image/jpeg"))
        page = self.url_open(self._url()).text
        photo = self.referral.attachment_ids
        self.assertIn(f"/my/requests/{self.referral.id}/files/{photo.id}", page)
        self.assertIn("Запустили циркуляцию", page)
