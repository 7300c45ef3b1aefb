# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""python -m tools.gar_generator архив.zip --houses 100000"""

import argparse
import time
from pathlib import Path

from . import Region, Size, write_delta, write_full


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tools.gar_generator",
        description="Архив ГАР официального вида с выдуманным городом Пробинском.",
    )
    parser.add_argument("path", type=Path, help="какой файл записать")
    parser.add_argument("--houses", type=int, default=100_000, help="домов")
    parser.add_argument("--streets", type=int, default=1_500, help="улиц")
    parser.add_argument("--flats", type=int, default=3, help="помещений в доме")
    parser.add_argument(
        "--seed", type=int, default=24, help="другое число — другой край"
    )
    parser.add_argument("--flat", action="store_true", help="файлы без папки региона")
    parser.add_argument("--delta", action="store_true", help="архив изменений к нему")
    options = parser.parse_args()
    size = Size(
        houses=options.houses,
        streets=options.streets,
        flats=options.flats,
        seed=options.seed,
    )
    region = Region(size, "" if options.flat else "98")
    start = time.monotonic()
    (write_delta if options.delta else write_full)(region, options.path)
    megabytes = options.path.stat().st_size / 2**20
    print(f"{options.path}: {megabytes:.1f} МБ за {time.monotonic() - start:.1f} с")


if __name__ == "__main__":
    main()
