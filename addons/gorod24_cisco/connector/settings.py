# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Settings of the connector, read from one TOML file and checked at once."""

import os
import re
import tomllib
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ..wire import recorder_index

TLS_MODES = ("direct", "starttls", "none")
# How notifications come → the usual port.
TRANSPORTS = {"tcp": 5223, "websocket": 7443, "bosh": 7443}
# Secrets may stand in the environment instead of the file (systemd EnvironmentFile).
AGENT_PASSWORD = "GOROD24_AGENT_PASSWORD_"
MEDIASENSE_PASSWORD = "GOROD24_MEDIASENSE_PASSWORD"


class SettingsError(ValueError):
    """The settings file cannot be used; the text names the place."""


@dataclass(frozen=True)
class AgentSettings:
    """One operator's telephone. ``password`` never appears in a repr or a log."""

    id: str
    extension: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Node:
    """One server of Finesse."""

    base_url: str
    xmpp_host: str
    xmpp_port: int

    @property
    def host(self):
        """Name for people: the host, with the port when two nodes share it."""
        return urlsplit(self.base_url).netloc


@dataclass(frozen=True)
class MediaSenseSettings:
    """Where MediaSense is and who asks it. Times are seconds."""

    base_url: str
    username: str
    password: str = field(repr=False)
    name: str = "mediasense"
    events_url: str = ""
    ca_bundle: str = ""
    poll: float = 60.0
    backfill_hours: float = 72.0


@dataclass(frozen=True)
class Settings:
    """Everything the connector needs to know. Times are seconds."""

    name: str
    base_url: str
    xmpp_host: str
    xmpp_port: int
    xmpp_domain: str
    xmpp_tls: str
    verify_tls: bool
    ca_bundle: str
    agents: tuple
    odoo_url: str
    odoo_token: str = field(repr=False)
    odoo_parallel: int = 2
    command_host: str = "127.0.0.1"
    command_port: int = 0
    command_token: str = field(default="", repr=False)
    recordings: Path | None = None
    recordings_done: Path | None = None
    recordings_failed: Path | None = None
    recordings_poll: float = 0.5
    recordings_keep_days: float = 0.0
    sidecar_wait: float = 600.0
    name_wait: float = 15.0
    recorder: str = "recorder"
    recorder_zone: str = "UTC"
    recorder_columns: tuple = ()
    recorder_pattern: str = ""
    max_recording: int = 256 * 1024 * 1024
    cdr: Path | None = None
    cdr_done: Path | None = None
    cdr_failed: Path | None = None
    cdr_poll: float = 2.0
    cdr_settle: float = 3.0
    cdr_half_written: float = 60.0
    cdr_keep_hours: float = 24.0
    cdr_keep_days: float = 7.0
    cdr_lines: tuple = ()
    cdr_extensions: tuple = ()
    cdr_inner: str = r"\d{2,5}"
    cdr_dialog_ids: bool = True
    spool: Path = Path("spool")
    spool_limit: int = 1024 * 1024 * 1024
    ping_every: float = 10.0
    compare_every: float = 60.0
    backoff_max: float = 15.0
    command_wait: float = 2.5
    node_check: float = 10.0
    return_after: float = 30.0
    number_variable: str = ""
    transport: str = "tcp"
    secondary: Node | None = None
    mediasense: MediaSenseSettings | None = None

    @property
    def nodes(self):
        """The nodes in the order of preference."""
        first = Node(self.base_url, self.xmpp_host, self.xmpp_port)
        return (first, self.secondary) if self.secondary else (first,)

    @property
    def source(self):
        return f"finesse:{self.name}"


def load(path):
    """Read the file at ``path``. Raises :class:`SettingsError`."""
    try:
        with open(path, "rb") as stream:
            data = tomllib.load(stream)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error
    return build(data)


