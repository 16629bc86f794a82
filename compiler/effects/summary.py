"""The first half of the effects pass: what each function of a unit does, and whom it calls."""

from __future__ import annotations

import builtins
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from compiler.layout import base_of, virtual_methods
from compiler.source import Diagnostic, Span
from compiler.tree import (
    Arithmetic,
    Assert,
    Binary,
    BinaryOperator,
    Block,
    Call,
    CloseGenerator,
    Closure,
    Conversion,
    Convert,
    Expression,
    FieldRef,
    ForGenerator,
    Function,
    FunctionRef,
    IndexRef,
    IndirectCall,
    Intrinsic,
    Literal,
    LocalRef,
    New,
    Node,
    Raise,
    Resume,
    StructValue,
    ThrowInto,
    Try,
    Unary,
    UnaryOperator,
    Unit,
    Update,
    VariableRef,
    VirtualCall,
    With,
)
from compiler.types import (
    CFunctionType,
    Effect,
    FunctionDeclaration,
    IntType,
    NamedType,
    Type,
    WrappedType,
)


class Act(Enum):
    """Something that a function does itself and that a promise may forbid."""

    ALLOCATES = "allocates"
    SLEEPS = "may sleep"
    TAKES_SLEEPING_LOCK = "takes a lock that does not disable interrupts"
    TOUCHES_PER_CPU = "touches a per-CPU variable"


FORBIDDEN: dict[Effect, frozenset[Act]] = {
    Effect.NO_ALLOC: frozenset({Act.ALLOCATES}),
    Effect.NO_SLEEP: frozenset({Act.SLEEPS}),
    Effect.IRQ_SAFE: frozenset({Act.ALLOCATES, Act.SLEEPS, Act.TAKES_SLEEPING_LOCK}),
}

# What a promise implies, so that a callee's declaration satisfies more than its own name.
IMPLIED: dict[Effect, frozenset[Effect]] = {
    Effect.IRQ_SAFE: frozenset({Effect.IRQ_SAFE, Effect.NO_ALLOC, Effect.NO_SLEEP}),
}

PREEMPTION = "preemption"  # @holds("preemption"): the caller keeps preemption off
CHECK = "check:"  # before the name of an exception that a failed check raises
ANY_EXCEPTION = "*"  # may raise something that is not known by class
CATCH_ALL = frozenset({"BaseException", "Exception"})


@dataclass(frozen=True)
class ActSite:
    act: Act
    span: Span
    what: str


@dataclass(frozen=True)
class CallSite:
    """A call: of `callee` (a symbol), or of something that cannot be followed (callee None), which
    then has `promises` of its own. `caught`: exception classes that do not get past the `try`
    around it. `demands`: promises of the with-blocks around it."""

    callee: str | None
    what: str
    span: Span
    promises: frozenset[Effect] = frozenset()
    caught: frozenset[str] = frozenset()
    demands: frozenset[Effect] = frozenset()


@dataclass(frozen=True)
class Demand:
    """A function used as a value of a type that promises."""

    callee: str
    what: str
    span: Span
    promises: frozenset[Effect]


@dataclass
class FunctionSummary:
    symbol: str
    name: str
    span: Span
    promises: frozenset[Effect]
    acts: list[ActSite] = field(default_factory=list)
    calls: list[CallSite] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    raises: list[tuple[str, Span]] = field(default_factory=list)  # classes, or ANY_EXCEPTION
    block_acts: list[tuple[ActSite, frozenset[Effect]]] = field(default_factory=list)


@dataclass
class UnitSummary:
    """What `solve` needs of one unit; small and picklable."""

    unit: str
    functions: list[FunctionSummary] = field(default_factory=list)
    bases: dict[str, str] = field(default_factory=dict)  # exception class -> its base
    virtual: list[str] = field(default_factory=list)  # called through tables, as if they may raise
    diagnostics: list[Diagnostic] = field(default_factory=list)  # of rules local to a function
    checks_raise: bool = False


