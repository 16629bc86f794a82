"""Count: puts in the retains and releases, none that cannot matter, and drops storage.

Before: raised IR, whose values hold references by the rules of ownership in `ir.py`. After: each
reference that the function holds is released exactly once on every path, or has moved into memory,
into an aggregate, or to the caller; and nothing is used after what it rests on was released.
`tests/compiler/count/model.py` proves that of a counted function by walking its paths.

    references.py   what holds references, and what each value needs kept alive
    liveness.py     where each is still needed
    quiet.py        which callees release nothing; found beforehand, for the image as a whole
    decisions.py    who owns and who borrows
    insertion.py    retains, releases, moves
    fullness.py     which locals hold something where they end

Order of destruction. A temporary is released right behind its last use; on the way to a handler the
latest first. What a local is set to is retained before what it held is released. Locals are released
in their order when the function ends, by an exception too, and those that the compiler made when
they are not needed any more. So objects end in the order in which CPython ends them, but for this:
an argument is borrowed, so it ends when its caller lets go of it and not with the callee's locals.

Borrowing. Instead of retaining everything and removing pairs afterwards, the pass decides first who
needs a reference of its own: a value that is only looked at where nothing can be released needs
none, nor does a local that holds a parameter, nor a loop that walks a list and calls nobody.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compiler import ir
from compiler.count.decisions import Decisions, IsQuiet
from compiler.count.fullness import LATER, Fullness
from compiler.count.insertion import Insertion
from compiler.count.liveness import Liveness
from compiler.count.references import References, reverse_postorder
from compiler.ir import Block, Constant, Function, Instruction, Local, Value, is_counted

if TYPE_CHECKING:
    from compiler.effects.solve import Facts


def count_unit(unit: ir.Unit, facts: Facts) -> None:
    """Turn a raised unit into a counted one."""
    for function in unit.functions:
        function.defers_release |= function.symbol in facts.deferring
        count_function(function, facts.quiet.__contains__)
    _add_later_drops(unit)


def _add_later_drops(unit: ir.Unit) -> None:
    """Add the drops for functions that may not free: the same code, in which releases are queued."""
    needed = {
        each.callee.name
        for function in unit.functions
        for block in function.blocks
        for each in block.instructions
        if isinstance(each, ir.Call)
        and isinstance(each.callee, ir.Symbol)
        and each.callee.name.endswith(LATER)
    }
    drops = [f for f in unit.functions if f.symbol + LATER in needed]
    unit.functions += [replace(f, symbol=f.symbol + LATER, defers_release=True) for f in drops]


def count_function(function: Function, is_quiet: IsQuiet) -> None:
    """Turn a raised function into a counted one. `is_quiet`: of the functions that it calls."""
    if not _holds_references(function):
        return
    reached = set(reverse_postorder(function))
    function.blocks = [block for block in function.blocks if block in reached]
    references = References(function)
    liveness = Liveness(references)
    escaping = liveness.live_in[references.order[0]] & ~references.locals
    if escaping:
        kept = _keep(function, references.of(escaping))
        references = References(function, kept)
        liveness = Liveness(references)
    decisions = Decisions(references, liveness, is_quiet)
    Insertion(references, liveness, decisions).run()

    owning = references.of(decisions.owning)
    Fullness(function, reverse_postorder(function), owning, references.storage).run()


def _holds_references(function: Function) -> bool:
    """True if there may be something to count: more than exception objects that only pass through
    the function on their way to its caller."""
    if is_counted(function.type.result):
        return True
    passing = {last.object.local for last in map(_return_error, function.blocks) if last}
    for local in function.locals:
        if local.drop is not None or is_counted(local.type) and local not in passing:
            return True
    return any(_matters(each, passing) for block in function.blocks for each in block.instructions)


def _return_error(block: Block) -> ir.ReturnError | None:
    """Return the end of a block that returns what exception a local holds."""
    last = block.instructions[-1]
    if isinstance(last, ir.ReturnError) and isinstance(last.object, ir.GetLocal):
        return last
    return None


def _matters(each: Instruction, passing: set[Local]) -> bool:
    match each:
        case ir.Store(value=value):
            return is_counted(value.type)
        case ir.GetLocal(local=local):
            return is_counted(each.type) and local not in passing
        case ir.SetLocal(local=local, value=value) if local in passing:
            return not isinstance(value, ir.CallErrorObject | Constant)
        case ir.CallErrorObject():
            return False
    return is_counted(each.type)


def _keep(function: Function, values: list[Value]) -> dict[Local, Value]:
    """Give each value a local that holds on to it until the function ends, or until it is made
    again: a view of it is in a local, and may be read where the value itself is unknown."""
    kept = {}
    for value in values:
        local = Local(f"kept.{len(kept)}", value.type)
        function.locals.append(local)
        kept[local] = value
    behind = {value: ir.SetLocal(local, value, span=value.span) for local, value in kept.items()}
    for block in function.blocks:
        last = block.terminator
        tested = last.call if isinstance(last, ir.BranchOnError) else None
        if tested in behind:
            last.normal.instructions.insert(0, behind.pop(tested))
        block.instructions = [
            item
            for each in block.instructions
            for item in ((each, behind[each]) if each in behind else (each,))
        ]
    return kept
