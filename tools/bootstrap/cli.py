# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The commands of ./gorod24 and their help."""

import os
import shutil
import signal
import subprocess
import sys

from . import console, running
from .errors import Trouble
from .files import read_json
from .house import DATABASE, building, must_be_stopped, opened, running_pid
from .layout import Layout
from .services import registered
from .staff import DEMO_USERS

HELP = """«Город 24» — горячая линия города. Одна команда на всё:

  ./gorod24 run              подготовить и запустить (Ctrl-C — остановить)
  ./gorod24 test [ЧТО…]      все проверки; ЧТО — часть (unit, addons, system, lint),
                             имя дополнения, файл проверок или -k ВЫРАЖЕНИЕ

  ./gorod24 status           что запущено, адрес, логины
  ./gorod24 stop             остановить
  ./gorod24 logs [СЛУЖБА]    журналы: odoo, connector, simulator, prosody, postgres
  ./gorod24 update [--all]   обновить дополнения, чьи исходники изменились
  ./gorod24 reset [--yes]    начать с чистым учебным городом (--all — совсем сначала)
  ./gorod24 shell            Python с открытой базой (odoo shell)
  ./gorod24 psql [-- …]      SQL в базе
  ./gorod24 demo-call        показать один звонок от начала до конца
  ./gorod24 simulate [ИСТОРИЯ]  сыграть историю телефонной станции (без имени – список)
  ./gorod24 faults [--rounds N] убивать процессы посреди звонков и сверить итог
  ./gorod24 docs             переснять снимки экранов для docs/
  ./gorod24 upgrade-check [--from ВЕРСИЯ]  не теряет ли обновление данных
  ./gorod24 bench [--rows N] измерить скорость на большой базе
  ./gorod24 bench ЧАСТЬ      измерить одну часть (список: ./gorod24 bench --help)

Настройки: config/gorod24.toml (образец рядом). Описание: README.md, docs/.
"""


def _nothing_more(argv, *allowed):
    unknown = [word for word in argv if word not in allowed]
    if unknown:
        raise Trouble(f"Непонятно: {' '.join(unknown)}.", "посмотрите ./gorod24 help")


def cmd_run(argv):
    _nothing_more(argv)
    return running.run()


def cmd_stop(argv):
    _nothing_more(argv)
    return running.stop()


def cmd_status(argv):
    _nothing_more(argv)
    layout = Layout()
    pid = running_pid(layout)
    if not pid:
        console.say("«Город 24» не запущен. Запустить: ./gorod24 run")
        return 3
    about = read_json(layout.runtime / "run" / "stack.json")
    if not about:
        console.say(f"«Город 24» готовится к запуску (процесс № {pid}).")
        return 0
    console.say(f"«Город 24» работает (процесс № {pid}): {about['url']}")
    services = registered(layout.runtime / "run" / "pids.json")
    console.say(console.table([("служба", "процесс"), *services.items()]))
    console.say()
    rows = [("логин", "пароль", "кто это")]
    rows += [(u.login, about["passwords"][u.login], u.role) for u in DEMO_USERS]
    console.say(console.table(rows))
    return 0


def cmd_logs(argv):
    layout = Layout()
    files = sorted(layout.logs.glob("*.log"))
    if argv:
        files = [layout.logs / f"{name}.log" for name in argv]
    absent = [path.stem for path in files if not path.exists()]
    if absent or not files:
        there = ", ".join(sorted(path.stem for path in layout.logs.glob("*.log")))
        raise Trouble(
            f"Нет журнала: {', '.join(absent) or 'ещё ничего не запускалось'}.",
            f"есть такие: {there}" if there else "запустите ./gorod24 run",
        )
    os.execvp("tail", ["tail", "-n", "40", "-F", *map(str, files)])


