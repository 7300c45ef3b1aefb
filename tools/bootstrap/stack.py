# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A whole «Город 24»: Odoo, XMPP server, Cisco simulator and connector.

`run` starts one, the system tests start another beside it.
"""

import shutil
from pathlib import Path

from . import odoo_server
from .files import render, write_atomic
from .services import Service, Supervisor
from .staff import AGENTS, XMPP_DOMAIN
from .xmpp import SERVICE_ACCOUNT, Prosody, answers

PORTS = (
    *("odoo", "gevent", "xmpp", "xmpp_component", "xmpp_web", "xmpp_gate"),
    *("simulator", "simulator_second", "connector"),
)


class Stack:
    """Services over one database.

    :param odoo: odoo_server.Odoo
    :param database: name of an existing database
    :param ports: {name: number} for each of ``PORTS``
    :param folder: configuration, recordings and spool of this stack
    :param logs: folder for the journals
    :param agents: the telephones of the contact centre
    :param gate: the connector's link goes through the simulator, which can cut it
    """

    def __init__(
        self,
        odoo,
        *,
        database,
        ports,
        folder,
        logs,
        settings,
        quiet=False,
        agents=AGENTS,
        gate=True,
    ):
        self.odoo = odoo
        self.layout = odoo.layout
        self.secrets = odoo.secrets
        self.database = database
        self.ports = ports
        self.folder = Path(folder)
        self.logs = Path(logs)
        self.settings = settings
        self.agents = agents
        self.gate = gate
        self.config = self.folder / "odoo.conf"
        self.recordings = self.folder / "recordings"
        self.prosody = Prosody(
            self.layout, self.folder / "prosody", ports, self.secrets, agents
        )
        self.supervisor = Supervisor(self.folder / "pids.json", quiet)

    @property
    def url(self):
        host = self.settings.bind if self.settings.bind != "0.0.0.0" else "127.0.0.1"
        return f"http://{host}:{self.ports['odoo']}"

    @property
    def simulator_url(self):
        return f"http://127.0.0.1:{self.ports['simulator']}"

    def has_telephony(self):
        """Telephony is asked for and its programs are in the repository."""
        return (
            self.settings.telephony
            and (self.layout.root / "tools/cisco_simulator/__main__.py").exists()
            and (self.layout.addons / "gorod24_cisco/__manifest__.py").exists()
        )

    def prepare(self):
        """Write all configuration files of this stack."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(parents=True, exist_ok=True)
        workers = self.settings.workers
        self.odoo.write_config(
            self.config,
            bind=self.settings.bind,
            http_port=self.ports["odoo"],
            gevent_port=self.ports["gevent"],
            workers=workers,
            db_name=self.database,
            dbfilter=f"^{self.database}$",
        )
        if self.has_telephony():
            self._prepare_telephony()

    def _prepare_telephony(self):
        self.prosody.prepare()
        names = ("new", "done", "failed")
        folders = {name: self.recordings / name for name in names}
        folders |= {f"cdr_{name}": self.folder / "cdr" / name for name in names}
        folders |= {name: self.folder / name for name in ("spool", "state")}
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
        values = {
            "odoo_url": f"http://127.0.0.1:{self.ports['odoo']}",
            "telephony_token": self.secrets["telephony_token"],
            "connector_token": self.secrets["connector_token"],
            "connector_port": self.ports["connector"],
            "simulator_port": self.ports["simulator"],
            "simulator_second_port": self.ports["simulator_second"],
            "xmpp_port": self.ports["xmpp"],
            "xmpp_gate_port": self.ports["xmpp_gate"],
            "xmpp_link_port": self.ports["xmpp_gate" if self.gate else "xmpp"],
            "xmpp_component_port": self.ports["xmpp_component"],
            "xmpp_component_secret": self.secrets["xmpp_component"],
            "xmpp_domain": XMPP_DOMAIN,
            "finesse_password": self.secrets.of_agent(SERVICE_ACCOUNT),
            "agents": self._agents(),
            **{f"folder_{name}": folder for name, folder in folders.items()},
        }
        values = {name: str(value) for name, value in values.items()}
        for name in ("connector", "simulator"):
            template = self.layout.config / f"{name}.toml.in"
            write_atomic(self.folder / f"{name}.toml", render(template, values), 0o600)

    def _agents(self):
        return "\n".join(
            "[[agent]]\n"
            f'id = "{agent.id}"\nextension = "{agent.extension}"\n'
            f'password = "{self.secrets.of_agent(agent.id)}"\n'
            for agent in self.agents
        )

    # services

    def start(self):
        self.prepare()
        services = [self._odoo_service()]
        if self.has_telephony():
            services = [
                self._prosody_service(),
                self._simulator_service(),
                *services,
                self._connector_service(),
            ]
        for service in services:
            self.supervisor.start(service)

    def stop(self):
        self.supervisor.stop_all()

    def restart(self, name):
        self.supervisor.restart(name)

    def remove(self):
        """Delete the folder of a stopped stack."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _service(self, name, title, argv, ready, env, patience=60.0):
        return Service(
            name,
            title,
            argv,
            ready,
            self.logs / f"{name}.log",
            env,
            self.layout.root,
            patience,
        )

    def _odoo_service(self):
        return self._service(
            "odoo",
            "Odoo",
            lambda: self.odoo.command(self.config, "--skip-auto-install"),
            self._is_odoo_healthy,
            self.odoo.environment(
                GOROD24_TELEPHONY_TOKEN=self.secrets["telephony_token"],
                GOROD24_CONNECTOR_URL=f"http://127.0.0.1:{self.ports['connector']}",
                GOROD24_CONNECTOR_TOKEN=self.secrets["connector_token"],
            ),
            patience=180.0,
        )

    def _is_odoo_healthy(self):
        """Several workers have the bus, by which cards pop up, in its own process."""
        if not odoo_server.is_healthy(self.ports["odoo"]):
            return False
        return not self.settings.workers or odoo_server.is_healthy(
            self.ports["gevent"], "/websocket/health"
        )

    def _prosody_service(self):
        return self._service(
            "prosody",
            "XMPP-сервер",
            self.prosody.argv,
            self.prosody.is_ready,
            self.prosody.environment(),
        )

    def _simulator_service(self):
        python = self.layout.python
        config = self.folder / "simulator.toml"
        return self._service(
            "simulator",
            "Имитатор Cisco",
            lambda: [python, "-m", "tools.cisco_simulator", "--config", config],
            lambda: answers(self.ports["simulator"]),
            self.odoo.environment(),
        )

    def _connector_service(self):
        config = self.folder / "connector.toml"
        return self._service(
            "connector",
            "Связь с Cisco",
            lambda: [
                *[self.layout.python, "-m", "odoo"],
                f"--addons-path={self.odoo.addons_path()}",
                *["gorod24_cisco", "--connector-config", config],
            ],
            lambda: answers(self.ports["connector"]),
            self.odoo.environment(),
        )
