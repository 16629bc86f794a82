"""Decorated functions of a program's own file, and the words of `functools`.

    @cache                          fib__found: dict[int, int] = {}
    def fib(n: int) -> int: ...  ->
                                    def fib__computed(n: int) -> int: ...
                                    def fib(n: int) -> int:
                                        if n in fib__found: return fib__found[n]
                                        ...

    fib.cache_info()                fib__info(), where that is asked for: it counts

    @traced                         def area__plain(side: int) -> int: ...
    def area(side: int) -> int   ->
                                    area: Callable[[int], int] = traced(area__plain)

    @bus.on("login")                def greet__plain(event: Event) -> None: ...
    def greet(event: Event)    ->
            -> None: ...            greet: Callable[[Event], None] = bus.on("login")(greet__plain)

    @wraps(function)                nothing: functions have no names at run time
    reduce(f, items, start)         reduce_from(f, items, start)

Source: Python Language Reference, section 8.7; Library Reference, module functools.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import import_from, placed

_CACHES = {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}
_DEFAULT_SIZE = 128
_CACHED = """
{name}__found: dict[{key_type}, {result}] = {{}}

def {name}({parameters}) -> {result}:
    {counters}
    key = {key}
    if key in {name}__found:
        {on_hit}
        {hit}
    {on_miss}
    made = {name}__computed({arguments})
    {put}
    return made
"""
_COUNTED = """
{name}__hits: int = 0
{name}__misses: int = 0

def {name}__info() -> CacheInfo:
    return CacheInfo({name}__hits, {name}__misses, {size}, len({name}__found))

def {name}__clear() -> None:
    global {name}__hits, {name}__misses
    {name}__hits = {name}__misses = 0
    {name}__found.clear()
