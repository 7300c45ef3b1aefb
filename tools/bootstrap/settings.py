# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choices of the person: config/gorod24.toml and a few environment variables."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from .errors import Trouble

KNOWN = {
    "odoo": {"home", "bind", "port", "workers"},
    "postgres": {"host", "port", "user", "password"},
    "ports": {
        "odoo",
        "gevent",
        "postgres",
        "xmpp",
        "xmpp_component",
        "xmpp_web",
        "xmpp_gate",
        "simulator",
        "simulator_second",
        "connector",
    },
    "demo": {"telephony"},
}


@dataclass(frozen=True)
class Settings:
    odoo_home: Path | None = None
    bind: str = "127.0.0.1"
    workers: int = 0
    ports: dict = field(default_factory=dict)
    external_postgres: dict | None = None
    telephony: bool = True


def load(layout, environ=None):
    """Settings of this copy; Trouble names the wrong key."""
    environ = os.environ if environ is None else environ
    path = layout.config / "gorod24.toml"
    values = _read(path) if path.exists() else {}
    odoo = values.get("odoo", {})
    home = environ.get("ODOO_HOME") or odoo.get("home")
    ports = dict(values.get("ports", {}))
    port = environ.get("GOROD24_PORT") or odoo.get("port")
    if port:
        ports["odoo"] = _port(port)
    postgres = values.get("postgres") or None
    if postgres and not {"user", "password", "host"} <= postgres.keys():
        raise Trouble(
            f"В {path} раздел [postgres] неполон.",
            "назовите host, user и password (port — по умолчанию 5432).",
        )
    return Settings(
        odoo_home=Path(home).expanduser().resolve() if home else None,
        bind=environ.get("GOROD24_BIND") or odoo.get("bind", "127.0.0.1"),
        workers=int(odoo.get("workers", 0)),
        ports={name: _port(value) for name, value in ports.items()},
        external_postgres=postgres,
        telephony=values.get("demo", {}).get("telephony", True),
    )


def _port(value):
    try:
        port = int(value)
    except (TypeError, ValueError):
        port = 0
    if not 0 < port < 65536:
        raise Trouble(f"«{value}» — не номер порта.", "назовите число от 1 до 65535.")
    return port


def _read(path):
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble(f"Не читается {path}: {error}", "исправьте строку.") from error
    for section, content in values.items():
        unknown = (
            set(content) - KNOWN[section]
            if section in KNOWN and isinstance(content, dict)
            else {section}
        )
        if unknown:
            raise Trouble(
                f"В {path} неизвестно: {', '.join(sorted(unknown))}.",
                "смотрите образец config/gorod24.toml.example.",
            )
    return values