def summarise(unit: Unit, *, checks_raise: bool = False) -> UnitSummary:
    """Walk each function of a unit once. `checks_raise`: failed checks are exceptions here."""
    summary = UnitSummary(unit.module_name, checks_raise=checks_raise)
    for type in (*unit.classes, *unit.class_instances):
        summary.virtual += _called_through_table(type)
    pending = deque([*unit.functions, *unit.instances])
    while pending:
        function = pending.popleft()
        pending.extend(function.nested)
        summary.functions.append(_Walk(function, summary).summary)
    return summary


def _called_through_table(type: NamedType) -> list[str]:
    """Return the methods of a class that callers may know only by a base class's declaration, unless
    that promises that nothing is raised: they return as if something may be."""
    ancestry: list[NamedType] = []
    each: NamedType | None = type
    while each is not None:
        ancestry.append(each)
        each = base_of(each)
    symbols = []
    for name, method in virtual_methods(type).items():
        known = [a.declaration for a in ancestry if name in virtual_methods(a)]
        first = known[-1].methods.get(name, method.declaration)
        is_open = first.is_abstract or any(name in each.overridden for each in known)
        if is_open and Effect.NO_RAISE not in first.effects:
            symbols.append(method.symbol)
    return symbols


@dataclass(frozen=True)
class _Context:
    """What surrounds a node inside its function."""

    caught: frozenset[str] = frozenset()
    demands: frozenset[Effect] = frozenset()
    held: tuple[str, ...] = ()
    preemption_off: bool = False
    handled: tuple[str, ...] = ()  # classes that a bare `raise` would raise again


