"""Lower: the typed tree of one unit becomes IR.

Before: a unit that check accepted. Every name, type and conversion is explicit. After: functions of
basic blocks with explicit loads, stores, checks and calls, and the unit's globals. What may raise
is not tested yet and nothing is counted: a block only says who handles what is raised in it, and
values of type REF only say that they are references (the passes `raise` and `count` go on from
there). Nothing here knows of LLVM.

    representation.py  how a value of each type is held; places, which are never held
    function.py        one function while it is lowered: locals, and the tables of what lowers what
    builder.py         its blocks and instructions
    bodies.py          parameters, locals, the body; nested functions
    uses.py            how a function uses its locals, found out beforehand

    expressions.py     literals, comparisons and other conditions, tuples
    choices.py         conditional expressions, `and` and `or` as values
    arithmetic.py      operators on numbers, and what they check
    conversions.py     from type to type
    memory.py          places, fields, elements, views
    places.py          fresh structs and Arrays, built where they are to stay
    calls.py           calls of every kind, new objects
    control.py         branches, the ways out of what surrounds a statement
    loops.py           while, and for over numbers and views
    errors.py          raise, try, with
    patterns.py        match
    iterators.py       loops over objects with `__next__`
    generators.py      generators, and the loops that consume them
    frames.py          what a generator keeps meanwhile
    expansion.py       small generators, put in the place of the loop
    closures.py        functions as values
    environments.py    what nested functions and f-strings take with them
    formats.py         f-strings
    intrinsics.py      words that are one machine operation, assembly

    unit.py            the unit, its helpers
    objects.py         TypeInfo, vtables, drop functions, isinstance
    statics.py         module variables, literals, compile-time instances
    thunks.py          entries for native tests

The methods of a file draw the blocks that they make, `br` standing for a branch.
"""

from compiler import ir, tree
from compiler.lower import (
    arithmetic,
    calls,
    choices,
    closures,
    control,
    conversions,
    errors,
    expressions,
    formats,
    generators,
    intrinsics,
    iterators,
    loops,
    memory,
    patterns,
    places,
)
from compiler.lower.unit import Options, UnitLowering

__all__ = ["Options", "lower_unit"]

# These files enter what they lower in the tables of function.py.
HANDLERS = (
    arithmetic,
    calls,
    choices,
    closures,
    control,
    conversions,
    errors,
    expressions,
    formats,
    generators,
    intrinsics,
    iterators,
    loops,
    memory,
    patterns,
    places,
)


def lower_unit(unit: tree.Unit, options: Options) -> ir.Unit:
    """Return the IR of a unit."""
    return UnitLowering(unit, options).lower()
