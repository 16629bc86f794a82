"""What a loop knows of the lists and texts that it indexes, once, in front of it.

`xs[i]` loads the list's length and the address of its storage, and LLVM moves these loads out of a loop only if
they are certain to be executed: not when they stand behind a comparison that may leave the loop, as the loads
of a second list stand behind the check of the first one's index. So they are loaded in front of the loop, too. There
they are certain: a local that is indexed inside, and never bound there, has its list before. If nothing in the loop can
change the list, LLVM finds that the loads inside give what is known already; if something can, they stay.

A load whose value nobody uses would go before that, hence statements that use them: a length is not negative,
and the storage is not part of the list. A text's length is no larger than its size, and its bytes are somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, PTR, Constant, Predicate
from compiler.lower import elements, memory
from compiler.lower.loop_facts import is_index, is_plain
from compiler.lower.uses import bound_in
from compiler.tree import LocalRef
from compiler.types import STR

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering


def look_at(f: FunctionLowering, loop: tree.Statement) -> None:
    """Load the length and the address of each list that a loop indexes and does not bind."""
    if f.unit.options.traps:
        return
    bound = bound_in(loop)
    indexed = {node.local: node for node in _indexed(loop)}
    for local, node in indexed.items():
        if local not in bound and is_plain(local):
            if local.type is STR:
                _look_at_text(f, node)
            else:
                _look_at_list(f, node)


def _look_at_text(f: FunctionLowering, node: LocalRef) -> None:
    text = f.value(node)
    data, size = memory.view_of(f, node)
    length = memory.text_field(f, text, STR, memory.STR_LENGTH, I64)
    f.add(ir.Assume(f.compare(Predicate.SGE, length, Constant(I64, 0))))
    f.add(ir.Assume(f.compare(Predicate.ULE, length, size)))
    f.add(ir.Assume(f.compare(Predicate.NE, data, Constant(PTR, 0))))


def _look_at_list(f: FunctionLowering, node: LocalRef) -> None:
    object = f.value(node)
    length, slots = elements.header(f, node.type, object)
    f.add(ir.Assume(f.compare(Predicate.SGE, length, Constant(I64, 0))))
    elements.say_apart(f, object, slots)


def _indexed(node: tree.Node) -> Iterator[LocalRef]:
    """Yield the locals whose elements or characters are read or written in a part of the tree."""
    if is_index(node):
        object = node.arguments[0]
        if isinstance(object, LocalRef) and object.type == object.local.type:
            yield object
    for child in node.children():
        yield from _indexed(child)
