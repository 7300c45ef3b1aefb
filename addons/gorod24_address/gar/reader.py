# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of one XML file as a stream: nothing is kept, reading may go on later.

expat gives each element's attributes as a dict; no tree is ever built. Bytes are
fed up to the beginning of a row, so that the place reached (:class:`Place`) is
enough to continue in another process.
"""

import re
import zipfile
import zlib
from typing import NamedTuple
from xml.parsers import expat

from .archive import TABLES
from .errors import GarError

CHUNK = 1 << 20
_DECLARATION = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


class Place(NamedTuple):
    """How far a file was read: bytes, line, rows; encoding of the declaration."""

    offset: int = 0
    line: int = 0
    rows: int = 0
    encoding: str = ""


class Reader:
    """Feed a member chunk by chunk: ``while reader.step(): …``.

    :param handle: called with the attributes of each row
    :param place: where an earlier reader stopped
    """

    def __init__(self, archive, member, handle, place=None):
        self.member = member
        self.place = place or Place()
        self.size = member.size
        self._root, self._tag = TABLES[member.table]
        self._mark = f"<{self._tag} ".encode()
        self._handle = handle
        self._rest = b""
        self._depth = 0
        self._rows = self.place.rows
        self._stream = archive.open(member)
        self._parser = self._prepare_parser()
        self._shift = 0
        if self.place.offset:
            self._resume()

    def close(self):
        self._stream.close()

    def _prepare_parser(self):
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._refuse_entity
        return parser

    def _resume(self):
        encoding = self.place.encoding or "utf-8"
        prologue = f'<?xml version="1.0" encoding="{encoding}"?><{self._root}>'
        self._parser.Parse(prologue.encode("ascii"), False)
        self._shift = self.place.line
        left = self.place.offset
        while left > 0:
            data = self._read(min(CHUNK, left))
            if not data:
                raise GarError("changed", file=self.member.name)
            left -= len(data)

    def step(self):
        """Read one chunk.

        :return: whether there is more
        :raise GarError: bad XML (file, line, column) or a damaged archive
        """
        data = self._read(CHUNK)
        whole = self._rest + data
        if not data:
            self._feed(whole, True)
            return False
        cut = whole.rfind(self._mark)
        if cut <= 0:
            if len(whole) > 16 * CHUNK:
                raise self._bad_xml(0)
            self._rest = whole
            return True
        self._rest = whole[cut:]
        self._feed(whole[:cut], False)
        return True

    def _read(self, size):
        try:
            return self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise GarError("broken_member", file=self.member.name) from error

    def _feed(self, data, final):
        encoding = self.place.encoding
        if not self.place.offset:
            encoding = self._sniff(data)
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            raise self._bad_xml(error.lineno, error.offset) from error
        self.place = Place(
            self.place.offset + len(data),
            self.place.line + data.count(b"\n"),
            self._rows,
            encoding,
        )

    def _sniff(self, data):
        declaration = _DECLARATION.match(data[:500])
        found = declaration and _ENCODING.search(declaration[0])
        return found[1].decode("ascii") if found else "utf-8"

    def _bad_xml(self, line, column=0):
        return GarError(
            "bad_xml", file=self.member.name, line=self._shift + line, column=column + 1
        )

    def _refuse_entity(self, *declaration):
        raise GarError("entities", file=self.member.name)

    def _start(self, tag, attributes):
        self._depth += 1
        if self._depth == 2 and tag == self._tag:
            self._rows += 1
            self._handle(attributes)
        elif self._depth == 1 and tag != self._root:
            raise GarError(
                "wrong_root", file=self.member.name, root=tag, expected=self._root
            )

    def _end(self, _tag):
        self._depth -= 1


def read_rows(archive, member):
    """All rows of a small file as dicts (dictionaries of types)."""
    rows = []
    reader = Reader(archive, member, rows.append)
    try:
        while reader.step():
            pass
    finally:
        reader.close()
    return rows