class _Walk:
    """Walks one function's body and fills its summary."""

    def __init__(self, function: Function, unit: UnitSummary):
        declaration = function.declaration
        self.function = function
        self.unit = unit
        self.consumed: set[Expression] = set()  # calls of generators for which loops have the frame
        self.summary = FunctionSummary(
            function.symbol, declaration.qualified_name, function.span, declaration.effects
        )
        if declaration.sleeps:
            self.act(Act.SLEEPS, function.span, "blocks", _Context())
        if declaration.takes_lock == "sleeping":
            self.act(Act.TAKES_SLEEPING_LOCK, function.span, "takes its lock", _Context())
        holds = tuple(_own_lock(name, declaration) for name in declaration.holds)
        # An `__enter__` that keeps preemption off in its block does so first of all.
        off = (
            PREEMPTION in holds
            or declaration.interrupt
            or declaration.naked
            or _keeps_preemption_off(declaration.block_effects)
        )
        self.boxes(function)
        self.block(function.body, _Context(held=holds, preemption_off=off))

    def boxes(self, function: Function) -> None:
        """A variable that a closure shares which outlives the function is on the heap from its start."""
        for local in function.locals:
            if local.boxed:
                what = f"the variable '{local.name}', which a closure keeps"
                self.act(Act.ALLOCATES, local.span, what, _Context())
                self.raised("builtins.MemoryError", local.span, _Context())

    def block(self, block: Block, context: _Context) -> None:
        for statement in block:
            self.node(statement, context)

    def node(self, node: Node, context: _Context) -> None:
        """Record what `node` does itself, then walk what is below it."""
        match node:
            case Try():
                self.walk_try(node, context)
                return
            case With():
                self.walk_with(node, context)
                return
            case Raise():
                self.walk_raise(node, context)
            case ForGenerator(generator=generator):
                self.consumed.add(generator)
            case Call():
                self.call(node.function.symbol, node, context)
                self.require_held(node, context)
                if node.function.declaration.is_generator and node not in self.consumed:
                    self.act(Act.ALLOCATES, node.span, "a generator that is kept", context)
                    self.raised("builtins.MemoryError", node.span, context)
            case Resume() | ThrowInto() | CloseGenerator():
                self.unfollowed("a generator", frozenset(), node.span, context)
            case StructValue(initialiser=initialiser) if initialiser is not None:
                self.call(initialiser.symbol, node, context)
            case New():
                self.walk_new(node, context)
            case VirtualCall():
                declaration = node.method.declaration
                name = f"the virtual method {declaration.qualified_name}"
                self.unfollowed(name, declaration.effects, node.span, context)
            case IndirectCall():
                self.walk_indirect(node, context)
            case Closure():
                self.walk_closure(node, context)
            case FunctionRef():
                self.demand(node)
            case Intrinsic(name="percpu_at"):
                for argument in node.arguments[1:]:  # what it names is no processor's own
                    self.node(argument, context)
                return
            case Intrinsic():
                self.walk_intrinsic(node, context)
            case VariableRef():
                self.walk_variable(node, context)
        if self.unit.checks_raise:
            for name in check_exceptions(node):
                self.raised(CHECK + name, node.span, context)
        for child in _below(node):
            self.node(child, context)

    def act(self, act: Act, span: Span, what: str, context: _Context) -> None:
        site = ActSite(act, span, what)
        self.summary.acts.append(site)
        if context.demands:
            self.summary.block_acts.append((site, context.demands))

    def call(self, callee: str, node: Node, context: _Context) -> None:
        site = CallSite(callee, callee, node.span, caught=context.caught, demands=context.demands)
        self.summary.calls.append(site)

    def unfollowed(
        self, what: str, promises: frozenset[Effect], span: Span, context: _Context
    ) -> None:
        promises = closure_of(promises)
        site = CallSite(None, what, span, promises, context.caught, context.demands)
        self.summary.calls.append(site)
        if Effect.NO_RAISE not in promises and not context.caught & CATCH_ALL:
            self.summary.raises.append((ANY_EXCEPTION, span))

    def walk_indirect(self, node: IndirectCall, context: _Context) -> None:
        """A CFunction raises nothing by its nature, a Callable if its type promises it."""
        promises = node.signature.effects
        if isinstance(node.signature, CFunctionType):
            promises |= {Effect.NO_RAISE}
        self.unfollowed(
            "a CFunction" if isinstance(node.signature, CFunctionType) else "a Callable",
            promises,
            node.span,
            context,
        )

    def demand(self, node: FunctionRef) -> None:
        """What is promised of a function used as a value, and not declared by itself, is proved.
        Nested functions declare what their Callables promise."""
        declaration = node.function.declaration
        promises = node.type.effects - closure_of(declaration.effects)
        if promises:
            site = Demand(node.function.symbol, declaration.name, node.span, promises)
            self.summary.demands.append(site)

    def walk_new(self, node: New, context: _Context) -> None:
        self.act(Act.ALLOCATES, node.span, f"a new {node.type}", context)
        self.raised("builtins.MemoryError", node.span, context)
        if node.initialiser is not None:
            self.call(node.initialiser.symbol, node, context)

    def walk_closure(self, node: Closure, context: _Context) -> None:
        if node.escapes and node.captures and not node.is_object_alone:
            self.act(Act.ALLOCATES, node.span, "captures that outlive the function", context)
            self.raised("builtins.MemoryError", node.span, context)

    def walk_intrinsic(self, node: Intrinsic, context: _Context) -> None:
        if node.name.startswith("user_"):
            self.raised("core.errors.BadAddress", node.span, context)
        if node.name == "weak_new":
            self.raised("builtins.MemoryError", node.span, context)
        if node.name == "write_format":
            silent = frozenset() if self.unit.checks_raise else frozenset({Effect.NO_RAISE})
            promises = silent | {Effect.IRQ_SAFE}  # of the code of every f-string
            self.unfollowed("the writing of a Format", promises, node.span, context)

    def walk_variable(self, node: VariableRef, context: _Context) -> None:
        type = node.variable.type
        if not (isinstance(type, WrappedType) and type.word == "PerCpu"):
            return
        if context.preemption_off or _keeps_preemption_off(context.demands):
            return
        self.unit.diagnostics.append(
            Diagnostic(
                node.span,
                f"the per-CPU variable '{node.variable.name}' is touched where this thread may be "
                "moved to another processor",
                'use it inside `with interrupts_disabled():`, or mark the function @holds("preemption")',
            )
        )

    def walk_raise(self, node: Raise, context: _Context) -> None:
        if node.exception_class is None:
            for name in context.handled or (ANY_EXCEPTION,):
                self.raised(name, node.span, context)
            return
        self.note_bases(node.exception_class)
        self.raised(node.exception_class.symbol, node.span, context)

    def raised(self, name: str, span: Span, context: _Context) -> None:
        if context.caught & CATCH_ALL or self.is_caught(name, context.caught):
            return
        self.summary.raises.append((name, span))

    def is_caught(self, name: str, caught: frozenset[str]) -> bool:
        return is_caught(name, caught, self.unit.bases)

    def note_bases(self, exception: NamedType) -> None:
        base = base_of(exception)
        while base is not None:
            self.unit.bases[exception.symbol] = base.symbol
            exception, base = base, base_of(base)

    def walk_try(self, node: Try, context: _Context) -> None:
        caught = set(context.caught)
        for handler in node.handlers:
            for each in handler.classes:
                self.note_bases(each)
                caught.add(_catch_name(each))
            if not handler.classes:
                caught.add("BaseException")
        inside = _replace(context, caught=frozenset(caught))
        self.block(node.body, inside)
        for handler in node.handlers:
            names = tuple(each.symbol for each in handler.classes)
            self.block(handler.body, _replace(context, handled=names))
        self.block(node.orelse, context)
        self.block(node.final, context)
        if node.passing is not None:
            self.block(node.passing.body, context)

    def walk_with(self, node: With, context: _Context) -> None:
        self.node(node.context, context)
        self.node(node.enter, context)
        if node.target is not None:
            self.node(node.target, context)
        entered = _replace(
            context,
            held=(*context.held, *filter(None, [place_path(node.context)])),
            preemption_off=context.preemption_off or _keeps_preemption_off(node.block_effects),
        )
        inside = _replace(entered, demands=context.demands | closure_of(node.block_effects))
        if node.suppresses:
            inside = _replace(inside, caught=inside.caught | {"BaseException"})
        self.block(node.body, inside)
        self.node(node.leave, entered)

    def require_held(self, node: Call, context: _Context) -> None:
        """Report a call of a @holds function where its lock is not held by a block around it."""
        for name in node.function.declaration.holds:
            if name == PREEMPTION:
                if context.preemption_off:
                    continue
                needed = "preemption to be off"
            else:
                path = _lock_for(name, node)
                if path in context.held:
                    continue
                needed = f"'{path}' to be held"
            called = node.function.declaration.qualified_name
            self.unit.diagnostics.append(
                Diagnostic(
                    node.span,
                    f"{called} needs {needed}",
                    "call it inside `with` on that lock, or mark this function @holds as well",
                )
            )


