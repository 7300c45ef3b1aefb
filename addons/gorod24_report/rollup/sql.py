# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""SQL that makes, feeds, merges and removes the tables of sums.

Every name and expression comes from a definition in the source code, and the time
zone is checked by the caller: nothing a user typed gets here.
"""

from __future__ import annotations

from .definition import MONTH, Definition, Dimension, Level, Source


def create_table(definition: Definition, level: Level) -> list[str]:
    """One table of sums with its indexes."""
    table = definition.level_table(level)
    dimensions = definition.dimensions_of(level)
    columns = [f"{d.name} {d.sql_type}" for d in dimensions]
    columns += [f"{name} integer NOT NULL" for name in definition.measure_names]
    leading = ", ".join(["day", *(d.name for d in dimensions[:1])])
    return [
        f"CREATE TABLE {table} (id bigserial PRIMARY KEY, day date NOT NULL,"
        f" {', '.join(columns)}, delta boolean NOT NULL DEFAULT true)",
        f"CREATE INDEX {table}_day_idx ON {table} ({leading})",
        f"CREATE INDEX {table}_delta_idx ON {table} (id) WHERE delta",
        f"COMMENT ON TABLE {table} IS '{definition.fingerprint()}'",
    ]


def drop_all(definition: Definition) -> list[str]:
    """Remove triggers, functions and tables."""
    statements = []
    for source in definition.sources:
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {source.table}"
            for name in _trigger_names(definition, source)
        ]
        name = function_name(definition, source)
        statements.append(f"DROP FUNCTION IF EXISTS {name}()")
    statements += [
        f"DROP TABLE IF EXISTS {definition.level_table(level)}"
        for level in definition.levels
    ]
    return statements


def functions(definition: Definition, zone: str) -> list[str]:
    """The trigger function of each source; the zone is a part of it."""
    return [_function(definition, source, zone) for source in definition.sources]


def function_name(definition: Definition, source: Source) -> str:
    """Name of the trigger function of a source."""
    return f"{_prefix(definition, source)}_apply"


def _function(definition, source, zone):
    new = _facts(definition, source, "new_rows", zone)
    old = _facts(definition, source, "old_rows", zone, sign="-")
    return f"""
CREATE OR REPLACE FUNCTION {function_name(definition, source)}() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {_append(definition, new)};
    ELSIF TG_OP = 'UPDATE' THEN
        {_append(definition, f"{new} UNION ALL {old}")};
    ELSIF TG_OP = 'DELETE' THEN
        {_append(definition, old)};
    ELSE
        {_truncate(definition, zone)}
    END IF;
    RETURN NULL;
END
$body$"""


def triggers(definition: Definition) -> list[str]:
    """Hang the functions on every way to change their sources."""
    return [
        statement
        for source in definition.sources
        for statement in _triggers(definition, source)
    ]


def _triggers(definition, source):
    references = {
        "insert": "REFERENCING NEW TABLE AS new_rows",
        "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "delete": "REFERENCING OLD TABLE AS old_rows",
        "truncate": "",
    }
    statements = []
    for name, event in zip(_trigger_names(definition, source), references, strict=True):
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {source.table}",
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {source.table}"
            f" {references[event]} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION {function_name(definition, source)}()",
        ]
    return statements


def rebuild(definition: Definition, zone: str) -> str:
    """Make all sums anew in one statement, that is from one snapshot.

    Writers at work go on: what they add is invisible here, in the source as well
    as in the sums, and stays.
    """
    gone = ", ".join(
        f"gone_{level.name} AS (DELETE FROM {definition.level_table(level)})"
        for level in definition.levels
    )
    return _append(
        definition, _all_facts(definition, zone), before=f"{gone}, ", delta=False
    )


def compact(definition: Definition, level: Level) -> str:
    """Merge the deltas of one table with the sums of the same cells."""
    table = definition.level_table(level)
    dimensions = definition.dimensions_of(level)
    keys = ", ".join(["day", *(d.name for d in dimensions)])
    same = " AND ".join(["s.day = c.day", *(_same(d) for d in dimensions)])
    return f"""
