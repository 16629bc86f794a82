"""Modules: objects that a running kernel loads, compiled against its source and linked against itself.

A module is a file that describes one (kernel/module/description.py), with the rest of its folder if the folder
has its name:

    modules/drivers/rtc.py       the module rtc, of one file
    modules/smp/smp.py           the module smp: everything in modules/smp

The kernel and all modules are declared and surveyed together, the kernel's part as its own image does it, so
that its files come out of the cache. What is compiled into a module are its own files, and those of `core` that the
kernel is made without; all else it names stays undefined. What a kernel's image says of its functions holds
for it alone, so a module may not change that:

    - it overrides only what the kernel calls through a table
    - it calls nothing, where nothing may be freed, that the kernel was not compiled to defer releases in

Sections that a module carries besides code and data:

    .module         its description, for the kernel to call
    .module_info    name;author;description;version;licence;version of the system;device type;...
    .module_needs   lines: the modules that it is linked against, then the version and name of each
                    declaration of others that it uses (versions.py)
    .module_offers  lines: version and name of each of its own
    .symbols        for tracebacks (backend/symbols.py)
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from compiler import versions
from compiler.backend.data_object import data_object
from compiler.backend.lines import collect
from compiler.backend.link import LinkFailure, LinkInput, link, write_objects
from compiler.backend.symbols import encode
from compiler.backend.target import EVERYTHING, TARGETS
from compiler.crew import Crew
from compiler.declare import overriding
from compiler.declare.program import name_span
from compiler.effects.solve import Facts, solve
from compiler.image import Image, Report, crew_for, declared, silent, survey_keys
from compiler.source import CompileFailed, Diagnostic, Span
from compiler.types import (
    ClassDeclaration,
    NamedType,
    Static,
    VariableDeclaration,
    WrappedType,
)

DESCRIPTION = "kernel.module.description.Module"
VERSION = ("kernel.module.description", "SYSTEM_VERSION")
TARGET = TARGETS["module"]

# The texts of a description, in their order, and how many bytes each may have.
LIMITS = {"name": 63, "author": 63, "description": 255, "version": 31, "licence": 63}
KIND_LIMIT = 31
SEPARATOR = ";"


@dataclass
class Source:
    """One module to be made."""

    name: str  # of its root file, which is that of the object
    root: str  # the dotted name of that
    output: Path
    units: list[str] = field(default_factory=list)  # that it is compiled from
    info: str = ""


def compile_modules(
    kernel: Sequence[Path],
    roots: Sequence[Path],
    folder: Path,
    build: str,
    report: Report = silent,
) -> list[Path]:
    """Compile modules into a folder; return the files that they are made from.

    kernel: the roots of the kernel's image.

    Raises:
        CompileFailed: with all errors of the run.
    """
    image = declared([*kernel, *roots], "kernel", build)
    image.report = report
    sources = [_source(image, root, folder) for root in roots]
    inside = image.reached(_names_of(image, kernel))
    _share_out(image, sources, inside)
    errors = [each for source in sources for each in _describe(image, source)]
    errors += [each for source in sources for each in _per_cpu(image, source)]
    errors += _closed(image, inside)
    if errors:
        raise CompileFailed(errors)
    image.keys = survey_keys(
        image.modules, image.target, build
    )  # of classes as the kernel has them
    with crew_for(image) as crew:
        image.survey(crew)
        _require_same(image, inside)
        for source in sources:
            _link(image, crew, source, sources)
    files = [Path(module.path) for module in image.modules.values()]
    return files + [Path(path) for m in image.modules.values() for path in m.embedded]


# Who is made of what ----------------------------------------------------------------------------------


def _source(image: Image, root: Path, folder: Path) -> Source:
    [name] = _names_of(image, [root])
    return Source(root.stem, name, folder / root.stem)


def _names_of(image: Image, paths: Iterable[Path]) -> list[str]:
    wanted = {path.resolve() for path in paths}
    return [each.name for each in image.modules.values() if Path(each.path).resolve() in wanted]


def _share_out(image: Image, sources: Sequence[Source], inside: set[str]) -> None:
    """Find the units of each module. What is no module's, and not in the kernel, each has for itself."""
    for source in sources:
        reached = image.reached([source.root])
        source.units = [
            unit
            for unit in image.modules
            if unit in reached - inside and _owner(unit, sources) in (source, None)
        ]


def _owner(unit: str, sources: Sequence[Source]) -> Source | None:
    """Return the module that a unit belongs to; None for none."""
    for source in sources:
        package, _, stem = source.root.rpartition(".")
        is_whole = package.rpartition(".")[2] == stem
        if unit == source.root or is_whole and unit.startswith(f"{package}."):
            return source
    return None


# What a module says of itself -------------------------------------------------------------------------


def _describe(image: Image, source: Source) -> list[Diagnostic]:
    """Fill in `info` from the module's description; return what is wrong with it."""
    module = image.modules[source.root]
    found = [each for each in module.variables if _is_description(each)]
    if len(found) != 1:
        message = f"this file is to describe one module, and describes {len(found)}"
        hint = f"write one variable of type {DESCRIPTION}, in the section '.module'"
        return [Diagnostic(Span.whole_file(module.path), message, hint)]
    [variable] = found
    if variable.section != ".module" or not isinstance(variable.value, Static):
        message = f"'{variable.name}' is not where the kernel looks"
        hint = 'annotate it: Annotated[Module, section(".module")]'
        return [Diagnostic(variable.span, message, hint)]
    declaration = image.modules[VERSION[0]].scope["Module"]
    values = dict(zip(declaration.fields, variable.value.fields, strict=True))
    texts = [str(values[name]) for name in LIMITS]
    kinds = [each for each in str(values["devices"]).split(SEPARATOR) if each]
    errors = []
    for name, text in zip(LIMITS, texts, strict=True):
        if len(text.encode()) > LIMITS[name] or not _is_plain(text):
            message = f"the {name} has {len(text.encode())} bytes; {LIMITS[name]} is the most"
            errors.append(_refused(variable, message, text))
    if not texts[0]:
        errors.append(_refused(variable, "the module has no name", "-"))
    for kind in kinds:
        if len(kind.encode()) > KIND_LIMIT or not _is_plain(kind):
            message = f"the device type '{kind}' has more than {KIND_LIMIT} bytes"
            errors.append(_refused(variable, message, kind))
    system = image.modules[VERSION[0]].scope[VERSION[1]].value
    source.info = SEPARATOR.join([*texts, system, *kinds])
    return errors


