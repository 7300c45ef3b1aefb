# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The settings a running connector works with, told without any secret."""

_NAMES = {
    "finesse.name": "name",
    "finesse.transport": "transport",
    "finesse.base_url": "base_url",
    "finesse.xmpp_host": "xmpp_host",
    "finesse.xmpp_port": "xmpp_port",
    "finesse.xmpp_domain": "xmpp_domain",
    "finesse.xmpp_tls": "xmpp_tls",
    "finesse.verify_tls": "verify_tls",
    "finesse.ca_bundle": "ca_bundle",
    "finesse.number_variable": "number_variable",
    "odoo.url": "odoo_url",
    "commands.port": "command_port",
    "cdr.folder": "cdr",
    "cdr.inner_numbers": "cdr_inner",
    "recordings.folder": "recordings",
    "spool.folder": "spool",
    "times.ping_every": "ping_every",
    "times.compare_every": "compare_every",
    "times.backoff_max": "backoff_max",
    "times.command_wait": "command_wait",
    "times.node_check": "node_check",
    "times.return_after": "return_after",
}
# Told only when the part they belong to is set up.
_OF_CDR = {"cdr.done": "cdr_done", "cdr.failed": "cdr_failed"}
_OF_RECORDINGS = {
    "recordings.done": "recordings_done",
    "recordings.failed": "recordings_failed",
    "recordings.recorder": "recorder",
    "recordings.timezone": "recorder_zone",
    "recordings.name_pattern": "recorder_pattern",
}
_OF_MEDIASENSE = ("base_url", "username", "name", "events_url", "ca_bundle")


def shown(settings, calibration):
    """Flat dict ``section.key`` → value, as the settings file names them.

    ``events_url`` of MediaSense ends in a token: only its address is told.
    """
    told = {key: getattr(settings, name) for key, name in _NAMES.items()}
    if settings.cdr:
        told |= {key: getattr(settings, name) for key, name in _OF_CDR.items()}
        told["cdr.lines"] = sorted(settings.cdr_lines)
        told["cdr.extensions"] = sorted(settings.cdr_extensions)
        told["cdr.dialog_ids_are_jtapi"] = calibration.dialog_ids
    if settings.recordings:
        told |= {key: getattr(settings, name) for key, name in _OF_RECORDINGS.items()}
        told["recordings.index_columns"] = dict(settings.recorder_columns)
    if settings.secondary:
        for name in ("base_url", "xmpp_host", "xmpp_port"):
            told[f"finesse.secondary.{name}"] = getattr(settings.secondary, name)
    if settings.mediasense:
        for name in _OF_MEDIASENSE:
            told[f"mediasense.{name}"] = getattr(settings.mediasense, name)
        address = told["mediasense.events_url"]
        told["mediasense.events_url"] = address.rpartition("/")[0]
    told["agents"] = sorted([agent.id, agent.extension] for agent in settings.agents)
    return {key: _plain(value) for key, value in told.items()}


def _plain(value):
    if value is None or isinstance(value, str | int | float | list | dict):
        return "" if value is None else value
    return str(value)  # a path
