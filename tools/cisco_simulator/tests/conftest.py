# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A real chain: prosody, simulator and connector as processes, Odoo played by us."""

import asyncio
import shutil

import pytest

from tools.cisco_chain import Chain


@pytest.fixture(scope="module")
def runner():
    with asyncio.Runner() as one:
        yield one


@pytest.fixture(scope="module")
def chain(runner):
    if not shutil.which("prosody"):
        pytest.skip("prosody is not installed")
    made = Chain()
    try:
        runner.run(made.start())
        yield made
    finally:
        runner.run(made.stop())
