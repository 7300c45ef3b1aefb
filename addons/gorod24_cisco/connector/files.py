# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that others upload into our folders: nothing of them is trusted."""

import os
import stat


class Refused(Exception):
    """The file will never be taken; the text is written beside it."""


def free_stem(folder, stem):
    """``stem``, or ``stem.2``, ``stem.3`` … that no file in ``folder`` has."""
    taken = {name.name.split(".", 1)[0] for name in folder.iterdir()}
    candidate, number = stem.replace(".", "_"), 1
    while candidate in taken:
        number += 1
        candidate = f"{stem.replace('.', '_')}-{number}"
    return candidate


def mark(path):
    """(size, time) of a file, "link" for what is no plain file, None when absent."""
    try:
        info = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(info.st_mode) or not stat.S_ISREG(info.st_mode):
        return "link"
    return info.st_size, info.st_mtime_ns


def read_plain(path, limit):
    """Up to ``limit`` bytes; refuses to follow a link put there in the meantime."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Refused(f"cannot be read: {error.strerror}") from error
    with os.fdopen(number, "rb") as stream:
        return stream.read(limit)


def set_aside(path, folder, reason=""):
    """Move ``path`` to ``folder`` under a free name; write the reason beside it."""
    stem = free_stem(folder, path.name)
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        os.replace(path, folder / stem)
    if reason:
        target = folder / f"{stem}.reason.txt"
        target.write_text(reason + "\n", encoding="utf-8")
