"""The words that the compiler itself knows: what target code imports from `lang` and from Python's
own vocabulary modules, and what it sees without an import.

In a module's scope a word is a `Word`, or the `Type` that it simply names. These modules are no
files of the program: nothing is read for them.
"""

from __future__ import annotations

import builtins

from compiler.types import NAMED_TYPES, Type, Word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LANG_TYPES = """
    Array Atomic Bits CFunction Format PerCpu Ptr Rcu Slice UserPtr UserSlice Volatile Weak
    u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 usize isize f32 f64
"""
_LANG_DECORATORS = """
    struct packed union over comptime inline noinline cold naked interrupt export section syscall
    no_alloc no_sleep no_preempt irq_safe no_raise holds sleeps takes_interrupt_lock takes_lock
    virtual
"""
_LANG_FUNCTIONS = """
    Order address_of alignof asm bit_cast borrow byte_swap compiler_fence copy duplicate embed fence
    handled_class is_checked leading_zeros vacate offsetof owner popcount prefetch release_variables retain rotate_left rotate_right sizeof spin_hint
    square_root symbol_address trailing_zeros truncate unreachable wrapping_add wrapping_mul wrapping_neg
    wrapping_shl wrapping_sub zeroed
"""

# What may be imported from each module of the vocabulary.
VOCABULARY: dict[str, frozenset[str]] = {
    module: _words(names)
    for module, names in {
        "lang": _LANG_TYPES + _LANG_DECORATORS + _LANG_FUNCTIONS,
        "typing": """
            TYPE_CHECKING Annotated Any Callable ClassVar Final Generator Generic Iterable Iterator
            Never NoReturn Optional Self TypeAlias TypeVar Union final override
        """,
        "collections.abc": "Callable Generator Iterable Iterator Mapping Sequence",
        "abc": "ABC abstractmethod",
        "enum": "IntEnum IntFlag auto",
        "dataclasses": "dataclass field",
        "__future__": "annotations",
    }.items()
}

# What every module sees without an import, its exceptions apart.
BUILTIN_WORDS = _words(
    """
    abs all any ascii bin bool bytes chr classmethod dict divmod enumerate filter float hash hex id input int
    isinstance issubclass iter len list map max min next oct open ord pow print property range repr
    reversed round set sorted staticmethod str sum super tuple type zip
    __name__ NotImplemented Ellipsis
    """
)

# Promises: decorators of functions, and what stands in Annotated.
EFFECT_WORDS = _words("no_alloc no_sleep no_preempt irq_safe no_raise")


def meaning(name: str) -> Type | Word:
    """Return what a word stands for in a scope: the type that it names, or itself."""
    return NAMED_TYPES.get(name) or Word(name)


def is_python_builtin(name: str) -> bool:
    """True for a builtin of Python's, known to the language or not."""
    return hasattr(builtins, name)
