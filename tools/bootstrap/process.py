# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running other programs: once, as another user, and watching children."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from .errors import Trouble
from .files import tail

PR_SET_PDEATHSIG = 1


def is_root():
    return os.geteuid() == 0


def user_exists(name):
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def as_user(argv, user, reach=None):
    """Prefix that runs `argv` as `user` when we are root.

    :param reach: folder the user must get to. If a parent folder is closed (a
        repository under /root), the program is given the one capability that lets
        it walk through closed folders, and nothing else.
    """
    if not is_root() or not user:
        return list(argv)
    prefix = _setpriv(user)
    if reach and not _reaches(prefix, reach):
        prefix = _setpriv(user, "+dac_read_search")
        if not _reaches(prefix, reach):
            raise Trouble(
                f"Пользователь {user} не может войти в каталог {reach}.",
                "перенесите репозиторий туда, куда есть доступ всем "
                "(например, /opt/gorod24), или работайте не от root.",
            )
    return [*prefix, *argv]


def _setpriv(user, capability=None):
    account = pwd.getpwnam(user)
    prefix = [
        shutil.which("setpriv") or "/usr/bin/setpriv",
        f"--reuid={account.pw_uid}",
        f"--regid={account.pw_gid}",
        "--init-groups",
        "--pdeathsig=TERM",
    ]
    if capability:
        prefix += [f"--inh-caps={capability}", f"--ambient-caps={capability}"]
    return prefix


def _reaches(prefix, folder):
    return not subprocess.run(
        # not `test -x`: access(2) does not count capabilities
        [*prefix, "/usr/bin/stat", f"{folder}/."],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    ).returncode


def die_with_parent():
    """For `preexec_fn`: the child gets SIGTERM when its parent dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def run(argv, *, what, mend="", env=None, cwd=None, text_in=None, log=None):
    """Run to the end and return standard output; Trouble(what) on failure.

    :param log: file that gets the whole output instead of it being returned
    """
    argv = [str(part) for part in argv]
    try:
        if log:
            Path(log).parent.mkdir(parents=True, exist_ok=True)
            with open(log, "ab") as stream:
                done = subprocess.run(
                    argv,
                    check=False,
                    env=env,
                    cwd=cwd,
                    input=text_in.encode() if text_in is not None else None,
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                    preexec_fn=die_with_parent,
                )
            if done.returncode:
                raise Trouble(what, mend or f"подробности: {log}", tail(log))
            return ""
        done = subprocess.run(
            argv,
            check=False,
            env=env,
            cwd=cwd,
            input=text_in,
            capture_output=True,
            text=True,
            preexec_fn=die_with_parent,
        )
    except FileNotFoundError as error:
        raise Trouble(f"Не найдена программа {argv[0]}.", mend) from error
    if done.returncode:
        raise Trouble(
            what, mend, "\n".join((done.stderr or done.stdout).splitlines()[-12:])
        )
    return done.stdout


def clean_environment(**extra):
    """Environment for our programs: nothing of the caller's Python or PostgreSQL."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PG", "ODOO", "VIRTUAL_ENV", "OPENERP"))
    }
    keep["PYTHONUTF8"] = "1"
    keep.update({name: str(value) for name, value in extra.items()})
    return keep


def start_time(pid):
    """Kernel start time of a process, to tell it from a later one with the same id."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])


def is_alive(pid, started=None):
    now = start_time(pid)
    return now is not None and (started is None or now == started)
