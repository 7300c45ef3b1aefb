# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./gorod24 run` and `stop`: the foreground life of the demo city."""

import os
import signal
import time

from . import console, ports
from .errors import Trouble
from .files import write_json
from .house import DATABASE, building, opened, running_pid
from .layout import Layout
from .locks import sole
from .postgres import Cluster
from .process import is_alive
from .secret_store import SecretStore
from .services import stop_registered
from .stack import PORTS, Stack
from .staff import DEMO_USERS

STOP_PATIENCE = 60


def interruptible():
    """SIGTERM stops us as Ctrl-C does."""

    def interrupt(_number, _frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)


def deaf():
    """While stopping, a second Ctrl-C must not break the order."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def run(layout=None):
    """Prepare, start, print the address, wait for Ctrl-C, stop in reverse order."""
    layout = layout or Layout()
    layout.make()
    interruptible()
    begun = time.monotonic()
    with sole(
        layout.state / "run.lock",
        "«Город 24» уже работает (процесс № {pid}).",
        "его адрес покажет ./gorod24 status, остановит ./gorod24 stop",
    ):
        console.say("Город 24: подготовка")
        left = stop_registered(layout.runtime / "run" / "pids.json")
        if left:
            console.warn("Остановил оставшееся от прошлого запуска: " + ", ".join(left))
        try:
            _run(layout, begun)
        except KeyboardInterrupt:
            console.say("  Прервано: сделанное сохранено, продолжит ./gorod24 run")
            return 130
    return 0


def _run(layout, begun):
    with opened(layout) as house:
        with building(layout):
            house.databases.recover(DATABASE)
            house.databases.ensure_working(DATABASE)
        stack = _stack(house)
        house.databases.set_address(DATABASE, stack.url)
        try:
            stack.start()
            _describe(house, stack)
            _welcome(house, stack, time.monotonic() - begun)
            stack.supervisor.watch()
        except KeyboardInterrupt:
            console.say()
        finally:
            deaf()
            with console.step("Останавливаю"):
                stack.stop()
                (stack.folder / "stack.json").unlink(missing_ok=True)


def _stack(house):
    memory, wished = house.layout.state / "ports.json", house.settings
    chosen, moved = ports.claim(PORTS, memory, wished.ports, wished.bind)
    for name in moved:
        console.warn(f"Привычный порт для «{name}» занят, беру {chosen[name]}")
    return Stack(
        house.odoo,
        database=DATABASE,
        ports=chosen,
        folder=house.layout.runtime / "run",
        logs=house.layout.logs,
        settings=house.settings,
    )


def describe(house, stack):
    """What other programs need to know of a running stack."""
    return {
        "url": stack.url,
        "database": stack.database,
        "simulator_url": stack.simulator_url if stack.has_telephony() else None,
        "passwords": house.secrets.demo_passwords(),
        "telephony_token": house.secrets["telephony_token"],
        "recordings": str(stack.recordings),
        "logs": str(stack.logs),
        "pid": os.getpid(),
    }


def _describe(house, stack):
    write_json(stack.folder / "stack.json", describe(house, stack), mode=0o600)


def _welcome(house, stack, spent):
    passwords = house.secrets.demo_passwords()
    rows = [("логин", "пароль", "кто это")]
    rows += [(u.login, passwords[u.login], u.role) for u in DEMO_USERS]
    console.say()
    console.say(f"Готово за {console.seconds(spent)}. Откройте в браузере:")
    console.say()
    console.say("  " + console.paint(stack.url, "1;36"))
    console.say()
    console.say(console.table(rows))
    console.say()
    if stack.has_telephony():
        console.say(f"  Позвонить самому (имитатор Cisco): {stack.simulator_url}/")
        console.say("  Живой звонок от начала до конца: ./gorod24 demo-call")
    else:
        console.warn("Телефония не запущена: её программ нет или она выключена.")
    console.say("  Остановить: Ctrl-C. Данные сохраняются.")


def stop(layout=None):
    """Stop `run` wherever it was started, and whatever a killed one left."""
    layout = layout or Layout()
    pid = running_pid(layout)
    if pid:
        with console.step("Останавливаю «Город 24»"):
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + STOP_PATIENCE
            while is_alive(pid):
                if time.monotonic() > deadline:
                    raise Trouble(
                        f"Процесс № {pid} не остановился за {STOP_PATIENCE} с.",
                        f"завершите его сами: kill -9 {pid}, затем ./gorod24 stop",
                    )
                time.sleep(0.1)
    left = stop_registered(layout.runtime / "run" / "pids.json")
    if left:
        console.say("  Остановлено оставшееся: " + ", ".join(left))
    if (layout.runtime / "secrets.json").exists():
        cluster = Cluster(layout, SecretStore(layout.runtime / "secrets.json"))
        if cluster.server_pid() and not cluster.in_use():
            cluster.stop()
            left.append("postgres")
    if not pid and not left:
        console.say("«Город 24» не запущен.")
    return 0
