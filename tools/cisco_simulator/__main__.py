# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""python -m tools.cisco_simulator --config FILE.toml"""

import argparse
import asyncio
import logging
import signal
import ssl
import sys

from aiohttp import web

from .control import Control
from .exchange import Exchange
from .feed import Feed
from .gate import Gate
from .journal import Journal
from .mediasense import MediaSense
from .presence import ServiceUser
from .recorder import Recorder
from .rest import Rest
from .settings import load

_logger = logging.getLogger("cisco_simulator")


async def serve(settings):
    """Run until SIGTERM or SIGINT."""
    feed = Feed(settings)
    exchange = Exchange(
        settings, feed.publish, Recorder(settings.recordings), Journal(settings.cdr)
    )
    exchange.recorder.mediasense = MediaSense()
    user = ServiceUser(settings)
    gate = None
    if settings.gate_port:
        gate = Gate(settings.http_host, settings.gate_port, settings.gate_target)
        await gate.start()
    control = Control(exchange, feed, user, gate)
    runners = [await _open(settings, exchange, control, n) for n in settings.nodes]
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    _logger.info(
        "имитатор Cisco: http://%s:%s/", settings.http_host, settings.http_port
    )
    tasks = [asyncio.create_task(feed.run()), asyncio.create_task(user.run())]
    await stopping.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await exchange.stop()
    if gate is not None:
        await gate.set_state("cut")
    for runner in runners:
        await runner.cleanup()


async def _open(settings, exchange, control, node):
    """One node: its own port, the same exchange behind it."""
    app = web.Application(client_max_size=256 * 1024)
    app.add_routes(Rest(exchange, node).routes() + control.routes())
    app.add_routes(exchange.recorder.mediasense.routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    context = None
    if settings.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings.certificate, settings.key)
    port = settings.nodes[node]
    await web.TCPSite(runner, settings.http_host, port, ssl_context=context).start()
    return runner


def main():
    """Entry point; returns the exit code."""
    parser = argparse.ArgumentParser(prog="tools.cisco_simulator")
    parser.add_argument("--config", required=True, metavar="FILE.toml")
    parser.add_argument("--log-level", default="INFO")
    args = parser.parse_args()
    logging.basicConfig(
        level=args.log_level.upper(),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    logging.getLogger("slixmpp").setLevel(logging.ERROR)
    try:
        settings = load(args.config)
    except (OSError, KeyError, ValueError) as error:
        print(f"Настройки имитатора: {error}", file=sys.stderr)
        return 2
    try:
        asyncio.run(serve(settings))
    except OSError as error:
        print(f"Имитатор не запущен: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
