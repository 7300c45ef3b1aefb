# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Recognise pictures and PDF by their content; a name or a header proves nothing."""

from __future__ import annotations

import io
import re
import warnings

# Odoo loads a few readers of Pillow only: the one of WebP is named here.
from PIL import Image, WebPImagePlugin  # noqa: F401

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 10
# More than any phone camera makes; guards the memory of the server.
MAX_PIXELS = 120_000_000

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
}
_FORMATS = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
# Several pictures in one JPEG (MPO) are opened by the reader of JPEG.
_READERS = ("JPEG", "PNG", "WEBP", "GIF")
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]+")


class BadFile(Exception):
    """The file cannot be taken; ``reason``: empty, too_big, heic, unknown, broken."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def inspect(content: bytes) -> str:
    """Return the true mimetype of a picture or a PDF.

    :raises BadFile: when it is neither, is damaged, empty or above 10 MB.
    """
    if not content:
        raise BadFile("empty")
    if len(content) > MAX_BYTES:
        raise BadFile("too_big")
    if b"%PDF-" in content[:1024]:
        if b"%%EOF" not in content[-2048:]:
            raise BadFile("broken")
        return "application/pdf"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise BadFile("heic")
    return _inspect_image(content)


def _inspect_image(content: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=_READERS)
            mimetype = _FORMATS[image.format]
            if image.width * image.height > MAX_PIXELS:
                raise BadFile("too_big")
            # A small draft still reads the whole file.
            image.draft("RGB", (256, 256))
            image.load()
    except BadFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadFile("too_big") from error
    except Image.UnidentifiedImageError as error:
        raise BadFile("unknown") from error
    except Exception as error:
        # Pillow's decoders raise nearly anything on a damaged file.
        raise BadFile("broken") from error
    if not _is_whole(mimetype, content):
        raise BadFile("broken")
    return mimetype


def _is_whole(mimetype: str, content: bytes) -> bool:
    """Tell whether the end of the picture is there.

    Odoo switches Pillow's own check off for the whole process
    (``LOAD_TRUNCATED_IMAGES``), and an upload over a bad network is often cut.
    """
    if mimetype == "image/jpeg":
        # After the last scan begins, the end of an image must follow.
        return content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")
    if mimetype == "image/png":
        return b"IEND\xaeB`\x82" in content
    if mimetype == "image/webp":
        return len(content) >= int.from_bytes(content[4:8], "little") + 8
    return content.rstrip(b"\0").endswith(b";")


def safe_name(filename: str, mimetype: str, position: int) -> str:
    """Return a name without path and odd signs, its extension true to the content."""
    name = re.split(r"[/\\]", filename or "")[-1]
    stem = _UNSAFE.sub(" ", name.rsplit(".", 1)[0]).strip(" .")[:80]
    return (stem or f"photo-{position}") + EXTENSIONS[mimetype]
