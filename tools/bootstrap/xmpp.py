# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prosody: the XMPP server between the simulated Cisco side and the connector."""

import shutil
import socket

from .errors import Trouble
from .files import render, write_atomic
from .process import as_user, clean_environment, is_root, user_exists
from .staff import XMPP_DOMAIN

ACCOUNT = "prosody"
# the simulated contact centre itself: its presence tells that Finesse is in service
SERVICE_ACCOUNT = "finesse"


class Prosody:
    """One private XMPP server with its own configuration, data and ports.

    :param folder: its own folder
    :param ports: {"xmpp", "xmpp_component", "xmpp_web"}
    :param agents: whose accounts it has, beside the contact centre's own
    """

    def __init__(self, layout, folder, ports, secrets, agents):
        self.layout = layout
        self.folder = folder
        self.ports = ports
        self.secrets = secrets
        self.names = [SERVICE_ACCOUNT, *(agent.id for agent in agents)]
        self.config = folder / "prosody.cfg.lua"

    @property
    def account(self):
        return ACCOUNT if is_root() and user_exists(ACCOUNT) else None

    def _as_account(self, argv):
        return as_user(argv, self.account, reach=self.folder)

    def environment(self):
        return clean_environment(LC_ALL="C.UTF-8", HOME=self.folder)

    def prepare(self):
        """Write the configuration and register the agents' accounts."""
        data = self.folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        values = {
            "domain": XMPP_DOMAIN,
            "c2s_port": self.ports["xmpp"],
            "component_port": self.ports["xmpp_component"],
            "web_port": self.ports["xmpp_web"],
            "component_secret": self.secrets["xmpp_component"],
            "data": data,
            "folder": self.folder,
        }
        template = self.layout.config / "prosody.cfg.lua.in"
        write_atomic(self.config, render(template, values), 0o600)
        if self.account:
            for path in (self.folder, data, self.config):
                shutil.chown(path, self.account, self.account)
        self._register()

    def _register(self):
        """Accounts, and one group of all: whose presence who sees."""
        group = "".join(f"{name}@{XMPP_DOMAIN}\n" for name in self.names)
        self._own(self.folder / "groups.txt", f"[Finesse]\n{group}")
        host = XMPP_DOMAIN.replace(".", "%2e")
        accounts = self.folder / "data" / host / "accounts"
        accounts.mkdir(parents=True, exist_ok=True)
        for folder in (accounts.parent, accounts):
            if self.account:
                shutil.chown(folder, self.account, self.account)
        for name in self.names:
            password = self.secrets.of_agent(name)
            text = f'return {{ ["password"] = "{password}"; }};\n'
            self._own(accounts / f"{name}.dat", text)

    def _own(self, path, text):
        """Write a file that the server may read, and nobody else."""
        write_atomic(path, text, 0o600)
        if self.account:
            shutil.chown(path, self.account, self.account)

    def argv(self):
        binary = shutil.which("prosody")
        if not binary:
            raise Trouble("Не найден prosody.", "поставьте: apt-get install prosody")
        return self._as_account([binary, "-F", "--config", str(self.config)])

    def is_ready(self):
        return answers(self.ports["xmpp"]) and answers(self.ports["xmpp_component"])


def answers(port, host="127.0.0.1"):
    """True when something accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
