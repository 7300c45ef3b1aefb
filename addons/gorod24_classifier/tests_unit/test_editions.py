# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from editions import (
    Entry,
    Item,
    NameIndex,
    check_national,
    check_tree,
    compare,
    depth,
    parent_code,
    path_codes,
    read_code,
    read_flag,
    read_season,
    sort_key,
    split_codes,
    split_names,
    unfold_levels,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0005.0005.0056.1147", "0005.0005.0056.1147"),
        (" 0005.0005.0056.1147 ", "0005.0005.0056.1147"),
        ("0005.0005.\u00a00056.1147.", "0005.0005.0056.1147"),
        ("0003.0009.0099.0742.0110", "0003.0009.0099.0742.0110"),
        ("0005.0005.0056.1147.0000", "0005.0005.0056.1147"),
        ("0005.0000.0000.0000", "0005.0000.0000.0000"),
    ],
)
def test_good_codes(text, code):
    assert read_code(text) == (code, "", "", "")


@pytest.mark.parametrize(
    ("text", "error", "guess", "footnote"),
    [
        ("", "empty", "", ""),
        ("0001.0002.0027.01262", "footnote", "0001.0002.0027.0126", "2"),
        ("0001.0002.0027.0126²", "footnote", "0001.0002.0027.0126", "2"),
        ("0001.0002.0027.0126*", "footnote", "0001.0002.0027.0126", "*"),
        ("0001.0002.0027.0126 (2)", "footnote", "0001.0002.0027.0126", "2"),
        ("0003.0009.0099.0742.011012", "footnote", "0003.0009.0099.0742.0110", "12"),
        ("1.2.27.126", "digits", "0001.0002.0027.0126", ""),
        ("0001.00020027.0126", "digits", "0001.0002.0027.0126", ""),
        ("0001000200270126", "digits", "0001.0002.0027.0126", ""),
        ("0001.0002.00271.0126", "digits", "", ""),
        ("0005.0005.0056", "groups", "0005.0005.0056.0000", ""),
        ("0005", "groups", "0005.0000.0000.0000", ""),
        ("0001.0002.0003.0004.0005.0006", "groups", "", ""),
        ("ОО05.0005.0056.1147", "format", "0005.0005.0056.1147", ""),
        ("0005,0005,0056,1147", "format", "0005.0005.0056.1147", ""),
        ("водопровод", "format", "", ""),
        ("0005.0000.0056.1147", "gap", "", ""),
        ("0000.0000.0000.0000", "zero", "", ""),
    ],
)
def test_refused_codes(text, error, guess, footnote):
    assert read_code(text) == ("", error, guess, footnote)


def test_place_in_the_tree():
    assert depth("0003.0009.0099.0742.0110") == 5
    assert parent_code("0003.0009.0099.0742.0110") == "0003.0009.0099.0742"
    assert parent_code("0003.0009.0099.0742") == "0003.0009.0099.0000"
    assert parent_code("0003.0000.0000.0000") == ""
    assert path_codes("0005.0005.0056.1147") == [
        "0005.0000.0000.0000",
        "0005.0005.0000.0000",
        "0005.0005.0056.0000",
        "0005.0005.0056.1147",
    ]


groups = st.lists(st.integers(1, 9999), min_size=1, max_size=5)


@given(groups)
def test_any_code_comes_back_and_hangs_below_its_parents(numbers):
    parts = [f"{n:04d}" for n in numbers] + ["0000"] * (4 - len(numbers))
    code = ".".join(parts)
    assert read_code(code).code == code
    assert depth(code) == len(numbers)
    keys = [sort_key(above) for above in path_codes(code)]
    assert keys == sorted(keys)
    assert [depth(above) for above in path_codes(code)] == [*range(1, depth(code) + 1)]


def test_running_numbers_sort_by_path():
    order = ["0005.0005.0056.1175", "0005.0005.0056.1197", "0005.0005.0057.1176"]
    result = check_national([Entry(2, code, "x") for code in reversed(order)])
    assert [entry.code for entry in result.entries] == order


def test_doubles_missing_parents_and_shadows():
    rows = [
        Entry(2, "0005.0000.0000.0000", "ЖКХ"),
        Entry(3, "0005.0005.0056.1147", "А"),
        Entry(4, "0005.0005.0056.1147", "Б"),
        Entry(5, "0001.0002.0027.0122", "В"),
    ]
    result = check_national(
        rows,
        known={"0005.0005.0000.0000", "0005.0005.0056.0000", "0001.0000.0000.0000"},
        shadows={"0001.0002.0000.0000"},
    )
    assert [(t.row, t.error, t.values["first"]) for t in result.troubles] == [
        (4, "double", 3)
    ]
    assert result.missing == {"0001.0002.0027.0000": [5]}


def test_parent_column_must_agree_with_the_code():
    row = Entry(2, "0005.0005.0056.1147", "А", parent="0005.0005.0057.0000")
    result = check_national([row])
    assert result.troubles[0].error == "other_parent"
    assert result.troubles[0].values["expected"] == "0005.0005.0056.0000"


