# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who works in the demo city: logins and the telephony agents behind them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoUser:
    login: str
    role: str


@dataclass(frozen=True)
class Agent:
    """An agent of the (simulated) Cisco contact centre."""

    id: str
    extension: str
    login: str


DEMO_USERS = (
    DemoUser("operator", "оператор"),
    DemoUser("operator2", "оператор, второе место"),
    DemoUser("supervisor", "старший смены"),
    DemoUser("duty", "дежурный участника (портал)"),
    DemoUser("head", "начальник участника (портал)"),
    DemoUser("manager", "руководитель"),
    DemoUser("curator", "куратор справочников"),
    DemoUser("admin", "администратор"),
)

AGENTS = (
    Agent("6021", "2830", "operator"),
    Agent("6022", "2831", "operator2"),
    Agent("6023", "2832", "supervisor"),
)


def many_agents(count):
    """So many agents for measurements and trials; logins line001, line002…"""
    return tuple(
        Agent(str(6101 + n), str(3101 + n), f"line{n + 1:03d}") for n in range(count)
    )


XMPP_DOMAIN = "finesse.gorod24.test"
