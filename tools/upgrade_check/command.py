# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./gorod24 upgrade-check: does an upgrade keep the data of a city of another day?"""

import argparse

from tools.bootstrap.console import say
from tools.bootstrap.house import opened

from .check import Check

# the first landed slice, the reference data of 24.11.2026, the landing after it
LANDED = ("467295e", "96e3d57", "8abb418")


def main(argv):
    """Return 0 when nothing was lost."""
    parser = argparse.ArgumentParser(
        prog="./gorod24 upgrade-check",
        description="Строит город кодом прежней версии (из истории git), наполняет "
        "его заявками во всех состояниях, обновляет до нынешней и сравнивает: ничего "
        "не потеряно, смысл сохранён, экраны открываются, второе обновление ничего "
        "не меняет.",
    )
    parser.add_argument(
        "--from",
        dest="revisions",
        action="append",
        metavar="ВЕРСИЯ",
        help=f"версия в git; можно несколько раз (без неё – {', '.join(LANDED)})",
    )
    parser.add_argument(
        "--keep", action="store_true", help="оставить базы, чтобы посмотреть"
    )
    parser.add_argument(
        "--rows",
        type=int,
        metavar="N",
        help="вместо сравнения: сколько времени занимает обновление N обращений",
    )
    options = parser.parse_args(argv)
    failed = False
    with opened() as house:
        for revision in options.revisions or LANDED:
            say(f"Обновление с версии {revision}")
            check = Check(house, revision)
            troubles = check.run_big(options.rows) if options.rows else check.run()
            for trouble in troubles:
                say(f"  ✗ {trouble}")
            if not troubles:
                say("  Ничего не потеряно.")
            if not options.keep:
                check.drop()
            failed |= bool(troubles)
    return int(failed)
