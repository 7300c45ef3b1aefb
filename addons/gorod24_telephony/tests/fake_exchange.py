# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import UserError


class FakeExchange:
    """Stands in for an exchange behind the neutral adapter.

    Remembers the payloads; ``answers`` gives by command what it says, ``refusal`` is a
    sentence with which it refuses everything.
    """

    def __init__(self, env):
        self.sent = []
        self.answers = {}
        self.refusal = ""
        self._patch = patch.object(
            type(env["gorod24.telephony.adapter"]), "_send_command", self._take
        )

    def start(self, case):
        """Put it in the adapter's place until the end of the test ``case``."""
        self._patch.start()
        case.addCleanup(self.stop)
        return self

    def stop(self):
        """Give the adapter its own way again; twice does no harm."""
        patching, self._patch = self._patch, None
        if patching:
            patching.stop()

    def _take(self, payload):
        if self.refusal:
            raise UserError(self.refusal)
        self.sent.append(payload)
        return self.answers.get(payload["command"])

    @property
    def last(self):
        return self.sent[-1]
