"""DWARF for one unit: where functions, instructions and variables come from.

Files are known by their display paths, so that the same source gives the same object wherever it
lies; a debugger is told where the project is. The language is given as C, whose expressions every
debugger understands. LLVM itself makes inlined frames out of the locations.

An instruction without a span gets line 0: the debugger then stays on the line before it.

Source: LLVM, "Source Level Debugging with LLVM"; DWARF 4, chapters 3 and 5.
"""

from __future__ import annotations

from compiler import ir
from compiler.emit.debug_types import DebugTypes
from compiler.emit.machine import leaves
from compiler.emit.metadata import Metadata, text_of
from compiler.source import InlinedSpan, Inlining, Span
from compiler.types import CallableType, Type, is_place


class UnitDebug:
    """The metadata of a unit: branch weights, loops, and all that describes its source."""

    def __init__(self, unit: ir.Unit, display_paths: dict[str, str], is_optimised: bool):
        self.unit = unit
        self.display_paths = display_paths
        self.is_optimised = is_optimised
        self.metadata = Metadata()
        self.node = self.metadata.node
        self.node('!{!"branch_weights", i32 100000, i32 1}')  # writer.LIKELY
        self.node('!{!"branch_weights", i32 1, i32 100000}')  # writer.UNLIKELY
        self.compile_unit = self.metadata.reserve()
        self.types = DebugTypes(self.metadata)
        self.inlined_functions: dict[str, str] = {}  # by symbol
        self.globals: list[str] = []

    def file(self, path: str) -> str:
        shown = self.display_paths.get(path, path)
        return self.node(f'!DIFile(filename: {text_of(shown)}, directory: "")')

    def function(self, function: ir.Function) -> FunctionDebug | None:
        """Return the description of a function, None if the compiler made it up."""
        return FunctionDebug(self, function) if function.span else None

    def inlined(self, inlining: Inlining) -> str:
        """Return the description of a function that was put in the place of calls."""
        known = self.inlined_functions.get(inlining.symbol)
        if known is None:
            header, types = inlining.header, self.node("!DISubroutineType(types: !{null})")
            file = self.file(header.path)
            known = self.inlined_functions[inlining.symbol] = self.metadata.distinct(
                f"!DISubprogram(name: {text_of(inlining.name)}, scope: {file}, file: {file}, "
                f"line: {header.line}, type: {types}, scopeLine: {header.line}, "
                f"spFlags: DISPFlagDefinition, unit: {self.compile_unit})"
            )
        return known

    def scalar_loop(self) -> str:
        """Return what goes behind the branch back of a loop that is not to be vectorised."""
        off = self.node('!{!"llvm.loop.vectorize.enable", i1 false}')
        loop = self.metadata.reserve()
        self.metadata.define(loop, f"distinct !{{{loop}, {off}}}")
        return f", !llvm.loop {loop}"

    def global_variable(self, each: ir.Global) -> str | None:
        """Return the description of a variable, None if it is not in the source."""
        if each.span is None or each.source_type is None:
            return None
        file = self.file(each.span.path)
        name = each.symbol.rpartition(".")[2]
        variable = self.metadata.distinct(
            f"!DIGlobalVariable(name: {text_of(name)}, linkageName: {text_of(each.symbol)}, "
            f"scope: {self.compile_unit}, file: {file}, line: {each.span.line}, "
            f"type: {self.types.of(each.source_type)}, isLocal: false, isDefinition: true)"
        )
        node = self.node(f"!DIGlobalVariableExpression(var: {variable}, expr: !DIExpression())")
        self.globals.append(node)
        return node

    def lines(self) -> list[str]:
        """Return all metadata of the module."""
        self.metadata.define(
            self.compile_unit,
            "distinct !DICompileUnit(language: DW_LANG_C11, "
            f'file: {self.file(self.unit.path or self.unit.name)}, producer: "patchwork", '
            f"isOptimized: {str(self.is_optimised).lower()}, runtimeVersion: 0, "
            f"emissionKind: FullDebug, globals: !{{{', '.join(self.globals)}}}, "
            "splitDebugInlining: false, nameTableKind: None)",
        )
        flags = [
            self.node('!{i32 2, !"Debug Info Version", i32 3}'),
            self.node('!{i32 7, !"Dwarf Version", i32 4}'),
        ]
        return [
            f"!llvm.dbg.cu = !{{{self.compile_unit}}}",
            f"!llvm.module.flags = !{{{', '.join(flags)}}}",
            *self.metadata.lines(),
        ]


