"""What a class may do with the members that it inherits, and what the whole image decides.

An overriding method can stand for the one that it overrides: it has the same parameters and defaults, since a
caller that knows the base alone fills these in; its result is the same, or of a class derived from it; and it
keeps the base's promises, which bind it without being repeated. Fields and constants keep their names to
themselves.

Before: every signature is declared. After: `is_final`, `is_abstract` and `overridden` of each class, the
effects of overriding methods include those that they inherit, and C names and system call numbers
are unique.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from compiler.declare.hierarchy import Member, ancestry, bindings_of, find_member
from compiler.declare.program import Program, name_span
from compiler.source import CompileError, Note, Span
from compiler.types import (
    BROKEN,
    ClassDeclaration,
    ClassKind,
    ConstantDeclaration,
    Declaration,
    FieldDeclaration,
    FunctionDeclaration,
    Module,
    NamedType,
    OptionalType,
    ParameterDeclaration,
    ParameterKind,
    Type,
    substitute,
)


def settle(program: Program) -> None:
    """Work out what depends on all classes and functions of the image."""
    classes = [each for module in program.modules.values() for each in module.classes]
    derived = {each.base.declaration for each in classes if each.base}
    for each in sorted(classes, key=_depth):
        each.overridden |= _open_methods(each)
        _note_overridden(each)
        each.is_abstract = any(method.is_abstract for method in _current_methods(each).values())
        is_open = each.is_abstract or each.overridden  # to classes of other images
        each.is_final = each not in derived and not is_open
        _check_members(program, each)
    _check_unique(program, "export", "the C name '{}'")
    _check_unique(program, "syscall", "system call {}")


def closed_to(
    modules: Iterable[Module], inside: Collection[str]
) -> Iterator[tuple[Declaration, Declaration]]:
    """Yield what classes outside of some modules do with classes inside that these, compiled by themselves, do not
    expect: (what they override or derive from, the method or class that does).

    inside: the names of those modules, whose classes know of no overriding outside afterwards.
    """
    classes = sorted((each for module in modules for each in module.classes), key=_depth)
    theirs = [each for each in classes if each.module.name in inside]
    derived = {each.base.declaration for each in theirs if each.base}
    for each in theirs:
        each.overridden = _open_methods(each)
        _note_overridden(each)
    for each in classes:
        if each.module.name in inside or each.base is None:
            continue
        base = each.base.declaration
        is_open = base in derived or base.is_abstract or base.overridden
        if base.module.name in inside and not is_open:
            yield base, each
        for above in ancestry(each.base):
            owner = above.declaration
            for name, method in each.methods.items():
                known = owner.methods.get(name)
                is_theirs = known is not None and owner.module.name in inside
                is_called = is_theirs and name not in ("__init__", "__del__")
                if is_called and not known.is_abstract and name not in owner.overridden:
                    yield known, method


def _open_methods(declaration: ClassDeclaration) -> set[str]:
    """Return the methods of a class that other images may override."""
    return {name for name, method in declaration.methods.items() if method.is_virtual}


def _note_overridden(declaration: ClassDeclaration) -> None:
    """Tell the classes above which of their methods are overridden here."""
    own = _method_names(declaration)
    above = list(ancestry(declaration.base)) if declaration.base else []
    inherited: set[str] = set()
    for each in reversed(above):  # a class has the methods of those above it
        inherited |= _method_names(each.declaration)
        each.declaration.overridden |= own & inherited


def _method_names(declaration: ClassDeclaration) -> set[str]:
    """Return the names that a class's own methods have in its table: setters beside properties."""
    setters = {f"{name}.setter" for name, each in declaration.methods.items() if each.setter}
    return setters.union(declaration.methods)


def _depth(declaration: ClassDeclaration) -> int:
    """Return how many classes stand above a class."""
    return sum(1 for _ in ancestry(NamedType(declaration, declaration.parameters)))


def _current_methods(declaration: ClassDeclaration) -> dict[str, FunctionDeclaration]:
    """Return the methods of a class by name, its own before inherited ones."""
    methods: dict[str, FunctionDeclaration] = {}
    each: ClassDeclaration | None = declaration
    while each is not None:
        methods = {**each.methods, **methods}
        each = each.base.declaration if each.base else None
    return methods


def _check_members(program: Program, declaration: ClassDeclaration) -> None:
    module = declaration.module
    for method in declaration.methods.values():
        with program.collecting(module, method.node):
            _check_abstract(program, declaration, method)
            _check_method(declaration, method)
    others = [*declaration.fields.values(), *declaration.constants.values()]
    for member in others if declaration.base else ():
        with program.collecting(module, declaration.node):
            _check_other(declaration.base, member)


