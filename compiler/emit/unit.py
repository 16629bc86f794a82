"""One unit: header, functions, globals, declarations, attribute groups, metadata.

What the functions need of the module (declarations, locations, helpers) is collected while their
text is written and stands behind them, in the order of first use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import ir
from compiler.backend.target import Build, ObjectFormat, Target
from compiler.emit.counting import CHECKED, HOOKS, SEVERAL, Counting, helper_definition
from compiler.emit.debug import UnitDebug
from compiler.emit.function import function_lines
from compiler.emit.machine import leaves, result_of
from compiler.emit.writer import FunctionWriter
from compiler.ir import Linkage
from compiler.source import InlinedSpan

if TYPE_CHECKING:
    from compiler.source import Span

LARGE = 2048  # bytes of a global
VECTOR_SIZE = 16  # System V ABI, AMD64 Supplement, section 3.1.2

_KERNEL_TARGETS = ("kernel", "module")
_COUNTED_BY_SEVERAL = (
    *_KERNEL_TARGETS,
    "jit",
)  # native tests run the kernel's code in several threads, too
_PLAIN_NAME = re.compile(r"[A-Za-z_.$][A-Za-z0-9_.$]*").fullmatch
_ASSEMBLY_NAME = re.compile(r"[A-Za-z_][\w.]*").findall
_LINKAGE = {Linkage.EXTERNAL: "", Linkage.SHARED: "linkonce_odr ", Linkage.INTERNAL: "internal "}

SourceLine = Callable[[str, int], str]


def emit_unit(
    unit: ir.Unit,
    target: Target,
    build: Build | str,
    display_paths: dict[str, str],
    *,
    counting: Counting | None = None,
    source_line: SourceLine | None = None,
    shown_line: SourceLine | None = None,
) -> str:
    """Return the LLVM IR of a unit as text.

    `display_paths` tells how the files of the unit's spans are shown. `counting` None: as the
    target needs. `source_line(path, line)` gives the source for comments; without it there are none.
    `shown_line` gives it for tracebacks: where there are any, it stands behind a function's name.
    """
    writer = UnitWriter(unit, target, build, display_paths, counting, source_line)
    writer.shown_line = shown_line
    return writer.text()


class UnitWriter:
    """Text of one unit, as it is being written."""

    def __init__(
        self,
        unit: ir.Unit,
        target: Target,
        build: Build | str,
        display_paths: dict[str, str],
        counting: Counting | None,
        source_line: SourceLine | None,
    ):
        self.unit = unit
        self.display_paths = display_paths
        self.target = target
        self.is_checked = build == Build.CHECKED
        self.has_per_cpu_areas = target.name in _KERNEL_TARGETS
        self.sorts_zeros = target.format is ObjectFormat.ELF
        default = Counting.ATOMIC if target.name in _COUNTED_BY_SEVERAL else Counting.PLAIN
        self.counting = counting or default
        self.source_line = source_line
        self.shown_line: SourceLine | None = None
        self.attributes = target.function_attributes(build)
        self.debug = UnitDebug(unit, display_paths, is_optimised=target.optimise)

        self.quotes: dict[str, str] = {}
        self.defined: set[str] = set()
        self.used: dict[str, ir.FunctionType | None] = {}  # None: nobody calls it
        self.helpers: dict[str, None] = {}
        self.locations: dict[str, str] = {}  # content -> name
        self.strings: dict[str, str] = {}  # text -> name
        self.groups: dict[str, str] = {}  # attributes -> group
        self.has_traps = False
        self.has_steps = False
        self.commented: tuple[str, int] | None = None

    def text(self) -> str:
        unit = self.unit
        self.defined = {f.symbol for f in unit.functions} | {g.symbol for g in unit.globals}
        functions = [line for each in unit.functions for line in self.function(each)]
        globals_ = [self.global_line(each) for each in unit.globals]
        helpers = [self.helper(name) for name in self.helpers]
        shared = [each.symbol for each in unit.functions if each.linkage is Linkage.SHARED]
        shared += [each.symbol for each in unit.globals if each.linkage is Linkage.SHARED]
        return "\n".join(
            [
                f"; {unit.name}",
                f'target datalayout = "{self.target.data_layout}"',
                f'target triple = "{self.target.triple}"',
                "",
                *(f"{self.comdat(symbol)} = comdat any" for symbol in shared),
                *globals_,
                *functions,
                *helpers,
                *self.location_lines(),
                *self.kept(),
                *self.declarations(),
                *(f"attributes {group} = {{ {words} }}" for words, group in self.groups.items()),
                *self.debug.lines(),
                "",
            ]
        )

    def kept(self) -> list[str]:
        """Keep what LLVM sees no use of in whole images: what only the text of assembly names, which
        it does not read, and entries of a section that the source names, found by their place.

        A name with a dot in it is one of the source's, if not of this unit then of another.

        A per-CPU variable is reached through gs, by the address that it has in the image. LLVM takes
        that for one place, and would follow its value, or split it and forget about gs.
        """
        mentioned: set[str] = set()
        for function in self.unit.functions:
            for block in function.blocks:
                for each in block.instructions:
                    if isinstance(each, ir.Assembly):
                        mentioned.update(_ASSEMBLY_NAME(each.template))
        entries = {each.symbol for each in self.unit.globals if each.section or each.per_cpu}
        mentioned = {name for name in mentioned if name in self.defined or "." in name}
        names = sorted(mentioned | entries)
        if not names:
            return []
        count = len(names)
        kept = ", ".join(f"ptr {self.symbol(name)}" for name in names)
        return [f'@llvm.used = appending global [{count} x ptr] [{kept}], section "llvm.metadata"']

    # Names

    def quoted(self, name: str) -> str:
        """Return a name as LLVM wants it after its @, % or $."""
        text = self.quotes.get(name)
        if text is None:
            text = name if _PLAIN_NAME(name) else f'"{name}"'
            self.quotes[name] = text
        return text

    def symbol(self, name: str) -> str:
        """Return the text that names a function or global, which is declared if need be."""
        if name not in self.defined:
            self.used.setdefault(name, None)
        return f"@{self.quoted(name)}"

    def comdat(self, name: str) -> str:
        return f"${self.quoted(name)}"

    def calls(self, name: str, type: ir.FunctionType) -> None:
        """Note that a function of this type is called by its name."""
        if name not in self.defined:
            self.used[name] = self.used.get(name) or type

    # Functions

    def function(self, function: ir.Function) -> list[str]:
        if not function.blocks:
            raise AssertionError(f"{function.symbol} has no body")
        debug = self.debug.function(function)
        return ["", *function_lines(self, function, debug)]

    def function_attributes(self, function: ir.Function) -> str:
        words = [self.attributes]
        if function.naked:
            words.append("naked noinline")
        elif function.inline:
            words.append("alwaysinline")
        elif function.noinline:
            words.append("noinline")
        if function.cold:
            words.append("cold")
        if function.symbol == "__pw_trap":
            words.append("cold noreturn")
        return self.group(" ".join(words))

    def group(self, words: str) -> str:
        """Return the attribute group that stands for these attributes."""
        return self.groups.setdefault(words, f"#{len(self.groups)}")

    def comment(self, writer: FunctionWriter, span: Span | None) -> None:
        """Write the source line of `span` as a comment, if such are wanted."""
        if self.source_line is None or span is None or self.commented == (span.path, span.line):
            return
        self.commented = (span.path, span.line)
        text = self.source_line(span.path, span.line).strip()
        writer.lines.append(f"  ; {span.line}: {text}")

    # What functions need

    def empty_node(self) -> str:
        return self.debug.node("!{}")

    def part_node(self, part: ir.Part) -> str:
        """Return the node that says of an access which part of memory it reaches."""
        root = self.debug.node('!{!"memory"}')
        type = self.debug.node(f'!{{!"{part.name} {part.offset}", {root}, i64 0}}')
        return self.debug.node(f"!{{{type}, {type}, i64 0}}")

    def counts_by(self, helper: str) -> str:
        self.helpers.setdefault(helper)
        return helper

    def traps(self) -> None:
        self.has_traps = True

    def steps(self) -> bool:
        """Whether operations that threads see of each other are announced; the next one is."""
        self.has_steps |= self.target.steps
        return self.target.steps

    def helper(self, name: str) -> str:
        if HOOKS[name]:
            hook, result = HOOKS[name]
            returned = ir.I1 if result == "i1" else ir.VOID
            self.calls(hook, ir.FunctionType((ir.PTR,), returned, False))
        if self.is_checked and name in CHECKED:
            self.traps()
        if self.counting is Counting.AS_NEEDED and name in CHECKED:
            self.symbol(SEVERAL)
        attributes = self.group(self.attributes)
        part = f", !tbaa {self.part_node(ir.COUNT)}" if self.target.knows_parts else ""
        return "\n" + helper_definition(name, self.counting, self.is_checked, attributes, part)

    def location(self, function: ir.Function, span: Span | None) -> str:
        """Return the constant {ptr file, ptr function, i32 line, i32 column} of a place.

        Columns count from 1; line 0 is unknown.
        """
        span = span or function.span
        path, line, column = (span.path, span.line, span.column + 1) if span else ("", 0, 0)
        file = self.string(self.display_paths.get(path, path))
        name = function.source_name or function.symbol
        name = span.inlining.name if isinstance(span, InlinedSpan) else name
        if self.shown_line is not None:
            name += f"\0{self.shown_line(path, line).strip() if line > 0 else ''}"
        name = self.string(name)
        content = f"{{ptr, ptr, i32, i32}} {{ptr {file}, ptr {name}, i32 {line}, i32 {column}}}"
        known = self.locations.get(content)
        if known is None:
            known = self.locations[content] = f"@.location.{len(self.locations)}"
        return known

    def string(self, text: str) -> str:
        return self.strings.setdefault(text, f"@.string.{len(self.strings)}")

    def location_lines(self) -> list[str]:
        private = "private unnamed_addr constant"
        lines = []
        for text, name in self.strings.items():
            data = text.encode() + b"\0"
            lines.append(f"{name} = {private} [{len(data)} x i8] {_bytes_text(data)}, align 1")
        for content, name in self.locations.items():
            lines.append(f"{name} = {private} {content}, align 8")
        return lines

    def declarations(self) -> list[str]:
        lines = []
        if self.has_traps and "__pw_trap" not in self.defined:
            self.used.pop("__pw_trap", None)
            attributes = self.group(f"cold noreturn {self.attributes}")
            lines.append(f"declare dso_local void @__pw_trap(i32, ptr, i64, i64) {attributes}")
        if self.has_steps:
            group = self.group(self.attributes)
            lines.append(f"declare dso_local void @__pw_step(i64) {group}")
        for name, called_as in self.used.items():
            type = called_as or self.unit.declared.get(name)
            if type is None:
                # Of no known size, so that LLVM takes no address inside it for a wild one.
                lines.append(f"@{self.quoted(name)} = external dso_local global [0 x i8], align 1")
                continue
            parameters = ", ".join(leaf.llvm for p in type.parameters for leaf in leaves(p))
            lines.append(
                f"declare dso_local {result_of(type).llvm} @{self.quoted(name)}({parameters}) "
                f"{self.group(self.attributes)}"
            )
        return lines

    # Globals

    def global_line(self, each: ir.Global) -> str:
        kind = "constant" if each.constant else "global"
        words = [f"align {_alignment(each)}"]
        section = each.section or self.section_of(each)
        if section:
            words.insert(0, f'section "{section}"')
        if each.linkage is Linkage.SHARED:
            words.append("comdat")
        debug = self.debug.global_variable(each)
        if debug:
            words.append(f"!dbg {debug}")
        return (
            f"{self.symbol(each.symbol)} = {_LINKAGE[each.linkage]}dso_local {kind} "
            f"{self.content(each)}, {', '.join(words)}"
        )

    def section_of(self, each: ir.Global) -> str | None:
        """Return the section of a global for which the source names none; None: LLVM's choice.

        Large zeros come last in .bss, so that what a program touches of the others lies close together.
        """
        if each.per_cpu and self.has_per_cpu_areas:
            return ".percpu"
        if each.content is None and each.size >= LARGE and self.sorts_zeros:
            return ".bss.large"
        return None

    def content(self, each: ir.Global) -> str:
        if each.content is None:
            return f"[{each.size} x i8] zeroinitializer"
        pieces = []
        for piece in each.content:
            if isinstance(piece, bytes):
                pieces.append(f"[{len(piece)} x i8] {_bytes_text(piece)}")
                continue
            name, addend = piece
            address = self.symbol(name)
            pieces.append(
                f"ptr getelementptr (i8, ptr {address}, i64 {addend})"
                if addend
                else f"ptr {address}"
            )
        if len(pieces) == 1:
            return pieces[0]
        types = (f"[{len(p)} x i8]" if isinstance(p, bytes) else "ptr" for p in each.content)
        return f"<{{{', '.join(types)}}}> <{{{', '.join(pieces)}}}>"


def _alignment(each: ir.Global) -> int:
    """Return what a global is aligned to: 16 at least if it is that long, as in C.

    Vector instructions then reach it without a separate load. Entries of a section that the source
    names stay as close as they are declared, since they are read as one table.
    """
    is_vector = each.size >= VECTOR_SIZE and not each.section
    return max(each.align, VECTOR_SIZE) if is_vector else each.align


_PRINTABLE = frozenset(range(32, 127)) - frozenset(b'"\\')
_BYTE_TEXT = [chr(byte) if byte in _PRINTABLE else f"\\{byte:02X}" for byte in range(256)]


def _bytes_text(data: bytes) -> str:
    if not any(data):
        return "zeroinitializer"
    return f'c"{"".join(map(_BYTE_TEXT.__getitem__, data))}"'
