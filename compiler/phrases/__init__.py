"""Phrases of ordinary programs, put into the words that the checker knows.

Each file here rewrites some syntax trees into others that mean the same:

    arguments.py           `print` with starred arguments, `file` or a `sep` that is no literal
    class_unions.py        `Num | Add` of classes
    collection_words.py    defaultdict
    copy_words.py          copies of objects of the file's classes
    decorated.py           functions with decorators of the program's own, cache, and `reduce`
    empty_displays.py      `sum([])`, `not []`
    displays.py            `[a, *b]`, `{*a, b}`, `{**a, "k": v}`, `yield from it`, `sys.exit(status)`
    enum_members.py        an enum where all its members are meant
    enumerations.py        classes derived from Enum
    functional_words.py    itemgetter and its like, cmp_to_key, total_ordering
    qualified_words.py     `dataclasses.dataclass` and its like
    flags.py               classes derived from Flag
    numbered.py            names for the members of IntEnum and IntFlag
    numbers_or.py          `int(text or 0)`
    formatting.py          `"%d: %s" % (a, b)`, `"{} {}".format(a, b)`
    iterator_words.py      the words of itertools
    manager_words.py       `contextmanager` and `suppress`
    plain_words.py         what is left unsaid, such as `-> None`, and `x.__class__`
    record_words.py        classes derived from NamedTuple
    structural.py          classes derived from Protocol
    regex_words.py         `findall` of several groups, `re.Match[str]`
    places.py              where in the source new syntax stands
    shown_choices.py       `print(names or "nobody")`
    shared_attributes.py   attributes of classes that change
    slice_words.py         `slice` as a class
    thread_words.py        `Thread(target=f, args=(x, y))`
    two_way.py             generators that are sent values, or return one
    typing_words.py        `List[int]` and its like
    value_unions.py        `int | str`, with the classes of value_union_classes.py

Those of the program's own file that say what types there are come first, before the types that it leaves
unsaid are told (compiler/infer):

    call_forms.py          decorated functions that are called in several ways
    class_decorators.py    `@register` before a class, and `__init_subclass__`
    class_objects.py       classes as values: `kind = Circle if is_round else Square`
    class_values.py        values of a class that derived ones have others of
    function_values.py     `{"+": operator.add, "max": max}`
    dispatched.py          singledispatch
    dataclass_words.py     replace, asdict, astuple, fields
    exit_stacks.py         what an ExitStack is given
    early_methods.py       methods that `__init__` keeps before all fields have a value
    exception_arguments.py `args` of exceptions, with their types
    exception_bases.py     exceptions that derive from several
    exit_codes.py          the `code` of a SystemExit
    generator_exits.py     `except GeneratorExit`
    indexed_classes.py     classes that are iterated by their `__getitem__`
    inner_defaults.py      default values of functions inside others
    kept_properties.py     cached_property, and properties that can be deleted
    looped_defaults.py     `for each in found.get(key, ())`
    made_by_class.py       class methods that call `cls`
    made_by_new.py         classes with a `__new__`
    mixins.py              classes with several bases
    named_attributes.py    `getattr(x, "size")`
    named_lambdas.py       `f = lambda x, y=2: x + y`
    named_tuples.py        `namedtuple("Point", "x y")`
    overloads.py           functions with `@overload`
    own_blocks.py          names that a loop binds for itself
    own_fields.py          `vars(object)`
    own_names.py           names that a `case` or an `except` binds for itself
    parted.py              `a, b = [], 0`
    partials.py            `partial(function, 2)`
    passed_on.py           `super().__init__(**kwargs)`
    resolution_order.py    `Class.__mro__`
    unset_fields.py        `field(init=False)` of a tuple
    wrappers.py            decorators with `*args, **kwargs`

Before: the tree of a program's module, as Python parses it. After: a tree with the same meaning and the
same places in the source.
"""

from __future__ import annotations

import ast

