# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A private apt: own source lists and caches, the system's settings untouched.

apt itself checks the signatures; root is not needed.
"""

import platform
import re
import shutil
from pathlib import Path

from .errors import Trouble
from .files import write_atomic
from .process import run


def parse_deb822(text):
    """Stanzas of a .sources file as dictionaries with lower-case keys."""
    stanzas = []
    for block in re.split(r"\n\s*\n", text):
        fields, key = {}, None
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0] in " \t" and key:
                fields[key] += "\n" + line.strip()
            elif ":" in line:
                key, _, value = line.partition(":")
                key = key.strip().lower()
                fields[key] = value.strip()
        if fields:
            stanzas.append(fields)
    return stanzas


def parse_one_line(text):
    """Lines of an old sources.list as the same dictionaries."""
    stanzas = []
    for line in text.splitlines():
        match = re.match(r"\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)$", line)
        if not match:
            continue
        options = dict(
            part.split("=", 1) for part in (match[1] or "").split() if "=" in part
        )
        stanza = {
            "types": "deb",
            "uris": match[2],
            "suites": match[3],
            "components": match[4].split("#")[0].strip(),
        }
        if "signed-by" in options:
            stanza["signed-by"] = options["signed-by"]
        stanzas.append(stanza)
    return stanzas


def choose_source(stanzas, codename):
    """Address and key of the Debian archive this machine itself uses.

    :return: (uri, signed_by or None); the public archive when nothing fits
    """
    for stanza in stanzas:
        suites = stanza.get("suites", "").split()
        enabled = stanza.get("enabled", "yes").lower() not in {"no", "false"}
        if not enabled or "deb" not in stanza.get("types", "").split():
            continue
        if codename in suites and "main" in stanza.get("components", "").split():
            return stanza["uris"].split()[0], stanza.get("signed-by")
    raise Trouble(
        f"Среди источников пакетов этой машины нет Debian {codename} main.",
        "добавьте его в /etc/apt/sources.list.d или укажите готовый Odoo в ODOO_HOME.",
    )


def machine_sources(etc=Path("/etc/apt")):
    """All package sources of this machine, in both styles."""
    stanzas = []
    for path in sorted((etc / "sources.list.d").glob("*.sources")):
        stanzas += parse_deb822(path.read_text(encoding="utf-8", errors="replace"))
    lists = [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*.list"))]
    for path in lists:
        if path.exists():
            stanzas += parse_one_line(
                path.read_text(encoding="utf-8", errors="replace")
            )
    return stanzas


def os_release():
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def sources_text(uri, signed_by, suites):
    """A deb822 file with one stanza per suite."""
    stanzas = []
    for suite in suites:
        lines = ["Types: deb", f"URIs: {uri}", f"Suites: {suite}", "Components: main"]
        if signed_by:
            # a key block inside the file keeps its indented lines
            lines.append("Signed-By: " + signed_by.replace("\n", "\n "))
        stanzas.append("\n".join(lines) + "\n")
    return "\n".join(stanzas)


class PrivateApt:
    """apt-get with everything it writes under one folder of ours."""

    def __init__(self, folder, log):
        self.folder = Path(folder)
        self.log = log
        self.options = []

    def prepare(self, suites):
        """Write the private configuration and fetch the package lists."""
        release = os_release()
        if release.get("ID") != "debian" or not shutil.which("apt-get"):
            raise Trouble("Это не Debian: apt не знает пакета odoo-19.")
        uri, key = choose_source(
            machine_sources(), release.get("VERSION_CODENAME", "stable")
        )
        for name in ("etc", "lists/partial", "cache/archives/partial", "debs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        write_atomic(
            self.folder / "etc" / "gorod24.sources", sources_text(uri, key, suites)
        )
        write_atomic(self.folder / "apt.conf", self._configuration())
        self.options = ["-c", str(self.folder / "apt.conf")]
        self._get(
            ["update"],
            "Нет связи с хранилищем пакетов Debian.",
            "проверьте сеть и адрес хранилища в /etc/apt.",
        )

    def _configuration(self):
        return (
            'Dir::Etc::SourceList "/dev/null";\n'
            f'Dir::Etc::SourceParts "{self.folder}/etc/";\n'
            f'Dir::State::Lists "{self.folder}/lists";\n'
            f'Dir::Cache "{self.folder}/cache";\n'
            # the machine's own hooks are meant for its own cache
            "#clear APT::Update::Post-Invoke;\n"
            "#clear APT::Update::Post-Invoke-Success;\n"
            'APT::Update::Error-Mode "any";\n'
            'APT::Sandbox::User "root";\n'
            'Acquire::Languages "none";\n'
            'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";\n'
            'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";\n'
        )

    def _get(self, argv, what, mend=""):
        run(
            ["apt-get", *self.options, "-qq", *argv],
            what=what,
            mend=mend,
            cwd=self.folder / "debs",
            log=self.log,
        )

    def download(self, package):
        """Fetch one package (`name`, `name=version` or `name/suite`) into debs/."""
        self._get(["download", package], f"apt не отдал пакет {package}.")
        name = re.split("[=/]", package)[0]
        debs = (self.folder / "debs").glob(f"{name}_*.deb")
        found = sorted(debs, key=lambda deb: deb.stat().st_mtime)
        if not found:
            raise Trouble(f"apt не отдал пакет {package}.")
        return found[-1]
