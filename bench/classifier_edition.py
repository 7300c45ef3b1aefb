# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An edition of the national classifier: python -m bench.classifier_edition --config …

Generated, of the official shape: 5 sections, running numbers per level, sub-questions
from a shared list. Loaded, loaded again, exported, and replaced by a second edition.
Everything is rolled back.
"""

import argparse
import base64
import os
import random
import statistics
import sys
import time

from . import base

HEADERS = ("Код", "Наименование")
SECTIONS = (
    "Государство, общество, политика",
    "Социальная сфера",
    "Экономика",
    "Оборона, безопасность, законность",
    "Жилищно-коммунальная сфера",
)
DOING = "Ремонт Уборка Оплата Строительство Освещение Проверка Выплата Охрана".split()
OF = "дорог дворов школ больниц домов парков рынков лифтов пенсий остановок".split()
WHERE = "в городе,зимой,для семей с детьми,по договору,в посёлках,без очереди".split(
    ","
)
SHARED = 115
SIDE = base.Side("edition", 0, ("gorod24_classifier",), "base.group_user")


def make_edition(nodes, rng):
    """(code, name) of about so many nodes."""
    rows, theme, topic, question = [], 0, 0, 0
    for section, title in enumerate(SECTIONS, start=1):
        rows.append((f"{section:04d}.0000.0000.0000", title))
        while len(rows) < nodes * section // len(SECTIONS):
            theme += 1
            above = f"{section:04d}.{theme:04d}"
            rows.append((f"{above}.0000.0000", _name(rng, theme)))
            for _topic in range(10):
                topic += 1
                rows.append((f"{above}.{topic:04d}.0000", _name(rng, topic)))
                for _question in range(rng.randint(4, 8)):
                    question += 1
                    code = f"{above}.{topic:04d}.{question:04d}"
                    rows.append((code, _name(rng, question)))
                    shared = rng.sample(range(1, SHARED + 1), 4)
                    rows += [
                        (f"{code}.{number:04d}", f"подвопрос {number}")
                        for number in (shared if rng.random() < 0.12 else ())
                    ]
    return rows


def _name(rng, number):
    return f"{rng.choice(DOING)} {rng.choice(OF)} {rng.choice(WHERE)} {number}"


def change_edition(rows, rng):
    """The next edition: 5 of 100 nodes at the end renamed, as many taken out."""
    result = []
    for code, name in rows:
        lot = rng.random() if code.count(".") == 3 and code[-4:] != "0000" else 1
        if lot < 0.05:
            name += " и прочее"
        if lot < 0.95 or lot == 1:
            result.append((code, name))
    kept = {code for code, _name in result}
    return [row for row in result if row[0].count(".") < 4 or row[0][:19] in kept]


def measure(env, rows, later):
    """{what: seconds} of one round; rolled back by the caller."""
    times = {}

    def timed(what, function, *args):
        begun = time.perf_counter()
        result = function(*args)
        env.flush_all()
        times[what] = time.perf_counter() - begun
        return result

    env["gorod24.classifier"].search([("kind", "=", "national")]).write(
        {"valid_from": "2000-01-01", "valid_to": "2000-12-31"}
    )
    first = _wizard(env, rows, mode="new", edition="замер 1", valid_from="2030-01-01")
    timed("проверка файла", first.action_check)
    if first.problems:
        raise base.Failure(first.problems[0]["message"])
    timed("загрузка", first.action_apply)
    old = first.classifier_id
    again = _wizard(env, rows, mode="fill", classifier_id=old.id)
    timed("повторная проверка", again.action_check)
    if again.created_count or again.updated_count:
        raise base.Failure("повторная загрузка нашла изменения")
    timed("выгрузка XLSX", old._export_table, "xlsx")
    second = _wizard(env, later, mode="new", edition="замер 2", valid_from="2031-01-01")
    second.action_check()
    second.action_apply()
    transition = env["gorod24.edition.transition"].create(
        {"old_id": old.id, "new_id": second.classifier_id.id}
    )
    timed("сравнение редакций", transition.action_compare)
    timed("переход", transition.action_apply)
    timed("отмена перехода", transition.action_undo)
    return times


def _wizard(env, rows, **values):
    # addons can be imported only after base.start_odoo
    from odoo.addons.gorod24_address.tabular import write_table

    content = write_table(HEADERS, rows, "xlsx")
    return env["gorod24.classifier.import"].create(
        {
            "file": base64.b64encode(content),
            "filename": "edition.xlsx",
            "kind": "national",
            "name": "Замер",
            **values,
        }
    )


def main(argv):
    parser = argparse.ArgumentParser(prog="python -m bench.classifier_edition")
    parser.add_argument("--nodes", type=int, default=2000, help="рубрик в редакции")
    parser.add_argument("--runs", type=int, default=5, help="повторов")
    parser.add_argument("--database", help="готовая база вместо своей")
    parser.add_argument("--config", default=os.environ.get("GOROD24_ODOO_CONFIG"))
    parser.add_argument(
        "--addons-path", default=os.environ.get("GOROD24_ADDONS_PATH", "")
    )
    arguments = parser.parse_args(argv)
    options = base.Options(arguments.config, arguments.addons_path)
    base.start_odoo(options)
    side = SIDE
    if arguments.database:
        side = type("Given", (), {"database": arguments.database})
    elif not base.exists(side.database):
        base.install(options, side, install=side.modules)
    rows = make_edition(arguments.nodes, random.Random(24))
    later = change_edition(rows, random.Random(42))
    rounds = []
    for _run in range(arguments.runs):
        with base.environment(side) as env:
            rounds.append(measure(env, rows, later))
            env.cr.rollback()
    print(f"Рубрик: {len(rows)}, во второй редакции: {len(later)}; медиана, секунды")
    for what in rounds[0]:
        print(f"| {what} | {statistics.median(r[what] for r in rounds):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
