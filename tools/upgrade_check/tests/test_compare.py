# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from tools.upgrade_check.compare import differences, unexpected
from tools.upgrade_check.expected import EXPECTED

BEFORE = {1: {"id": 1, "name": "Тема", "amount": 30}}


def test_lost_changed_and_dropped_values_are_told():
    after = {1: {"id": 1, "name": "Другая"}}
    lost = {2: {"id": 2, "name": "Была", "amount": None}}
    found = differences(BEFORE | lost, after, {1: "m.topic"})
    assert [(kind, key, column) for kind, key, _name, column, *_ in found] == [
        ("changed", 1, "name"),
        ("lost", 2, ""),
        ("column", "", "amount"),
    ]
    assert found[0][2] == "m.topic"


def test_new_rows_and_empty_dropped_columns_lose_nothing():
    before = {1: {"id": 1, "name": "Тема", "old": None}}
    after = {1: {"id": 1, "name": "Тема"}, 2: {"id": 2, "name": "Новая"}}
    assert differences(before, after, {}) == []


def test_what_is_not_written_down_is_a_loss():
    table = "helpdesk_ticket_category"
    added = ("changed", 1, "", "synonyms", "холод", "холод\nмороз")
    replaced = ("changed", 1, "", "synonyms", "холод", "мороз")
    renamed = ("changed", 1, "", "name", "Своё", "Чужое")
    assert unexpected(table, [added, replaced, renamed], EXPECTED) == [
        replaced,
        renamed,
    ]
    assert unexpected("gorod24_clock", [added], EXPECTED) == [added]