"""
_HIT = "return {name}__found[key]"
_PUT = "{name}__found[key] = made"
_HIT_OF_FEW = """known = {name}__found.pop(key)
        {name}__found[key] = known
        return known"""
_PUT_OF_FEW = """if len({name}__found) >= {size}:
        oldest = key
        for oldest in {name}__found:
            break
        del {name}__found[oldest]
    {name}__found[key] = made"""


def with_decorators(tree: ast.Module) -> ast.Module:
    """Return the module with the functions at its top level free of what the checker does not know."""
    known = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
    known |= {
        target.id
        for each in tree.body
        if isinstance(each, ast.Assign | ast.AnnAssign)
        for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
        if isinstance(target, ast.Name)
    }
    cached: set[str] = set()
    counted = {
        each.value.id
        for each in ast.walk(tree)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)
        if each.attr == "cache_info"
    }
    body: list[ast.stmt] = []
    for statement in tree.body:
        made = None
        if isinstance(statement, ast.FunctionDef) and _is_annotated(statement):
            made = _cached(statement, cached, counted) or _applied(statement, known)
        body += made or [statement]
    tree.body = body
    if cached & counted:
        import_from(tree, "functools", ("CacheInfo", None))
    return _Asking(cached, counted).visit(tree) if cached else tree


def _is_annotated(node: ast.FunctionDef) -> bool:
    """True if all types of a function are written, and its parameters are positional."""
    given = node.args
    others = given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs
    return node.returns is not None and not others and all(each.annotation for each in given.args)


def _cached(node: ast.FunctionDef, cached: set[str], counted: set[str]) -> list[ast.stmt] | None:
    """Return what a function with a cache becomes; None if it has none, or other decorators too."""
    if len(node.decorator_list) != 1:
        return None
    (decorator,) = node.decorator_list
    size: int | None = None
    if isinstance(decorator, ast.Call):
        given = [*decorator.args, *(each.value for each in decorator.keywords)]
        word = ast.unparse(decorator.func)
        if len(given) > 1 or not all(isinstance(each, ast.Constant) for each in given):
            return None
        size = given[0].value if given else _DEFAULT_SIZE
    else:
        word = ast.unparse(decorator)
        size = _DEFAULT_SIZE if word.endswith("lru_cache") else None
    if word not in _CACHES or size == 0:
        return None
    names = [each.arg for each in node.args.args]
    types = [ast.unparse(each.annotation) for each in node.args.args]
    several = len(names) != 1
    parts = {"name": node.name, "size": size}
    count = dict.fromkeys(("counters", "on_hit", "on_miss"), "pass")
    if node.name in counted:
        count = {
            "counters": f"global {node.name}__hits, {node.name}__misses",
            "on_hit": f"{node.name}__hits += 1",
            "on_miss": f"{node.name}__misses += 1",
        }
    code = _CACHED.format(
        **count,
        name=node.name,
        key_type=f"tuple[{', '.join(types)}]" if several and names else (types or ["int"])[0],
        key=f"({', '.join(names)})" if several and names else (names or ["0"])[0],
        result=ast.unparse(node.returns),
        parameters=ast.unparse(node.args),
        arguments=", ".join(names),
        hit=(_HIT if size is None else _HIT_OF_FEW).format(**parts),
        put=(_PUT if size is None else _PUT_OF_FEW).format(**parts),
    )
    if node.name in counted:
        code += _COUNTED.format(**parts)
    found, *caching = ast.parse(code).body
    for part in (each for made in (found, *caching) for each in ast.walk(made)):
        if hasattr(part, "lineno"):
            ast.copy_location(part, node)
    cached.add(node.name)
    node.name = f"{node.name}__computed"
    node.decorator_list = []
    return [found, node, *caching]


def _applied(node: ast.FunctionDef, known: set[str]) -> list[ast.stmt] | None:
    """Return what a function with decorators of the module becomes; None if it has others, or none.

    known: the functions and the variables of the module.
    """
    if not node.decorator_list or not all(_root(each) in known for each in node.decorator_list):
        return None
    types = ", ".join(ast.unparse(each.annotation) for each in node.args.args)
    written = f"Callable[[{types}], {ast.unparse(node.returns)}]"
    name = node.name
    node.name = f"{name}__plain"
    value: ast.expr = ast.Name(node.name, ast.Load())
    for decorator in reversed(node.decorator_list):
        value = ast.Call(decorator, [value], [])
    node.decorator_list = []
    annotation = ast.parse(written, mode="eval").body
    for part in ast.walk(annotation):
        if hasattr(part, "lineno"):
            ast.copy_location(part, node)
    made = ast.AnnAssign(ast.Name(name, ast.Store()), annotation, value, 1)
    placed(node, made)
    made.lineno = node.end_lineno or node.lineno
    made.leads_nowhere = True  # a decorator does not call the function that it is given
    return [node, made]


def _root(node: ast.expr) -> str:
    """Return the name that a decorator begins with."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


class _Asking(ast.NodeTransformer):
    """Rewrites `function.cache_clear()` and `function.cache_info()`."""

    def __init__(self, cached: set[str], counted: set[str]) -> None:
        self.cached = cached
        self.counted = counted

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="cache_clear") if name in self.cached:
                if name in self.counted:
                    return placed(node, ast.Name(f"{name}__clear", ast.Load()))
                found = ast.Name(f"{name}__found", ast.Load())
                return placed(node, ast.Attribute(found, "clear", ast.Load()))
            case ast.Attribute(value=ast.Name(id=name), attr="cache_info") if name in self.cached:
                return placed(node, ast.Name(f"{name}__info", ast.Load()))
        return node


class FunctionWords(ast.NodeTransformer):
    """Rewrites the words of `functools` in one module."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.module != "functools":
            return node
        gone = ("cache", "lru_cache", "wraps")
        names = [each for each in node.names if each.name not in gone]
        if any(each.name == "reduce" for each in names):
            names.append(ast.copy_location(ast.alias("reduce_from", None), node))
        return placed(node, ast.ImportFrom(node.module, names, 0) if names else ast.Pass())

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        words = ("wraps", "functools.wraps")
        node.decorator_list = [
            each
            for each in node.decorator_list
            if not (isinstance(each, ast.Call) and ast.unparse(each.func) in words)
        ]
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if len(node.args) == 3:
            match node.func:
                case ast.Name(id="reduce"):
                    node.func.id = "reduce_from"
                case ast.Attribute(value=ast.Name(id="functools"), attr="reduce"):
                    node.func.attr = "reduce_from"
        return node
