# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Columns of a classifier as a table: no model, only their list."""

from typing import Any, NamedTuple

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

ALL = ("local", "national", "pos")
LOCAL = ("local",)


class Spec(NamedTuple):
    """A column.

    name: technical name, as in JSON files; field: of the category, "" for codes;
    kind: how a cell is read; kinds: classifiers that have it.
    """

    name: str
    field: str
    kind: str
    kinds: tuple
    label: Any
    aliases: tuple = ()
    hint: Any = ""


_YES = _lt("yes or no")
_DAY = _lt("day and month: 15.10")
_LEVEL = _lt("instead of name and parent code")
_SEVERAL = _lt("several: one per line or parted by “;”")

SPECS = (
    Spec(
        "code",
        "",
        "code",
        ALL,
        _lt("Code"),
        ("код", "шифр", "код вопроса", "код темы", "code"),
        _lt("unique within the classifier"),
    ),
    Spec(
        "name",
        "name",
        "text",
        ALL,
        _lt("Name"),
        ("название", "наименование", "наименование вопроса", "тема", "name"),
    ),
    Spec(
        "parent",
        "",
        "code",
        ALL,
        _lt("Parent code"),
        ("код верхней рубрики", "код родителя", "верхняя рубрика", "parent code"),
        _lt("empty for the top level; a national code needs none"),
    ),
    Spec("category", "", "level", ("pos",), _lt("Category"), ("категория",), _LEVEL),
    Spec(
        "subcategory",
        "",
        "level",
        ("pos",),
        _lt("Subcategory"),
        ("подкатегория",),
        _LEVEL,
    ),
    Spec("fact", "", "level", ("pos",), _lt("Fact"), ("факт",), _LEVEL),
    Spec(
        "is_topic",
        "is_topic",
        "flag",
        LOCAL,
        _lt("Can be chosen"),
        ("можно выбрать", "is topic"),
        _YES,
    ),
    Spec(
        "synonyms",
        "synonyms",
        "lines",
        LOCAL,
        _lt("Said by citizens"),
        ("синонимы", "как говорят жители", "говорят граждане", "synonyms"),
        _SEVERAL,
    ),
    Spec(
        "regime",
        "regime_code",
        "regime",
        LOCAL,
        _lt("Regime"),
        ("режим", "код режима", "regime code"),
        _lt("EMRG, HOT, INFO, NAV, R59, SVC210"),
    ),
    Spec(
        "urgency", "urgency", "choice", LOCAL, _lt("Urgency"), ("срочность", "urgency")
    ),
    Spec(
        "paid",
        "paid",
        "choice",
        LOCAL,
        _lt("Payment"),
        ("оплата", "платность", "платная", "paid"),
    ),
    Spec(
        "check_notices",
        "check_notices",
        "flag",
        LOCAL,
        _lt("Check notices first"),
        ("сначала оповещения", "проверить оповещения"),
        _YES,
    ),
    Spec(
        "danger",
        "danger",
        "flag",
        LOCAL,
        _lt("Dangerous"),
        ("опасно", "опасность"),
        _YES,
    ),
    Spec(
        "season_from",
        "season_from",
        "season",
        LOCAL,
        _lt("Season from"),
        ("сезон с", "начало сезона"),
        _DAY,
    ),
    Spec(
        "season_to",
        "season_to",
        "season",
        LOCAL,
        _lt("Season to"),
        ("сезон по", "конец сезона"),
        _DAY,
    ),
    Spec(
        "script",
        "script",
        "longtext",
        LOCAL,
        _lt("Script for the operator"),
        ("скрипт", "скрипт оператора"),
    ),
    Spec(
        "stop_phrase",
        "stop_phrase",
        "longtext",
        LOCAL,
        _lt("Stop phrase"),
        ("стоп-фраза", "фраза при опасности"),
        _lt("read aloud at once: «позвоните 104»"),
    ),
    Spec(
        "required_proof",
        "required_proof",
        "text",
        LOCAL,
        _lt("Required proof"),
        ("чем подтвердить", "подтверждение", "обязательное подтверждение"),
    ),
    Spec(
        "required_place",
        "required_place",
        "choice",
        LOCAL,
        _lt("Required place"),
        ("место", "обязательное место", "вид места"),
    ),
    Spec(
        "role",
        "usual_participant",
        "text",
        LOCAL,
        _lt("Role that usually answers"),
        ("обычно отвечает", "роль участника", "usual participant role"),
    ),
    Spec(
        "participant",
        "usual_participant_id",
        "participant",
        LOCAL,
        _lt("Usual participant"),
        ("обычный участник", "участник", "организация"),
        _lt("code or name of the participant"),
    ),
    Spec(
        "national",
        "",
        "map",
        LOCAL,
        _lt("National code"),
        ("код общероссийского классификатора", "общероссийский код", "сстк"),
        _SEVERAL,
    ),
    Spec(
        "pos",
        "",
        "map",
        ("local", "national"),
        _lt("POS code"),
        ("код пос", "пос", "факт пос"),
        _SEVERAL,
    ),
    Spec("note", "note", "longtext", ALL, _lt("Note"), ("примечание",)),
    Spec("sequence", "sequence", "number", ALL, _lt("Order"), ("порядок",)),
    Spec(
        "active",
        "active",
        "flag",
        ALL,
        _lt("Active"),
        ("действует", "активно"),
        _YES,
    ),
)
