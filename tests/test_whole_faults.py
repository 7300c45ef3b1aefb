# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""kill -9 in the middle of thirty calls: nothing is lost, doubled or left ringing.

The short form of `./gorod24 faults`: each kind of victim falls once. GOROD24_SEED
repeats a run by the seed that it printed; where the same code must give the same
verdict, chance is not asked.
"""

import os
import secrets

from tools.faults.rounds import SHORT, report, trial


def test_killed_processes_lose_nothing(capsys):
    seed = os.environ.get("GOROD24_SEED") or (24 if os.environ.get("CI") else None)
    seed = secrets.randbelow(10**6) if seed is None else int(seed)
    with capsys.disabled():
        verdicts = trial(seed, SHORT)
        print("\n".join(report(verdicts)))
    assert sum(one.calls for one in verdicts) == 30 * len(SHORT)
    assert sum(one.recordings for one in verdicts) > 0
    faults = [f"раунд {one.number}: {text}" for one in verdicts for text in one.faults]
    assert not faults, f"зерно {seed}: " + "; ".join(faults)
