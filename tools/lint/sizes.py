# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""House rule: functions of at most 40 lines, Python files of at most 400."""

import ast
import sys
from pathlib import Path

FUNCTION_LINES = 40
FILE_LINES = 400
FOLDERS = ("addons", "tools", "bench")


def long_functions(tree):
    """(name, line, length) of the functions that are too long.

    Decorators and the docstring do not count: contracts may be as long as they need.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = node.end_lineno - node.lineno + 1
        if ast.get_docstring(node, clean=False) is not None:
            text = node.body[0]
            length -= text.end_lineno - text.lineno + 1
        if length > FUNCTION_LINES:
            yield node.name, node.lineno, length


def problems(root):
    """Messages for what is too long; tests are free."""
    for folder in FOLDERS:
        for path in sorted((Path(root) / folder).rglob("*.py")):
            steps = set(path.relative_to(root).parts)
            if steps & {"tests", "tests_unit", "node_modules"}:
                continue
            text = path.read_text(encoding="utf-8")
            name = path.relative_to(root)
            lines = text.count("\n")
            if lines > FILE_LINES:
                yield f"{name}: {lines} lines in the file (at most {FILE_LINES})"
            for function, line, length in long_functions(ast.parse(text)):
                yield f"{name}:{line}: {function} has {length} lines"


def main():
    found = list(problems(Path.cwd()))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
