# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io

import pytest
from PIL import Image, ImageFile
from uploads import MAX_BYTES, BadFile, inspect, safe_name

PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def picture(kind, size=(64, 48)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "#0b6e99").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "mimetype"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
    ],
)
def test_pictures_are_known_by_content(kind, mimetype):
    assert inspect(picture(kind)) == mimetype


def test_pdf_is_known_by_content():
    assert inspect(PDF) == "application/pdf"


def noise_jpeg():
    buffer = io.BytesIO()
    Image.effect_noise((600, 400), 80).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\0" * (MAX_BYTES + 1), "too_big"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"%PDF-1.4 cut in the middle", "broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unknown"),
        (b"<html><script>alert(1)</script></html>", "unknown"),
        (b"MZ\x90\0" + b"\0" * 500, "unknown"),
        (b"PK\x03\x04" + b"\0" * 500, "unknown"),
        (noise_jpeg()[:9000], "broken"),
        (picture("PNG")[:60], "broken"),
    ],
)
def test_everything_else_is_refused_with_the_reason(content, reason):
    with pytest.raises(BadFile) as caught:
        inspect(content)
    assert caught.value.reason == reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_cut_picture_is_noticed_as_odoo_runs_pillow(kind, monkeypatch):
    """Odoo lets Pillow fill what is missing; a cut photo must not pass even so."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    buffer = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(buffer, kind)
    content = buffer.getvalue()
    assert inspect(content)
    with pytest.raises(BadFile) as caught:
        inspect(content[: len(content) * 2 // 3])
    assert caught.value.reason == "broken"


def test_camera_may_append_its_own_data():
    assert inspect(picture("JPEG") + b"\0\0SEFHe\0\0\0SEFT") == "image/jpeg"


def test_decompression_bomb_is_refused():
    buffer = io.BytesIO()
    Image.new("1", (20000, 12000)).save(buffer, "PNG")
    with pytest.raises(BadFile) as caught:
        inspect(buffer.getvalue())
    assert caught.value.reason == "too_big"


@pytest.mark.parametrize(
    ("name", "mimetype", "expected"),
    [
        ("IMG_001.JPG", "image/jpeg", "IMG_001.jpg"),
        ("фото подвала.jpeg", "image/jpeg", "фото подвала.jpg"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\photos\\a.png", "image/png", "a.png"),
        ("evil.html", "image/gif", "evil.gif"),
        ('a"b\r\nc.pdf', "application/pdf", "a b c.pdf"),
        ("", "image/jpeg", "photo-3.jpg"),
        ("...", "image/jpeg", "photo-3.jpg"),
        ("x" * 300 + ".pdf", "application/pdf", "x" * 80 + ".pdf"),
    ],
)
def test_names_are_safe_and_true_to_the_content(name, mimetype, expected):
    assert safe_name(name, mimetype, 3) == expected
