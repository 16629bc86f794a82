"""`compiler/read.py`: which files make an image, in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.read import read
from compiler.source import CompileFailed

HEAD = "from __future__ import annotations\n"


def write(folder: Path, **sources: str) -> Path:
    """Write modules, named `a__b` for `a/b.py`, and return the path of `main`."""
    for name, text in sources.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(HEAD + text)
    return folder / "main.py"


def test_modules_follow_what_they_import(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main="from left import a\nfrom right import b\n",
        left="from low import x\na = x\n",
        right="from low import x\nb = x\n",
        low="x = 1\n",
    )
    assert list(read(main)) == ["builtins", "low", "left", "right", "main"]


def test_a_name_may_be_a_module_of_the_package(tmp_path: Path) -> None:
    main = write(tmp_path, main="from pack import part\n", pack__part="x = 1\n")
    assert read(main)["main"].imports == ["builtins", "pack.part"]


def test_imports_for_types_may_be_circular(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from other import B\n",
        other="from main import x\nclass B: ...\n",
    )
    modules = read(main)
    assert list(modules) == ["builtins", "main", "other"]
    assert modules["main"].type_imports == ["other"]


def test_imports_at_run_time_may_not(tmp_path: Path) -> None:
    main = write(tmp_path, main="import a\n", a="import b\n", b="import a\n")
    with pytest.raises(CompileFailed) as caught:
        read(main)
    (error,) = caught.value.diagnostics
    assert error.message == "modules import each other: a -> b -> a"


def test_a_module_can_be_replaced(tmp_path: Path) -> None:
    main = write(
        tmp_path, main="from port import read\n", port="import nowhere\n", fake="read = 1\n"
    )
    modules = read(main, {"port": tmp_path / "fake.py"})
    assert modules["port"].text.endswith("read = 1\n")


def errors_of(main: Path) -> list[str]:
    with pytest.raises(CompileFailed) as caught:
        read(main)
    return [each.message for each in caught.value.diagnostics]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert errors_of(tmp_path / "main.py") == ["cannot read the file: No such file or directory"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert errors_of(tmp_path) == ["cannot read the file: Is a directory"]


def test_other_encodings_show_the_byte(tmp_path: Path) -> None:
    main = tmp_path / "main.py"
    main.write_bytes(HEAD.encode() + b"x = 'caf\xe9'\n")
    with pytest.raises(CompileFailed) as caught:
        read(main)
    (error,) = caught.value.diagnostics
    assert error.message == "the file is not UTF-8: byte 0xe9"
    assert error.span[1:] == (2, 8, 2, 9)


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    main = tmp_path / "main.py"
    main.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert "main" in read(main)


def test_a_nul_character(tmp_path: Path) -> None:
    main = write(tmp_path, main="x = 1\n\0\n")
    (message,) = errors_of(main)
    assert message == "the file holds a NUL character" or "null bytes" in message


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    main = write(tmp_path, main="# comment\n" * 500_000)
    assert errors_of(main) == ["the file is larger than 4 MiB"]


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "1 + " * 300 + "1\n",
        "x = " + "not " * 300 + "1\n",
        "x = a" + ".b" * 300 + "\n",
        "x = a" + "()" * 300 + "\n",
        "def f() -> None:\n    if a: pass\n" + "    elif a: pass\n" * 300,
    ],
    ids=["sum", "not", "attributes", "calls", "elif"],
)
def test_source_nested_deeper_than_the_passes_can_follow(tmp_path: Path, text: str) -> None:
    assert errors_of(write(tmp_path, main=text)) == ["this is nested more than 200 deep"]


@pytest.mark.parametrize("text", ["- " * 100_000, "a + " * 100_000, "a." * 100_000])
def test_source_nested_deeper_than_python_can_follow(tmp_path: Path, text: str) -> None:
    assert errors_of(write(tmp_path, main=f"x = {text}a\n")) == ["the source is nested too deeply"]


def test_several_roots_make_one_image(tmp_path: Path) -> None:
    main = write(tmp_path, main="import shared\n", world="import shared\n", shared="x = 1\n")
    assert list(read([main, tmp_path / "world.py"])) == ["builtins", "shared", "main", "world"]


def test_a_root_is_named_by_its_path_in_the_project(root: Path) -> None:
    name = list(read(root / "core" / "text" / "utf8.py"))[-1]
    assert name == "core.text.utf8"


def test_a_package_is_its_init_file(tmp_path: Path) -> None:
    main = write(tmp_path, main="from pack import x\n", pack__part="")
    (tmp_path / "pack" / "__init__.py").write_text(HEAD + "x = 1\n")
    assert read(main)["pack"].path.endswith("pack/__init__.py")


def test_without_a_list_for_them_errors_are_raised(tmp_path: Path) -> None:
    main = write(tmp_path, main="import nowhere\n")
    errors: list = []
    assert "main" in read(main, errors=errors)
    assert [each.message for each in errors] == errors_of(main) == ["no module 'nowhere'"]


def test_a_program_may_name_a_module_as_the_host_names_a_package(tmp_path: Path) -> None:
    main = write(tmp_path, main="import tools\n", tools="x = 1\n")
    assert read(main)["tools"].path == str(tmp_path / "tools.py")


def test_what_was_accepted_is_not_examined_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from compiler import accepted
    from compiler import read as reading

    def begin_anew() -> None:
        accepted._accepted.cache_clear()

    monkeypatch.setenv("PATCHWORK_CACHE", str(tmp_path / "cache"))
    main = write(tmp_path, main="count: int = 1\n")
    begin_anew()
    read(main)
    begin_anew()
    examined: list[Path] = []
    monkeypatch.setattr(reading, "_refuse_deep", lambda path, tree: examined.append(path))
    read(main)
    assert examined == []
    write(tmp_path, main="count: int = 2\n")
    read(main)
    assert examined == [main.resolve()]
    begin_anew()
