# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./gorod24 bench: fill, measure, print the table; ./gorod24 bench NAME: one part."""

import argparse
import importlib
import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from . import base, fill, measure, operations, promises
from .promises import ms

PARTS = {
    "address_lookup": "поиск дома по словам и дома по списку",
    "cdr": "чтение журналов станции (CDR), строк в секунду",
    "classifier_edition": "загрузка редакции классификатора и переход на неё",
    "classifier_tree": "дерево классификатора на экране",
    "gar_import": "загрузка ГАР",
    "ivr": "справка голосовому меню при миллионе номеров",
    "memory": "память службы связи за час ровных звонков",
    "notices": "какие оповещения касаются дома, среди десяти тысяч",
    "reference_health": "порядок в справочниках",
    "ring": "от вызова на станции до карточки у оператора",
    "routing": "выбор ответственного и загрузка правил",
    "sweep": "обход сроков: предупреждения, просрочки, лестница",
    "topic_search": "поиск темы по словам гражданина",
}


def main(argv):
    """Entry point; returns the exit code."""
    if argv and argv[0] in PARTS:
        return importlib.import_module(f".{argv[0]}", __package__).main(argv[1:])
    arguments = _parser().parse_args(argv)
    if not arguments.config:
        print("Где настройки Odoo? Запустите ./gorod24 bench или назовите --config.")
        return 2
    options = base.Options(arguments.config, arguments.addons_path)
    try:
        base.start_odoo(options)
        if arguments.drop:
            names = base.drop_all()
            print("Удалены: " + ", ".join(names) if names else "Баз замера нет.")
            return 0
        sides = base.plain(arguments.rows), base.ours(arguments.rows)
        prepare(options, sides[1:] if arguments.ours else sides, arguments.fresh)
        if arguments.ours and not arguments.fill_only:
            run_ours(options, sides[1], arguments.runs)
        elif not arguments.fill_only:
            run(options, sides, arguments.runs)
    except base.Failure as failure:
        print(f"✗ {failure}")
        return 1
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="./gorod24 bench",
        description="Скорость «Города 24» рядом с чистым helpdesk_mgmt.",
        epilog="Части: "
        + "; ".join(
            f"./gorod24 bench {name} – {title}" for name, title in PARTS.items()
        ),
    )
    parser.add_argument(
        "--rows", type=_count, default=100_000, help="обращений в каждой базе"
    )
    parser.add_argument(
        "--runs", type=_count, default=21, help="повторов каждой операции"
    )
    parser.add_argument(
        "--ours", action="store_true", help="только наша сторона и её обещания"
    )
    parser.add_argument("--fresh", action="store_true", help="заполнить базы заново")
    parser.add_argument("--fill-only", action="store_true", help="заполнить, не мерить")
    parser.add_argument("--drop", action="store_true", help="удалить базы замера")
    parser.add_argument(
        "--config", default=os.environ.get("GOROD24_ODOO_CONFIG"), help="odoo.conf"
    )
    parser.add_argument(
        "--addons-path",
        default=os.environ.get("GOROD24_ADDONS_PATH", ""),
        help="если его нет в odoo.conf",
    )
    return parser


def _count(text):
    number = int(text.replace("_", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("нужно целое число больше нуля")
    return number


def apart(function, *args):
    """Call a function in a new process: neither side sees the other's code."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args).result()


# Filling -----------------------------------------------------------------------


def prepare(options, sides, fresh):
    """Make both databases hold the rows; what is there already is kept."""
    ours = sides[-1]
    # ours goes first: the names of the topics come from it
    wanted = [side for side in sides[::-1] if fresh or not _is_filled(side)]
    for side in wanted:
        with _timed(f"База {side.database}: установка {', '.join(side.modules)}"):
            base.drop(side.database)
            base.install(options, side, install=side.modules)
    if wanted:
        topics = apart(fill.read_topics, options, ours)
    for side in wanted:
        with _timed(f"База {side.database}: заполнение"):
            apart(fill.fill, options, side, topics)
            base.remember(side, base.SOURCES_KEY, base.sources(side))
    for side in set(sides) - set(wanted):
        with _timed(f"База {side.database}: уже заполнена"):
            base.renew(options, side)


def _is_filled(side):
    return base.parameter(side, base.ROWS_KEY) == str(side.rows)


class _timed:
    """Say what is done and how long it took."""

    def __init__(self, title):
        self.title = title

    def __enter__(self):
        print(f"  {self.title} …", flush=True)
        self.begun = time.monotonic()

    def __exit__(self, kind, error, trace):
        if not kind:
            print(f"    готово за {time.monotonic() - self.begun:.0f} с", flush=True)


# Measuring -----------------------------------------------------------------------


def run(options, sides, runs):
    """Measure both sides and print the table."""
    print(f"  Замер по очереди: {runs} повторов каждой операции …", flush=True)
    found = measure.measure(options, sides, runs)
    print()
    print("\n".join(table(*found)))
    print()
    print("\n".join(_notes(*found)))
    print()
    _print_promises(sides[1], found[1], runs)


def run_ours(options, side, runs):
    """Measure what our screens promise, without the other side.

    A base ten times smaller, when there is one, is measured in turns with it: a busy
    minute of the machine is no growth then.
    """
    smaller = base.ours(side.rows // 10)
    sides = [smaller, side] if _is_filled(smaller) else [side]
    if smaller in sides:
        prepare(options, [smaller], fresh=False)
    print(f"  Замер: {runs} повторов каждой операции …", flush=True)
    *before, found = measure.measure(options, sides, runs, promises.PROMISES)
    for less in before:
        base.remember_figures(smaller, less)
    print()
    _print_promises(side, found, runs)


def _print_promises(side, found, runs):
    print("\n".join(promises.table(found, base.figures(side.rows // 10))))
    base.remember_figures(side, found)
    print(f"\n  {_number(side.rows)} обращений; медиана {runs} повторов; {_machine()}")


def table(plain, ours):
    """Lines of the table in Markdown: it goes into README.md as it is."""
    lines = [
        "| операция | plain, мс | ours, мс | отношение | запросов SQL plain / ours |",
        "|---|---:|---:|---:|---:|",
    ]
    for key in operations.COMPARED:
        one, two = plain.get(key), ours.get(key)
        cells = [operations.TITLES[key], _time(one), _time(two), _ratio(key, one, two)]
        queries = " / ".join(str(x.queries) if x else "—" for x in (one, two))
        lines.append("| " + " | ".join([*cells, queries]) + " |")
    return lines


def _notes(plain, ours):
    """What the operations found, and between which bounds nine tenths of runs lay."""
    for key in operations.COMPARED:
        parts = []
        for name, timing in (("plain", plain.get(key)), ("ours", ours.get(key))):
            if timing:
                note = f", {timing.note}" if timing.note else ""
                bounds = f"{ms(timing.low)}–{ms(timing.high)} мс"
                parts.append(f"{name} {bounds}{note}")
        yield f"  {operations.TITLES[key]}: " + "; ".join(parts)


def _time(timing):
    return ms(timing.median) if timing else "—"


def _ratio(key, plain, ours):
    if not (plain and ours):
        return "—"
    ratio = plain.median / ours.median
    if key == "create":
        return f"× {1 / ratio:.2f} времени".replace(".", ",")
    return f"в {ratio:.{0 if ratio >= 10 else 1}f} раз".replace(".", ",")


def _number(value):
    return f"{value:,}".replace(",", " ")


def _machine():
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return f"ядер: {cores}, нагрузка машины к концу: {load:.1f}".replace(".", ",")
