# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parts of an address named by a word: flat, entrance, floor, lamp post."""

from .houses import HOUSE_WORDS
from .streets import ORDINAL_ENDINGS
from .tokens import COMMA

TAGS = {
    "flat": "кв квартира квартире квартиры кварт оф офис пом помещение ком комн"
    " комната каб кабинет ап апартаменты бокс гараж",
    "entrance": "под подъезд подъезде подъезда подьезд подьезде п-д парадная парадное"
    " вход падик падике",
    "floor": "эт этаж этаже",
    "pole": "опора опоры опоре опору столб столба столбе столбу фонарь фонаря фонаре",
    "rest": "домофон код м/м а/м мм машиноместо кладовая клад кл подвал нп а/я к/п"
    " окно",
}
_TAG = {word: tag for tag, words in TAGS.items() for word in words.split()}


#: «в третьем подъезде», «на 2 этаже»: the preposition is no letter of the house
_OBLIQUE = set("подъезде подьезде этаже квартире опоре столбе падике".split())


def is_tag(token):
    return token.kind == "word" and token.text in _TAG


def _value_after(tokens, i):
    """(value, end) of the number that follows tokens[i], or ("", i)."""
    i += 1
    if i < len(tokens) and tokens[i].text == "н" and tokens[i].kind == "word":
        i += 1  # «кв.N3»
    if i >= len(tokens) or tokens[i].kind != "num":
        return "", i
    value, i = tokens[i].text, i + 1
    while i < len(tokens) and tokens[i].glued and tokens[i].kind in ("word", "/", "-"):
        if tokens[i].kind != "word":
            if i + 1 >= len(tokens) or not tokens[i + 1].glued:
                break
        step = 1 if tokens[i].kind == "word" else 2
        value += "".join(t.text for t in tokens[i : i + step])
        i += step
    if i < len(tokens) and tokens[i].kind == "word" and len(tokens[i].text) == 1:
        if i + 1 == len(tokens) or tokens[i + 1].kind == ",":
            value, i = value + tokens[i].text, i + 1
    return value, i


def _value_before(done):
    """(value, tokens to drop) of the number before a tag: «3», «3-й»; or ("", 0)."""
    count = 0
    if done and done[-1].kind == "word" and done[-1].text in ORDINAL_ENDINGS:
        count = 2 if len(done) > 1 and done[-2].kind == "-" else 1
    if len(done) > count and done[-1 - count].kind == "num":
        return done[-1 - count].text, count + 1
    return "", 0


def _prefers_before(tag, done, drop, tokens, end):
    """Whether the number before the tag is its value rather than the one after.

    Entrances and floors are counted («3-й подъезд»), flats never are: in «1е кв 5»
    the letter belongs to the house.
    """
    if tag not in ("entrance", "floor"):
        return False
    if drop > 1:
        return True
    earlier = any(t.kind == "num" for t in done[:-drop])
    return drop > 0 and earlier and end < len(tokens) and is_tag(tokens[end])


#: «50 п 3 э 2»: single letters name a part only after a number and before one.
_LETTERS = {"п": "подъезд", "э": "этаж"}


def _spell_out(tokens):
    """Tokens with «п 3», «э 2» after a house written as words."""
    seen = False
    result = list(tokens)
    for i, token in enumerate(tokens[:-1]):
        if seen and token.text in _LETTERS and tokens[i + 1].kind == "num":
            result[i] = token._replace(text=_LETTERS[token.text])
        seen = seen or token.kind == "num"
    return result


def take_tagged(tokens):
    """(tokens without tagged parts, {"flat": "12", "entrance": …, "rest": […]})."""
    tokens = _spell_out(tokens)
    if not any(t.text in _TAG for t in tokens):
        return tokens, {"rest": []}
    done, found, rest = [], {}, []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if not is_tag(token):
            done.append(token)
            i += 1
            continue
        after, end = _value_after(tokens, i)
        before, drop = _value_before(done)
        tag = _TAG[token.text]
        has_house = any(t.kind == "num" for t in done[: len(done) - drop])
        if before and _prefers_before(tag, done, drop, tokens, end):
            value, end = before, i + 1
            del done[-drop:]
        elif after:
            value = after
        elif before and has_house and done[-2].text not in HOUSE_WORDS:
            value, end = before, i + 1
            del done[-drop:]
        else:
            done.append(token)
            i += 1
            continue
        if token.text in _OBLIQUE and done and not done[-1].glued:
            if done[-1].text in ("в", "на", "у"):
                done.pop()
        if tag == "rest" or tag in found:
            rest.append(f"{token.text} {value}")
        else:
            found[tag] = value
        done.append(COMMA)
        i = end
    return done, {**found, "rest": rest}