def _check_abstract(
    program: Program, declaration: ClassDeclaration, method: FunctionDeclaration
) -> None:
    if not method.is_abstract or declaration.kind is not ClassKind.CLASS:
        return
    above = ancestry(NamedType(declaration, declaration.parameters))
    if not any(("abc", each.declaration) in program.done for each in above):
        raise CompileError(
            _name(method),
            f"'{declaration.name}' has an abstract method and does not derive from ABC",
            f"write class {declaration.name}(ABC)",
        )


def _check_method(declaration: ClassDeclaration, method: FunctionDeclaration) -> None:
    """Check a method against the member of that name that its class inherits."""
    inherited = find_member(declaration.base, method.name) if declaration.base else None
    if inherited is None or method.name in ("__init__", "__del__"):
        if method.is_override:
            raise CompileError(_name(method), f"'{method.qualified_name}' overrides nothing")
        return
    overridden = inherited.declaration
    if not isinstance(overridden, FunctionDeclaration):
        raise CompileError(
            _name(method),
            f"'{method.name}' is a method here and no method in '{inherited.owner}'",
            "choose another name",
        )
    method.effects |= overridden.effects
    note = Note(_name(overridden), "the method that it overrides")
    if overridden.setter is not None and method.is_property and method.setter is None:
        raise CompileError(
            _name(method),
            f"'{overridden.qualified_name}' has a setter, and '{method.qualified_name}' has none",
            f"write it too: @{method.name}.setter",
            (note,),
        )
    if overridden.is_final:
        raise CompileError(_name(method), f"'{overridden.qualified_name}' is @final", "", (note,))
    result = substitute(overridden.result, bindings_of(inherited.owner))
    if _is_special_case(method.result, result):
        result = method.result
    wanted, given = _form(overridden, inherited, result), _form(method, None, method.result)
    if BROKEN not in (overridden.result, method.result) and wanted != given:
        raise CompileError(
            _name(method),
            f"'{method.qualified_name}' differs from the method that it overrides",
            f"write {wanted}",
            (note,),
        )


def _is_special_case(own: Type, wanted: Type) -> bool:
    """True if a result is an object of a class that derives from the wanted one, or None where that may be."""
    if isinstance(wanted, OptionalType):
        wanted = wanted.inner
        own = own.inner if isinstance(own, OptionalType) else own
    if not isinstance(own, NamedType) or own.kind is not ClassKind.CLASS:
        return False
    return any(each == wanted for each in ancestry(own))


def _form(method: FunctionDeclaration, member: Member | None, result: Type) -> str:
    """Return what callers see of a method, in terms of the class that inherits it."""
    bindings = bindings_of(member.owner) if member else {}
    words = [
        f"@{word} "
        for word, is_so in (
            ("staticmethod", method.is_static),
            ("classmethod", method.is_class_method),
            ("property", method.is_property),
        )
        if is_so
    ]
    parameters = method.parameters if method.is_static else method.parameters[1:]
    texts = [_parameter(each, bindings) for each in parameters]
    if not (method.is_static or method.is_class_method):
        texts.insert(0, "self")
    return f"{''.join(words)}def {method.name}({', '.join(texts)}) -> {result}"


def _parameter(parameter: ParameterDeclaration, bindings: dict) -> str:
    name = "_" if parameter.kind is ParameterKind.POSITIONAL_ONLY else parameter.name
    star = "*, " if parameter.kind is ParameterKind.KEYWORD_ONLY else ""
    default = f" = {ast.unparse(parameter.default)}" if parameter.default is not None else ""
    return f"{star}{name}: {substitute(parameter.type, bindings)}{default}"


def _check_other(base: NamedType, member: FieldDeclaration | ConstantDeclaration) -> None:
    """Check that a field or constant hides none of the members that its class inherits."""
    inherited = find_member(base, member.name)
    if inherited is None:
        return
    both = (member, inherited.declaration)
    if all(isinstance(each, ConstantDeclaration) for each in both):
        return
    raise CompileError(
        member.span, f"'{member.name}' is a member of '{inherited.owner}' already", "rename it"
    )


def _check_unique(program: Program, attribute: str, what: str) -> None:
    """Report functions of the image that share a C name or a system call's number."""
    first: dict[Any, FunctionDeclaration] = {}
    for module in program.modules.values():
        for function in module.functions:
            value = getattr(function, attribute)
            other = first.setdefault(value, function)
            if value is None or other is function:
                continue
            with program.collecting(module, function.node):
                raise CompileError(
                    _name(function),
                    f"{what.format(value)} is that of '{other.name}'",
                    "",
                    (Note(_name(other), "the other function"),),
                )


def _name(method: FunctionDeclaration) -> Span:
    return name_span(method.module, method.node)
