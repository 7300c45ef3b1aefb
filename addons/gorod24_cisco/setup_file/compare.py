# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the connector would run with, by its own reading of the file."""

import tomllib
from types import SimpleNamespace

from ..connector.settings import build
from ..connector.shown import shown
from .render import render

# Stands where a secret of the host would: only the reading needs one.
_UNKNOWN = "unknown"
_TIMES_OF_DAY = ("now",)


def wanted(values, agents):
    """Settings as a connector with this file would tell them (``shown``).

    Raises SettingsError (of the connector) when it would refuse the file. Whether the
    certificate's file exists is known on the host only.
    """
    data = tomllib.loads(render(values, agents))
    bundles = {
        section: data[section].pop("ca_bundle", "")
        for section in ("finesse", "mediasense")
        if section in data
    }
    for item in data.get("agent", ()):
        item["password"] = _UNKNOWN
    data["odoo"]["token"] = data["commands"]["token"] = _UNKNOWN
    if "mediasense" in data:
        data["mediasense"]["password"] = _UNKNOWN
    settings = build(data)
    told = shown(settings, SimpleNamespace(dialog_ids=settings.cdr_dialog_ids))
    return told | {f"{section}.ca_bundle": path for section, path in bundles.items()}


def differences(wanted_settings, running):
    """Sorted list of (key, wanted, running) that are not alike.

    ``agents`` are compared one by one: ``agent.<id>`` → extension.
    """
    ours, theirs = _flat(wanted_settings), _flat(running)
    return [
        (key, ours.get(key), theirs.get(key))
        for key in sorted(ours.keys() | theirs.keys())
        if not _alike(ours.get(key), theirs.get(key))
    ]


def _flat(settings):
    flat = {
        key: value
        for key, value in settings.items()
        if key != "agents" and key not in _TIMES_OF_DAY
    }
    agents = settings.get("agents")
    for pair in agents if isinstance(agents, list) else []:
        if isinstance(pair, list | tuple) and len(pair) == 2:
            flat[f"agent.{pair[0]}"] = str(pair[1])
    return flat


def _alike(one, other):
    if one in (None, "", [], {}) and other in (None, "", [], {}):
        return True
    return one == other