def cmd_reset(argv):
    _nothing_more(argv, "--yes", "-y", "--all")
    layout = Layout()
    must_be_stopped(layout)
    everything = "--all" in argv
    what = "ВСЁ подготовленное (.runtime, .venv)" if everything else "базу и записи"
    if not {"--yes", "-y"} & set(argv) and not console.confirm(
        f"Удалить {what} учебного города?"
    ):
        console.say("Ничего не тронуто.")
        return 1
    if everything:
        running.stop(layout)
        for folder in (layout.runtime, layout.venv, layout.root / "node_modules"):
            shutil.rmtree(folder, ignore_errors=False) if folder.exists() else None
        console.say("Готово. ./gorod24 run соберёт всё заново.")
        return 0
    with opened(layout) as house:
        house.databases.recover(DATABASE)
        house.databases.drop(DATABASE)
    shutil.rmtree(layout.runtime / "run", ignore_errors=True)
    console.say("Готово. ./gorod24 run начнёт с чистого города.")
    return 0


def cmd_update(argv):
    _nothing_more(argv, "--all")
    layout = Layout()
    must_be_stopped(layout)
    with opened(layout) as house, building(layout):
        house.databases.recover(DATABASE)
        if not house.connection.exists(DATABASE):
            raise Trouble("Базы ещё нет.", "её создаст ./gorod24 run")
        done = house.databases.update(DATABASE, everything="--all" in argv)
    console.say("Обновлено: " + ", ".join(done) if done else "Обновлять нечего.")
    return 0


def _call(argv, **options):
    """Run a program in the foreground; Ctrl-C is its business, not ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(
        [str(part) for part in argv],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        **options,
    )


def cmd_shell(argv):
    with opened() as house:
        words = ["shell", "-d", DATABASE, "--no-http", "--log-level=warn", *argv]
        return _call(
            house.odoo.command(house.databases.config, *words),
            env=house.odoo.environment(),
            cwd=house.layout.root,
        )


def cmd_psql(argv):
    if argv[:1] == ["--"]:
        argv = argv[1:]
    with opened() as house:
        connection = house.connection
        return _call(
            [connection.program("psql"), *argv], env=connection.environment(DATABASE)
        )


def _tool(module, argv, needs_run=False):
    """Run one of our programs with the keys to the house in its environment."""
    layout = Layout()
    stack = layout.runtime / "run" / "stack.json"
    if needs_run and not (running_pid(layout) and stack.exists()):
        raise Trouble("«Город 24» не запущен.", "запустите рядом: ./gorod24 run")
    with opened() as house:
        env = {
            **house.odoo.environment(),
            **house.connection.variables(),
            "GOROD24_STACK": str(stack),
            "GOROD24_ODOO_CONFIG": str(house.databases.config),
            "GOROD24_ADDONS_PATH": house.odoo.addons_path(),
        }
        argv = [house.layout.python, "-m", module, *argv]
        return _call(argv, env=env, cwd=layout.root)


def cmd_demo_call(argv):
    return _tool("tools.demo_call", argv, needs_run=True)


def cmd_simulate(argv):
    story = any(not word.startswith("-") for word in argv)
    return _tool("tools.simulate", argv, needs_run=story)


def cmd_faults(argv):
    return _tool("tools.faults", argv)


def cmd_docs(argv):
    return _tool("tools.docs_screenshots", argv, needs_run=True)


def cmd_bench(argv):
    return _tool("bench", argv)


def cmd_upgrade_check(argv):
    from tools.upgrade_check.command import main as check

    return check(argv)


def cmd_test(argv):
    from .testing.runner import run_tests

    return run_tests(argv)


def cmd_help(argv):
    console.say(HELP)
    return 0


COMMANDS = {
    "run": cmd_run,
    "stop": cmd_stop,
    "status": cmd_status,
    "logs": cmd_logs,
    "update": cmd_update,
    "reset": cmd_reset,
    "shell": cmd_shell,
    "psql": cmd_psql,
    "demo-call": cmd_demo_call,
    "simulate": cmd_simulate,
    "faults": cmd_faults,
    "docs": cmd_docs,
    "bench": cmd_bench,
    "upgrade-check": cmd_upgrade_check,
    "test": cmd_test,
    "help": cmd_help,
    "--help": cmd_help,
    "-h": cmd_help,
}


def main(argv):
    """Entry point; returns the exit code."""
    name, *rest = argv or ["help"]
    try:
        if name not in COMMANDS:
            raise Trouble(f"Нет команды «{name}».", "посмотрите ./gorod24 help")
        return COMMANDS[name](rest)
    except Trouble as trouble:
        console.complain(trouble)
        return 1
    except KeyboardInterrupt:
        console.say("\nПрервано.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
