"""The words of `itertools` whose types depend on how many arguments they have.

    chain(a, b)                     [*a, *b]
    chain.from_iterable(rows)       [item for row in rows for item in row]
    product(a, b), repeat(x, 3)     product_2(a, b), repeat_2(x, 3)
    combinations(a, 2)              combinations_of_2(a)
    combinations(a, n)              combinations_of(a, n), of tuples of any length
    product(a, repeat=2)            product_2(a, a); product_of(a, n), product_over(rows) for others
    zip(count(1), items)            enumerate(items, 1)
    zip_longest(a, b)               zip_longest_2(a, b): what is missing is None
    islice(count(1), n)             range(1, 1 + n)

Only a module that imports them has them.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import call, placed

_BY_COUNT = {
    "accumulate": (1, 2),
    "groupby": (1, 2),
    "islice": (2, 3, 4),
    "product": (2, 3),
    "repeat": (1, 2),
}
# Those that ask an iterator for one item after the other, and at which argument it stands.
_ASKING = {"dropwhile": 1, "filterfalse": 1, "islice": 0, "takewhile": 1}
_BY_NUMBER = ("combinations", "permutations")
_NUMBERS = (2, 3)
_OTHERS = {
    "accumulate": ["accumulate_sum", "accumulate_from"],
    "permutations": ["permutations_all"],
    "product": ["product_of", "product_over"],
    "zip_longest": ["zip_longest", "zip_longest_2"],
}


class IteratorWords(ast.NodeTransformer):
    """Rewrites the uses of itertools in one module."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # what is imported from there, by the name it has here

    def visit_Module(self, node: ast.Module) -> ast.Module:
        for statement in node.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "itertools":
                self.names |= {each.asname or each.name: each.name for each in statement.names}
                made = {name: None for each in statement.names for name in _functions(each.name)}
                names = [ast.copy_location(ast.alias(each, None), statement) for each in made]
                statement.names = names
        is_whole = any(
            isinstance(each, ast.Import) and any(part.name == "itertools" for part in each.names)
            for each in node.body
        )
        node.body = [each for each in node.body if not _is_empty(each)]
        if self.names or is_whole:
            self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        word = self.word(node.func)
        start = self.counted_from(node)
        if start is not None:
            return placed(node, _counted(node, start))
        if len(node.args) > _ASKING.get(word, len(node.args)):
            at = _ASKING[word]
            node.args[at] = placed(node.args[at], call("iter", node.args[at]))
        if word == "chain" and not node.keywords:
            parts: list[ast.expr] = [
                each if isinstance(each, ast.Starred) else ast.Starred(each, ast.Load())
                for each in node.args
            ]
            if not any(isinstance(each, ast.Starred) for each in node.args):
                return placed(node, ast.List(parts, ast.Load()))
        if isinstance(node.func, ast.Attribute) and self.word(node.func.value) == "chain":
            return placed(node, _flat(node)) if len(node.args) == 1 else node
        count = len(node.args) + len(node.keywords)
        if count in _BY_COUNT.get(word, ()) and not _is_repeated(node):
            return self.renamed(node, f"{word}_{count}")
        if word in _BY_NUMBER and len(node.args) == 2 and not node.keywords:
            if isinstance(node.args[1], ast.Constant) and node.args[1].value in _NUMBERS:
                number = node.args.pop().value
                return self.renamed(node, f"{word}_of_{number}")
            return self.renamed(node, f"{word}_of")
        match word, node:
            case "zip_longest", ast.Call(args=[_, _], keywords=[]):
                return self.renamed(node, "zip_longest_2")
            case "permutations", ast.Call(args=[_], keywords=[]):
                return self.renamed(node, "permutations_all")
            case "product", ast.Call(args=[ast.Starred(value=rows)], keywords=[]):
                node.args = [rows]
                return self.renamed(node, "product_over")
            case "product", ast.Call(args=[items], keywords=[ast.keyword("repeat", times)]):
                return self.repeated(node, items, times)
            case "accumulate", ast.Call(args=[items], keywords=[ast.keyword("initial", first)]):
                node.args, node.keywords = [items, first], []
                return self.renamed(node, "accumulate_sum")
            case "accumulate", ast.Call(args=[items, f], keywords=[ast.keyword("initial", first)]):
                node.args, node.keywords = [items, f, first], []
                return self.renamed(node, "accumulate_from")
        return node

    def repeated(self, node: ast.Call, items: ast.expr, times: ast.expr) -> ast.Call:
        """`product(items, repeat=times)`."""
        is_known = isinstance(times, ast.Constant) and times.value in _NUMBERS
        if is_known and isinstance(items, ast.Name | ast.Constant):
            node.args = [copy.deepcopy(items) for _ in range(times.value)]
            node.keywords = []
            return self.renamed(node, f"product_{len(node.args)}")
        node.args, node.keywords = [items, times], []
        return self.renamed(node, "product_of")

    def counted_from(self, node: ast.Call) -> ast.expr | None:
        """Return where the `count` begins of `zip(count(start), items)` and `islice(count(start), n)`."""
        match node:
            case ast.Call(func=function, args=[ast.Call() as endless, _], keywords=[]) if (
                self.word(endless.func) == "count"
                and len(endless.args) < 2
                and not endless.keywords
            ):
                start = endless.args[0] if endless.args else ast.Constant(0)
                is_zip = isinstance(function, ast.Name) and function.id == "zip"
                is_known = isinstance(start, ast.Constant | ast.Name)
                if is_known and (is_zip or self.word(function) == "islice"):
                    return start
        return None

    def word(self, node: ast.expr) -> str:
        """Return which word of itertools an expression is; empty if none."""
        match node:
            case ast.Name(id=name):
                return self.names.get(name, "")
            case ast.Attribute(value=ast.Name(id="itertools"), attr=name):
                return name
        return ""

    def renamed(self, node: ast.Call, name: str) -> ast.Call:
        if isinstance(node.func, ast.Attribute):
            node.func.attr = name
        else:
            node.func.id = name
        return node


def _counted(node: ast.Call, start: ast.expr) -> ast.Call:
    if isinstance(node.func, ast.Name) and node.func.id == "zip":
        return call("enumerate", node.args[1], start)
    end = ast.BinOp(copy.deepcopy(start), ast.Add(), node.args[1])
    return call("range", start, end)


def _is_repeated(node: ast.Call) -> bool:
    return any(each.arg in ("repeat", "initial", None) for each in node.keywords)


def _is_empty(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and not node.names


def _functions(word: str) -> list[str]:
    """Return the functions of lib/python/library/itertools.py that a word stands for."""
    if word == "chain":
        return []
    others = _OTHERS.get(word, [])
    if word == "zip_longest":
        return others
    if word in _BY_COUNT:
        return [*(f"{word}_{count}" for count in _BY_COUNT[word]), *others]
    if word in _BY_NUMBER:
        return [*(f"{word}_of_{number}" for number in _NUMBERS), f"{word}_of", *others]
    return [word]


def _flat(node: ast.Call) -> ast.ListComp:
    place = f"{node.lineno}.{node.col_offset}"
    row, item = f".row.{place}", f".item.{place}"
    outer = ast.comprehension(ast.Name(row, ast.Store()), node.args[0], [], 0)
    inner = ast.comprehension(ast.Name(item, ast.Store()), ast.Name(row, ast.Load()), [], 0)
    return ast.ListComp(ast.Name(item, ast.Load()), [outer, inner])
