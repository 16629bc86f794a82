"""One unit: its functions, its classes, its variables, and the helpers that they ask for.

Helpers (adapters, drop functions, the text of literals) are made once per unit when they are first
asked for. Those that another unit makes in the same form have SHARED linkage, and the linker keeps
one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import FunctionType, Linkage, Parameter, Value
from compiler.lower import thunks
from compiler.lower.bodies import lower_function
from compiler.lower.function import FunctionLowering
from compiler.lower.objects import Objects
from compiler.lower.statics import Statics
from compiler.lower.uses import Uses, uses_of
from compiler.source import CompileError, CompileFailed, Diagnostic
from compiler.types import FunctionInstance

if TYPE_CHECKING:
    from compiler.lower.generators import Generator
    from compiler.source import Span
    from compiler.types import Type


@dataclass(frozen=True)
class Options:
    """What lowering must know of the image that a unit is for.

    `traps`: a failed check traps, and exceptions are classes without objects (boot loader, kernel,
    modules, native tests); otherwise they are objects. `thunks`: functions get the entries by
    which a native test calls them.
    """

    checked: bool = True
    traps: bool = True
    thunks: bool = False


class UnitLowering:
    """Lowers one unit."""

    def __init__(self, unit: tree.Unit, options: Options) -> None:
        self.unit = unit
        self.options = options
        self.result = ir.Unit(unit.module_name, "")
        self.objects = Objects(self)
        self.statics = Statics(self)
        self._diagnostics: list[Diagnostic] = []
        self._declared: dict[str, FunctionType] = {}
        self._helpers: dict[str, str] = {}
        self._hidden_classes: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._uses: dict[tree.Function, Uses] = {}
        self.nested: set[str] = set()  # symbols of the nested functions that are lowered
        self.generators: dict[str, Generator | None] = {}  # by symbol; None: being lowered
        self.recursive_generators: set[str] = set()  # symbols of those that loop over themselves
        self.kept_generators: set[str] = set()  # symbols of those of which objects are made
        self._by_instance = {
            function.instance: function for function in (*unit.functions, *unit.instances)
        }

    def lower(self) -> ir.Unit:
        """Return the IR of the whole unit.

        Raises:
            CompileFailed: something in it is beyond what lowering can do; with all that is.
        """
        for variable in self.unit.variables:
            self.statics.define_variable(variable)
        for type in self.unit.classes:
            self.objects.define_class(type, Linkage.EXTERNAL)
        for type in self.unit.class_instances:
            self.objects.define_class(type, Linkage.SHARED)
        for functions, linkage in (
            (self.unit.functions, Linkage.EXTERNAL),
            (self.unit.instances, Linkage.SHARED),
        ):
            for function in functions:
                if function.generator_item is None:
                    self._lower_function(function, linkage)
        if self._diagnostics:
            raise CompileFailed(self._diagnostics)

        defined = {function.symbol for function in self.result.functions}
        self.result.declared = {
            symbol: type for symbol, type in self._declared.items() if symbol not in defined
        }
        return self.result

    # Functions

    def _lower_function(self, function: tree.Function, linkage: Linkage) -> None:
        try:
            lower_function(self, function, linkage)
            if self.options.thunks:
                thunks.add_thunk(self, function, linkage)
        except CompileError as error:
            self._diagnostics.append(error.diagnostic)

    def declare(self, symbol: str, type: FunctionType) -> None:
        """Note that this unit names a function, its own or another's."""
        self._declared.setdefault(symbol, type)

    def uses_of(self, function: tree.Function) -> Uses:
        uses = self._uses.get(function)
        if uses is None:
            uses = self._uses[function] = uses_of(function)
        return uses

    def generator(self, instance: FunctionInstance) -> tree.Function | None:
        """Return the tree of a generator function that a loop consumes."""
        return self._by_instance.get(instance)

    def helper(
        self,
        symbol: str,
        type: FunctionType,
        body: Callable[[FunctionLowering, list[Value]], None],
        linkage: Linkage = Linkage.SHARED,
        inline: bool = False,
        span: Span | None = None,
    ) -> str:
        """Make a function that the source does not have, unless it is there; return its symbol.
        `body` may leave the last block open where nothing is returned."""
        if symbol not in self._helpers:
            self._helpers[symbol] = symbol
            parameters = [
                Parameter(each, f"{number}") for number, each in enumerate(type.parameters)
            ]
            function = ir.Function(symbol, type, parameters, linkage=linkage, span=span)
            function.inline = inline
            lowering = FunctionLowering(self, function, Uses())
            body(lowering, list(parameters))
            if lowering.is_open:
                lowering.add(ir.Return())
            lowering.finish()
            self.result.functions.append(function)
        return symbol

    def numbered(self, symbol: str) -> str:
        """Return a symbol for one more thing that has no name of its own."""
        number = self._numbers.get(symbol, 0)
        self._numbers[symbol] = number + 1
        return f"{symbol}.{number}"

    def hidden_class(
        self,
        symbol: str,
        size: int,
        fields: list[tuple[int, Type]],
        linkage: Linkage = Linkage.INTERNAL,
    ) -> None:
        """Define a class that the source does not have, once."""
        if symbol not in self._hidden_classes:
            self._hidden_classes.add(symbol)
            self.objects.define_hidden_class(symbol, size, fields, linkage)

    def class_with_drop(self, symbol: str, size: int, drop: str) -> None:
        """Define a class that the source does not have, whose objects end by `drop`, once."""
        if symbol not in self._hidden_classes:
            self._hidden_classes.add(symbol)
            self.objects.define_class_with_drop(symbol, size, drop, Linkage.SHARED)