class FunctionDebug:
    """One function: its subprogram, the locations inside it, its variables."""

    def __init__(self, unit: UnitDebug, function: ir.Function):
        self.unit = unit
        self.function = function
        self.span: Span = function.span
        self.file = unit.file(self.span.path)
        self.scopes = {self.span.path: ""}  # by file; the first is the subprogram
        self.locations: dict[tuple[str, int, int, Inlining | None] | None, str] = {}
        self.sites: dict[Inlining, str] = {}  # of functions put in the place of calls
        self.subprogram = self._subprogram()
        self.scopes[self.span.path] = self.subprogram

    def _subprogram(self) -> str:
        function, unit = self.function, self.unit
        flags = ["DISPFlagDefinition"]
        if unit.is_optimised:
            flags.append("DISPFlagOptimized")
        if function.linkage is ir.Linkage.INTERNAL:
            flags.append("DISPFlagLocalToUnit")
        name = function.source_name or function.symbol
        return unit.metadata.distinct(
            f"!DISubprogram(name: {text_of(name)}, linkageName: {text_of(function.symbol)}, "
            f"scope: {self.file}, file: {self.file}, line: {self.span.line}, "
            f"type: {self._signature()}, scopeLine: {self.span.line}, flags: DIFlagPrototyped, "
            f"spFlags: {' | '.join(flags)}, unit: {unit.compile_unit})"
        )

    def _signature(self) -> str:
        signature, types = self.function.source_signature, ["null"]
        if isinstance(signature, CallableType):
            types = [self.unit.types.of(t) for t in (signature.result, *signature.parameters)]
        return self.unit.node(f"!DISubroutineType(types: !{{{', '.join(types)}}})")

    def location(self, span: Span | None) -> str:
        """Return what goes behind an instruction that comes from `span`."""
        key = (span.path, span.line, span.column, _inlining(span)) if span else None
        known = self.locations.get(key)
        if known is None:
            known = self.locations[key] = f", !dbg {self._location_node(span)}"
        return known

    def _location_node(self, span: Span | None) -> str:
        if span is None:
            return self.unit.node(f"!DILocation(line: 0, scope: {self.subprogram})")
        inlining = _inlining(span)
        if inlining is None:
            return self.unit.node(_location(span, self._scope(span.path)))
        scope, site = self.unit.inlined(inlining), self._site(inlining)
        return self.unit.node(_location(span, scope, f", inlinedAt: {site}"))

    def _site(self, inlining: Inlining) -> str:
        """Return where a function was put in the place of a call."""
        if inlining not in self.sites:
            around = _inlining(inlining.at)
            scope = self._scope(inlining.at.path)
            further = ""
            if around is not None:
                scope, further = self.unit.inlined(around), f", inlinedAt: {self._site(around)}"
            location = _location(inlining.at, scope, further)
            self.sites[inlining] = self.unit.metadata.distinct(location)
        return self.sites[inlining]

    def _scope_of(self, span: Span) -> str:
        inlining = _inlining(span)
        return self._scope(span.path) if inlining is None else self.unit.inlined(inlining)

    def _scope(self, path: str) -> str:
        """Return the scope of a place in `path`: a default argument may stand in another file."""
        scope = self.scopes.get(path)
        if scope is None:
            file = self.unit.file(path)
            scope = self.scopes[path] = self.unit.node(
                f"!DILexicalBlockFile(scope: {self.subprogram}, file: {file}, discriminator: 0)"
            )
        return scope

    def declarations(
        self, slots: dict[ir.Local, tuple[str, ...]], values: dict[ir.Parameter, list[str]]
    ) -> list[str]:
        """Return the records that tell where each variable of the source is: `slots` of locals, and
        `values`, with their types, of the parameters that have no local."""
        held_by_locals = {local.parameter for local in slots}
        lines = []
        from_source = [each for each in values if each.source_type is not None]
        for number, parameter in enumerate(from_source):
            if number not in held_by_locals:
                variable = self._variable(parameter.name, parameter.source_type, None, number)
                lines += self._records("value", parameter, variable, values[parameter])
        for local, places in slots.items():
            if local.source_type is not None:
                variable = self._variable(
                    local.name, local.source_type, local.span, local.parameter
                )
                lines += self._records("declare", local, variable, [f"ptr {p}" for p in places])
        return lines

    def _variable(
        self, name: str, type: Type, span: Span | None, number: int | None
    ) -> tuple[str, str]:
        """Return the nodes of a variable and of its place in the source."""
        span = span or self.span
        argument = "" if number is None else f"arg: {number + 1}, "
        variable = self.unit.node(
            f"!DILocalVariable(name: {text_of(name)}, {argument}scope: {self._scope_of(span)}, "
            f"file: {self.unit.file(span.path)}, line: {span.line}, "
            f"type: {self.unit.types.of(type)})"
        )
        return variable, self._location_node(span)

    def _records(
        self, kind: str, held: ir.Local | ir.Parameter, nodes: tuple[str, str], texts: list[str]
    ) -> list[str]:
        variable, location = nodes
        return [
            f"    #dbg_{kind}({text}, {variable}, {expression}, {location})"
            for text, expression in zip(texts, _expressions(held), strict=True)
        ]


def _inlining(span: Span) -> Inlining | None:
    return span.inlining if isinstance(span, InlinedSpan) else None


def _location(span: Span, scope: str, further: str = "") -> str:
    place = f"line: {span.line}, column: {span.column + 1}"
    return f"!DILocation({place}, scope: {scope}{further})"


def _expressions(held: ir.Local | ir.Parameter) -> list[str]:
    """Return, for each leaf of what holds a variable, which part of the variable it is, and where
    it is from there on."""
    start = getattr(held, "frame_offset", None)
    if isinstance(held, ir.Local) and held.storage is not None:
        return [_expression(start, 0)]
    of_type = leaves(held.type)
    if is_place(held.source_type):  # an alias: what is held is the place's address
        return [_expression(start, 0, "DW_OP_deref")]
    if len(of_type) == 1:
        return [_expression(start, 0)]
    return [
        _expression(start, leaf.offset, f"DW_OP_LLVM_fragment, {leaf.offset * 8}, {leaf.size * 8}")
        for leaf in of_type
    ]


def _expression(start: int | None, offset: int, *operations: str) -> str:
    """Return a DWARF expression. `start`: of a local in a frame, whose address is given."""
    if start is not None:
        operations = (f"DW_OP_plus_uconst, {start + offset}", *operations)
    return f"!DIExpression({', '.join(operations)})"
