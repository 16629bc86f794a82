"""Fonts of pictures: made on this machine, read on the other one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from compiler.testing import native
from tools import fonts
from tools.failure import Failure
from tools.image import ROOT_FILES

SHIPPED = ROOT_FILES / "base" / "data" / "fonts" / "dejavumono-regular16.grf"
SIZE = 20


@pytest.fixture(scope="module")
def outlines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The font that Pillow brings along."""
    path = tmp_path_factory.mktemp("fonts") / "font.ttf"
    source = ImageFont.load_default(SIZE).path
    path.write_bytes(
        source.getvalue() if isinstance(source, io.BytesIO) else Path(source).read_bytes()
    )
    return path


@pytest.fixture(scope="module")
def made(outlines: Path) -> bytes:
    return fonts.convert(outlines, SIZE)


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).parent / "font_subject.py")


def open(subject, data: bytes) -> tuple[int, int]:
    return subject.open(data)


def test_glyphs_are_as_they_were_drawn(subject, outlines: Path, made: bytes) -> None:
    font = ImageFont.truetype(str(outlines), SIZE, layout_engine=ImageFont.Layout.BASIC)
    ascender, _ = open(subject, made)
    for character in "gWB":
        left, top, advance, width, height = subject.glyph(ord(character))
        drawn = Image.new("L", (40, 40))
        mask, offset = font.getmask2(character, mode="L")
        drawn.im.paste(mask, (*offset, offset[0] + mask.size[0], offset[1] + mask.size[1]))
        assert advance == round(font.getlength(character))
        for row in range(height):
            for column in range(width):
                place = left + column, ascender - top + row
                assert subject.grey(ord(character), row, column) == drawn.getpixel(place)


def test_characters_that_the_font_does_not_have_are_not_found(subject, made: bytes) -> None:
    open(subject, made)
    assert [subject.has(code) for code in (0x41, 0xFFFD, 0x1F642, 0xFFFFFFFF)] == [
        True,
        True,
        False,
        False,
    ]


def test_the_shipped_font_is_of_one_width(subject) -> None:
    data = SHIPPED.read_bytes()
    assert open(subject, data) == (15, 19)
    header = fonts.HEADER.unpack_from(data)
    offsets = fonts.OFFSETS.unpack_from(data, fonts.HEADER.size)
    start = fonts.HEADER.size + 2 * fonts.OFFSETS.size
    advances = {
        fonts.GLYPH.unpack_from(data, start + offset)[2]
        for offset in offsets
        if offset != fonts.NONE
    }
    assert header[0] == fonts.MAGIC and advances == {10}


@given(st.data())
@settings(max_examples=100)
def test_a_damaged_font_is_refused_or_read_within_its_bytes(subject, made: bytes, data) -> None:
    damaged = bytearray(made[: data.draw(st.integers(0, len(made)) | st.just(len(made)))])
    places = st.integers(0, 1033) | st.integers(max(0, len(made) - 500), len(made) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=4)):
        if place < len(damaged):
            damaged[place] = byte
    try:
        open(subject, bytes(damaged))
    except Exception as error:  # noqa: BLE001 - its class is looked at
        assert "BadMessage" in repr(error)
        return
    for code in (0x20, 0x41, 0xFF, 0x20AC, 0x2192):
        if subject.has(code):
            *_, width, height = subject.glyph(code)
            if width * height > 0:
                subject.grey(code, height - 1, width - 1)


def test_what_is_no_font_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.ttf").write_bytes(b"none")
    with pytest.raises(Failure, match="is not a font"):
        fonts.convert(tmp_path / "none.ttf", 16)


def test_sizes_are_sensible(outlines: Path) -> None:
    with pytest.raises(Failure, match="6 to 128 pixels"):
        fonts.convert(outlines, 200)
