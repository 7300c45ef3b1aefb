# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the words after `./gorod24 test` mean."""

from dataclasses import dataclass, field

from ..errors import Trouble

PARTS = ("unit", "lint", "addons", "system")


@dataclass
class Selection:
    """Parts to run; for pytest parts the paths they are limited to.

    :param paths: {part: [paths]}; a part without an entry runs whole
    :param expression: pytest -k expression, or ""
    """

    parts: set = field(default_factory=set)
    paths: dict = field(default_factory=dict)
    expression: str = ""

    def add_path(self, part, path):
        self.parts.add(part)
        self.paths.setdefault(part, []).append(str(path))


def part_of(path):
    """Part that runs a test path given relative to the repository."""
    steps = str(path).split("::")[0].strip("/").split("/")
    if steps[0] == "addons":
        return "unit" if "tests_unit" in steps else "addons"
    whole = steps[0] == "tests" and (
        len(steps) == 1 or steps[1].startswith("test_whole_")
    )
    return "system" if whole else "unit"


def parse(words, root):
    """Selection for the words; Trouble when one of them means nothing."""
    chosen = Selection()
    words = list(words)
    while words:
        word = words.pop(0)
        if word == "-k":
            if not words:
                raise Trouble("После -k нужно выражение.", "например: -k recording")
            chosen.expression = words.pop(0)
        elif word in PARTS:
            chosen.parts.add(word)
        elif (root / "addons" / word / "__manifest__.py").exists():
            _add_addon(chosen, root, word)
        elif (root / word.split("::")[0]).exists() and not word.startswith("-"):
            chosen.add_path(part_of(word), word)
        else:
            raise Trouble(
                f"Непонятно, что проверять: {word}.",
                f"назовите часть ({', '.join(PARTS)}), дополнение, файл проверок "
                "или -k ВЫРАЖЕНИЕ.",
            )
    if not chosen.parts:
        chosen.parts = set(PARTS) - ({"lint"} if chosen.expression else set())
    return chosen


def _add_addon(chosen, root, addon):
    for folder, part in (("tests", "addons"), ("tests_unit", "unit")):
        path = root / "addons" / addon / folder
        if path.is_dir():
            chosen.add_path(part, path.relative_to(root))
    if not chosen.parts:
        raise Trouble(f"У дополнения {addon} нет проверок.")
