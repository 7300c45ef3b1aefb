# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestHelpdeskDoors(HttpCase):
    """The open doors of helpdesk_mgmt are shut."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = new_test_user(cls.env, "door_owner", groups="base.group_portal")
        cls.stranger = new_test_user(
            cls.env, "door_stranger", groups="base.group_portal"
        )
        cls.clerk = new_test_user(cls.env, "door_clerk", groups="base.group_user")
        Stage = cls.env["helpdesk.ticket.stage"]
        cls.new = Stage.create({"name": "Новое", "sequence": 0})
        cls.closing = Stage.create(
            {"name": "Закрыто", "closed": True, "close_from_portal": True}
        )
        cls.inner = Stage.create({"name": "Служебный"})
        cls.ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "Проба",
                "description": "-",
                "partner_id": cls.owner.partner_id.id,
                "stage_id": cls.new.id,
            }
        )

    def _close(self, login, ticket=None, stage=None, token=True):
        self.authenticate(login, login)
        data = {
            "ticket_id": self.ticket.id if ticket is None else ticket,
            "stage_id": (stage or self.closing).id,
        }
        if token:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open("/ticket/close", data=data, allow_redirects=False)

    def test_owner_closes_his_ticket(self):
        response = self._close("door_owner")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.ticket.stage_id, self.closing)

    def test_stranger_may_not(self):
        self.assertEqual(self._close("door_stranger").status_code, 403)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_follower_may_read_but_not_close(self):
        self.ticket.message_subscribe(self.stranger.partner_id.ids)
        self.assertEqual(self._close("door_stranger").status_code, 403)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_employee_without_right_may_not(self):
        self.assertEqual(self._close("door_clerk").status_code, 403)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_only_closing_stages(self):
        response = self._close("door_owner", stage=self.inner)
        self.assertEqual(response.status_code, 403)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_wrong_numbers(self):
        self.assertEqual(self._close("door_owner", ticket=0).status_code, 404)
        self.assertEqual(self._close("door_owner", ticket="x").status_code, 404)

    def test_link_and_foreign_form_do_nothing(self):
        self.authenticate("door_owner", "door_owner")
        response = self.url_open(
            f"/ticket/close?ticket_id={self.ticket.id}&stage_id={self.closing.id}"
        )
        self.assertEqual(response.status_code, 405)
        with mute_logger("odoo.http"):
            response = self._close("door_owner", token=False)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_page_of_the_ticket_posts_with_a_token(self):
        self.authenticate("door_owner", "door_owner")
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        form = html.fromstring(page).xpath("//form[@action='/ticket/close']")[0]
        self.assertEqual(form.get("method"), "POST")
        self.assertTrue(form.xpath(".//input[@name='csrf_token']/@value")[0])

    def test_page_by_token_still_opens_for_the_public(self):
        token = self.ticket._portal_ensure_token()
        page = self.url_open(f"/my/ticket/{self.ticket.id}/{token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Проба", page.text)

    def test_public_has_no_right_on_stages_and_categories(self):
        public = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            self.new.with_user(public).write({"name": "Взлом"})
        for operation in ("read", "write", "create", "unlink"):
            for model in ("helpdesk.ticket.stage", "helpdesk.ticket.category"):
                allowed = self.env[model].with_user(public).has_access(operation)
                self.assertFalse(allowed, f"{operation} {model}")
