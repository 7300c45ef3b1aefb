# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Loopback ports: the preferred one, else the next free one, remembered."""

import random
import socket
from pathlib import Path

from .errors import Trouble
from .files import read_json, write_json

PREFERRED = {
    "odoo": 8069,
    "gevent": 8072,
    "postgres": 54324,
    "xmpp": 52220,
    "xmpp_component": 52221,
    "xmpp_web": 52225,
    "xmpp_gate": 52226,
    "simulator": 52222,
    "simulator_second": 52224,
    "connector": 52223,
}
TRIES = 200
LOWEST = 12_000
KERNEL = Path("/proc/sys/net/ipv4/ip_local_port_range")
USUAL_KERNEL = 32_768


def is_free(port, host="127.0.0.1"):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def next_free(start, taken=(), host="127.0.0.1"):
    """First free port from `start` on that is not in `taken`."""
    for port in range(start, min(start + TRIES, 65536)):
        if port not in taken and is_free(port, host):
            return port
    raise Trouble(
        f"Все порты {start}–{start + TRIES - 1} заняты.",
        "освободите один из них или назовите другой в config/gorod24.toml.",
    )


def any_free(count):
    """`count` different free ports chosen by lot.

    Not by the kernel: it gives its own to every connection of every program, perhaps
    before the service that is to listen there has started.
    """
    found = set()
    for _ in range(TRIES * count):
        port = random.randrange(LOWEST, _kernel_begins())  # noqa: S311
        if port not in found and is_free(port):
            found.add(port)
        if len(found) == count:
            return list(found)
    raise Trouble("Свободных портов не нашлось.", "закройте лишние программы.")


def _kernel_begins():
    """The lowest port that the kernel gives to connections by itself."""
    try:
        lowest, _highest = KERNEL.read_text().split()
    except (OSError, ValueError):
        return USUAL_KERNEL
    return int(lowest) if int(lowest) > LOWEST else USUAL_KERNEL


def claim(names, memory, wished=None, host="127.0.0.1"):
    """Ports for `names`: remembered, else wished, else preferred, else next free.

    :param memory: JSON file with the ports of the last start
    :param wished: {name: port} from the settings; wins over the memory
    :return: ({name: port}, [names whose usual port was busy])
    """
    remembered = read_json(memory)
    chosen, moved = {}, []
    for name in names:
        usual = (wished or {}).get(name) or remembered.get(name) or PREFERRED[name]
        port = next_free(usual, set(chosen.values()), host)
        if port != usual:
            moved.append(name)
        chosen[name] = port
    write_json(memory, {**remembered, **chosen})
    return chosen, moved
