# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The zip of the register: what lies in it, without unpacking anything."""

import re
import zipfile
from typing import NamedTuple

from .errors import GarError

#: Files we read → tag of their root element and of their rows.
TABLES = {
    "ADDR_OBJ": ("ADDRESSOBJECTS", "OBJECT"),
    "ADDR_OBJ_PARAMS": ("PARAMS", "PARAM"),
    "HOUSES": ("HOUSES", "HOUSE"),
    "HOUSES_PARAMS": ("PARAMS", "PARAM"),
    "MUN_HIERARCHY": ("ITEMS", "ITEM"),
    "ADM_HIERARCHY": ("ITEMS", "ITEM"),
    "HOUSE_TYPES": ("HOUSETYPES", "HOUSETYPE"),
    "ADDHOUSE_TYPES": ("HOUSETYPES", "HOUSETYPE"),
    "PARAM_TYPES": ("PARAMTYPES", "PARAMTYPE"),
}
_NAME = re.compile(
    r"(?:^|/)(?:(?P<region>\d\d)/)?AS_(?P<table>[A-Z_]+?)_(?P<date>\d{8})_[^/]*\.XML$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(\d{4}\.\d\d\.\d\d)")
#: XML of the register shrinks 10–40 times; a bomb a thousand times.
BOMB_RATIO = 250
BOMB_SIZE = 64 * 1024 * 1024
MAX_MEMBERS = 50_000


class Member(NamedTuple):
    """One XML file: table as in TABLES, two digits of the region ("" if flat)."""

    table: str
    region: str
    name: str
    size: int
    date: str


class Archive:
    """An open archive of the register; use as a context manager.

    :raise GarError: when the file is no archive of the register
    """

    def __init__(self, path):
        self.path = path
        try:
            self.zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            code = "broken_zip" if _looks_like_zip(path) else "not_zip"
            raise GarError(code) from error
        try:
            self._guard()
            self.members = self._list_members()
            self.version = self._read_version()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        self.zip.close()

    @property
    def regions(self):
        """Codes of the regions in the archive, "" for files without a folder."""
        return sorted({m.region for m in self.members if m.table == "ADDR_OBJ"})

    def find(self, table, region=""):
        """Members of a table of one region, oldest first (deltas may be several)."""
        found = [m for m in self.members if (m.table, m.region) == (table, region)]
        return sorted(found, key=lambda m: (m.date, m.name))

    def open(self, member):
        """A readable stream of bytes.

        :raise GarError: when this file of the archive is damaged
        """
        try:
            return self.zip.open(member.name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise GarError("broken_member", file=member.name) from error

    def _guard(self):
        infos = self.zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise GarError("bomb", file=f"{len(infos)}")
        for info in infos:
            if info.flag_bits & 0x1:
                raise GarError("encrypted", file=info.filename)
            limit = max(info.compress_size, 1) * BOMB_RATIO
            if info.file_size > BOMB_SIZE and info.file_size > limit:
                raise GarError("bomb", file=info.filename)

    def _list_members(self):
        members = []
        for info in self.zip.infolist():
            match = _NAME.search(info.filename.replace("\\", "/"))
            if match and match["table"].upper() in TABLES:
                members.append(
                    Member(
                        match["table"].upper(),
                        match["region"] or "",
                        info.filename,
                        info.file_size,
                        match["date"],
                    )
                )
        return members

    def _read_version(self):
        """Date of the edition («2026.03.10») from version.txt, else of the files."""
        text = self._read_version_file()
        if not self.regions:
            if text is None:
                raise GarError("no_version")
            raise GarError("no_region" if text.strip() else "empty")
        match = _VERSION.search(text or "")
        if match:
            return match[1]
        date = max(m.date for m in self.members)
        return f"{date[:4]}.{date[4:6]}.{date[6:]}"

    def _read_version_file(self):
        for info in self.zip.infolist():
            if info.filename.rsplit("/", 1)[-1].lower() == "version.txt":
                with self.zip.open(info) as stream:
                    return stream.read(200).decode("utf-8-sig", "replace")
        return None


def _looks_like_zip(path):
    with open(path, "rb") as stream:
        return stream.read(2) == b"PK"
