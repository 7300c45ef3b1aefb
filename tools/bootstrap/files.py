# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small file helpers: atomic writing, templates, fingerprints."""

import hashlib
import json
import os
import string
import tempfile
from pathlib import Path


def write_atomic(path, text, mode=0o644):
    """Write `text` so that a reader sees the old file or the new one, never half."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_json(path, default=None):
    """The parsed file, or `default` when it is missing or damaged."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {} if default is None else default


def write_json(path, value, mode=0o644):
    write_atomic(
        path, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True), mode
    )


class _Template(string.Template):
    delimiter = "@"
    pattern = (
        r"@(?:(?P<escaped>@)|(?P<named>[a-z_0-9]+)@|(?P<braced>)(?!)|(?P<invalid>)(?!))"
    )


def render(template_path, values):
    """Text of a `config/*.in` template with each `@name@` replaced.

    Raises KeyError when the template names a value that was not given.
    """
    return _Template(Path(template_path).read_text(encoding="utf-8")).substitute(values)


def fingerprint(*parts):
    """Short stable hash of strings, bytes and files (by content)."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            digest.update(part.read_bytes() if part.is_file() else b"<none>")
        elif isinstance(part, bytes):
            digest.update(part)
        else:
            digest.update(str(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def tree_fingerprint(folder, skip=()):
    """Hash of the names and contents of all files under `folder`.

    :param skip: names of folders, at any depth, that do not count
    """
    digest = hashlib.sha256()
    skip = set(skip) | {"__pycache__"}
    for path in sorted(Path(folder).rglob("*")):
        relative = path.relative_to(folder)
        if skip.intersection(relative.parts) or not path.is_file():
            continue
        digest.update(str(relative).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def tail(path, lines=15):
    """Last lines of a text file, or an empty string."""
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
