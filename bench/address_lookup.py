# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""As-you-type look-up of addresses at 100,000 houses: time on the server, hits.

    python -m bench.address_lookup --config odoo.conf [--addons-path …] [--drop]

300 addresses are typed letter by letter in the ways operators type; each keystroke
from the third on is one call of ``gorod24.building.suggest``.
"""

import argparse
import os
import random
import statistics
import sys
import time

from . import address_city, base

HOUSES = 100_000
STREETS = 1_500
QUERIES = 300
GOAL = 30
_LAYOUT = dict(
    zip(
        "ёйцукенгшщзхъфывапролджэячсмитьбю",
        "`qwertyuiop[]asdfghjkl;'zxcvbnm,.",
        strict=True,
    )
)
SIDE = base.Side("address", HOUSES, ("gorod24_address",), "base.group_user")


def main(argv):
    arguments = _parser().parse_args(argv)
    options = base.Options(arguments.config, arguments.addons_path)
    base.start_odoo(options)
    if arguments.drop:
        base.drop(SIDE.database)
        return 0
    _prepare(options, arguments.fresh)
    with base.environment(SIDE) as env:
        _measure(env, arguments.rounds)
    return 0


def _parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", default=os.environ.get("GOROD24_ODOO_CONFIG"))
    parser.add_argument(
        "--addons-path", default=os.environ.get("GOROD24_ADDONS_PATH", "")
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fresh", action="store_true", help="заполнить заново")
    parser.add_argument("--drop", action="store_true", help="удалить базу замера")
    return parser


def _prepare(options, fresh):
    if not fresh and base.parameter(SIDE, base.ROWS_KEY) == str(HOUSES):
        base.renew(options, SIDE)
        return
    print(f"  База {SIDE.database}: установка и {HOUSES} домов …", flush=True)
    base.drop(SIDE.database)
    base.install(options, SIDE, install=SIDE.modules)
    with base.environment(SIDE) as env:
        address_city.fill(env, STREETS, HOUSES)
        env.cr.commit()
    base.remember(SIDE, base.ROWS_KEY, HOUSES)
    base.remember(SIDE, base.SOURCES_KEY, base.sources(SIDE))
    with base.db_connect(SIDE.database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")


# Queries ---------------------------------------------------------------------------


def _misspell(word, chance):
    """The word with two neighbours swapped or one letter changed."""
    if len(word) < 4:
        return word
    i = chance.randint(1, len(word) - 3)
    if chance.random() < 0.5:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + chance.choice("аоеинт") + word[i + 1 :]


def _queries(env, chance):
    """[(way of typing, text, id of the house meant)]."""
    rows = env["gorod24.building"].search_fetch(
        [("street_id.parent_id.level", "=", "city")], ["street_id", "house"]
    )
    picked = chance.sample(list(rows), QUERIES)
    ways = list(_WAYS.items())
    result = []
    for number, building in enumerate(picked):
        way, write = ways[number % len(ways)]
        name = building.street_id.name.lower()
        text = write(name, building.street_id.type_name, building.house, chance)
        result.append((way, text, building.id))
    return result


def _typo(name, kind, house, chance):
    parts = name.split()
    longest = max(range(len(parts)), key=lambda i: len(parts[i]))
    parts[longest] = _misspell(parts[longest], chance)
    return f"{kind} {' '.join(parts)} {house}"


def _wrong_layout(name, kind, house, chance):
    del kind, chance
    return "".join(_LAYOUT.get(char, char) for char in f"{name} {house}")


_WAYS = {
    "улица и дом": lambda name, kind, house, chance: f"{name} {house}",
    "с типом улицы": lambda name, kind, house, chance: f"{kind} {name}, {house}",
    "с опечаткой": _typo,
    "не та раскладка": _wrong_layout,
    "дом вперёд": lambda name, kind, house, chance: f"дом {house} по {kind} {name}",
    "прежнее название": lambda name, kind, house, chance: f"старо-{name} {house}",
    "угол": lambda name, kind, house, chance: f"угол {name} и Ленина",
    "опора": lambda name, kind, house, chance: f"опора 12 {kind} {name}",
    "с городом": lambda name, kind, house, chance: f"Барнаул {kind} {name} {house}-12",
    "с посёлком": lambda name, kind, house, chance: f"Лебяжье Центральная {house}",
}


# Measuring ---------------------------------------------------------------------------


def _measure(env, rounds):
    chance = random.Random(7)
    queries = _queries(env, chance)
    Building = env["gorod24.building"]
    for _way, text, _id in queries[:20]:
        Building.suggest(text)
    times, hits = {way: [] for way in _WAYS}, {way: [] for way in _WAYS}
    full = []
    for turn in range(rounds):
        for way, text, wanted in queries:
            for length in range(3, len(text) + 1):
                begun = time.perf_counter()
                found = Building.suggest(text[:length])
                spent = 1000 * (time.perf_counter() - begun)
                times[way].append(spent)
            full.append(spent)
            if not turn:
                ids = [c["building_id"] for c in found]
                hits[way].append(ids.index(wanted) + 1 if wanted in ids else 0)
    _print(env, times, hits, full)


def _print(env, times, hits, full):
    every = [t for found in times.values() for t in found]
    print(
        "| как набирают | вызовов | медиана, мс | p95, мс | худший, мс"
        " | первый | в списке |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    for way, found in times.items():
        meant = way not in ("угол", "опора", "с посёлком", "прежнее название")
        first = f"{sum(h == 1 for h in hits[way])}/{len(hits[way])}" if meant else "—"
        listed = f"{sum(h > 0 for h in hits[way])}/{len(hits[way])}" if meant else "—"
        print(f"| {way} | {len(found)} | {_row(found)} | {first} | {listed} |")
    print(f"| **все нажатия** | {len(every)} | {_row(every)} | | |")
    print(f"| **набрано до конца** | {len(full)} | {_row(full)} | | |")
    count = env["gorod24.building"].search_count([])
    streets = env["gorod24.address"].search_count([("level", "=", "street")])
    print(
        f"\n  домов {count}, улиц {streets}; нагрузка машины "
        f"{os.getloadavg()[0]:.1f}; цель ≤ {GOAL} мс"
    )


def _row(found):
    p95 = statistics.quantiles(found, n=20)[-1]
    return f"{statistics.median(found):.1f} | {p95:.1f} | {max(found):.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
