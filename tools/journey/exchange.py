# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The control door of the simulated telephone exchange."""

import requests

TIMEOUT = 10


class Exchange:
    """Rings, answers and hangs up on behalf of the outside world.

    :param url: address of the simulator's control door.
    """

    def __init__(self, url):
        self.url = url.rstrip("/")

    def ring(self, number, agent, **options):
        """Let a citizen call; return the description of the call."""
        return self._post("/control/call", {"from": number, "agent": agent, **options})

    def answer(self, call_id):
        """The agent lifts the handset of his desk phone."""
        return self._post(f"/control/calls/{call_id}/answer")

    def hang_up(self, call_id):
        """The citizen hangs up."""
        return self._post(f"/control/calls/{call_id}/hangup")

    def calls(self):
        """Return the calls the exchange knows."""
        response = requests.get(f"{self.url}/control/calls", timeout=TIMEOUT)
        response.raise_for_status()
        return response.json()

    def _post(self, path, data=None):
        response = requests.post(self.url + path, json=data or {}, timeout=TIMEOUT)
        response.raise_for_status()
        return response.json()
