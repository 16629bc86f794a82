"""Frames: what a generator keeps while the loop that consumes it runs its body.

A generator is lowered as other functions are, but for this: each `yield` returns, and the entry leads
to a block behind each of them, too. So a function that is entered again starts in the middle, and
whatever is set on one side of such a border and read on the other cannot stay in the function:

    values     used where their block does not dominate. Addresses of locals are computed again where
               they are needed; every other value gets a local
    locals     that are read behind a border before they are set. One of the tree's that holds
               references keeps them until it is set again, so that it is kept always
    storage    which pointers may reach, so that it is kept always; not that of a statement's
               temporaries, unless there is a border inside the statement

These lie in a frame, whose address is the function's first parameter. It belongs to whoever consumes the
generator, who zeroes it if there is something to drop in it, stores the arguments, and drops it.

Before: a lowered function, whose entry leads to `entries`. After: its values are used where they are
defined, and `frame_offset` of each local that was kept is set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir
from compiler.ir import I8, I64, PTR, Block, Constant, Instruction, Linkage, Local, Symbol, Value
from compiler.layout import Layout
from compiler.lower.objects import DROP
from compiler.lower.representation import held_layout

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering


@dataclass(frozen=True)
class Frame:
    """The memory that a generator needs. `drop` releases what it holds; None: it holds nothing."""

    layout: Layout
    drop: str | None
    parameters: tuple[int, ...]  # where the consumer stores the arguments


def make_frame(
    f: FunctionLowering, parameters: list[Local], entries: list[Block], fleeting: set[Local]
) -> Frame:
    """Move what outlasts a `yield` from a generator into a frame. `fleeting`: storage of temporaries
    that does not."""
    function = f.function
    _join_up(function)
    live = _live_at(function, entries)
    bound = {each for binding in f.bindings.values() for each in (binding.local, binding.box)}
    kept = [
        local
        for local in function.locals
        if local in parameters or local in live or _is_kept_always(local, bound, fleeting)
    ]
    ordered = [*parameters, *(local for local in kept if local not in parameters)]
    offsets, layout = _lay_out(ordered)

    drop = _make_drop(f, ordered, offsets)
    moved = {local: _in_frame(local, offset) for local, offset in offsets.items()}
    function.locals = [moved.get(local, local) for local in function.locals]
    replaced: dict[Value, Value] = {}
    for block in function.blocks:
        block.instructions = [
            each for old in block.instructions for each in _rewritten(old, moved, replaced)
        ]
    ir.replace_operands(function, replaced)
    has_storage = any(local.storage is not None for local in kept)
    function.parameters[0].exclusive = not has_storage  # else addresses inside it are at large
    return Frame(layout, drop, tuple(offsets[local] for local in parameters))


def _is_kept_always(local: Local, bound: set[Local | None], fleeting: set[Local]) -> bool:
    if local.storage is not None:
        return local not in fleeting
    return ir.is_counted(local.type) and local in bound


# Values --------------------------------------------------------------------------------------


def _join_up(function: ir.Function) -> None:
    """See to it that each value is used only where its block dominates."""
    where = {each: block for block in function.blocks for each in block.instructions}
    beyond: dict[Block, set[Block]] = {}  # by a block: what is reached without passing it
    kept: dict[Value, Local] = {}
    for block in function.blocks:
        rewritten: list[Instruction] = []
        for each in block.instructions:
            replaced: dict[Value, Value] = {}
            for value in each.operands():
                home = where.get(value)
                if home is None or home is block or value in replaced:
                    continue
                if home not in beyond:
                    beyond[home] = _reached_without(function, home)
                if block in beyond[home]:
                    replaced[value] = _again(function, value, each, rewritten, kept)
            if replaced:
                ir.replace_operands_of(each, replaced)
            rewritten.append(each)
        block.instructions = rewritten
    for value, local in kept.items():
        instructions = where[value].instructions
        at = next(n for n, each in enumerate(instructions) if each is value) + 1
        instructions.insert(at, ir.SetLocal(local, value, span=value.span))


def _again(
    function: ir.Function,
    value: Instruction,
    user: Instruction,
    out: list[Instruction],
    kept: dict[Value, Local],
) -> Value:
    """Return `value` once more, for `user`: computed again if that is free, else from a local."""
    if isinstance(value, ir.LocalAddress):
        out.append(ir.LocalAddress(value.local, type=PTR, span=user.span))
        return out[-1]
    if isinstance(value, ir.Offset) and isinstance(value.address, ir.LocalAddress):
        base = _again(function, value.address, user, out, kept)
        out.append(ir.Offset(base, value.offset, type=PTR, span=user.span))
        return out[-1]
    if value not in kept:
        kept[value] = Local(f"kept.{len(kept)}", value.type)
        function.locals.append(kept[value])
    out.append(ir.GetLocal(kept[value], type=value.type, span=user.span))
    return out[-1]


def _reached_without(function: ir.Function, avoided: Block) -> set[Block]:
    """Return the blocks to which some way from the entry does not lead through `avoided`."""
    entry = function.blocks[0]
    if entry is avoided:
        return set()
    reached, pending = {entry}, [entry]
    while pending:
        for each in _following(pending.pop()):
            if each is not avoided and each not in reached:
                reached.add(each)
                pending.append(each)
    return reached


def _following(block: Block) -> list[Block]:
    following = block.terminator.successors()
    return following if block.on_error is None else [*following, block.on_error]


# Locals --------------------------------------------------------------------------------------


def _live_at(function: ir.Function, entries: list[Block]) -> set[Local]:
    """Return the locals that are read behind one of `entries` before they are set."""
    live: dict[Block, set[Local]] = {block: set() for block in function.blocks}
    changed = True
    while changed:
        changed = False
        for block in reversed(function.blocks):
            into = _live_into(block, live)
            if into != live[block]:
                live[block], changed = into, True
    return set().union(*(live[block] for block in entries))


def _live_into(block: Block, live: dict[Block, set[Local]]) -> set[Local]:
    result: set[Local] = set()
    for each in block.terminator.successors():
        result |= live[each]
    for each in reversed(block.instructions):
        local = getattr(each, "local", None)
        if isinstance(each, ir.SetLocal):
            result.discard(local)
        elif local is not None and local.storage is None:
            result.add(local)
    # What is raised may leave the block anywhere.
    return result if block.on_error is None else result | live[block.on_error]


def _lay_out(locals: list[Local]) -> tuple[dict[Local, int], Layout]:
    offsets: dict[Local, int] = {}
    end, align = 0, 1
    for local in locals:
        layout = local.storage or held_layout(local.type)
        offsets[local] = -(-end // layout.align) * layout.align
        end = offsets[local] + layout.size
        align = max(align, layout.align)
    return offsets, Layout(-(-end // align) * align, align)


def _in_frame(local: Local, offset: int) -> Local:
    """Return what stands for a local that lies in the frame. References in it are those of the
    frame, which nobody here releases: it is memory that is loaded and stored."""
    storage = local.storage
    if storage is None and ir.is_counted(local.type):
        storage = held_layout(local.type)
    return Local(
        local.name,
        PTR if storage is not None else local.type,
        storage,
        source_type=local.source_type,
        span=local.span,
        frame_offset=offset,
    )


def _rewritten(
    each: Instruction, moved: dict[Local, Local], replaced: dict[Value, Value]
) -> list[Instruction]:
    """Return what an instruction becomes if its local is in the frame."""
    old = getattr(each, "local", None)
    new = moved.get(old)
    if new is None:
        return [each]
    if isinstance(each, ir.ClearLocal):
        return _cleared(each, old, new)
    if old.storage is not None or new.storage is None:
        each.local = new
        return [each]
    address = ir.LocalAddress(new, type=PTR, span=each.span)
    if isinstance(each, ir.SetLocal):
        return [address, ir.Store(address, each.value, span=each.span)]
    replaced[each] = ir.Load(address, type=each.type, span=each.span)
    return [address, replaced[each]]


def _cleared(each: ir.ClearLocal, old: Local, new: Local) -> list[Instruction]:
    """Return what releases what a local in the frame holds."""
    address = ir.LocalAddress(new, type=PTR, span=each.span)
    if old.storage is None:
        return [address, ir.Store(address, Constant(old.type, 0), span=each.span)]
    size, align = Constant(I64, old.storage.size), old.storage.align
    dropped = ir.Call(Symbol(PTR, old.drop), DROP, [address], span=each.span)
    zeroed = ir.MemoryFill(address, Constant(I8, 0), size, align=align, span=each.span)
    return [address, dropped, zeroed]


# The end of a frame --------------------------------------------------------------------------


def _make_drop(f: FunctionLowering, locals: list[Local], offsets: dict[Local, int]) -> str | None:
    """Return the function that releases what a frame holds, in the order of the locals."""
    holding = [each for each in locals if each.drop is not None or ir.is_counted(each.type)]
    if not holding:
        return None

    def body(g: FunctionLowering, parameters: list[Value]) -> None:
        for local in holding:
            address = g.offset(parameters[0], offsets[local])
            if local.drop is not None:
                g.call(Symbol(PTR, local.drop), DROP, [address])
            else:
                g.store(address, Constant(local.type, 0))

    return f.unit.helper(f"{f.function.symbol}:drop", DROP, body, Linkage.SHARED)
