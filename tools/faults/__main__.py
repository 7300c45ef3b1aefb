# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./gorod24 faults: kill -9 in the middle of thirty calls, round after round."""

import argparse
import secrets
import sys

from tools.bootstrap import console
from tools.bootstrap.errors import Trouble

from .rounds import report, trial
from .victims import Victims


def main():
    parser = argparse.ArgumentParser(
        prog="./gorod24 faults",
        description="30 звонков сразу, и посреди них kill -9 службы связи, процесса "
        "Odoo, PostgreSQL, XMPP-сервера; затем сверка с журналом имитатора.",
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, help="повторить раунды с этим зерном")
    parser.add_argument(
        "--first", type=int, default=1, help="номер первого раунда: продолжить начатое"
    )
    parser.add_argument("--lines", type=int, default=30)
    parser.add_argument(
        "--kill",
        nargs="+",
        choices=Victims.KINDS,
        help="убивать только этих (иначе – наугад двух-трёх в раунде)",
    )
    parser.add_argument(
        "--each", action="store_true", help="по раунду на каждый вид жертвы"
    )
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else secrets.randbelow(10**6)
    plan = [options.kill] * options.rounds
    if options.each:
        plan = [(kind,) for kind in options.kill or Victims.KINDS]
    try:
        verdicts = trial(seed, plan, options.lines, console.say, options.first)
    except Trouble as trouble:
        console.complain(trouble)
        return 1
    console.say("\n".join(report(verdicts)))
    return 1 if any(one.faults for one in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
