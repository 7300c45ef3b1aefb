# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestCiscoOpenapi(HttpCase):
    def test_every_door_is_described_with_its_methods(self):
        answer = self.url_open("/gorod24/telephony/v1/openapi.json")
        described = {
            (path, method)
            for path, item in answer.json()["paths"].items()
            for method in item
            if method != "parameters"
        }
        doors = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            if str(routing.get("auth")).startswith("gorod24_"):
                path = re.sub(r"<[^>]*?_?(\w+)>", r"{\1}", rule.rule)
                methods = rule.methods - {"HEAD", "OPTIONS"}
                doors |= {(path, method.lower()) for method in methods}
        self.assertTrue(doors)
        self.assertEqual(doors, described)

    def test_refusals_of_every_door_are_described(self):
        paths = self.url_open("/gorod24/telephony/v1/openapi.json").json()["paths"]
        for path, item in paths.items():
            for method in item.keys() - {"parameters"}:
                told = item[method]["responses"].keys()
                self.assertLessEqual({"200", "401", "403", "500", "503"}, set(told))
                url = path.replace("{token}", "wrong")
                answer = self.url_open(url, method=method.upper(), data=b"{}")
                self.assertIn(str(answer.status_code), told, f"{method} {path}")
