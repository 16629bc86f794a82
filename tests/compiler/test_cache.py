"""The cache gives back what was stored, and nothing for what is missing or damaged."""

from __future__ import annotations

from pathlib import Path

from compiler.cache import Cache, digest


def test_an_entry_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write(digest(["key"]), b"content")
    assert cache.read(digest(["key"])) == b"content"
    assert cache.read(digest(["other"])) is None


def test_a_damaged_object_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write_object("aa11", {"a": 1})
    assert cache.read_object("aa11") == {"a": 1}
    cache.write("aa11", b"\x80\x04damaged")
    assert cache.read_object("aa11") is None


def test_a_damaged_text_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write_text("aa33", "lang\u00e9r " * 1000)
    assert cache.read_text("aa33") == "lang\u00e9r " * 1000
    assert len(cache.read("aa33") or b"") < 1000
    cache.write("aa33", (cache.read("aa33") or b"")[:-5])
    assert cache.read_text("aa33") is None


def test_a_full_disk_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache = Cache(blocked)
    cache.write("aa22", b"content")
    assert cache.read("aa22") is None


def test_a_digest_knows_where_its_parts_end() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"])