def _has_object(declaration: FunctionDeclaration) -> bool:
    """Whether a function is called on an object, of which it may hold a lock."""
    is_method = declaration.owner is not None
    return is_method and not declaration.is_static and not declaration.is_class_method


def _own_lock(name: str, declaration: FunctionDeclaration) -> str:
    """Return the path, inside a function, of a lock that it is called with."""
    if name == PREEMPTION or "." in name:
        return name
    return f"self.{name}" if _has_object(declaration) else f"{declaration.module.name}.{name}"


def _lock_for(name: str, node: Call) -> str:
    """Return the path, at a call, of a lock that the called function must hold."""
    declaration = node.function.declaration
    if "." in name:
        return name
    if not _has_object(declaration):
        return f"{declaration.module.name}.{name}"
    receiver = place_path(node.arguments[0])
    return f"{receiver}.{name}" if receiver else name


def _keeps_preemption_off(effects: frozenset[Effect]) -> bool:
    return bool(effects & {Effect.NO_SLEEP, Effect.NO_PREEMPT})


def check_exceptions(node: Node) -> tuple[str, ...]:
    """Return the exceptions that a node's own checks may raise where checks raise."""
    match node:
        case IndexRef(checked=True):
            return ("builtins.IndexError",)
        case Binary(operator=operator, right=right, arithmetic=arithmetic):
            return _operator_exceptions(operator, node.type, right, arithmetic)
        case Update(operator=operator, value=right, arithmetic=arithmetic):
            return _operator_exceptions(operator, node.target.type, right, arithmetic)
        case Unary(operator=UnaryOperator.NEGATE, arithmetic=arithmetic):
            return ("builtins.OverflowError",) if arithmetic in _CHECKED else ()
        case Convert(conversion=Conversion.CHECKED | Conversion.FLOAT_TO_INT):
            return ("builtins.OverflowError",)
        case Convert(conversion=Conversion.INT_TO_ENUM):
            return ("builtins.ValueError",)
        case Assert():
            return ("builtins.AssertionError",)
    return ()


