# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged

REFERENCE = {"menu_topics_answers", "menu_responsible", "menu_reference"}
ROLES = {
    "operator": {"menu_appeals", "menu_notices", "menu_telephony"},
    "supervisor": {
        "menu_appeals",
        "menu_notices",
        "menu_telephony",
        "menu_statistics",
        *REFERENCE,
    },
    "manager": {"menu_appeals", "menu_notices", "menu_telephony", "menu_statistics"},
    "curator": {"menu_notices", *REFERENCE},
}


@tagged("post_install", "-at_install")
class TestMenu(HttpCase):
    def test_each_role_sees_its_own_rooms(self):
        rooms = self.env.ref("gorod24.menu_root").child_id
        for role, expected in ROLES.items():
            user = new_test_user(
                self.env, f"menu_{role}", groups=f"gorod24_appeals.group_{role}"
            )
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            seen = {
                menu.get_external_id()[menu.id].split(".")[1]
                for menu in rooms
                if menu.id in visible
            }
            with self.subTest(role=role):
                self.assertEqual(seen, expected)

    def test_every_menu_opens_for_the_administrator(self):
        """A view with a mistake fails when it is first read, not when installed."""
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref("gorod24.menu_root").id)]
        )
        for action in menus.mapped("action"):
            if not action or action._name != "ir.actions.act_window":
                continue
            views = [(view_id, kind) for view_id, kind in action.views]
            with self.subTest(action=action.name):
                self.env[action.res_model].get_views(views)

    def test_a_page_opened_by_its_address_has_the_menu(self):
        """Journals are opened from other pages: no menu leads to them."""
        new_test_user(
            self.env, "menu_reader", groups="gorod24_appeals.group_supervisor"
        )
        for path in ("journal", "helpdesk.ticket/new"):
            with self.subTest(path):
                self.browser_js(
                    f"/odoo/{path}",
                    "console.log('test successful')",
                    "Boolean(document.querySelector('.o_menu_sections "
                    '[data-menu-xmlid="gorod24.menu_appeals"]\'))',
                    login="menu_reader",
                )
