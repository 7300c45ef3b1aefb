# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choosing tests, sharing them out, counting them; the project's own linters."""

import ast

import pytest

from tools.bootstrap.errors import Trouble
from tools.bootstrap.testing import pytest_jobs, results, selection
from tools.lint import sizes, translations, xml_files

JUNIT = """<testsuites><testsuite>
<testcase classname="addons.gorod24_x.tests.test_a.TestA" name="one" time="1.5"/>
<testcase classname="addons.gorod24_x.tests.test_a.TestA" name="two" time="0.5">
  <failure message="m"/></testcase>
<testcase classname="addons.gorod24_y.tests.test_b.TestB" name="three" time="2">
  <skipped type="pytest.skip" message="нет Chromium"/></testcase>
<testcase classname="c" name="four"><error message="e"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def repository(tmp_path):
    for folder in ("tests", "tests_unit"):
        (tmp_path / "addons/gorod24_x" / folder).mkdir(parents=True)
    (tmp_path / "addons/gorod24_x/__manifest__.py").write_text("{}")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_whole_call.py").write_text("")
    return tmp_path


class TestSelection:
    def test_no_words_mean_everything(self, repository):
        assert selection.parse([], repository).parts == set(selection.PARTS)

    def test_addon_means_both_kinds_of_its_tests(self, repository):
        chosen = selection.parse(["gorod24_x"], repository)
        assert chosen.paths == {
            "addons": ["addons/gorod24_x/tests"],
            "unit": ["addons/gorod24_x/tests_unit"],
        }

    def test_files_find_their_part(self, repository):
        chosen = selection.parse(["tests/test_whole_call.py::test_x"], repository)
        assert chosen.paths == {"system": ["tests/test_whole_call.py::test_x"]}
        assert selection.part_of("tests/test_bootstrap_pure.py") == "unit"
        assert selection.part_of("addons/gorod24_x/tests_unit/test_a.py") == "unit"

    def test_expression_runs_no_linters(self, repository):
        chosen = selection.parse(["-k", "recording"], repository)
        assert chosen.expression == "recording"
        assert "lint" not in chosen.parts

    @pytest.mark.parametrize("words", [["nonsense"], ["-k"], ["--fast"]])
    def test_nonsense_is_named(self, repository, words):
        with pytest.raises(Trouble):
            selection.parse(words, repository)


class TestResults:
    def test_report_is_counted(self, tmp_path):
        (tmp_path / "r.xml").write_text(JUNIT)
        result = results.from_junit(tmp_path / "r.xml", 1)
        assert result.line() == "1 passed, 2 failed, 1 skipped"
        assert result.skips[0][1] == "нет Chromium"
        assert result.strict().line() == "1 passed, 3 failed, 0 skipped"

    def test_broken_off_run_is_a_failure(self, tmp_path):
        assert results.from_junit(tmp_path / "none.xml", 2).failed == 1
        (tmp_path / "r.xml").write_text("<testsuites/>")
        assert results.from_junit(tmp_path / "r.xml", 3).failed == 1
        assert results.from_junit(tmp_path / "r.xml", 5).failed == 0

    def test_times_by_addon(self, tmp_path):
        (tmp_path / "r.xml").write_text(JUNIT)
        assert results.seconds_by_addon(tmp_path / "r.xml") == {
            "addons/gorod24_x/tests": 2.0,
            "addons/gorod24_y/tests": 2.0,
        }


class TestSharingOut:
    def test_groups_are_about_equal_and_complete(self):
        weights = {"a": 10, "b": 6, "c": 5, "d": 1}
        groups = pytest_jobs.share_out(weights, 2)
        assert sorted(sum(groups, [])) == sorted(weights)
        assert sorted(sum(weights[n] for n in g) for g in groups) == [11, 11]

    def test_no_empty_groups(self):
        assert pytest_jobs.share_out({"a": 1}, 2) == [["a"]]

    def test_unit_tests_of_two_addons_never_share_a_process(self):
        owners = pytest_jobs.by_owner(
            ["addons/x/tests_unit", "addons/y/tests_unit", "tests/test_bootstrap_a.py"]
        )
        assert list(owners) == ["x", "y", "tests"]
        assert pytest_jobs.test_folder("addons/x/tests_unit/test_a.py::t") == (
            "addons/x/tests_unit"
        )


class TestLinters:
    def test_long_function_is_seen_and_its_docstring_is_free(self):
        body = "\n".join(f"    x{n} = {n}" for n in range(41))
        (found,) = sizes.long_functions(ast.parse(f"def f():\n{body}\n"))
        assert found == ("f", 1, 42)
        doc = '    """' + "\n    text" * 50 + '"""\n    return 1\n'
        assert not list(sizes.long_functions(ast.parse("def f():\n" + doc)))

    def test_broken_xml_is_named(self, tmp_path):
        (tmp_path / "addons/a/views").mkdir(parents=True)
        (tmp_path / "addons/a/views/a.xml").write_text("<odoo><record></odoo>")
        (found,) = xml_files.problems(tmp_path)
        assert found.startswith("addons/a/views/a.xml")

    def test_gaps_in_the_translation_are_named(self, tmp_path):
        pot, ru = tmp_path / "a.pot", tmp_path / "ru.po"
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        empty = 'msgid "One"\nmsgstr ""\n\nmsgid "Two"\nmsgstr ""\n'
        pot.write_text(head + empty)
        assert "missing" in next(translations.problems_of(pot, ru))
        ru.write_text(head + '#, fuzzy\nmsgid "One"\nmsgstr "Один"\n')
        found = list(translations.problems_of(pot, ru))
        assert len(found) == 2
        assert "fuzzy" in found[0]
        assert "not translated: 'Two'" in found[1]
