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
    kind: how a cell is read; kinds: classifiers that have it; aliases: other titles.
    """

    name: str
    field: str
    kind: str
    kinds: tuple
    aliases: tuple = ()
    label: Any = ""
    hint: Any = ""


SPECS = (
    Spec("code", "", "code", ALL, ("код", "шифр", "код вопроса", "код темы", "code")),
    Spec(
        "name",
        "name",
        "text",
        ALL,
        ("название", "наименование", "наименование вопроса", "тема", "name"),
    ),
    Spec(
        "parent",
        "",
        "code",
        ALL,
        ("код верхней рубрики", "код родителя", "верхняя рубрика", "parent code"),
    ),
    Spec("category", "", "level", ("pos",), ("категория",)),
    Spec("subcategory", "", "level", ("pos",), ("подкатегория",)),
    Spec("fact", "", "level", ("pos",), ("факт",)),
    Spec("is_topic", "is_topic", "flag", LOCAL, ("можно выбрать", "is topic")),
    Spec(
        "synonyms",
        "synonyms",
        "lines",
        LOCAL,
        ("синонимы", "как говорят жители", "говорят граждане", "synonyms"),
    ),
    Spec(
        "regime", "regime_code", "regime", LOCAL, ("режим", "код режима", "regime code")
    ),
    Spec("urgency", "urgency", "choice", LOCAL, ("срочность", "urgency")),
    Spec("paid", "paid", "choice", LOCAL, ("оплата", "платность", "платная", "paid")),
    Spec(
        "check_notices",
        "check_notices",
        "flag",
        LOCAL,
        ("сначала оповещения", "проверить оповещения"),
    ),
    Spec("danger", "danger", "flag", LOCAL, ("опасно", "опасность")),
    Spec("season_from", "season_from", "season", LOCAL, ("сезон с", "начало сезона")),
    Spec("season_to", "season_to", "season", LOCAL, ("сезон по", "конец сезона")),
    Spec("script", "script", "longtext", LOCAL, ("скрипт", "скрипт оператора")),
    Spec(
        "stop_phrase",
        "stop_phrase",
        "longtext",
        LOCAL,
        ("стоп-фраза", "фраза при опасности"),
    ),
    Spec(
        "required_proof",
        "required_proof",
        "text",
        LOCAL,
        ("чем подтвердить", "подтверждение", "обязательное подтверждение"),
    ),
    Spec(
        "required_place",
        "required_place",
        "choice",
        LOCAL,
        ("место", "обязательное место", "вид места"),
    ),
    Spec(
        "role",
        "usual_participant",
        "text",
        LOCAL,
        ("обычно отвечает", "роль участника", "usual participant role"),
    ),
    Spec(
        "participant",
        "usual_participant_id",
        "participant",
        LOCAL,
        ("обычный участник", "участник", "организация"),
    ),
    Spec(
        "national",
        "",
        "map",
        LOCAL,
        ("код общероссийского классификатора", "общероссийский код", "сстк"),
    ),
    Spec("pos", "", "map", ("local", "national"), ("код пос", "пос", "факт пос")),
    Spec("note", "note", "longtext", ALL, ("примечание",)),
    Spec("sequence", "sequence", "number", ALL, ("порядок",)),
    Spec("active", "active", "flag", ALL, ("действует", "активно")),
)

# Apart from the specs: the extraction of terms would take the aliases for terms.
LABELS = {
    "code": _lt("Code"),
    "name": _lt("Name"),
    "parent": _lt("Parent code"),
    "category": _lt("Platform category"),
    "subcategory": _lt("Subcategory"),
    "fact": _lt("Fact"),
    "is_topic": _lt("Can be chosen"),
    "synonyms": _lt("Said by citizens"),
    "regime": _lt("Regime"),
    "urgency": _lt("Urgency"),
    "paid": _lt("Payment"),
    "check_notices": _lt("Check notices first"),
    "danger": _lt("Dangerous"),
    "season_from": _lt("Season from"),
    "season_to": _lt("Season to"),
    "script": _lt("Script for the operator"),
    "stop_phrase": _lt("Stop phrase"),
    "required_proof": _lt("Required proof"),
    "required_place": _lt("Required place"),
    "role": _lt("Role that usually answers"),
    "participant": _lt("Usual participant"),
    "national": _lt("National code"),
    "pos": _lt("POS code"),
    "note": _lt("Note"),
    "sequence": _lt("Order"),
    "active": _lt("Active"),
}

_YES = _lt("yes or no")
_DAY = _lt("day and month: 15.10")
_LEVEL = _lt("instead of name and parent code")
_SEVERAL = _lt("several: one per line or parted by “;”")
HINTS = {
    "code": _lt("unique within the classifier"),
    "parent": _lt("empty for the top level; a national code needs none"),
    "category": _LEVEL,
    "subcategory": _LEVEL,
    "fact": _LEVEL,
    "is_topic": _YES,
    "synonyms": _SEVERAL,
    "regime": _lt("EMRG, HOT, INFO, NAV, R59, SVC210"),
    "check_notices": _YES,
    "danger": _YES,
    "season_from": _DAY,
    "season_to": _DAY,
    "stop_phrase": _lt("read aloud at once: «позвоните 104»"),
    "participant": _lt("code or name of the participant"),
    "national": _SEVERAL,
    "pos": _SEVERAL,
    "active": _YES,
}