from compiler.phrases import (
    arguments,
    class_decorators,
    class_objects,
    class_unions,
    class_values,
    collection_words,
    copy_words,
    dataclass_words,
    decorated,
    dispatched,
    displays,
    early_methods,
    empty_displays,
    enumerations,
    exception_arguments,
    exception_bases,
    exit_codes,
    exit_stacks,
    formatting,
    function_values,
    functional_words,
    generator_exits,
    indexed_classes,
    inner_defaults,
    iterator_words,
    kept_properties,
    looped_defaults,
    made_by_class,
    made_by_new,
    manager_words,
    mixins,
    named_attributes,
    named_lambdas,
    named_tuples,
    numbered,
    numbers_or,
    octet_words,
    overloads,
    own_blocks,
    own_fields,
    own_names,
    parted,
    partials,
    passed_on,
    plain_words,
    qualified_words,
    record_words,
    regex_words,
    resolution_order,
    shared_attributes,
    shown_choices,
    slice_words,
    structural,
    thread_words,
    two_way,
    typing_words,
    unset_fields,
    value_unions,
    wrappers,
)


def prepared(tree: ast.Module) -> ast.Module:
    """Return the program's own file with all of its classes and functions written out."""
    tree = own_names.with_names(overloads.without_stubs(tree))
    tree = own_blocks.with_names(named_attributes.with_dots(tree))
    tree = exit_codes.with_codes(generator_exits.written_out(tree))
    tree = named_lambdas.as_functions(tree)
    tree = indexed_classes.with_iterators(tree)
    tree = early_methods.with_fields_first(kept_properties.written_out(tree))
    tree = looped_defaults.with_lists(tree)
    tree = unset_fields.with_zeros(tree)
    tree = dataclass_words.with_methods(named_tuples.with_classes(tree))
    tree = resolution_order.with_names(tree)
    tree = made_by_new.with_functions(class_decorators.with_calls(tree))
    tree = exit_stacks.with_functions(dispatched.with_tests(tree))
    tree = class_objects.with_objects(made_by_class.with_own_methods(tree))
    tree = function_values.with_lambdas(parted.with_one_target(tree))
    tree = exception_arguments.with_fields(exception_bases.with_one_base(tree))
    tree = mixins.with_single_bases(tree)
    tree = own_fields.with_methods(passed_on.with_names(tree))
    tree = partials.with_lambdas(wrappers.with_wrappers(tree))
    tree = inner_defaults.written_out(tree)
    return class_values.with_properties(tree)


def reworded(tree: ast.Module, is_main: bool) -> ast.Module:
    """Return the module with its phrases put into plainer words.

    is_main: this is the program's own file, which can make objects when it starts.
    """
    tree = octet_words.with_class(qualified_words.by_name(tree))
    tree = slice_words.with_class(tree)
    tree = record_words.RecordWords().visit(tree)
    if is_main:
        tree = structural.with_protocols(tree)
        tree = class_unions.with_bases(tree)
    tree = two_way.with_channels(tree)
    tree = value_unions.with_unions(tree)
    if is_main:
        tree = copy_words.with_methods(tree)
    tree = plain_words.PlainWords().visit(tree)
    tree = manager_words.ManagerWords().visit(tree)
    if is_main:
        tree = numbered.with_names(tree)
        tree = shared_attributes.with_variables(enumerations.with_members(tree))
        tree = decorated.with_decorators(tree)
    for rewriter in (
        typing_words.TypingWords(),
        collection_words.CollectionWords(),
        functional_words.FunctionalWords(),
        decorated.FunctionWords(),
        iterator_words.IteratorWords(),
        formatting.Formatting(),
        regex_words.RegexWords(),
        numbers_or.NumbersOr(),
        thread_words.ThreadWords(),
        displays.Displays(),
        empty_displays.EmptyDisplays(),
        arguments.Printing(),
        shown_choices.ShownChoices(),
    ):
        tree = rewriter.visit(tree)
    return tree
