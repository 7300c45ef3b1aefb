# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker


class JsCommon(HOOTCommon):
    """The browser's unit tests of one addon."""

    addon = None

    def get_hoot_filters(self):
        self._test_params = [("+", f"@{self.addon}")]
        return super().get_hoot_filters()

    def _run_suite(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"{self.hoot_filters}",
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