def build(data):
    """Settings from the decoded TOML. Raises :class:`SettingsError`."""
    finesse, odoo = data.get("finesse") or {}, data.get("odoo") or {}
    commands, spool = data.get("commands") or {}, data.get("spool") or {}
    settings = Settings(
        name=str(finesse.get("name") or "fin1"),
        base_url=_finesse_url(finesse),
        xmpp_host=_required(finesse, "xmpp_host", "finesse"),
        xmpp_port=int(finesse.get("xmpp_port") or _usual_port(finesse)),
        transport=str(finesse.get("transport") or "tcp"),
        xmpp_domain=str(finesse.get("xmpp_domain") or ""),
        xmpp_tls=str(finesse.get("xmpp_tls") or "direct"),
        verify_tls=bool(finesse.get("verify_tls", True)),
        ca_bundle=str(finesse.get("ca_bundle") or ""),
        number_variable=number_variable(finesse.get("number_variable")),
        agents=_agents(data.get("agent")),
        odoo_url=_url(odoo, "url", "odoo"),
        odoo_parallel=int(odoo.get("parallel") or 2),
        odoo_token=_secret(odoo, "odoo", "GOROD24_TELEPHONY_TOKEN"),
        command_host=str(commands.get("host") or "127.0.0.1"),
        command_port=int(commands.get("port") or 0),
        command_token=_secret(commands, "commands", "GOROD24_CONNECTOR_TOKEN"),
        spool=Path(_required(spool, "folder", "spool")),
        secondary=_secondary(finesse),
        mediasense=_mediasense(data.get("mediasense"), data.get("recordings")),
        spool_limit=int(float(spool.get("limit_mb") or 1024) * 1024 * 1024),
        **_recordings(data.get("recordings") or {}),
        **_cdr(data.get("cdr") or {}),
        **_times(data.get("times") or {}),
    )
    _check_tls(settings)
    return settings


def number_variable(value):
    """Name of the call variable that holds the caller's number, '' for none.

    UCCX has callVariable1 to callVariable10 and variables of its own
    (``user.caller``, ``user.list[0]``). Raises :class:`SettingsError`.
    """
    name = str(value or "").strip()
    if name and not re.fullmatch(r"[A-Za-z][\w.]{0,40}(\[\d{1,3}\])?", name, re.ASCII):
        raise SettingsError("[finesse]: number_variable is no name of a call variable")
    return name


def _usual_port(finesse):
    return TRANSPORTS.get(finesse.get("transport"), TRANSPORTS["tcp"])


def _secondary(finesse):
    data = finesse.get("secondary")
    if not data:
        return None
    port = data.get("xmpp_port") or finesse.get("xmpp_port") or _usual_port(finesse)
    host = _required(data, "xmpp_host", "finesse.secondary")
    return Node(_finesse_url(data), host, int(port))


def _agents(items):
    if not isinstance(items, list) or not items:
        raise SettingsError("[[agent]]: at least one is needed")
    agents = tuple(
        AgentSettings(
            id=_required(item, "id", "[agent]"),
            extension=_required(item, "extension", "[agent]"),
            password=_password(item),
        )
        for item in items
    )
    for agent in agents:
        # It becomes part of an XMPP address, of a path and of a file's name.
        if not re.fullmatch(r"[^\s@/\\\"&'<>:\x00-\x1f]{1,64}", agent.id):
            raise SettingsError(f"[[agent]]: id {agent.id!r} holds a wrong character")
    if len({agent.id for agent in agents}) != len(agents):
        raise SettingsError("[[agent]]: the same id stands twice")
    return agents


def _password(item):
    """Password of an agent: from the file, or from the environment of the process."""
    name = re.sub(r"[^0-9A-Za-z]", "_", str(item.get("id") or ""))
    variable = f"{AGENT_PASSWORD}{name}"
    value = item.get("password") or os.environ.get(variable)
    if not value:
        raise SettingsError(f"[agent] {name}: no password (or set {variable})")
    return str(value)


def _recordings(data):
    if not data.get("folder"):
        return {}
    folder = Path(data["folder"])
    return {
        "recordings": folder,
        "recordings_done": Path(data.get("done") or folder / "done"),
        "recordings_failed": Path(data.get("failed") or folder / "failed"),
        "recordings_poll": float(data.get("poll_seconds") or 0.5),
        "recordings_keep_days": float(data.get("keep_done_days") or 0),
        "sidecar_wait": float(data.get("sidecar_wait_seconds") or 600),
        "name_wait": float(data.get("name_wait_seconds", 15)),
        "recorder": str(data.get("recorder") or "recorder"),
        "recorder_zone": _zone(str(data.get("timezone") or "UTC")),
        "recorder_columns": tuple((data.get("index_columns") or {}).items()),
        "recorder_pattern": _pattern(str(data.get("name_pattern") or "")),
    }


def _mediasense(data, recordings):
    if not data:
        return None
    if not (recordings or {}).get("folder"):
        raise SettingsError("[mediasense]: [recordings] needs its folder, too")
    return MediaSenseSettings(
        base_url=_url(data, "base_url", "mediasense"),
        username=_required(data, "username", "[mediasense]"),
        password=_media_password(data),
        name=str(data.get("name") or "mediasense"),
        events_url=str(data.get("events_url") or ""),
        ca_bundle=str(data.get("ca_bundle") or ""),
        poll=float(data.get("poll_seconds") or 60),
        backfill_hours=float(data.get("backfill_hours") or 72),
    )