def _is_description(variable: VariableDeclaration) -> bool:
    return isinstance(variable.type, NamedType) and variable.type.symbol == DESCRIPTION


def _is_plain(text: str) -> bool:
    return text.isprintable() and SEPARATOR not in text


def _refused(variable: VariableDeclaration, message: str, text: str) -> Diagnostic:
    if text and not _is_plain(text):
        message = f"{text!r} has a '{SEPARATOR}' or a character that no line shows"
    return Diagnostic(variable.span, message, "write another text")


def _per_cpu(image: Image, source: Source) -> list[Diagnostic]:
    """Return where a module has variables for each processor, whose areas are made without it."""
    variables = [each for unit in source.units for each in image.modules[unit].variables]
    message = "a module cannot have a variable for each processor"
    hint = "write an Array[T, LIMIT], by processor.number(), or let the kernel have it"
    return [
        Diagnostic(each.span, message, hint)
        for each in variables
        if isinstance(each.type, WrappedType) and each.type.word == "PerCpu"
    ]


# What the kernel was compiled to --------------------------------------------------------------------


def _closed(image: Image, inside: set[str]) -> list[Diagnostic]:
    """Return where classes of modules do what the kernel is not compiled for."""
    errors = []
    for above, below in overriding.closed_to(image.modules.values(), inside):
        if isinstance(above, ClassDeclaration):
            message = f"nothing in the kernel derives from '{above.name}', and so no module can"
            what = "a method of it"
        else:
            message = (
                f"the kernel calls '{above.qualified_name}' directly; no module can override it"
            )
            what = "it"
        hint = f"declare {what} @virtual in {above.module.display_path}"
        errors.append(Diagnostic(name_span(below.module, below.node), message, hint))
    return errors


def _require_same(image: Image, inside: set[str]) -> None:
    """Hold what is known of the kernel's functions with modules against what it is without."""
    summaries = [image.surveys[unit].summary for unit in image.modules if unit in inside]
    alone, _ = solve(summaries)
    errors = []
    for summary in summaries:
        for function in summary.functions:
            message = _difference(function.symbol, alone, image.facts)
            if message:
                hint = "declare @irq_safe or @no_alloc on it, for which the kernel then compiles it"
                errors.append(Diagnostic(function.span, f"'{function.name}' {message}", hint))
    if errors:
        raise CompileFailed(errors)


def _difference(symbol: str, alone: Facts, together: Facts) -> str:
    if (symbol in alone.raising) != (symbol in together.raising):
        return "may raise only where modules are"
    is_new = symbol in together.deferring and symbol not in alone.deferring
    if is_new and symbol not in together.quiet:
        return "releases objects, and a module calls it where nothing may be freed"
    return ""


# The object ---------------------------------------------------------------------------------------------


def _link(image: Image, crew: Crew, source: Source, sources: Sequence[Source]) -> None:
    """Compile and link one module.

    Raises:
        CompileFailed: the back end refused a unit, or the objects do not go together.
    """
    if image.build == "release":
        own = [image.modules[unit] for unit in source.units]
        whole = image.whole(crew, "obj", {EVERYTHING, *versions.shown(own)}, source.units)
        objects = [LinkInput(source.root, whole)]
    else:
        objects = image.objects(crew, source.units)
    source.output.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="link-") as directory:
            objects = write_objects(objects, Path(directory))
            first = Path(directory) / "first"
            link(TARGET, objects, first)
            tables = _tables(image, source, sources, first.read_bytes())
            link(TARGET, [*objects, *tables], source.output, has_debug=False)
    except LinkFailure as failure:
        span = Span.whole_file(image.modules[source.root].path)
        raise CompileFailed([Diagnostic(span, str(failure))]) from None


def _tables(
    image: Image, source: Source, sources: Sequence[Source], object: bytes
) -> list[LinkInput]:
    symbols = collect(TARGET, object)
    if image.build == "checked":
        symbols.add_texts(image.source_text)
    own = [image.modules[unit] for unit in source.units]
    raising = image.facts.raising
    used = versions.uses(own, image.modules, source.units)
    owners = {
        unit: each for each in sources for unit in each.units if _owner(unit, sources) is each
    }
    needed = sorted({owners[each.module.name].name for each in used if each.module.name in owners})
    needs = {versions.name_of(each): versions.version_of(each, raising) for each in used}
    offers = versions.versions(own, raising, None)
    needs[versions.build_name(image.build)] = versions.OF_BUILD
    contents = {
        ".symbols": encode(symbols),
        ".module_info": source.info.encode() + b"\0",
        ".module_needs": "".join([*(f"{name}\n" for name in needed), _lines(needs)]).encode(),
        ".module_offers": _lines(offers).encode(),
    }
    return [
        LinkInput(name, data_object(TARGET.format, name, data, {}))
        for name, data in contents.items()
    ]


def _lines(numbers: dict[str, int]) -> str:
    return "".join(f"{number:08x} {name}\n" for name, number in sorted(numbers.items()))