_CHECKED = (Arithmetic.CHECKED, Arithmetic.FIXED)


def _operator_exceptions(
    operator: BinaryOperator, type: Type, right: Expression, arithmetic: Arithmetic
) -> tuple[str, ...]:
    """Return what an operator may raise, where a constant on its right does not rule it out."""
    constant = right.value if isinstance(right, Literal) else None
    overflow = ("builtins.OverflowError",)
    match operator:
        case BinaryOperator.AND | BinaryOperator.OR | BinaryOperator.XOR:
            return ()
        case BinaryOperator.FLOOR_DIVIDE | BinaryOperator.MODULO:
            if constant:
                return overflow if constant == -1 else ()
            return ("builtins.ZeroDivisionError", *overflow)
        case BinaryOperator.DIVIDE:
            return () if constant else ("builtins.ZeroDivisionError",)
        case BinaryOperator.SHIFT_LEFT | BinaryOperator.SHIFT_RIGHT:
            fits = constant is not None and isinstance(type, IntType) and 0 <= constant < type.bits
            lost = operator is BinaryOperator.SHIFT_LEFT and arithmetic in _CHECKED
            return (() if fits else ("builtins.ValueError",)) + (overflow if lost else ())
    return overflow if arithmetic in _CHECKED else ()


def _below(node: Node) -> Iterable[Node]:
    """Yield the nodes below, without entering the bodies of nested functions."""
    yield from node.children()


def _replace(context: _Context, **changes: object) -> _Context:
    values = {name: getattr(context, name) for name in _Context.__dataclass_fields__}
    return _Context(**{**values, **changes})


def _catch_name(exception: NamedType) -> str:
    name = exception.declaration.name
    return name if name in CATCH_ALL else exception.symbol


def is_caught(name: str, caught: frozenset[str], bases: dict[str, str]) -> bool:
    """True if the exception class `name` or one above it is among `caught`."""
    name = name.removeprefix(CHECK)
    while name:
        if name in caught:
            return True
        name = bases.get(name) or _builtin_base(name)
    return False


def _builtin_base(name: str) -> str:
    """Return what Python derives a builtin exception from; nothing for other classes."""
    module, _, own = name.rpartition(".")
    base = getattr(builtins, own).__base__ if module == "builtins" else object
    return f"builtins.{base.__name__}" if base is not object else ""


def place_path(node: Expression) -> str | None:
    """Return a place as the source writes it (`self.queue.lock`); None for anything else."""
    match node:
        case LocalRef(local=local):
            return local.name
        case VariableRef(variable=variable):
            return f"{variable.module.name}.{variable.name}"
        case FieldRef(object=owner, field=field_):
            path = place_path(owner)
            return f"{path}.{field_.name}" if path else None
    operand = getattr(node, "operand", None) or getattr(node, "pointer", None)
    return place_path(operand) if operand is not None else None


def closure_of(effects: frozenset[Effect]) -> frozenset[Effect]:
    """Return `effects` with all that they imply."""
    result = set(effects)
    for effect in effects:
        result |= IMPLIED.get(effect, frozenset())
    return frozenset(result)
