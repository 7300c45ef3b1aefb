# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Starts, kills and starts again the processes between a telephone and Odoo."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import aiohttp

from tools.bootstrap.ports import any_free

from .fake_odoo import TOKEN, FakeOdoo

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = "finesse.test"
COMMAND_TOKEN = "command-secret"
PASSWORD = "agent-pass-word"
SERVICE_USER = "finesse"
NAMES = (
    r"(?P<date>\d{8})_(?P<time>\d{6})_(?P<agent_extension>\d+)_(?P<remote_number>\d+)"
)


def agents(count):
    """{agent id: extension} of so many operators."""
    return {str(6021 + n): str(2830 + n) for n in range(count)}


AGENTS = agents(30)

PROSODY = """
daemonize = false
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
log = {{ info = "{folder}/prosody.log" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {c2s} }}
c2s_direct_tls_ports = {{ }}
component_interfaces = {{ "127.0.0.1" }}
component_ports = {{ {component} }}
s2s_ports = {{ }}
http_ports = {{ {web} }}
http_interfaces = {{ "127.0.0.1" }}
http_default_host = "{domain}"
http_paths = {{ bosh = "/http-bind"; websocket = "/ws" }}
https_ports = {{ }}
modules_enabled = {{
    "disco"; "roster"; "saslauth"; "ping"; "posix"; "groups"; "bosh"; "websocket"
}}
consider_bosh_secure = true
consider_websocket_secure = true
groups_file = "{folder}/groups.txt"
modules_disabled = {{ "s2s"; "offline"; "tls" }}
authentication = "internal_plain"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
VirtualHost "{domain}"
Component "pubsub.{domain}"
    component_secret = "component-secret"
"""

# The addon's plain packages, without its __init__ that needs Odoo.
RUN_CONNECTOR = """
import logging, sys, types
package = types.ModuleType("gorod24_cisco")
package.__path__ = [sys.argv[1]]
sys.modules["gorod24_cisco"] = package
from gorod24_cisco.connector import process, settings
logging.basicConfig(level="DEBUG")
logging.getLogger("slixmpp").setLevel("CRITICAL")
sys.exit(process.main(settings.load(sys.argv[2])))
"""


PEMS = (("certificate", "pem"), ("key", "key"))


def certificates(folder):
    """An own authority and a server's certificate signed by it."""
    names = f"subjectAltName=DNS:{DOMAIN},IP:127.0.0.1"
    authority = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=city"
    request = f"openssl req -newkey rsa:2048 -nodes -subj /CN={DOMAIN}"
    sign = "openssl x509 -req -days 2 -CA ca.pem -CAkey ca.key -CAcreateserial"
    (folder / "names.cnf").write_text(names + "\n")
    for command in (
        f"{authority} -keyout ca.key -out ca.pem",
        f"{request} -keyout server.key -out server.csr",
        f"{sign} -in server.csr -out server.pem -extfile names.cnf",
    ):
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    (folder / "server.key").chmod(0o644)  # prosody runs as its own user


