# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Is a folder that others upload into fit for us: seen, read, moved out of?"""

import errno
import os
import time
import uuid

from .faults import CheckFailed

MOST = 20_000


def look_into(folder, done, failed):
    """Facts of a watched folder and its archives. Raises :class:`CheckFailed`.

    A small hidden file makes the way of every file, folder → done → failed, and is
    removed: the only true answer to «may we?». Watchers leave hidden files alone.
    """
    for path in (folder, done, failed):
        if not path.is_dir():
            raise CheckFailed("no_folder", folder=str(path))
    waiting, newest = _count(folder)
    _archived, archived_at = _count(done)
    newest = max(newest, archived_at)
    _try_moves(folder, done, failed)
    refused, reason = _refused(failed)
    return {
        "folder": str(folder),
        "waiting": waiting,
        "newest_seconds": round(time.time() - newest) if newest else None,
        "refused": refused,
        "last_reason": reason,
    }


def _count(folder):
    """(number of plain files, time of the newest or 0)."""
    count, newest = 0, 0.0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_file(follow_symlinks=False):
                    count += 1
                    newest = max(newest, entry.stat(follow_symlinks=False).st_mtime)
                if count >= MOST:
                    break
    except OSError as error:
        raise CheckFailed("not_readable", folder=str(folder)) from error
    return count, newest


def _try_moves(folder, done, failed):
    name = f".gorod24-check-{uuid.uuid4().hex}"
    here, target = folder / name, folder
    try:
        here.write_bytes(b"")
        for target in (done, failed):
            os.replace(here, target / name)
            here = target / name
        here.unlink()
    except OSError as error:
        code = "other_disk" if error.errno == errno.EXDEV else "not_writable"
        raise CheckFailed(code, folder=str(target)) from error
    finally:
        here.unlink(missing_ok=True)


def _refused(failed):
    """(files set aside with a reason, the newest reason)."""
    found = []
    with os.scandir(failed) as entries:
        for entry in entries:
            if entry.name.endswith((".reason.txt", ".lines.txt")):
                found.append((entry.stat(follow_symlinks=False).st_mtime, entry.path))
    if not found:
        return 0, ""
    with open(max(found)[1], encoding="utf-8", errors="replace") as stream:
        return len(found), stream.readline(200).strip()
