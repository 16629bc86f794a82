"""Linker scripts: where the sections of an ELF image go, and the symbols that say so.

Every image has the same order, each group on pages of its own and with no more permission than it
needs, so that nothing is both writable and executable:

    .rodata     r--   __rodata_start __rodata_end; constants that hold addresses too, if fixed
    .text       r-x   __text_start __text_end
    .data       rw-   __data_start __data_end; before it .data.rel.ro if position independent
    .percpu     rw-   __percpu_start __percpu_end; the values that each processor starts with. In a
                      kernel the first word is kept for the base of gs (compiler/emit), 0 at first
    .bss        rw-   __bss_start __bss_end; zero, takes no room in the file; what is large comes last
    .symbols    r--   what `lines.py` makes for tracebacks
    .exports    r--   what `exports.py` makes for modules, in a kernel

`__image_start` and `__image_end` enclose all of it. `.symbols` and `.exports` come last, so that nothing moves
when the tables, made from a first link, go in with a second. A section that the source names
(`@section`) goes with its kind, bounded by `__start_NAME` and `__stop_NAME` if NAME is an identifier.

A kernel runs in the higher half and is loaded at 1 MiB. Its PVH note tells a virtual machine
monitor to enter `pvh_entry` in 32-bit mode with paging off.

Source: System V gABI, chapter 5; Xen, "x86/HVM direct boot ABI" and public/elfnote.h.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compiler.backend.elf import SectionFlag

PAGE_SIZE = 4096
KERNEL_BASE = 0xFFFF_FFFF_8000_0000  # virtual address of physical address 0
KERNEL_LOAD_ADDRESS = 0x10_0000
HOST_BASE = 0x40_0000

XEN_ELFNOTE_PHYS32_ENTRY = 18


@dataclass(frozen=True)
class Layout:
    """What differs between the ELF images."""

    base: int  # virtual address of the image's first byte
    virtual_offset: int = 0  # virtual minus physical address
    has_headers: bool = True  # the file and program headers are part of the first segment
    has_pvh_note: bool = False
    has_per_cpu_areas: bool = False
    is_position_independent: bool = False


LAYOUTS: dict[str, Layout] = {
    "kernel": Layout(
        base=KERNEL_BASE + KERNEL_LOAD_ADDRESS,
        virtual_offset=KERNEL_BASE,
        has_headers=False,
        has_pvh_note=True,
        has_per_cpu_areas=True,
    ),
    "program": Layout(base=0, is_position_independent=True),
    "host": Layout(base=HOST_BASE),
    "run": Layout(base=HOST_BASE),
}

# A module stays relocatable: its sections are only gathered, so that each kind is in one piece.
_MODULE_SCRIPT = """\
SECTIONS
{{
  .rodata : {{ *(.rodata .rodata.* .data.rel.ro .data.rel.ro.*) }}
  .text : {{ *(.text .text.*) }}
  .data : {{ *(.data .data.*) }}
  .bss : {{ *(.bss .bss.* COMMON) }}
  /DISCARD/ : {{ *(.comment) *(.note.GNU-stack) *(.eh_frame) *(.llvm_addrsig) {more} }}
}}
"""

LISTS = ("modules", "module")  # sections that a kernel looks through even where nothing is in them

# Input sections that the script below places by itself, with all that start so and a dot.
_PLACED = (".rodata", ".text", ".data", ".percpu", ".bss", ".symbols", ".exports")
_PLACED += (".tdata", ".tbss")


def module_script(*, has_debug: bool) -> str:
    """Return the linker script of a module."""
    return _MODULE_SCRIPT.format(more="" if has_debug else "*(.debug_*)")


def image_script(layout: Layout, entry: str, sections: Mapping[str, int]) -> str:
    """Return the linker script of an ELF image.

    sections: flags (SectionFlag) of the sections that its objects have in memory, by name.
    """
    has_tls = any(flags & SectionFlag.TLS for flags in sections.values())
    groups = _groups(layout, _named_by_source(sections), has_tls=has_tls)
    headers = _program_headers(layout, has_tls=has_tls)
    return f"ENTRY({entry})\n{_block('PHDRS', headers)}{_block('SECTIONS', groups)}"


def _program_headers(layout: Layout, *, has_tls: bool) -> list[str]:
    lines = [
        f"rodata PT_LOAD {'FILEHDR PHDRS ' if layout.has_headers else ''}FLAGS(4);",
        "text PT_LOAD FLAGS(5);",
        "data PT_LOAD FLAGS(6);",
        "symbols PT_LOAD FLAGS(4);",
        "stack PT_GNU_STACK FLAGS(6);",
    ]
    if has_tls:
        lines.append("tls PT_TLS FLAGS(4);")
    if layout.has_pvh_note:
        lines.append("note PT_NOTE FLAGS(4);")
    if layout.is_position_independent:
        lines += ["dynamic PT_DYNAMIC FLAGS(6);", "relro PT_GNU_RELRO FLAGS(4);"]
    return lines


def _groups(layout: Layout, named: dict[str, list[str]], *, has_tls: bool) -> list[str]:
    is_kernel = layout.has_pvh_note
    return [
        f". = {layout.base:#x};",
        "__image_start = .;",
        *(["  . += SIZEOF_HEADERS;"] if layout.has_headers else []),
        *_read_only(layout, named["rodata"]),
        *_text(layout, named["text"]),
        *_writable(layout, named["data"], has_tls=has_tls),
        *_section(layout, ".symbols", ".symbols", "symbols", start=f"ALIGN({PAGE_SIZE})"),
        *(_section(layout, ".exports", ".exports", "symbols") if is_kernel else []),
        f". = ALIGN({PAGE_SIZE});",
        "__image_end = .;",
        *(_empty_lists() if is_kernel else []),
        "/DISCARD/ : { *(.comment) *(.note.GNU-stack) *(.eh_frame) *(.llvm_addrsig) }",
    ]


def _empty_lists() -> list[str]:
    return [f"PROVIDE(__{name}_{end} = .);" for name in LISTS for end in ("start", "end")]


def _read_only(layout: Layout, named: list[str]) -> list[str]:
    inputs = ".rodata .rodata.*"
    if not layout.is_position_independent:
        inputs += " .data.rel.ro .data.rel.ro.*"  # nothing is left to relocate at run time
    lines = _section(layout, ".rodata", inputs, "rodata")
    lines += _sections(layout, named, "rodata")
    if layout.has_pvh_note:
        lines += _pvh_note(layout)
    if layout.is_position_independent:
        for name in (".dynsym", ".gnu.hash", ".hash", ".dynstr", ".rela.dyn"):
            lines += _section(layout, name, name, "rodata")
    return lines


def _pvh_note(layout: Layout) -> list[str]:
    """Draw the note: sizes of name and value, type, "Xen\\0", the physical address to enter."""
    kind = XEN_ELFNOTE_PHYS32_ENTRY
    name = int.from_bytes(b"Xen\0", "little")
    entry = f"pvh_entry - {layout.virtual_offset:#x}"
    fields = f"LONG(4) LONG(8) LONG({kind}) LONG({name:#x}) QUAD({entry})"
    load = f"AT(ADDR(.note.Xen) - {layout.virtual_offset:#x})"
    return [f".note.Xen ALIGN(4) : {load} {{ {fields} }} :rodata :note"]


def _text(layout: Layout, named: list[str]) -> list[str]:
    first = _section(
        layout, ".text", ".text .text.*", "text", start=f"ALIGN({PAGE_SIZE})", fill="=0xcccccccc"
    )
    return first + _sections(layout, named, "text")


def _writable(layout: Layout, named: list[str], *, has_tls: bool) -> list[str]:
    lines = [f". = ALIGN({PAGE_SIZE});"]
    if layout.is_position_independent:
        lines += [
            ".data.rel.ro : { *(.data.rel.ro .data.rel.ro.*) } :data :relro",
            ".dynamic : { *(.dynamic) } :data :relro :dynamic",
            ".got : { *(.got .got.plt) } :data :relro",
            f". = ALIGN({PAGE_SIZE});",
        ]
    if has_tls:
        lines += [
            ".tdata : { *(.tdata .tdata.*) } :data :tls",
            ".tbss : { *(.tbss .tbss.*) } :data :tls",
        ]
    lines += _section(layout, ".data", ".data .data.*", "data")
    lines += _sections(layout, named, "data")
    lines += _per_cpu(layout)
    lines += _section(layout, ".bss", ".bss COMMON", "data", last=" *(.bss.*)")
    return lines


def _per_cpu(layout: Layout) -> list[str]:
    first = "QUAD(0) " if layout.has_per_cpu_areas else ""
    start = f"ALIGN({PAGE_SIZE})" if layout.has_per_cpu_areas else ""
    inputs = ".percpu .percpu.*"
    return _section(layout, ".percpu", inputs, "data", start=start, first=first)


def _sections(layout: Layout, names: list[str], segment: str) -> list[str]:
    return [line for name in names for line in _section(layout, name, name, segment)]


def _section(
    layout: Layout,
    name: str,
    inputs: str,
    segment: str,
    *,
    start: str = "",
    first: str = "",
    last: str = "",
    fill: str = "",
) -> list[str]:
    """Return one output section with its bounds; `first` is data before the inputs, `last` further inputs."""
    load = f"AT(ADDR({name}) - {layout.virtual_offset:#x}) " if layout.virtual_offset else ""
    bound = name.lstrip(".").replace(".", "_")
    body = f"__{bound}_start = .; {first}*({inputs}){last} __{bound}_end = .;"
    return [f"{name} {start}: {load}{{ {body} }} :{segment} {fill}".rstrip()]


def _named_by_source(sections: Mapping[str, int]) -> dict[str, list[str]]:
    """Sort the sections that no rule places by the segment that their permissions ask for."""
    prefixes = tuple(f"{name}." for name in _PLACED)
    named: dict[str, list[str]] = {"rodata": [], "text": [], "data": []}
    for name in sorted(sections):
        if name in _PLACED or name.startswith(prefixes):
            continue
        if sections[name] & SectionFlag.EXECINSTR:
            named["text"].append(name)
        elif sections[name] & SectionFlag.WRITE:
            named["data"].append(name)
        else:
            named["rodata"].append(name)
    return named


def _block(name: str, lines: Iterable[str]) -> str:
    body = "".join(f"  {line}\n" for line in lines)
    return f"{name}\n{{\n{body}}}\n"
