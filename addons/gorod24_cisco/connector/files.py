# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that others upload into our folders: nothing of them is trusted."""

import os
import stat
import time

REASON_ENDING = ".reason.txt"


class Refused(Exception):
    """The file will never be taken; the text is written beside it."""


def free_stem(folder, stem, endings=("",)):
    """``stem``, or ``stem-2``, ``stem-3`` … free in ``folder`` with all ``endings``.

    Looks at single names: the folder may hold hundreds of thousands of files.
    """
    base = stem.replace(".", "_")
    candidate, number = base, 1
    while any(
        os.path.lexists(folder / (candidate + ending))
        for ending in (*endings, REASON_ENDING)
    ):
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def age_out(folder, days):
    """Delete plain files of ``folder`` older than ``days``; how many went.

    Only what Odoo has for sure is kept there, and it holds numbers and voices.
    """
    before, gone = time.time() - days * 86400, 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_file(follow_symlinks=False):
                continue
            if entry.stat(follow_symlinks=False).st_mtime < before:
                os.unlink(entry.path)
                gone += 1
    return gone


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
    """Move ``path`` to ``folder`` under a free name; write the reason beside it.

    :return: where it is now.
    """
    stem = free_stem(folder, path.name)
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        os.replace(path, folder / stem)
    if reason:
        target = folder / f"{stem}{REASON_ENDING}"
        target.write_text(reason + "\n", encoding="utf-8")
    return folder / stem