def test_shared_sub_questions():
    rows = [
        Entry(2, "0003.0009.0099.0742.0110", "ремонт дорог"),
        Entry(3, "0003.0009.0099.0743.0110", ""),
        Entry(4, "0003.0009.0099.0743.0111", "содержание дорог"),
        Entry(5, "0003.0009.0099.0742.0111", "уборка дорог"),
    ]
    result = check_national(rows)
    named = {entry.code: entry.name for entry in result.entries}
    assert named["0003.0009.0099.0743.0110"] == "ремонт дорог"
    assert [name for name, _v in result.remarks] == ["shared_filled", "shared_differs"]
    assert result.remarks[1][1]["number"] == "0111"


def test_number_met_below_two_parents_is_suspect():
    rows = [Entry(2, "0005.0005.0056.1147"), Entry(3, "0005.0005.0057.1147")]
    assert [name for name, _v in check_national(rows).remarks] == ["number_twice"]


def test_tree_by_column():
    rows = [
        Entry(2, "A1", "лист", "A"),
        Entry(3, "A", "группа"),
        Entry(4, "X", "круг", "Y"),
        Entry(5, "Y", "круг", "X"),
        Entry(6, "Z", "сирота", "нет такой"),
        Entry(7, "A11", "глубоко", "A1"),
    ]
    result = check_tree(rows, {}, max_depth=2)
    assert [entry.code for entry in result.entries] == ["A", "A1"]
    assert [(t.row, t.error) for t in result.troubles] == [
        (4, "loop"),
        (5, "loop"),
        (6, "no_parent"),
        (7, "too_deep"),
    ]


def test_levels_side_by_side():
    rows = [
        (2, ("Дороги", "Ямы", "Яма во дворе"), "", {}),
        (3, ("Дороги", "Ямы", "Яма на проезжей части"), "F7", {}),
        (4, ("Дороги", "Снег", ""), "", {"note": "x"}),
        (5, ("Дороги", "Ямы", "Яма во дворе"), "", {}),
    ]
    entries = unfold_levels(rows)
    assert [(e.code, e.parent, e.name) for e in entries] == [
        ("1", "", "Дороги"),
        ("1.1", "1", "Ямы"),
        ("1.1.1", "1.1", "Яма во дворе"),
        ("F7", "1.1", "Яма на проезжей части"),
        ("1.2", "1", "Снег"),
        ("1.1.1", "1.1", "Яма во дворе"),
    ]
    again = unfold_levels(rows[:1], [("K", ("Дороги",)), ("K1", ("Дороги", "Ямы"))])
    assert [e.code for e in again] == ["K", "K1", "K1.1"]


def _items(*rows):
    return [Item(code, name, parent, deep) for code, name, parent, deep in rows]


def test_two_editions():
    old = _items(
        ("S", "Раздел", "", 1),
        ("a", "Перебои в теплоснабжении", "S", 2),
        ("b", "Отлов собак", "S", 2),
        ("c", "Уборка снега и льда", "S", 2),
        ("d", "Телефонизация", "S", 2),
        ("e", "Парковки", "S", 2),
    )
    new = _items(
        ("S", "Раздел", "", 1),
        ("a", "Перебои в теплоснабжении и горячей воде", "S", 2),
        ("b2", "отлов  собак", "S", 2),
        ("c2", "Уборка снега, льда и наледи", "S", 2),
        ("e", "Спортивные площадки", "S", 2),
        ("e2", "Парковки", "S", 2),
    )
    changes = {change.old: change for change in compare(old, new) if change.old}
    assert changes["S"].status == "same"
    assert changes["a"][:3] == ("renamed", "a", "a")
    assert changes["b"][:3] == ("moved", "b", "b2")
    assert changes["c"][:3] == ("removed", "c", "c2")
    assert changes["d"][:3] == ("removed", "d", "")
    assert changes["e"][:3] == ("moved", "e", "e2"), "the code was given to another"
    assert {c.new for c in compare(old, new) if c.status == "added"} == {"c2", "e"}


def test_shared_names_of_sub_questions_stay_below_their_questions():
    old = _items(("q1", "Льготы", "", 1), ("q1.1", "муниципальные услуги", "q1", 2))
    new = _items(
        ("q9", "Льготы", "", 1),
        ("q2", "Субсидии", "", 1),
        ("q2.1", "муниципальные услуги", "q2", 2),
        ("q9.1", "муниципальные услуги", "q9", 2),
    )
    changes = {change.old: change.new for change in compare(old, new)}
    assert changes["q1"] == "q9"
    assert changes["q1.1"] == "q9.1"


def test_likeness_survives_endings():
    index = NameIndex([(1, "Перебои в теплоснабжении"), (2, "Ремонт дорог")])
    assert index.nearest("перебой теплоснабжения")[0][0] == 1
    assert index.nearest("совсем другое") == []


def test_cells():
    assert read_flag("Да") is True and read_flag("нет") is False
    assert read_flag("может быть") is None
    assert read_season("15.10") == read_season("10-15") == "10-15"
    assert read_season("15 октября") == "10-15" and read_season("1 мая") == "05-01"
    assert read_season("") == "" and read_season("31.13") is None
    assert read_season("30.02") is None
    assert split_codes("0001.0002; 0003,\n0004 0001.0002") == [
        "0001.0002",
        "0003",
        "0004",
    ]
    assert split_names("К 1; К 2\nК 1") == ["К 1", "К 2"]
