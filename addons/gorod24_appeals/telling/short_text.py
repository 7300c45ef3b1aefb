# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Text of a short message about a result. It names nothing personal."""

import re

# Two parts of a long Cyrillic message: 67 characters each, the rest joins the parts.
LIMIT = 134
PLACES = ("number", "topic", "outcome")


def check_template(template):
    """Raise ValueError unless the template fits and names only known places."""
    found = re.findall(r"\{(.*?)\}", template)
    if set(found) - set(PLACES) or "number" not in found:
        raise ValueError("only {number}, {topic} and {outcome}; the number is a must")
    if len(re.sub(r"\{.*?\}", "", template)) > LIMIT - 60:
        raise ValueError("no room for the number, topic and outcome")


def compose(template, number, topic, outcome):
    """Return the message, at most ``LIMIT`` characters; only the topic is shortened
    while that is enough, and at a word's end."""
    values = {"number": number, "topic": "", "outcome": outcome}
    bare = len(_fill(template, values))
    room = (LIMIT - bare) // max(template.count("{topic}"), 1)
    values["topic"] = _cut(topic, max(room, 0))
    return _cut(_fill(template, values), LIMIT)


def _fill(template, values):
    return re.sub(
        r"\{(number|topic|outcome)\}", lambda match: values[match[1]], template
    )


def _cut(text, room):
    if len(text) <= room:
        return text
    head = text[: max(room - 1, 0)]
    if " " in head and text[len(head)] != " ":
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,.;–-") + "…" if head else ""
