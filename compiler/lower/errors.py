"""Exceptions: `raise`, `try` with all its clauses, `with`.

Lowering only says which block handles what is raised in a block (`Block.on_error`); the pass `raise`
makes the tests and branches. A handling block starts with Caught, and with CaughtObject where
exceptions have objects; in worlds where a failed check traps they have none, and the object is 0.

`finally` and the end of a `with` block are clean-ups (control.py): one copy for each way out, one for
the normal end, one for exceptions, which goes on raising.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import PTR, REF, Block, Constant, Symbol, Value, type_info_symbol
from compiler.lower import calls, memory, places
from compiler.lower.control import CleanUp
from compiler.lower.function import Binding, HandledException, statement_of
from compiler.lower.representation import is_place
from compiler.source import CompileError
from compiler.types import BOOL, Effect, NamedType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compiler.lower.function import FunctionLowering

CATCHES_ALL = ("builtins.BaseException",)


# raise ---------------------------------------------------------------------------------------


@statement_of(tree.Raise)
def lower_raise(f: FunctionLowering, node: tree.Raise) -> None:
    if node.cause is not None:
        raise CompileError(
            node.cause.span, "an exception has no room for a cause here", "leave the `from` out"
        )
    if node.value is not None:
        _raise_object(f, node.value)
    elif node.exception_class is not None:
        raise_class(f, node.exception_class.symbol)
    else:
        handled = f.handled[-1]
        raise_again(f, handled)


def raise_class(f: FunctionLowering, symbol: str) -> None:
    """Raise a class without an object."""
    f.add(ir.Raise(Symbol(PTR, type_info_symbol(symbol)), Constant(REF, 0)))


def _raise_object(f: FunctionLowering, node: tree.Expression) -> None:
    value = f.value(node)
    if isinstance(node, tree.New):
        exception_class: Value = Symbol(PTR, type_info_symbol(node.type.symbol))
    else:
        exception_class = f.load(f.offset(value, calls.OBJECT_TYPE), PTR)
    f.add(ir.Raise(exception_class, value))


def raise_again(f: FunctionLowering, handled: HandledException) -> None:
    object = Constant(REF, 0) if handled.object is None else f.get(handled.object)
    f.add(ir.Raise(handled.exception_class, object))


def catch(f: FunctionLowering) -> HandledException:
    """Begin a block that handles what was raised."""
    exception_class = f.add(ir.Caught(type=PTR))
    if f.options.traps:
        return HandledException(exception_class, None)
    kept = f.new_local("exception", REF)
    f.set(kept, f.add(ir.CaughtObject(type=REF)))
    return HandledException(exception_class, kept)


# try -----------------------------------------------------------------------------------------


@statement_of(tree.Try)
def lower_try(f: FunctionLowering, node: tree.Try) -> None:
    """Lower `try: body except …: … else: orelse finally: final`.

    before:  br try
    try:     body; br else            (raised: except)
    else:    orelse; br end           (raised: finally)
    except:  which handler?           (raised: finally)
      …      handler's body; br end
    end:     final; br done
    finally: final; raise again
    done:

    Without `final`, what is raised outside of `body` goes to the handler around the statement.
    """
    done = f.new_block("endtry")
    with cleaning_up(f, (lambda: f.body(node.final)) if node.final else None, done, node.passing):
        end = f.new_block("end")
        outer = f.handler
        dispatch = f.new_block("except") if node.handlers else outer
        f.start_handled_by(dispatch, "try")
        f.body(node.body)
        f.start_handled_by(outer, "else")
        f.body(node.orelse)
        f.jump(end)
        if node.handlers:
            f.start(dispatch)
            _lower_handlers(f, node.handlers, end)
        f.start(end)
    f.start(done)


@contextmanager
def cleaning_up(
    f: FunctionLowering, run: object, done: Block, passing: tree.Handler | None = None
) -> Iterator[None]:
    """Run a clean-up (None: nothing) after the statements inside, on every way out of them, and
    let the normal one end at `done`; `passing` instead, if there is one, where an exception goes through.

    (inside):  …                      (raised: finally)
    end:       clean-up; br done
    finally:   clean-up; raise again
    """
    if run is None:
        yield
        f.jump(done)
        return
    outer, around = f.handler, f.ways_out
    final = f.new_block("finally")
    f.ways_out = [*around, CleanUp(run, outer, f.scope)]
    f.start_handled_by(final, "try")
    yield
    f.ways_out = around
    f.start_handled_by(outer, "final")
    run()
    f.jump(done)

    f.start(final)
    handled = catch(f)
    if passing is None:
        run()
    else:
        _handle(f, passing, handled)
    if f.is_open:
        raise_again(f, handled)


def _lower_handlers(f: FunctionLowering, handlers: list[tree.Handler], end: Block) -> None:
    """Try the handlers in order; what none of them names is raised again.

    except:  Caught; br is A, handle A, or
    or:      br is B, handle B, otherwise
    otherwise: raise again
    """
    handled = catch(f)
    for handler in handlers:
        f.span = handler.span
        body, otherwise = f.new_blocks("handle", "otherwise")
        _branch_by_class(f, handled, handler.classes, body, otherwise)
        f.start(body)
        _handle(f, handler, handled)
        _forget(f, handler, handled)
        f.jump(end)
        f.start(otherwise)
    raise_again(f, handled)


def _handle(f: FunctionLowering, handler: tree.Handler, handled: HandledException) -> None:
    f.handled.append(handled)
    if handler.local is not None:
        _bind_exception(f, handler.local, handled)
    f.body(handler.body)
    f.handled.pop()


def _branch_by_class(
    f: FunctionLowering,
    handled: HandledException,
    classes: list[NamedType],
    body: Block,
    otherwise: Block,
) -> None:
    if not classes or any(each.symbol in CATCHES_ALL for each in classes):
        f.jump(body)
        return
    for number, each in enumerate(classes, 1):
        following = otherwise if number == len(classes) else f.new_block("or")
        is_one = f.unit.objects.is_subclass(f, handled.exception_class, each)
        f.branch_if(is_one, body, following)
        if following is not otherwise:
            f.start(following)


def _bind_exception(f: FunctionLowering, local: tree.Local, handled: HandledException) -> None:
    if handled.object is None:
        raise CompileError(
            local.span,
            "exceptions have no objects here, only classes",
            "leave `as` out and name the class that you mean",
        )
    if local not in f.bindings:
        f.bindings[local] = Binding(local=f.new_local(local.name, REF, span=local.span))
    f.write_local(local, f.get(handled.object))


def _forget(f: FunctionLowering, handler: tree.Handler, handled: HandledException) -> None:
    """Let go of the exception at the end of its handler."""
    if not f.is_open or handled.object is None:
        return
    if handler.local is not None and f.bindings[handler.local].local is not None:
        f.add(ir.ClearLocal(f.bindings[handler.local].local))
    f.add(ir.ClearLocal(handled.object))


# with ----------------------------------------------------------------------------------------


@statement_of(tree.With)
def lower_with(f: FunctionLowering, node: tree.With) -> None:
    """Lower `with context as target: body`.

    before:  manager = context; target = enter(manager); br try
    try:     body                     (raised: finally)
    final:   leave(manager); br done
    finally: leave(manager); raise again, unless it suppresses
    done:
    """
    places.set_local(f, node.manager, node.context)
    if node.target is None:
        f.value(node.enter)
    elif is_place(node.enter.type):
        places.set_local(f, node.target.local, node.enter)
    else:
        memory.store_place(f, f.place(node.target), f.value(node.enter))
    f.drop_temporaries()

    done = f.new_block("endwith")
    around = f.defers_release
    f.defers_release = around or Effect.NO_SLEEP in node.block_effects
    if node.suppresses:
        _lower_suppressing(f, node, done)
    else:
        with cleaning_up(f, lambda: f.value(node.leave), done):
            f.body(node.body)
    f.defers_release = around
    f.start(done)


def _lower_suppressing(f: FunctionLowering, node: tree.With, done: Block) -> None:
    """A context manager whose `__exit__` may say that the exception is dealt with."""
    outer, around = f.handler, f.ways_out
    raised = f.new_block("raised")
    f.ways_out = [*around, CleanUp(lambda: f.value(node.leave), outer, f.scope)]
    f.start_handled_by(raised, "try")
    f.body(node.body)
    f.ways_out = around
    f.start_handled_by(outer, "final")
    f.value(node.leave)
    f.jump(done)

    f.start(raised)
    handled = catch(f)
    again = f.new_block("again")
    assert node.leave.type is BOOL
    f.branch(node.leave, done, again)
    f.start(again)
    raise_again(f, handled)