class Chain:
    """The processes by name, the fake Odoo, and hands to act with.

    :param keep_hours: how long the connector remembers rows of the exchange's journal.
    :param transport: the way of the notifications: tcp, websocket or bosh.
    :param compare_every: seconds after which the connector asks how things are anyway.
    """

    def __init__(self, tls=False, keep_hours=24, transport="tcp", compare_every=5):
        self.tls = tls
        self.transport = transport
        self.keep_hours = keep_hours
        self.compare_every = compare_every
        self.folder = Path(tempfile.mkdtemp(prefix="g24-chain-"))
        self.folder.chmod(0o755)
        names = ("c2s", "web", "component", "simulator", "second", "command", "odoo")
        names += ("gate",)
        self.ports = dict(zip(names, any_free(len(names)), strict=True))
        self.processes = {}
        self.odoo = None
        self.http = None

    # --- configuration ----------------------------------------------------------
    def _write_all(self):
        agents = "\n".join(
            f'[[agent]]\nid = "{key}"\nextension = "{value}"\npassword = "{PASSWORD}"'
            for key, value in AGENTS.items()
        )
        (self.folder / "simulator.toml").write_text(
            f'[xmpp]\nport = {self.ports["component"]}\ndomain = "{DOMAIN}"\n'
            f'secret = "component-secret"\nclient_port = {self.ports["c2s"]}\n'
            f'finesse_password = "{"" if self.tls else PASSWORD}"\n'
            f"[http]\nport = {self.ports['simulator']}\n"
            f"second_port = {self.ports['second']}\n{self._certificate()}{self._gate()}"
            f'[cdr]\nfolder = "{self.folder}/cdr"\n'
            "[site]\noutbound_answer_seconds = 0.2\noutbound_talk_seconds = 30\n"
            f'[recordings]\nfolder = "{self.folder}/in"\n{agents}\n'
        )
        (self.folder / "connector.toml").write_text(
            f"[finesse]\n{self._node('simulator')}{self._tls()}"
            f'transport = "{self.transport}"\n'
            f"[finesse.secondary]\n{self._node('second')}{agents}\n"
            f'[cdr]\nfolder = "{self.folder}/cdr"\npoll_seconds = 0.1\n'
            f'done = "{self.folder}/cdr-done"\nfailed = "{self.folder}/cdr-failed"\n'
            'settle_seconds = 0.2\nhalf_written_seconds = 5\nlines = ["6024"]\n'
            f"keep_hours = {self.keep_hours}\n"
            f'[odoo]\nurl = "http://127.0.0.1:{self.ports["odoo"]}"\n'
            f'token = "{TOKEN}"\n'
            f'[mediasense]\nbase_url = "{self._scheme}://127.0.0.1:'
            f'{self.ports["simulator"]}"\nusername = "recorder"\n'
            f'password = "media-secret"\npoll_seconds = 300\n'
            f'events_url = "http://127.0.0.1:{self.ports["command"]}/mediasense/'
            f'{COMMAND_TOKEN}"\n'
            f'[commands]\nport = {self.ports["command"]}\ntoken = "{COMMAND_TOKEN}"\n'
            f'[recordings]\nfolder = "{self.folder}/in"\n'
            f'done = "{self.folder}/done"\nfailed = "{self.folder}/failed"\n'
            "keep_done_days = 1\n"
            f"poll_seconds = 0.1\nname_wait_seconds = 0.3\nname_pattern = '{NAMES}'\n"
            f'[spool]\nfolder = "{self.folder}/spool"\n'
            f"[times]\nbackoff_max = 1\ncompare_every = {self.compare_every}\n"
            "node_check = 0.5\nreturn_after = 1\n"
        )
        self._write_prosody()

    @property
    def feed(self):
        """Name of the server's port that the connector's lines get to."""
        return "c2s" if self.transport == "tcp" else "web"

    @property
    def _scheme(self):
        return "https" if self.tls else "http"

    def _node(self, name):
        return (
            f'base_url = "{self._scheme}://127.0.0.1:{self.ports[name]}/finesse/api"\n'
            f'xmpp_host = "127.0.0.1"\nxmpp_port = {self.ports["gate"]}\n'
        )

    def _tls(self):
        if not self.tls:
            return 'xmpp_tls = "none"\n'
        return f'xmpp_tls = "direct"\nca_bundle = "{self.folder}/ca.pem"\n'

    def _gate(self):
        target = self.ports[self.feed]
        return f"[gate]\nport = {self.ports['gate']}\ntarget = {target}\n"

    def _certificate(self):
        if not self.tls:
            return ""
        made = (f'{name} = "{self.folder}/server.{end}"\n' for name, end in PEMS)
        return "".join(made)

    def _write_prosody(self):
        host = DOMAIN.replace(".", "%2e")
        accounts = self.folder / "prosody/data" / host / "accounts"
        accounts.mkdir(parents=True)
        users = [*AGENTS, *([] if self.tls else [SERVICE_USER])]
        group = "".join(f"{user}@{DOMAIN}\n" for user in users)
        (self.folder / "prosody/groups.txt").write_text(f"[Finesse]\n{group}")
        for agent in users:
            text = f'return {{ ["password"] = "{PASSWORD}"; }};\n'
            (accounts / f"{agent}.dat").write_text(text)
        text = PROSODY.format(
            folder=self.folder / "prosody",
            c2s=self.ports["c2s"],
            web=self.ports["web"],
            component=self.ports["component"],
            domain=DOMAIN,
        )
        if self.tls:
            text = text.replace("c2s_ports = {", "c2s_ports = { }\nc2s_old = {")
            text = text.replace("https_ports = { }", "")
            text = text.replace("http_ports", "https_ports").replace(
                "http_interfaces", "https_interfaces"
            )
            text = text.replace(
                "c2s_direct_tls_ports = { }",
                f"c2s_direct_tls_ports = {{ {self.ports['c2s']} }}\n"
                f'ssl = {{ certificate = "{self.folder}/server.pem"; '
                f'key = "{self.folder}/server.key" }}',
            )
        (self.folder / "prosody/prosody.cfg.lua").write_text(text)
        if os.geteuid() == 0:
            for path in [self.folder / "prosody", *self.folder.glob("prosody/**/*")]:
                shutil.chown(path, "prosody", "prosody")

    # --- processes --------------------------------------------------------------
    async def start(self):
        if self.tls:
            certificates(self.folder)
        self._write_all()
        self.http = aiohttp.ClientSession()
        self.odoo = FakeOdoo(self.ports["odoo"])
        await self.odoo.start()
        for name in ("prosody", "simulator", "connector"):
            await self.launch(name)
        await self.until_connected()

    async def launch(self, name):
        log = open(self.folder / f"{name}.out", "ab")  # noqa: SIM115
        self.processes[name] = await asyncio.create_subprocess_exec(
            *self._argv(name), stdout=log, stderr=log, cwd=ROOT
        )
        log.close()

    def _argv(self, name):
        if name == "prosody":
            argv = [shutil.which("prosody"), "-F", "--config"]
            argv.append(str(self.folder / "prosody/prosody.cfg.lua"))
            if os.geteuid() == 0:
                drop = ["--reuid=prosody", "--regid=prosody", "--clear-groups"]
                argv = [shutil.which("setpriv"), *drop, *argv]
            return argv
        config = str(self.folder / f"{name}.toml")
        if name == "simulator":
            return [sys.executable, "-m", "tools.cisco_simulator", "--config", config]
        addon = str(ROOT / "addons/gorod24_cisco")
        return [sys.executable, "-c", RUN_CONNECTOR, addon, config]

    async def end(self, name, number=signal.SIGTERM):
        """Stop a process; returns its exit code."""
        process = self.processes.pop(name)
        if process.returncode is None:
            process.send_signal(number)
        return await asyncio.wait_for(process.wait(), 10)

    async def stop(self):
        for name in list(self.processes):
            await self.end(name, signal.SIGKILL)
        if self.odoo:
            await self.odoo.stop()
        if self.http:
            await self.http.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self, name):
        return (self.folder / f"{name}.out").read_text(errors="replace")

    # --- hands --------------------------------------------------------------------
    async def control(self, path, body=None, status=(200, 201)):
        url = f"{self._scheme}://127.0.0.1:{self.ports['simulator']}/control/{path}"
        method = self.http.get if body is None else self.http.post
        async with method(url, json=body, ssl=False) as response:
            assert response.status in status, await response.text()
            return await response.json()

    async def ring(self, agent, **values):
        """A citizen rings; returns the call of the simulator."""
        body = {"agent": agent, "from": "83852123456", **values}
        return await self.control("call", body)

    async def command(self, name, agent, token=COMMAND_TOKEN, **values):
        """What Odoo's adapter does."""
        url = f"http://127.0.0.1:{self.ports['command']}/v1/commands"
        body = {"command": name, "agent_id": agent, **values}
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(url, json=body, headers=headers) as response:
            return await response.json()

    async def health(self):
        """Health of the connector, None while it does not answer."""
        url = f"http://127.0.0.1:{self.ports['command']}/v1/health"
        headers = {"Authorization": f"Bearer {COMMAND_TOKEN}"}
        try:
            async with self.http.get(url, headers=headers) as response:
                return await response.json()
        except aiohttp.ClientError:
            return None

    async def until_connected(self, seconds=180):
        """Wait until the feed and every line are up."""
        async with asyncio.timeout(seconds):
            while not await self._is_connected():
                await asyncio.sleep(0.05)

    async def until_subscribed(self, seconds=180):
        """Wait until MediaSense knows whom to tell of its recordings."""
        async with asyncio.timeout(seconds):
            while not await self._is_subscribed():
                await asyncio.sleep(0.05)

    async def _is_subscribed(self):
        health = await self.health() or {}
        return (health.get("mediasense") or {}).get("state") == "ok"

    async def _is_connected(self):
        health = await self.health()
        if not health or {x["link"] for x in health["lines"]} != {"connected"}:
            return False
        try:
            return (await self.control("health"))["xmpp"]
        except aiohttp.ClientError:
            return False
