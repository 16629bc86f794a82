"""Modules are compiled against the kernel's source, say what they are, and may not do what its image cannot bear."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from compiler.backend import exports
from compiler.backend.elf import Elf, RelocationType, SectionType
from compiler.image import world_files
from compiler.modules import compile_modules
from compiler.source import CompileFailed
from tools import image

KERNEL = [image.KERNEL, *world_files("kernel"), image.MODULES]
SMALL_KERNEL = [image.DESCRIPTION]  # for what does not depend on its size

MODULE = '''\
from __future__ import annotations

from typing import Annotated

from kernel.module.description import Module
from lang import section


def load() -> None:
    """Do nothing."""


MODULE: Annotated[Module, section(".module")] = Module(
    name="Example",
    author="Somebody",
    description="does nothing",
    version="1.0",
    licence="MIT",
    devices="PNP0B00;BOOT_ALWAYS",
    load=load,
)
'''


def built(
    folder: Path,
    sources: dict[str, str],
    build: str = "checked",
    kernel: Sequence[Path] = SMALL_KERNEL,
) -> dict[str, Elf]:
    """Compile modules that are each one file, and return their objects."""
    roots = []
    for name, text in sources.items():
        roots.append(folder / f"{name}.py")
        roots[-1].write_text(text)
    compile_modules(kernel, roots, folder / "objects", build)
    return {name: Elf((folder / "objects" / name).read_bytes()) for name in sources}


def refused(folder: Path, text: str) -> str:
    """Return what is said about a module that does not compile."""
    with pytest.raises(CompileFailed) as failed:
        built(folder, {"example": text})
    return "\n".join(f"{each.message}; {each.hint}" for each in failed.value.diagnostics)


def lines(object: Elf, section: str) -> list[str]:
    return object.contents(section).decode().splitlines()


def test_a_module_says_what_it_is(tmp_path: Path) -> None:
    object = built(tmp_path, {"example": MODULE})["example"]
    text = "Example;Somebody;does nothing;1.0;MIT;0.1.0;PNP0B00;BOOT_ALWAYS\0"
    assert object.is_relocatable
    assert object.contents(".module_info").decode() == text


def test_a_module_needs_what_it_names_and_offers_what_it_has(tmp_path: Path) -> None:
    object = built(tmp_path, {"example": MODULE})["example"]
    needs = {line[9:]: line[:8] for line in lines(object, ".module_needs")}
    assert {"kernel.module.description.Module", "kernel.module.description.Device"} < needs.keys()
    assert needs["a checked build"] == "00000001"
    assert [line[9:] for line in lines(object, ".module_offers")] == [
        "example.MODULE",
        "example.load",
    ]


@pytest.mark.parametrize("build", ["checked", "release"])
def test_the_kernel_exports_all_that_a_module_needs(tmp_path: Path, build: str) -> None:
    object = built(tmp_path, {"example": MODULE}, build, KERNEL)["example"]
    kernel = Elf(image.build_kernel(build).read_bytes())
    table = exports.decode(kernel.contents(exports.SECTION))
    for line in lines(object, ".module_needs"):
        assert table[exports.hash_of(line[9:])][0] == int(line[:8], 16), line
    for symbol in object.symbols[1:]:
        if symbol.section == 0:
            assert table[exports.hash_of(symbol.name)][1] > 0, symbol


def test_what_a_kernel_exports_is_where_its_symbols_are() -> None:
    kernel = Elf(image.build_kernel("checked").read_bytes())
    table = exports.decode(kernel.contents(exports.SECTION))
    start = next(each.value for each in kernel.symbols if each.name == "__image_start")
    known = {each.name: each.value - start for each in kernel.symbols if each.binding}
    assert table[exports.hash_of("kernel.log.log.info")][1] == known["kernel.log.log.info"]
    assert list(table) == sorted(table)


def test_only_what_the_loader_can_do_is_asked_of_it(tmp_path: Path) -> None:
    object = built(tmp_path, {"example": MODULE})["example"]
    known = {1, 2, 4, 11}
    for section in object.sections:
        if section.type == SectionType.RELA:
            end = section.offset + section.size
            rows = range(section.offset, end, 24)
            types = {int.from_bytes(object.data[row + 8 : row + 12], "little") for row in rows}
            assert types <= known
    assert RelocationType.R_X86_64_64 in known


def test_the_same_source_gives_the_same_object(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    first = built(tmp_path / "one", {"example": MODULE})["example"]
    second = built(tmp_path / "two", {"example": MODULE})["example"]
    assert first.data == second.data


def test_a_module_that_uses_another_names_it(tmp_path: Path) -> None:
    user = MODULE.replace("from lang", "import example\nfrom lang").replace(
        '"""Do nothing."""', "example.load()"
    )
    objects = built(tmp_path, {"example": MODULE, "user": user})
    assert lines(objects["user"], ".module_needs")[0] == "example"
    assert any(line.endswith(" example.load") for line in lines(objects["user"], ".module_needs"))
    assert "example.load" in {each.name for each in objects["user"].symbols if not each.section}


def test_a_version_changes_with_what_others_see_of_a_declaration(tmp_path: Path) -> None:
    shape = MODULE + "\n\nclass Shape:\n    width: int\n\n    def area(self) -> int:\n"
    other = shape.replace("width: int", "width: int\n    height: int")
    body = shape + "        # another way\n"
    versions = []
    for name, text in (("a", shape), ("b", other), ("c", body)):
        (tmp_path / name).mkdir()
        object = built(tmp_path / name, {"example": f"{text}        return 1\n"})["example"]
        versions += [line for line in lines(object, ".module_offers") if line.endswith(".Shape")]
    assert versions[0] != versions[1]
    assert versions[0] == versions[2]


def test_a_file_that_describes_no_module_is_refused(tmp_path: Path) -> None:
    assert "describes 0" in refused(tmp_path, MODULE[: MODULE.index("MODULE:")])


def test_a_description_elsewhere_is_refused(tmp_path: Path) -> None:
    text = MODULE.replace('Annotated[Module, section(".module")]', "Module")
    assert "is not where the kernel looks" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Somebody", "S" * 64, "the author has 64 bytes; 63 is the most"),
        ("Example", "", "the module has no name"),
        ("does nothing", "one; two", "has a ';'"),
        ("PNP0B00", "P" * 32, "has more than 31 bytes"),
    ],
)
def test_texts_that_do_not_fit_are_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert message in refused(tmp_path, MODULE.replace(old, new))


def test_a_module_has_nothing_for_each_processor(tmp_path: Path) -> None:
    text = MODULE.replace("from lang import section", "from lang import PerCpu, section, u64")
    message = refused(tmp_path, text + "\n\nturns: PerCpu[u64]\n")
    assert "cannot have a variable for each processor" in message


BASES = """\
from __future__ import annotations

