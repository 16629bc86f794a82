"""What is packed is found again, and no damaged tree is accepted that would lead out of its memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from tools.initial_files import pack

names = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(lambda name: name not in (".", ".."))
contents = st.binary(max_size=5000)
trees = st.recursive(
    contents, lambda inner: st.dictionaries(names, inner, max_size=5), max_leaves=20
)


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).with_name("initial_files_subject.py"))


def write(folder: Path, tree: dict) -> None:
    folder.mkdir()
    for name, inner in tree.items():
        if isinstance(inner, dict):
            write(folder / name, inner)
        else:
            (folder / name).write_bytes(inner)


@given(st.dictionaries(names, trees, max_size=5))
@settings(max_examples=60)
def test_what_is_packed_is_found_again(subject, tmp_path_factory, tree: dict) -> None:
    folder = tmp_path_factory.mktemp("tree") / "root"
    write(folder, tree)
    data = bytearray(pack(folder))
    assert data == pack(folder)
    compare(subject, data, "", tree)


def compare(subject, data: bytearray, path: str, tree: dict) -> None:
    for name, inner in tree.items():
        here = f"{path}/{name}"
        number = subject.find(data, bytearray(here.encode()))
        assert number > 0
        assert subject.is_folder(data, number) == isinstance(inner, dict)
        if isinstance(inner, dict):
            compare(subject, data, here, inner)
            continue
        assert subject.size_of(data, number) == len(inner)
        if inner:
            last = len(inner) - 1
            assert subject.byte_of(data, number, last) == inner[last]
    assert subject.find(data, bytearray(f"{path}/missing name".encode())) == -1


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("packed") / "root"
    write(folder, {"a": {"b": b"1234", "c": {}}, "d": b"", "e": b"x" * 9000})
    return pack(folder)


def test_every_shorter_piece_is_refused(subject, packed: bytes) -> None:
    for length in (*range(400), 4096, len(packed) - 1):
        with pytest.raises(Exception, match="BadMessage"):
            subject.count(bytearray(packed[:length]))


@pytest.mark.parametrize("seed", range(20))
def test_damage_is_refused_or_does_no_harm(subject, packed: bytes, seed: int) -> None:
    generator = random.Random(seed)
    table = 32 * (1 + 6) + 8
    for _ in range(200):
        damaged = bytearray(packed)
        for _ in range(generator.randint(1, 3)):
            at = generator.randrange(table)
            damaged[at] = generator.choice([0, 1, 0xFF, 0x80, generator.randrange(256)])
        try:
            subject.walk(damaged)
        except Exception as error:  # noqa: BLE001 - whatever class the target's exception is shown as
            assert "BadMessage" in repr(error)


def test_a_circle_is_refused(subject, packed: bytes) -> None:
    damaged = bytearray(packed)
    damaged[32 + 32 + 8 : 32 + 32 + 16] = (0).to_bytes(8, "little")  # node 1's first child: the top
    with pytest.raises(Exception, match="BadMessage"):
        subject.count(damaged)


def test_what_is_no_zero_behind_a_file_is_refused(subject, packed: bytes) -> None:
    damaged = bytearray(packed)
    damaged[-1] = 1
    with pytest.raises(Exception, match="BadMessage"):
        subject.count(damaged)


def test_links_are_not_packed(tmp_path: Path) -> None:
    from tools.failure import Failure

    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(Failure, match="neither a file nor a folder"):
        pack(tmp_path)
