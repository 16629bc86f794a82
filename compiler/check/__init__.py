"""Check: from declared modules to the typed tree.

For each function: names are resolved, types inferred and narrowed, overloads, operators and
implicit conversions made explicit, generics instantiated, and everything that the language does not
have, or that would not mean what Python means, reported.

    unit            one module: its functions, and the instances that they reach
    checker         one function: state, errors, and how the other files reach each other
    flow, changes   what is known at a point; what code may change
    narrowing       what tests tell; conditions
    names, attributes, subscripts, members
    literals, constants, operators, comparisons, containment, conditionals, values
    conversions     which values fit where
    calls, construction, generics, special, classes, type_calls, methods
    words           lang's functions and builtins: integer_words, number_words, place_words, machine_words
    assignment      bindings, stores, unpacking, augmented; first_uses: what empty containers hold
    loops           for_loops, loop_targets
    statements, patterns, exceptions, contexts
    closures, formats
    containers      displays and comprehensions; container_calls: their methods
    texts, octets   methods and operators of str and bytes; core_functions: what both have in common
    files           `open`
    aliasing        whose storage a place or view is, and how long it stays good
    replacing       stores of whole structs to where an alias leads
    initialisation  `__init__` gives every field a value
    unsupported     what Python has and the language does not

Before: every declaration of the image is filled in. After: the tree of `compiler/tree.py`, concrete
and explicit; what effects forbid is still to be proved (`compiler/effects`).
"""

from __future__ import annotations

from compiler.check import (
    assignment,
    attributes,
    augmented,
    calls,
    closures,
    comparisons,
    conditionals,
    contexts,
    exceptions,
    files,
    for_loops,
    formats,
    generator_values,
    hashing,
    integer_words,
    iterables,
    literals,
    loops,
    machine_words,
    names,
    number_words,
    operators,
    patterns,
    place_words,
    statements,
    subscripts,
    unsupported,
)
from compiler.check.unit import check_unit

# Each of these enters the syntax that it checks in the tables of `checker`.
PARTS = (
    assignment,
    attributes,
    augmented,
    calls,
    closures,
    comparisons,
    conditionals,
    contexts,
    exceptions,
    files,
    for_loops,
    formats,
    generator_values,
    hashing,
    integer_words,
    number_words,
    iterables,
    literals,
    loops,
    machine_words,
    names,
    operators,
    patterns,
    place_words,
    statements,
    subscripts,
    unsupported,
)

__all__ = ["PARTS", "check_unit"]
