"""What Python's own functions and methods give, as annotations; `A` and `B` are the arguments of the
type of the object, such as the K and V of a dict."""

from __future__ import annotations

FUNCTIONS = {  # whatever they are given
    **dict.fromkeys(("len", "ord", "hash", "id", "int"), "int"),
    **dict.fromkeys(("str", "repr", "chr", "hex", "bin", "oct", "input", "format", "ascii"), "str"),
    **dict.fromkeys(("bool", "any", "all", "isinstance", "issubclass", "callable"), "bool"),
    "float": "float",
    "bytes": "bytes",
    "bytearray": "bytearray",
    "range": "range",
    "print": "None",
    "Fraction": "Fraction",
    "Decimal": "Decimal",
}

_TEXT = {
    **dict.fromkeys(("split", "rsplit", "splitlines"), "list[A]"),
    **dict.fromkeys(("partition", "rpartition"), "tuple[A, A, A]"),
    **dict.fromkeys(("count", "find", "index", "rfind", "rindex"), "int"),
    **dict.fromkeys(
        [
            "capitalize",
            "casefold",
            "center",
            "expandtabs",
            "format",
            "join",
            "ljust",
            "lower",
            "lstrip",
            "removeprefix",
            "removesuffix",
            "replace",
            "rjust",
            "rstrip",
            "strip",
            "swapcase",
            "title",
            "translate",
            "upper",
            "zfill",
        ],
        "A",
    ),
    **dict.fromkeys(
        [
            "endswith",
            "isalnum",
            "isalpha",
            "isascii",
            "isdecimal",
            "isdigit",
            "isidentifier",
            "islower",
            "isnumeric",
            "isprintable",
            "isspace",
            "istitle",
            "isupper",
            "startswith",
        ],
        "bool",
    ),
}

METHODS = {
    "str": {name: each.replace("A", "str") for name, each in _TEXT.items()} | {"encode": "bytes"},
    "bytes": {name: each.replace("A", "bytes") for name, each in _TEXT.items()}
    | {"decode": "str", "hex": "str"},
    "int": {"bit_length": "int", "bit_count": "int", "to_bytes": "bytes"},
    "float": {"is_integer": "bool", "hex": "str"},
    "list": {"pop": "A", "copy": "list[A]", "index": "int", "count": "int"},
    "deque": {"pop": "A", "popleft": "A", "copy": "deque[A]", "index": "int", "count": "int"},
    "tuple*": {"index": "int", "count": "int"},
    "set": {
        **dict.fromkeys(
            ("copy", "union", "intersection", "difference", "symmetric_difference"), "set[A]"
        ),
        **dict.fromkeys(("issubset", "issuperset", "isdisjoint"), "bool"),
        "pop": "A",
    },
    "dict": {
        "keys": "Iterable[A]",
        "values": "Iterable[B]",
        "items": "Iterable[tuple[A, B]]",
        "pop": "B",
        "popitem": "tuple[A, B]",
        "copy": "dict[A, B]",
        "setdefault": "B",
        "get": "B",
    },
    "Counter": {
        "keys": "Iterable[A]",
        "values": "Iterable[int]",
        "items": "Iterable[tuple[A, int]]",
        "most_common": "list[tuple[A, int]]",
        "elements": "Iterable[A]",
        "total": "int",
        "get": "int",
        "pop": "int",
        "copy": "Counter[A]",
    },
}
for _kind, _names in {
    "list": "append extend insert remove sort reverse clear",
    "deque": "append appendleft extend extendleft insert remove reverse rotate clear",
    "set": "add discard remove update clear",
    "dict": "update clear",
    "Counter": "update subtract clear",
}.items():
    METHODS[_kind] |= dict.fromkeys(_names.split(), "None")
METHODS["Match"] = {
    "group": "str",
    "groups": "tuple[str, ...]",
    "groupdict": "dict[str, str]",
    **dict.fromkeys(("start", "end"), "int"),
    "span": "tuple[int, int]",
    "expand": "str",
}
METHODS["Generator"] = {"send": "A", "throw": "A", "close": "None"}
METHODS["defaultdict"] = METHODS["OrderedDict"] = METHODS["Mapping"] = METHODS["dict"]
METHODS["frozenset"] = METHODS["set"]

# Methods that put an argument into their object: which argument, into which of A and B.
FILLING = {
    "append": [(0, 0)],
    "appendleft": [(0, 0)],
    "add": [(0, 0)],
    "insert": [(1, 0)],
    "send": [(0, 1)],
    "setdefault": [(0, 0), (1, 1)],
}
# Those that put in the items of an argument.
FILLING_FROM = ("extend", "extendleft", "update", "union")

VALUES = {  # of modules: all that one has, or one that it has
    "math": "float",
    "sys.argv": "list[str]",
    "sys.maxsize": "int",
    "string": "str",
}
MODULES = {
    "sys": {},
    "string": {},
    "math": {
        **dict.fromkeys(
            ("floor", "ceil", "trunc", "gcd", "lcm", "factorial", "comb", "perm", "isqrt"), "int"
        ),
        **dict.fromkeys(("isclose", "isnan", "isinf", "isfinite"), "bool"),
        "": "float",
    },
    "time": {"sleep": "None", "perf_counter_ns": "int", "time_ns": "int", "": "float"},
    "random": {
        **dict.fromkeys(("randint", "randrange", "getrandbits"), "int"),
        **dict.fromkeys(("random", "uniform", "gauss", "triangular"), "float"),
        "Random": "Random",
    },
    "statistics": {"": "float"},
    "json": {"dumps": "str"},
    "re": {
        "sub": "str",
        "split": "list[str]",
        "findall": "list[str]",
        "escape": "str",
        "compile": "re.Pattern",
        "match": "re.Match | None",
        "fullmatch": "re.Match | None",
        "search": "re.Match | None",
        "finditer": "Iterator[re.Match]",
    },
    "datetime": {each: each for each in ("date", "datetime", "timedelta", "time")},
    "os": {"getenv": "str"},
}
METHODS["Pattern"] = MODULES["re"]
# Operators of functions in `operator` and the like are left to the checker.

SPECIAL = {  # the method of an operator, and the one of the other side
    "Add": "add",
    "Sub": "sub",
    "Mult": "mul",
    "Div": "truediv",
    "FloorDiv": "floordiv",
    "Mod": "mod",
    "Pow": "pow",
    "MatMult": "matmul",
    "BitAnd": "and",
    "BitOr": "or",
    "BitXor": "xor",
    "LShift": "lshift",
    "RShift": "rshift",
}