WITH cells AS MATERIALIZED (SELECT DISTINCT {keys} FROM {table} WHERE delta),
gone AS (DELETE FROM {table} s USING cells c WHERE {same} RETURNING s.*)
INSERT INTO {table} ({keys}, {_measure_names(definition)}, delta)
SELECT {keys}, {_measure_sums(definition)}, false FROM gone
GROUP BY {keys} HAVING {_not_zero(definition)}"""


def select(
    definition: Definition, level: Level, extra: str = "", join: str = ""
) -> str:
    """Rows of a level with the columns of the finest one; missing ones are NULL.

    :param extra: more columns, over the alias ``s``
    """
    columns = ["s.id", "s.day"]
    for dimension in definition.dimensions:
        if dimension.name in level.dimensions:
            columns.append(f"s.{dimension.name}")
        else:
            columns.append(f"NULL::{dimension.sql_type} AS {dimension.name}")
    columns += [f"s.{name}" for name in definition.measure_names]
    columns += [extra] if extra else []
    table = definition.level_table(level)
    return f"SELECT {', '.join(columns)} FROM {table} s {join}".rstrip()


def select_rows(definition: Definition, extra: str = "", join: str = "") -> str:
    """The finest rows with their deltas merged, for lists; slower than ``select``."""
    names = [d.name for d in definition.dimensions]
    keys = ", ".join(["day", *names])
    sums = ", ".join(
        f"SUM({name})::integer AS {name}" for name in definition.measure_names
    )
    table = definition.level_table(definition.finest)
    merged = (
        f"SELECT MIN(id) AS id, {keys}, {sums} FROM {table}"
        f" GROUP BY {keys} HAVING {_not_zero(definition)}"
    )
    columns = f"s.*, {extra}" if extra else "s.*"
    return f"SELECT {columns} FROM ({merged}) AS s {join}".rstrip()


def _all_facts(definition, zone):
    """The facts of all sources one below the other."""
    return " UNION ALL ".join(
        _facts(definition, source, source.table, zone) for source in definition.sources
    )


def _facts(definition, source, rows, zone, sign=""):
    """Rows of a source as dimensions and measures, unsummed."""
    local = f"({source.moment} AT TIME ZONE 'UTC' AT TIME ZONE '{zone}')"
    columns = [f"{local}::date AS day"]
    values, measures = dict(source.dimensions), dict(source.measures)
    columns += [
        f"({values.get(d.name, 'NULL').format(local=local)})::{d.sql_type} AS {d.name}"
        for d in definition.dimensions
    ]
    columns += [
        f"{sign}({measures.get(name, '0')})::integer AS {name}"
        for name in definition.measure_names
    ]
    return (
        f"SELECT {', '.join(columns)} FROM {rows} r WHERE {source.moment} IS NOT NULL"
    )


def _append(definition, facts, before="", delta=True):
    """Sum facts up and append them to the tables of all levels."""
    names = ["day", *(d.name for d in definition.dimensions)]
    keys, measures = ", ".join(names), _measure_names(definition)
    flag = str(delta).lower()
    coarse = "".join(
        f"at_{level.name} AS ({_append_level(definition, level, flag)}), "
        for level in definition.levels[:-1]
    )
    finest = definition.level_table(definition.finest)
    return f"""
WITH {before}facts AS MATERIALIZED (
    SELECT {keys}, {_measure_sums(definition)} FROM ({facts}) AS fact
    GROUP BY {keys} HAVING {_not_zero(definition)}
), {coarse}done AS (SELECT)
INSERT INTO {finest} ({keys}, {measures}, delta)
SELECT {keys}, {measures}, {flag} FROM facts"""


def _append_level(definition, level, flag):
    names = [d.name for d in definition.dimensions_of(level)]
    day = "date_trunc('month', day)::date" if level.grain == MONTH else "day"
    target = ", ".join(["day", *names])
    source = ", ".join([day, *names])
    return (
        f"INSERT INTO {definition.level_table(level)}"
        f" ({target}, {_measure_names(definition)}, delta)"
        f" SELECT {source}, {_measure_sums(definition)}, {flag} FROM facts"
        f" GROUP BY {source} HAVING {_not_zero(definition)}"
    )


def _truncate(definition, zone):
    # not TRUNCATE: that would hide the sums from readers with older snapshots
    if definition.more:
        # the other sources keep what they have
        return f"{rebuild(definition, zone)};"
    return " ".join(
        f"DELETE FROM {definition.level_table(level)};" for level in definition.levels
    )


def _prefix(definition, source):
    """Of the names of a source's function and triggers."""
    if source.table == definition.source:
        return definition.table
    return f"{definition.table}_{source.table}"


def _trigger_names(definition, source):
    events = ("insert", "update", "delete", "truncate")
    return [f"{_prefix(definition, source)}_{event}" for event in events]


def _measure_names(definition):
    return ", ".join(definition.measure_names)


def _measure_sums(definition):
    return ", ".join(f"SUM({name}) AS {name}" for name in definition.measure_names)


def _not_zero(definition):
    return " OR ".join(f"SUM({name}) <> 0" for name in definition.measure_names)


def _same(dimension: Dimension) -> str:
    name, nothing = dimension.name, dimension.nothing
    return f"COALESCE(s.{name}, {nothing}) = COALESCE(c.{name}, {nothing})"
