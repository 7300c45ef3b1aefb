# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Real Chromium at a few workplaces: when does the card stand on the screen?"""

import contextlib
from urllib.parse import urlsplit

from playwright.async_api import async_playwright

from tools.journey.browsers import ARGUMENTS, DESKTOP, find_chromium
from tools.journey.journey import CARD

# Notes the moment of each caller shown: {number: milliseconds since 1970}.
WATCH = f"""() => {{
    window.g24shown = {{}};
    const look = () => {{
        const shown = document.querySelector("{CARD} .o_g24_number");
        const digits = shown && shown.textContent.replace(/\\D/g, "");
        if (digits && !(digits in window.g24shown)) {{
            window.g24shown[digits] = Date.now();
        }}
    }};
    new MutationObserver(look).observe(document.body, {{
        childList: true, subtree: true, characterData: true,
    }});
}}"""


class Desk:
    """One workplace with its page open."""

    def __init__(self, page):
        self.page = page

    async def shown_at(self, number):
        """Epoch seconds at which the card of a citizen stood on the screen."""
        digits = number.removeprefix("+")
        ask = "(digits) => window.g24shown[digits]"
        found = await self.page.wait_for_function(ask, arg=digits, timeout=120_000)
        return await found.json_value() / 1000


@contextlib.asynccontextmanager
async def desks(town, url, count):
    """{agent id: Desk} of the first operators, each in a browser of his own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium(), args=ARGUMENTS
        )
        try:
            made = {}
            for agent, (_user, session) in list(town.sessions.items())[:count]:
                context = await browser.new_context(
                    viewport=DESKTOP, locale="ru-RU", timezone_id="Asia/Barnaul"
                )
                cookie = {"name": "session_id", "value": session}
                cookie |= {"domain": urlsplit(url).hostname, "path": "/"}
                await context.add_cookies([cookie])
                page = await context.new_page()
                await page.goto(f"{url}/odoo/appeals", timeout=120_000)
                await page.wait_for_selector(".o_g24_call_bar", timeout=120_000)
                await page.evaluate(WATCH)
                made[agent] = Desk(page)
            yield made
        finally:
            await browser.close()