from lang import virtual


class Plain:
    def act(self) -> int:
        return 1


class Open:
    @virtual
    def act(self) -> int:
        return 1


class Known:
    def act(self) -> int:
        return 1

    def rest(self) -> int:
        return 1


class Derived(Known):
    def act(self) -> int:
        return 2
"""


def derived(folder: Path, base: str, method: str) -> str:
    """Return what is said of a module with a class that overrides a method of one of the kernel's; nothing if it may."""
    (folder / "bases.py").write_text(BASES)
    text = MODULE.replace("from lang", f"from bases import {base}\nfrom lang")
    text += f"\n\nclass Mine({base}):\n    def {method}(self) -> int:\n        return 3\n"
    kernel = [*SMALL_KERNEL, folder / "bases.py"]
    try:
        built(folder, {"example": text}, kernel=kernel)
    except CompileFailed as failed:
        return "\n".join(f"{each.message}; {each.hint}" for each in failed.diagnostics)
    return ""


def test_classes_that_the_kernel_knows_to_be_final_stay_so(tmp_path: Path) -> None:
    message = derived(tmp_path, "Plain", "other")
    assert "nothing in the kernel derives from 'Plain', and so no module can" in message
    assert "declare a method of it @virtual in" in message


def test_methods_that_the_kernel_calls_directly_are_not_overridden(tmp_path: Path) -> None:
    assert "calls 'Known.rest' directly" in derived(tmp_path, "Known", "rest")


@pytest.mark.parametrize("base", ["Open", "Known"])
def test_methods_that_it_calls_through_tables_are(tmp_path: Path, base: str) -> None:
    assert derived(tmp_path, base, "act") == ""


def test_what_a_module_calls_where_nothing_is_freed_must_expect_it(tmp_path: Path) -> None:
    (tmp_path / "holder.py").write_text(
        """\
from __future__ import annotations


class Thing:
    number: int

    def __init__(self) -> None:
        self.number = 1


thing: Thing | None = None


def forget() -> None:
    global thing
    thing = None
"""
    )
    text = MODULE.replace(
        "from lang import section", "import holder\nfrom lang import no_alloc, section"
    )
    text += "\n\n@no_alloc\ndef stop() -> None:\n    holder.forget()\n"
    (tmp_path / "example.py").write_text(text)
    with pytest.raises(CompileFailed, match="a module calls it where nothing may be freed"):
        built(tmp_path, {"example": text}, kernel=[*SMALL_KERNEL, tmp_path / "holder.py"])


def test_what_stays_in_a_file_is_exported_only_if_it_gets_out_with_its_callers() -> None:
    kernel = Elf(image.build_kernel("release").read_bytes())
    known = {each.name for each in kernel.symbols if each.binding}
    assert "kernel.sync.mutex.Mutex._wait" in known  # which the inlined __enter__ calls
    assert "kernel.mem.address_space.AddressSpace._cut" not in known
    assert "kernel.mem.address_space.AddressSpace.protect" in known
