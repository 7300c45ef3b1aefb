# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Text of ``connector.toml`` and of the file of secrets beside it."""

import json
import re

# Section → keys in the order of the file. A value that is empty is left out.
SECTIONS = {
    "finesse": (
        *("name", "base_url", "xmpp_host", "xmpp_port", "xmpp_domain", "xmpp_tls"),
        *("verify_tls", "ca_bundle", "number_variable", "transport"),
    ),
    "finesse.secondary": ("base_url", "xmpp_host", "xmpp_port"),
    "odoo": ("url",),
    "commands": ("host", "port"),
    "cdr": (
        *("folder", "done", "failed", "lines", "extensions", "inner_numbers"),
        "dialog_ids_are_jtapi",
    ),
    "recordings": (
        *("folder", "done", "failed", "recorder", "timezone", "name_pattern"),
        "index_columns",
    ),
    "mediasense": ("base_url", "username", "name", "events_url", "ca_bundle"),
    "spool": ("folder",),
    "times": (
        *("ping_every", "compare_every", "backoff_max", "command_wait"),
        *("node_check", "return_after"),
    ),
}
# A section whose first key is empty is not used at all.
OPTIONAL = {
    "finesse.secondary": "base_url",
    "cdr": "folder",
    "recordings": "folder",
    "mediasense": "base_url",
}
_HEAD = """\
# Настройки службы связи с Cisco. Сделано мастером подключения телефонии.
# Паролей и ключей здесь нет: впишите их в файл окружения службы (connector.env).
"""
_SECRETS = """\
# Секреты службы связи с Cisco: /etc/gorod24/connector.env, права 0600.
# Впишите значения после знака «=» на том компьютере, где работает служба.
# Ключ приёма событий и ключ команд – те же, что в настройках сервера Odoo.
GOROD24_TELEPHONY_TOKEN=
GOROD24_CONNECTOR_TOKEN=
"""


def render(values, agents):
    """The file's text.

    :param values: {"section.key": value}; keys that are not known are left out.
    :param agents: list of (agent id, extension).
    """
    parts = [_HEAD]
    for section, keys in SECTIONS.items():
        first = OPTIONAL.get(section)
        if first and not values.get(f"{section}.{first}"):
            continue
        pairs = [(key, values.get(f"{section}.{key}")) for key in keys]
        lines = [f"{key} = {_toml(value)}" for key, value in pairs if _is_set(value)]
        parts.append("\n".join([f"[{section}]", *lines, ""]))
    for agent, extension in agents:
        parts.append(
            f"[[agent]]\nid = {_toml(agent)}\nextension = {_toml(extension)}\n"
        )
    return "\n".join(parts)


def environment(values, agents):
    """Text of the file of secrets, with every name the connector looks for."""
    lines = [_SECRETS.rstrip("\n")]
    if values.get("mediasense.base_url"):
        lines.append("GOROD24_MEDIASENSE_PASSWORD=")
    for agent, extension in agents:
        name = re.sub(r"[^0-9A-Za-z]", "_", agent)
        lines.append(f"# оператор с номером {extension}")
        lines.append(f"GOROD24_AGENT_PASSWORD_{name}=")
    return "\n".join(lines) + "\n"


def _is_set(value):
    return value is not None and value not in ("", [], {})


def _toml(value):
    """A value as TOML writes it; JSON's strings are TOML's basic strings."""
    if isinstance(value, dict):
        pairs = (f"{_toml(str(key))} = {_toml(item)}" for key, item in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
