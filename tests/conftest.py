# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fixtures of the whole-system tests: real processes on a copy of the demo city."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


@pytest.fixture(scope="session")
def stack():
    """A running Odoo, XMPP server, Cisco simulator and connector of their own.

    See tools.bootstrap.testing.full_stack.RunningStack for what it offers.
    """
    from tools.bootstrap.testing.full_stack import running_stack

    with running_stack() as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    """An own Chromium of a file of tests."""
    from tools.journey.browsers import find_chromium, open_browser

    if not find_chromium():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with open_browser() as opened:
        yield opened
