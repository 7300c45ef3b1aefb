# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Speed of the classifier tree on the server: python -m bench.classifier_tree.

A scratch database gets a classifier of five levels; each operation is asked as the
web client asks it, with an empty record cache, and rolled back when it writes.
"""

import os
import statistics
import sys
import time

from . import base, scratch

MODULES = ("gorod24_classifier",)
FILLED = "gorod24.bench.tree"
SECTIONS, THEMES, TOPICS = 5, 10, 10  # children of a node, by level; then leaves
LARGEST = 300  # children of one crowded node


def main(argv):
    """Entry point; returns the exit code."""
    parser = scratch.get_parser(
        "python -m bench.classifier_tree",
        "Скорость дерева классификатора на сервере.",
        runs=30,
        runs_help="повторов операции",
    )
    parser.add_argument("--nodes", type=int, default=6000, help="узлов в дереве")
    return scratch.run(argv, parser, _prepare, _table)


def _prepare(arguments):
    side = base.Side("tree", arguments.nodes, MODULES, "base.group_user")
    return side, FILLED, _fill


def _fill(options, side):
    base.start_odoo(options)
    with base.environment(side) as env:
        tree = env["gorod24.classifier"].create({"name": "Замер", "kind": "pos"})
        level = env["helpdesk.ticket.category"]
        for count in (SECTIONS, THEMES, TOPICS):
            level = _children(env, tree, level, count)
        _children(env, tree, level[:1], LARGEST, is_topic=True)
        made = env["helpdesk.ticket.category"].search_count(
            [("classifier_id", "=", tree.id)]
        )
        leaves = max(side.rows - made, 0) // (len(level) - 1)
        _children(env, tree, level[1:], leaves, is_topic=True)
        env.cr.commit()


def _children(env, tree, parents, count, **values):
    return env["helpdesk.ticket.category"].create(
        [
            {
                "name": f"Узел {parent.id or 0}-{number} вода тепло дорога",
                "code": f"{parent.id or 0}.{number}.{int(bool(values))}",
                "classifier_id": tree.id,
                "parent_id": parent.id,
                "sequence": number * 10,
                "use_count": number % 7,
                **values,
            }
            for parent in (parents or [parents])
            for number in range(count)
        ]
    )


def _operations(env):
    """{what a person does: call} on the filled classifier."""
    Category = env["helpdesk.ticket.category"]
    tree = env["gorod24.classifier"].search([("name", "=", "Замер")]).id
    top = Category.search([("classifier_id", "=", tree), ("parent_id", "=", False)])
    inner = top[0].child_id[0].child_id
    crowded = (
        inner.filtered(lambda node: len(node.child_id) >= LARGEST)[:1] or inner[:1]
    )
    several = [0, *top.ids, *top.child_id.ids]
    leaf, other = crowded.child_id[5], inner[-1]
    return {
        "открыть дерево": lambda: (
            Category.get_tree_start(),
            Category.get_tree_levels(tree, [0]),
        ),
        "развернуть группу (10 внутри)": lambda: Category.get_tree_levels(
            tree, [top[0].child_id[0].id]
        ),
        f"развернуть группу ({len(crowded.child_id)} внутри)": lambda: (
            Category.get_tree_levels(tree, [crowded.id])
        ),
        f"перечитать {len(several)} открытых групп": lambda: Category.get_tree_levels(
            tree, several
        ),
        "найти слово (есть в каждом узле)": lambda: Category.search_tree(tree, "вода"),
        "найти один узел по коду": lambda: Category.search_tree(tree, leaf.code),
        "переместить тему": lambda: Category.browse(leaf.id).move_in_tree(other.id),
        "переместить раздел в раздел": lambda: Category.browse(
            top[1].child_id[0].id
        ).move_in_tree(top[2].id),
    }


def _table(_options, side, runs):
    yield "| Действие | мс, медиана | 90 % | запросов SQL |"
    yield "|---|---|---|---|"
    with base.environment(side) as env:
        for name, work in _operations(env).items():
            times, queries = [], 0
            for _run in range(runs + 3):
                env.flush_all()
                env.invalidate_all()
                before, start = env.cr.sql_log_count, time.perf_counter()
                work()
                env.flush_all()
                times.append((time.perf_counter() - start) * 1000)
                queries = env.cr.sql_log_count - before
                env.cr.rollback()
                env.invalidate_all()
            times = sorted(times[3:])
            median = statistics.median(times)
            high = times[int(len(times) * 0.9)]
            yield f"| {name} | {median:.1f} | {high:.1f} | {queries} |"
    yield f"\nНагрузка: {os.getloadavg()[0]:.1f}; узлов: {side.rows}; повторов: {runs}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
