# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Sums over several tables side by side."""

from dataclasses import replace

from rollup import DAY, MONTH, Definition, Dimension, Level, Source, sql

ONE = Definition(
    table="t",
    source="s",
    moment="r.at",
    dimensions=(Dimension("topic", "int4", "r.topic"),),
    measures=(("n", "1"),),
    levels=(Level("month", MONTH, ("topic",)), Level("full", DAY, ("topic",))),
)
MARKS = Source("marks", "r.given_at", (("topic", "r.subject"),), (("sum", "r.total"),))
BOTH = replace(ONE, more=(MARKS,))


def test_sums_of_one_table_stay_when_others_get_more():
    """An upgrade makes anew only what is counted otherwise: a year takes a minute."""
    assert ONE.fingerprint() == "a12b64136df83291"
    assert BOTH.fingerprint() != ONE.fingerprint()


def test_each_source_has_its_own_triggers_and_all_are_removed():
    made = " ".join(sql.triggers(BOTH))
    gone = " ".join(sql.drop_all(BOTH))
    for source, name in (("s", "t"), ("marks", "t_marks")):
        for event in ("insert", "update", "delete", "truncate"):
            assert f"CREATE TRIGGER {name}_{event} AFTER" in made
            assert f"DROP TRIGGER IF EXISTS {name}_{event} ON {source}" in gone
        assert f"EXECUTE FUNCTION {name}_apply()" in made
        assert f"DROP FUNCTION IF EXISTS {name}_apply()" in gone


def test_a_fact_of_one_source_is_nothing_of_the_other():
    of_one, of_marks = sql.functions(BOTH, "Asia/Barnaul")
    assert "(1)::integer AS n, (0)::integer AS sum FROM new_rows" in of_one
    assert "(r.subject)::int4 AS topic" in of_marks
    assert "(0)::integer AS n, (r.total)::integer AS sum FROM new_rows" in of_marks
    # emptied, one table takes only its own facts along
    assert "FROM s r" in of_marks and "FROM marks r" in of_one
