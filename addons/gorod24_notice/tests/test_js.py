# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.gorod24_classifier.tests.common_js import JsCommon


@tagged("post_install", "-at_install")
class TestNoticeJs(JsCommon):
    addon = "gorod24_notice"

    def test_unit(self):
        self._run_suite()
