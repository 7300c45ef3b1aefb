# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chromium sessions of the people of the hotline."""

import contextlib
import shutil

from playwright.sync_api import sync_playwright

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]


def find_chromium():
    """Return the path of the browser, or None when the machine has none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextlib.contextmanager
def open_browser(headless=True, slow_ms=0):
    """Yield a Chromium; every person gets an own context of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            headless=headless,
            slow_mo=slow_ms,
            args=ARGUMENTS,
        )
        try:
            yield browser
        finally:
            browser.close()


class Person:
    """Somebody signed in, with a browser of his own.

    :param errors: what his pages wrote to the console as errors.
    """

    def __init__(self, browser, url, login, password, viewport=None, mobile=False):
        self.url = url
        self.login = login
        self.errors = []
        self.context = browser.new_context(
            viewport=viewport or DESKTOP,
            locale="ru-RU",
            timezone_id="Asia/Barnaul",
            accept_downloads=True,
            is_mobile=mobile,
            has_touch=mobile,
        )
        self.page = self.new_page()
        self._sign_in(password)

    def new_page(self):
        """Open one more tab and watch its console."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        return page

    def go(self, path, page=None):
        """Open a path of the service."""
        page = page or self.page
        page.goto(self.url + path, wait_until="domcontentloaded")
        return page

    def call(self, model, method, *args, **kwargs):
        """Call a method of the server with the rights of this person.

        :raises AssertionError: with the server's message when it refuses.
        """
        response = self.context.request.post(
            f"{self.url}/web/dataset/call_kw/{model}/{method}",
            data={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": model,
                    "method": method,
                    "args": list(args),
                    "kwargs": kwargs,
                },
            },
        )
        answer = response.json()
        assert "error" not in answer, answer["error"]["data"]["message"]
        return answer["result"]

    def close(self):
        self.context.close()

    def _sign_in(self, password):
        page = self.go("/web/login")
        page.fill("input[name=login]", self.login)
        page.fill("input[name=password]", password)
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.press("input[name=password]", "Enter")

    def _on_console(self, message):
        if message.type == "error":
            self.errors.append(message.text)
