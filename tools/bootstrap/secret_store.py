# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Passwords and tokens of this copy: generated once, kept in one closed file."""

import secrets

from .files import fingerprint, read_json, write_json
from .staff import AGENTS, DEMO_USERS

WORDS = (
    "aprel bereg veter granit dolina zerno iskra kamen lipa motor neva oblako polyana "
    "reka sneg tropa ulica fonar cvetok shosse yantar bor most sad".split()
)


def _phrase():
    """A password easy to type from the screen: two words and four digits."""
    words = [secrets.choice(WORDS) for _ in range(2)]
    return "-".join([*words, f"{secrets.randbelow(10000):04d}"])


def _wanted():
    yield "postgres_superuser", lambda: secrets.token_urlsafe(24)
    yield "postgres", lambda: secrets.token_urlsafe(24)
    yield "odoo_master", lambda: secrets.token_urlsafe(24)
    yield "telephony_token", lambda: secrets.token_urlsafe(32)
    yield "connector_token", lambda: secrets.token_urlsafe(32)
    yield "xmpp_component", lambda: secrets.token_urlsafe(24)
    yield "agent/finesse", lambda: secrets.token_urlsafe(12)
    for agent in AGENTS:
        yield f"agent/{agent.id}", lambda: secrets.token_urlsafe(12)
    for user in DEMO_USERS:
        yield f"demo/{user.login}", _phrase


class SecretStore:
    """Reads the file, adds what is missing, never changes what is there."""

    def __init__(self, path):
        self._values = read_json(path)
        missing = {name: make() for name, make in _wanted() if name not in self._values}
        if missing:
            self._values.update(missing)
            write_json(path, self._values, mode=0o600)

    def __getitem__(self, name):
        return self._values[name]

    def of_agent(self, agent_id):
        """Password of an agent's telephone; those of trials are made of another."""
        known = self._values.get(f"agent/{agent_id}")
        return known or fingerprint(self["xmpp_component"], agent_id)

    def demo_passwords(self):
        """{login: password} of the demo users."""
        return {user.login: self[f"demo/{user.login}"] for user in DEMO_USERS}
