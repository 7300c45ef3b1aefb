# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Settings of the simulator from one TOML file."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class AgentSettings:
    id: str
    extension: str
    password: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True)
class Settings:
    """All settings. Times are seconds."""

    xmpp_host: str
    xmpp_port: int
    domain: str
    secret: str = field(repr=False)
    client_port: int = 0
    finesse_password: str = field(default="", repr=False)
    http_host: str = "127.0.0.1"
    http_port: int = 0
    dialed_number: str = "6024"
    queue: str = "Hotline"
    state_file: Path | None = None
    second_port: int = 0
    gate_port: int = 0
    gate_target: int = 0
    certificate: str = ""
    key: str = ""
    recordings: Path | None = None
    cdr: Path | None = None
    agents: tuple = ()
    busy_numbers: tuple = ("83852000017",)
    outbound_answer_seconds: float = 3.0
    outbound_talk_seconds: float = 60.0

    @property
    def nodes(self):
        """{number of the node: its port}."""
        ports = {1: self.http_port, 2: self.second_port}
        return {number: port for number, port in ports.items() if port or number == 1}


def load(path):
    """Read the file. Raises OSError, KeyError or ValueError."""
    with open(path, "rb") as stream:
        data = tomllib.load(stream)
    return build(data)


def build(data):
    """Settings from decoded TOML."""
    xmpp, http = data["xmpp"], data["http"]
    site, folder = data.get("site", {}), data.get("recordings", {}).get("folder")
    extra = {
        key: site[key]
        for key in ("outbound_answer_seconds", "outbound_talk_seconds")
        if key in site
    }
    if "busy_numbers" in site:
        extra["busy_numbers"] = tuple(map(str, site["busy_numbers"]))
    return Settings(
        xmpp_host=xmpp.get("host", "127.0.0.1"),
        xmpp_port=int(xmpp["port"]),
        domain=xmpp["domain"],
        secret=xmpp["secret"],
        client_port=int(xmpp.get("client_port") or 0),
        finesse_password=str(xmpp.get("finesse_password") or ""),
        http_host=http.get("host", "127.0.0.1"),
        http_port=int(http["port"]),
        dialed_number=str(site.get("dialed_number", "6024")),
        queue=site.get("queue", "Hotline"),
        state_file=Path(site["state_file"]) if site.get("state_file") else None,
        recordings=Path(folder) if folder else None,
        second_port=int(http.get("second_port") or 0),
        certificate=str(http.get("certificate") or ""),
        key=str(http.get("key") or ""),
        gate_port=int(data.get("gate", {}).get("port") or 0),
        gate_target=int(data.get("gate", {}).get("target") or 0),
        cdr=Path(data["cdr"]["folder"]) if data.get("cdr") else None,
        agents=tuple(
            AgentSettings(
                str(item["id"]),
                str(item["extension"]),
                str(item["password"]),
                str(item.get("name") or item["id"]),
            )
            for item in data["agent"]
        ),
        **extra,
    )
