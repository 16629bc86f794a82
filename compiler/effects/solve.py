"""The second half of the effects pass: proves the promises of a whole image over its summaries."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from compiler.effects.summary import (
    ANY_EXCEPTION,
    CATCH_ALL,
    CHECK,
    FORBIDDEN,
    ActSite,
    CallSite,
    FunctionSummary,
    UnitSummary,
    is_caught,
)
from compiler.source import Diagnostic, Note, Span
from compiler.types import Effect


@dataclass
class Facts:
    """What the image as a whole knows about its functions."""

    raising: frozenset[str]  # symbols that may raise, or return as if they may
    deferring: frozenset[str]  # symbols that run where nothing may be freed
    quiet: frozenset[str] = frozenset()  # symbols that release nothing: count/quiet.py
    has_threads: bool = False  # it is a program that may have several threads


def solve(summaries: Iterable[UnitSummary]) -> tuple[Facts, list[Diagnostic]]:
    """Check every promise of an image and return its facts."""
    return _Solver(list(summaries)).solve()


class _Solver:
    def __init__(self, summaries: list[UnitSummary]):
        self.diagnostics = [d for summary in summaries for d in summary.diagnostics]
        self.functions: dict[str, FunctionSummary] = {}
        self.bases: dict[str, str] = {}
        self.clean: dict[Effect, set[str]] = {}
        self.virtual = {symbol for summary in summaries for symbol in summary.virtual}
        for summary in summaries:
            self.bases.update(summary.bases)
            for function in summary.functions:
                self.functions.setdefault(function.symbol, function)

    def solve(self) -> tuple[Facts, list[Diagnostic]]:
        for function in self.functions.values():
            for promise in sorted(function.promises, key=lambda effect: effect.value):
                if promise in FORBIDDEN:
                    self.prove(function, promise)
            self.prove_blocks(function)
            self.prove_demands(function)
        raised = self.raised_sets()
        self.prove_no_raise(raised)
        raising = {symbol for symbol, classes in raised.items() if classes}
        return Facts(frozenset(raising | self.virtual), self.deferring()), self.diagnostics

    # Acts ------------------------------------------------------------------------------------

    def prove(self, function: FunctionSummary, promise: Effect) -> None:
        """Report one act that `promise` of `function` forbids, with the calls that lead to it."""
        chain = self.find_act(function.symbol, promise)
        if chain is None:
            return
        site = chain[-1]
        message = f"{function.name} is @{promise.value} but {self.describe(chain)}"
        self.report(function.span, message, chain, site)

    def prove_blocks(self, function: FunctionSummary) -> None:
        for site, demands in function.block_acts:
            for promise in sorted(demands, key=lambda effect: effect.value):
                if site.act in FORBIDDEN.get(promise, ()):
                    self.report_block(function, site.span, promise, [site])
                    break
        for call in function.calls:
            for promise in sorted(call.demands, key=lambda effect: effect.value):
                if promise not in FORBIDDEN:
                    continue
                chain = self.follow(call, promise)
                if chain is not None:
                    self.report_block(function, call.span, promise, chain)
                    break

    def prove_demands(self, function: FunctionSummary) -> None:
        for demand in function.demands:
            target = self.functions.get(demand.callee)
            if target is None:
                continue
            for promise in sorted(demand.promises, key=lambda effect: effect.value):
                if promise not in FORBIDDEN:
                    continue
                chain = self.find_act(demand.callee, promise)
                if chain is not None:
                    message = (
                        f"'{demand.what}' is used where @{promise.value} is promised, "
                        f"but it {self.describe(chain)}"
                    )
                    self.report(demand.span, message, chain, chain[-1])

    def find_act(self, symbol: str, promise: Effect) -> list | None:
        """Return the shortest chain of calls from `symbol` to an act that `promise` forbids: call
        sites, then the act (or the call that cannot be followed); None if there is none.

        What a search without a find has seen is clean and is not searched again, so that all
        searches together take linear time.
        """
        clean = self.clean.setdefault(promise, set())
        seen = {symbol}
        pending: deque[tuple[str, list]] = deque([(symbol, [])])
        while pending:
            current, chain = pending.popleft()
            function = self.functions.get(current)
            if function is None or current in clean:
                continue
            for site in function.acts:
                if site.act in FORBIDDEN[promise]:
                    return [*chain, site]
            for call in function.calls:
                if call.callee is None:
                    if promise not in call.promises:
                        return [*chain, call]
                elif call.callee not in seen:
                    seen.add(call.callee)
                    pending.append((call.callee, [*chain, call]))
        clean |= seen
        return None

    def follow(self, call: CallSite, promise: Effect) -> list | None:
        if call.callee is None:
            return None if promise in call.promises else [call]
        chain = self.find_act(call.callee, promise)
        return None if chain is None else [call, *chain]

    def describe(self, chain: list) -> str:
        last = chain[-1]
        if isinstance(last, ActSite):
            return f"{last.act.value} ({last.what})"
        return f"calls {last.what}, which does not promise it"

    def report_block(
        self, function: FunctionSummary, span: Span, promise: Effect, chain: list
    ) -> None:
        message = f"this block is @{promise.value} but {self.describe(chain)}"
        self.report(span, message, chain, chain[-1])

    def report(self, span: Span, message: str, chain: list, last: ActSite | CallSite) -> None:
        notes = [Note(c.span, f"calls {c.what}") for c in chain[:-1]]
        notes.append(Note(last.span, f"{self.describe(chain)} here"))
        hint = "move it out, or take the promise away"
        if isinstance(last, CallSite):
            hint = "declare the promise on the Callable's type or on the virtual method"
        self.diagnostics.append(Diagnostic(span, message, hint, tuple(notes)))

    # Exceptions ------------------------------------------------------------------------------

    def raised_sets(self) -> dict[str, set[str]]:
        """Return for each function the classes that may leave it (a least fixpoint)."""
        raised = {
            symbol: self.leaving(function, {name for name, _ in function.raises})
            for symbol, function in self.functions.items()
        }
        callers: dict[str, set[str]] = {}
        for symbol, function in self.functions.items():
            for call in function.calls:
                if call.callee is not None:
                    callers.setdefault(call.callee, set()).add(symbol)
        pending = deque(symbol for symbol, classes in raised.items() if classes)
        while pending:
            callee = pending.popleft()
            for caller in callers.get(callee, ()):
                before = len(raised[caller])
                for call in self.functions[caller].calls:
                    if call.callee == callee:
                        passing = self.past(raised[callee], call.caught)
                        raised[caller] |= self.leaving(self.functions[caller], passing)
                if len(raised[caller]) != before:
                    pending.append(caller)
        return raised

    def leaving(self, function: FunctionSummary, classes: set[str]) -> set[str]:
        """Return what gets out of a function: a check that fails in one that promises to raise
        nothing ends the program there, as it ends the kernel."""
        if Effect.NO_RAISE in function.promises:
            return {name for name in classes if not name.startswith(CHECK)}
        return classes

    def past(self, classes: set[str], caught: frozenset[str]) -> set[str]:
        if caught & CATCH_ALL:
            return set()
        return {name for name in classes if not is_caught(name, caught, self.bases)}

    def prove_no_raise(self, raised: dict[str, set[str]]) -> None:
        for function in self.functions.values():
            if Effect.NO_RAISE not in function.promises or not raised[function.symbol]:
                continue
            chain = self.find_raise(function.symbol, raised)
            name = min(raised[function.symbol])
            what = "an exception" if name == ANY_EXCEPTION else name.rpartition(".")[2]
            notes = tuple(Note(span, text) for span, text in chain)
            self.diagnostics.append(
                Diagnostic(
                    function.span,
                    f"{function.name} is @no_raise but may raise {what}",
                    "handle it with `try` inside the function",
                    notes,
                )
            )
        for function in self.functions.values():
            for demand in function.demands:
                if Effect.NO_RAISE in demand.promises and raised.get(demand.callee):
                    self.diagnostics.append(
                        Diagnostic(
                            demand.span,
                            f"'{demand.what}' is used where @no_raise is promised, but it may raise",
                            "handle the exception inside it",
                            tuple(
                                Note(span, text)
                                for span, text in self.find_raise(demand.callee, raised)
                            ),
                        )
                    )

    def find_raise(self, symbol: str, raised: dict[str, set[str]]) -> list[tuple[Span, str]]:
        """Return the shortest chain of calls from `symbol` to a place that raises."""
        seen = {symbol}
        pending: deque[tuple[str, list[tuple[Span, str]]]] = deque([(symbol, [])])
        while pending:
            current, chain = pending.popleft()
            function = self.functions[current]
            for name, span in function.raises:
                if name.startswith(CHECK):
                    continue
                what = "an exception that is not known" if name == ANY_EXCEPTION else name
                return [*chain, (span, f"raises {what} here")]
            for call in function.calls:
                if call.callee in seen or call.callee not in self.functions:
                    continue
                if self.past(raised[call.callee], call.caught):
                    seen.add(call.callee)
                    pending.append((call.callee, [*chain, (call.span, f"calls {call.what}")]))
        return []

    # Deferred releases -----------------------------------------------------------------------

    def deferring(self) -> frozenset[str]:
        """Return the functions that are reachable from a promise not to free or to sleep."""
        careful = {Effect.NO_ALLOC, Effect.NO_SLEEP, Effect.IRQ_SAFE}
        found: set[str] = set()
        pending: deque[str] = deque()
        for symbol, function in self.functions.items():
            if function.promises & careful:
                pending.append(symbol)
            pending.extend(
                call.callee for call in function.calls if call.callee and call.demands & careful
            )
        while pending:
            symbol = pending.popleft()
            if symbol in found or symbol not in self.functions:
                continue
            found.add(symbol)
            pending.extend(c.callee for c in self.functions[symbol].calls if c.callee)
        return frozenset(found)
