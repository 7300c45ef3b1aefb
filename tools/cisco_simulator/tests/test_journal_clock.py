# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The exchange's clock is not that of Finesse: what the figures of a call come to."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "addons" / "gorod24_telephony"))

from conversation import fold, on_our_clock, parse_event

FIGURES = ("wait_seconds", "talk_seconds", "hold_seconds", "started_at", "ended_at")


@pytest.mark.parametrize("seconds", [-40, -15, 0, 300, -3600, 25200])
def test_journal_by_another_clock_changes_no_figure(chain, runner, seconds):
    async def scenario():
        await chain.control("journal", {"habit": "clock", "seconds": seconds})
        try:
            call = (await chain.ring("6021"))["id"]
            await chain.odoo.event(call, "call.ringing")
            for act in ("answer", "hold", "retrieve", "hangup"):
                await chain.control(f"calls/{call}/{act}", {})
            await chain.odoo.event(call, "call.ended")
            await chain.odoo.event(call, "call.record", 60)
        finally:
            await chain.control("journal", {"habit": "normal"})
        told = [parse_event(event) for event in chain.odoo.of(call)]
        live = fold(event for event in told if event.type != "call.record")
        # What the trial call finds out, as Odoo takes it into account.
        shift = timedelta(seconds=seconds)
        whole = fold(on_our_clock(event, shift) for event in told)
        for name in FIGURES:
            assert getattr(whole, name) == getattr(live, name), name
        assert len(whole.legs) == 1

    runner.run(scenario())