def _media_password(data):
    value = data.get("password") or os.environ.get(MEDIASENSE_PASSWORD)
    if not value:
        raise SettingsError(
            f"[mediasense]: password is missing (or set {MEDIASENSE_PASSWORD})"
        )
    return str(value)


def _zone(name):
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise SettingsError(f"[recordings]: timezone {name!r} is unknown") from error
    return name


def _pattern(text):
    try:
        return text and recorder_index.compile_pattern(text).pattern
    except recorder_index.PatternError as error:
        raise SettingsError(f"[recordings]: name_pattern: {error}") from error


def _cdr(data):
    if not data.get("folder"):
        return {}
    folder = Path(data["folder"])
    inner = str(data.get("inner_numbers") or r"\d{2,5}")
    try:
        re.compile(inner)
    except re.error as error:
        raise SettingsError(f"[cdr]: inner_numbers: {error}") from error
    names = {
        "cdr_poll": "poll_seconds",
        "cdr_settle": "settle_seconds",
        "cdr_half_written": "half_written_seconds",
        "cdr_keep_hours": "keep_hours",
        "cdr_keep_days": "keep_done_days",
    }
    times = {key: float(data[name]) for key, name in names.items() if name in data}
    return times | {
        "cdr": folder,
        "cdr_done": Path(data.get("done") or folder / "done"),
        "cdr_failed": Path(data.get("failed") or folder / "failed"),
        "cdr_lines": _hotline(data.get("lines")),
        "cdr_extensions": tuple(map(str, data.get("extensions") or ())),
        "cdr_inner": inner,
        "cdr_dialog_ids": bool(data.get("dialog_ids_are_jtapi", True)),
    }


def _hotline(lines):
    """Numbers of the hotline; ``77*`` is a series, ``*`` the whole exchange."""
    if lines is not None and not isinstance(lines, list):
        raise SettingsError("[cdr]: lines must be a list of numbers")
    found = tuple(str(line).strip() for line in lines or ())
    for line in found:
        if not re.fullmatch(r"\+?\d*\*?", line, re.ASCII) or not line:
            raise SettingsError(f"[cdr]: lines: {line!r} is no number or series")
    return found


def _times(data):
    names = "ping_every compare_every backoff_max command_wait".split()
    names += ["node_check", "return_after"]
    return {name: float(data[name]) for name in names if name in data}


def _required(data, name, where):
    value = data.get(name)
    if value is None or value == "":
        raise SettingsError(f"{where}: {name} is missing")
    return str(value)


def _secret(data, where, variable):
    value = data.get("token") or os.environ.get(variable)
    if not value:
        raise SettingsError(f"[{where}]: token is missing (or set {variable})")
    return str(value)


def _url(data, name, where):
    value = _required(data, name, f"[{where}]").rstrip("/")
    if urlsplit(value).scheme not in ("http", "https"):
        raise SettingsError(f"[{where}]: {name} must begin with http:// or https://")
    return value


def _finesse_url(data):
    """Base of the REST interface; the usual path is added when none is given."""
    value = _url(data, "base_url", "finesse")
    return value if urlsplit(value).path else f"{value}/finesse/api"


def is_loopback(host):
    """True for this computer's own addresses."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _check_tls(settings):
    if settings.xmpp_tls not in TLS_MODES:
        raise SettingsError(f"[finesse]: xmpp_tls must be one of {TLS_MODES}")
    if settings.transport not in TRANSPORTS:
        names = ", ".join(TRANSPORTS)
        raise SettingsError(f"[finesse]: transport must be one of {names}")
    if settings.transport != "tcp" and settings.xmpp_tls == "starttls":
        raise SettingsError("[finesse]: STARTTLS is for transport = tcp only")
    if settings.ca_bundle and not Path(settings.ca_bundle).is_file():
        raise SettingsError("[finesse]: ca_bundle: there is no such file")
    for node in settings.nodes:
        if settings.xmpp_tls == "none" and not is_loopback(node.xmpp_host):
            raise SettingsError("[finesse]: xmpp_tls = none is for this computer only")
        address = urlsplit(node.base_url)
        if address.scheme == "http" and not is_loopback(address.hostname or ""):
            text = "base_url without TLS is for this computer only"
            raise SettingsError(f"[finesse]: {text}")
    if not is_loopback(settings.command_host):
        raise SettingsError("[commands]: host must be this computer (127.0.0.1)")
