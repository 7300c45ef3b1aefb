# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Recordings that MediaSense keeps, over real processes."""

import hashlib


def test_recording_is_fetched_when_its_end_is_told(chain, runner):
    async def scenario():
        # A call that ends before the subscription is found by the next look only.
        await chain.until_subscribed()
        call = await chain.ring("6021", answer_seconds=0)
        await chain.odoo.event(call["id"], "call.answered")
        await chain.control(f"calls/{call['id']}/hangup", {})
        meta, sound = await chain.odoo.until(lambda: of_mediasense(chain, 0), 90)
        assert meta["agent_extension"] == "2830"
        assert meta["remote_number"] == "83852123456"
        assert len(meta["refs"]["xrefci"]) == 2
        assert meta["sha256"] == hashlib.sha256(sound).hexdigest()
        # It was restarted: who was signed in and who subscribed is forgotten.
        await chain.control("mediasense", {})
        other = await chain.ring("6022", answer_seconds=0)
        await chain.odoo.event(other["id"], "call.answered")
        await chain.control(f"calls/{other['id']}/hangup", {})
        await chain.odoo.event(other["id"], "call.ended")
        await chain.end("connector")
        await chain.launch("connector")
        meta, _sound = await chain.odoo.until(lambda: of_mediasense(chain, 1), 90)
        assert meta["agent_extension"] == "2831"
        await chain.until_connected()
        health = await chain.health()
        assert health["mediasense"]["state"] == "ok"
        assert health["mediasense"]["downloaded"] == 1

    runner.run(scenario())


def of_mediasense(chain, place):
    found = [
        recording
        for recording in chain.odoo.recordings
        if recording[0]["recorder"] == "mediasense"
    ]
    return found[place] if len(found) > place else None
