# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Levels and types of the register → ours."""

from ..parsing import street_type

#: LEVEL of AS_ADDR_OBJ → our level.
LEVELS = {
    "1": "region",
    "2": "area",
    "3": "area",
    "4": "area",
    "5": "city",
    "6": "settlement",
    "7": "plan",
    "8": "street",
    "13": "area",
    "14": "district",
    "15": "plan",
    "16": "street",
}
#: Places a curator may choose to import, by hierarchy.
CHOICE_LEVELS = {"mun": ("3", "5"), "adm": ("2", "5")}
_CITY = {"г", "г.", "г.ф.з.", "город"}
_DISTRICT = {"вн.р-н"}
_DOTTED = set("г п с д х обл респ у м нп гп дп кп сп сл ст рзд тер ал дор".split())


def our_level(level, type_name):
    """Our level of an address object, or "" for levels we do not keep.

    A city that is a region by itself (Байконур, Москва) is a city to us.
    """
    ours = LEVELS.get(level, "")
    if ours == "region" and type_name.lower() in _CITY:
        return "city"
    if ours == "area" and type_name.lower() in _DISTRICT:
        return "district"
    return ours


def our_type(type_name, level):
    """Type as we print it: «ул» → «ул.», «г» → «г.», «пр-д» → «проезд»."""
    text = " ".join(type_name.split())
    if level in ("street", "plan"):
        canonical = street_type(text)
        if canonical:
            return canonical
    return f"{text}." if text.lower() in _DOTTED else text
