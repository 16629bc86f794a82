"""Loops over objects that are asked for each item (`__next__`) until they raise StopIteration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import PTR, Predicate, Symbol, type_info_symbol
from compiler.lower import errors, loop_lists, places
from compiler.lower.function import statement_of
from compiler.lower.loops import lower_loop_body

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

STOP_ITERATION = "builtins.StopIteration"


@statement_of(tree.ForIterator)
def lower_for_iterator(f: FunctionLowering, node: tree.ForIterator) -> None:
    """Lower `for local in iterable`.

    before:  iterator = iterable; br next
    next:    local = next_call(iterator); br body      (raised: stop)
    body:    ...; br next
    stop:    br was it StopIteration, else, again
    again:   raise again
    else:    orelse; br done
    done:
    """
    places.set_local(f, node.iterator, node.iterable)
    f.drop_temporaries()
    loop_lists.look_at(f, node)
    outer = f.handler
    following, stop, again, other, done = f.new_blocks("next", "stop", "again", "else", "endfor")
    f.start_handled_by(stop, "for")
    f.continue_at(following)
    places.set_local(f, node.local, node.next_call)
    f.drop_temporaries()
    f.start_handled_by(outer, "body")
    lower_loop_body(f, node.body, following, done)
    f.jump(following)

    f.start(stop)
    handled = errors.catch(f)
    is_end = f.compare(
        Predicate.EQ, handled.exception_class, Symbol(PTR, type_info_symbol(STOP_ITERATION))
    )
    f.branch_if(is_end, other, again)
    f.start(again)
    errors.raise_again(f, handled)
    f.start(other)
    if handled.object is not None:
        f.add(ir.ClearLocal(handled.object))
    f.body(node.orelse)
    f.continue_at(done)
