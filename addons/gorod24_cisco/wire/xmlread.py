# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small helpers to read Finesse XML by local names, whatever the namespace."""

from datetime import UTC, datetime
from xml.etree import ElementTree

MAX_PAYLOAD = 1_000_000


class Unreadable(ValueError):
    """The text is not a document we can read; the message says why."""


def document(text):
    """Parse ``text`` into an element.

    A document type declaration is refused (no entities of anybody's making), an
    oversized text too. Raises :class:`Unreadable`.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    text = (text or "").strip().lstrip("\ufeff")
    if not text:
        raise Unreadable("empty payload")
    if len(text) > MAX_PAYLOAD:
        raise Unreadable(f"payload of {len(text)} characters is too long")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("document type declarations are refused")
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise Unreadable(f"not well-formed: {error}") from error


def local(element):
    """Name of the element without namespace, '' for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element, *names):
    """First direct child whose local name is one of ``names``, ignoring case."""
    wanted = {name.lower() for name in names}
    for item in element:
        if local(item).lower() in wanted:
            return item
    return None


def children(element, *names):
    """Direct children whose local name is one of ``names``, ignoring case."""
    wanted = {name.lower() for name in names}
    return [item for item in element if local(item).lower() in wanted]


def text(element, *path):
    """Text found by walking ``path`` of local names; '' when anything is missing."""
    for name in path:
        if element is None:
            return ""
        element = child(element, name)
    return (element.text or "").strip() if element is not None else ""


def moment(value):
    """ISO time of Finesse as an aware UTC datetime; None when absent or unreadable."""
    value = (value or "").strip()
    if not value:
        return None
    try:
        parsed = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    return parsed.astimezone(UTC)


def stamp(value):
    """Aware datetime as ``2026-01-15T03:20:01.500Z``."""
    value = value.astimezone(UTC)
    return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
