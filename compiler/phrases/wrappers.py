"""Decorators whose wrapper says no types, or takes `*args, **kwargs`, made for each function that has one.

    def traced(func):                           def traced__area(func: Callable[[int], int]):
        @wraps(func)                                def wrapper(side: int) -> int:
        def wrapper(*args, **kwargs):                   print("area")
            print(func.__name__)          ->            return func(side)
            return func(*args, **kwargs)            return wrapper
        return wrapper
                                                def area__plain(side: int) -> int: ...
    @traced                                     area__wrapped: Callable[[int], int] = traced__area(area__plain)
    def area(side: int) -> int: ...             def area(side: int) -> int:
                                                    return area__wrapped(side)

What such a wrapper takes is what the function takes, so it has those parameters here. Where it looks at
`args` and `kwargs` themselves, they are what the calls in the file give by place and by name; that is
possible where all calls give the same (call_forms.py). A wrapper whose parameters have no types takes those of the function.
What a wrapper keeps in attributes of its own, such as `wrapper.calls`, is a variable of the module.

Before: the tree of the program's file, as Python parses it. After: one without such decorators.

Source: Python Language Reference, section 8.7; Library Reference, functools.wraps.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass

from compiler.phrases import call_forms
from compiler.phrases.places import placed

_GONE = ("ParamSpec", "Concatenate")


@dataclass
class _Decorator:
    """A function of the module that gives a wrapper."""

    node: ast.FunctionDef  # the function itself
    maker: ast.FunctionDef  # which takes the function: itself, or the one that it returns
    wrapper: ast.FunctionDef

    @property
    def takes_all(self) -> bool:
        return _takes_all(self.wrapper)


def with_wrappers(tree: ast.Module) -> ast.Module:
    """Return the module with what its wrappers take written out."""
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    tree = _Named(functions).visit(tree)
    found: dict[str, _Decorator] = {}
    for each in tree.body:
        if isinstance(each, ast.FunctionDef):
            decorator = _decorator(each)
            if decorator is not None:
                found[each.name] = decorator
    return _Rewriting(tree, found).rewritten() if found else tree


def _decorator(node: ast.FunctionDef) -> _Decorator | None:
    """Return what a function is as a decorator; None if its wrapper names its parameters, or is none."""
    inside = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    makers = [
        *inside,
        node,
    ]  # a function that returns a decorator has what looks like a wrapper, too
    for maker in makers:
        for wrapper in maker.body:
            if not isinstance(wrapper, ast.FunctionDef) or len(maker.args.args) != 1:
                continue
            is_made = _takes_all(wrapper) or _says_no_types(maker) and _says_no_types(wrapper)
            if is_made and _gives(maker, wrapper.name):
                return _Decorator(node, maker, wrapper)
    return None


def _takes_all(wrapper: ast.FunctionDef) -> bool:
    return wrapper.args.vararg is not None or wrapper.args.kwarg is not None


def _says_no_types(node: ast.FunctionDef) -> bool:
    """True for a function with parameters by place only, none of which has a type."""
    given = node.args
    others = given.posonlyargs or given.kwonlyargs or given.defaults or node.returns is not None
    return not others and all(each.annotation is None for each in given.args)


def _gives(maker: ast.FunctionDef, name: str) -> bool:
    last = maker.body[-1]
    return (
        isinstance(last, ast.Return) and isinstance(last.value, ast.Name) and last.value.id == name
    )


class _Rewriting:
    """The decorated functions of one module."""

    def __init__(self, tree: ast.Module, decorators: dict[str, _Decorator]) -> None:
        self.tree = tree
        self.decorators = decorators
        self.made = 0

    def rewritten(self) -> ast.Module:
        body: list[ast.stmt] = []
        self.split_by_form()
        for statement in self.tree.body:
            if isinstance(statement, ast.FunctionDef) and self.applies(statement):
                body += self.function(statement)
            elif isinstance(statement, ast.ClassDef):
                body.append(statement)
                body += self.methods(statement)
            else:
                body.append(statement)
        used = {
            each.id
            for statement in body
            if not (isinstance(statement, ast.FunctionDef) and statement.name in self.decorators)
            for each in ast.walk(statement)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
        }
        self.tree.body = [each for each in body if not self.is_gone(each, used)]
        if self.made:
            self.import_callable()
        return self.tree

    def split_by_form(self) -> None:
        """Let each function of which a wrapper looks at the arguments be called in one way."""
        for node in list(self.tree.body):
            if not isinstance(node, ast.FunctionDef) or not node.decorator_list:
                continue
            decorators = [self.decorators.get(_root(each)) for each in node.decorator_list]
            if not all(
                each is not None
                and _looks_at_arguments(each)
                and call_forms.keeps_nothing(each.node, each.maker, each.wrapper)
                for each in decorators
            ):
                continue
            forms = _shapes(self.tree, node.name, is_method=False)
            if len(forms) > 1 and _ALL not in forms and all("" not in each[1] for each in forms):
                several = call_forms.split(node, sorted(forms), self.tree)
                at = self.tree.body.index(node)
                self.tree.body[at : at + 1] = several

    def import_callable(self) -> None:
        bound = {
            alias.asname or alias.name
            for each in self.tree.body
            if isinstance(each, ast.ImportFrom)
            for alias in each.names
        }
        if "Callable" not in bound:
            at = next(
                number
                for number, each in enumerate(self.tree.body)
                if not (isinstance(each, ast.Expr) or getattr(each, "module", "") == "__future__")
            )
            made = ast.ImportFrom("typing", [ast.alias("Callable", None)], 0)
            self.tree.body.insert(at, placed(self.tree.body[at], made))

    def is_gone(self, statement: ast.stmt, used: set[str]) -> bool:
        """True for a decorator that is used no more, and for variables of types that only it had."""
        match statement:
            case ast.FunctionDef(name=name):
                return name in self.decorators and name not in used
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=word)):
                is_variable = ast.unparse(word).endswith(("TypeVar", "ParamSpec"))
                return is_variable and name not in used
            case ast.ImportFrom(names=names):
                statement.names = [each for each in names if each.name not in _GONE]
                return not statement.names
        return False

    def applies(self, node: ast.FunctionDef) -> bool:
        """True if all decorators of a function are such, and what it takes is written."""
        given = node.args
        if given.vararg or given.kwarg or given.posonlyargs or not node.decorator_list:
            return False
        decorators = [self.decorators.get(_root(each)) for each in node.decorator_list]
        taken = len(given.args) + len(given.kwonlyargs)
        if not all(
            each is not None
            and (each.takes_all or len(each.wrapper.args.args) == taken and not given.defaults)
            for each in decorators
        ):
            return False
        several = len(_shapes(self.tree, node.name, is_method="self" in _names(node))) > 1
        return not (several and any(map(_looks_at_arguments, decorators)))

    def function(self, node: ast.FunctionDef) -> list[ast.stmt]:
        """Return what a decorated function of the module becomes."""
        name = node.name
        plain = ast.Name(f"{name}__plain", ast.Load())
        made, value = self.wrapped(node, name, [*node.args.args], plain, None)
        front = self.front(node, name, node.args.args)
        node.name = f"{name}__plain"
        node.decorator_list = []
        return [node, *made, self.variable(node, name, value, node.args.args), front]

    def methods(self, owner: ast.ClassDef) -> list[ast.stmt]:
        """Rewrite the decorated methods of a class; return what stands behind it."""
        behind: list[ast.stmt] = []
        for number, node in enumerate(list(owner.body)):
            if not isinstance(node, ast.FunctionDef) or not self.applies(node):
                continue
            name = f"{owner.name}__{node.name}"
            parameters = copy.deepcopy(node.args.args)
            parameters[0].annotation = ast.Name(owner.name, ast.Load())
            plain = ast.Attribute(
                ast.Name(owner.name, ast.Load()), f"{node.name}__plain", ast.Load()
            )
            made, value = self.wrapped(node, name, parameters, plain, owner)
            front = self.front(node, name, node.args.args)
            node.name = f"{node.name}__plain"
            node.decorator_list = []
            owner.body.insert(owner.body.index(node) + 1, front)
            behind += [*made, self.variable(node, name, value, parameters)]
        return behind

    def front(self, node: ast.FunctionDef, name: str, parameters: list[ast.arg]) -> ast.FunctionDef:
        """Return the function that stands for the decorated one: it calls the wrapper."""
        taken = [*parameters, *node.args.kwonlyargs]
        call = ast.Call(
            ast.Name(f"{name}__wrapped", ast.Load()),
            [ast.Name(each.arg, ast.Load()) for each in taken],
            [],
        )
        front = copy.deepcopy(node)
        front.body = [ast.Expr(call) if _gives_none(node) else ast.Return(call)]
        front.decorator_list = []
        for each in front.body:
            placed(node, each)
        return front

    def variable(
        self, node: ast.FunctionDef, name: str, value: ast.expr, parameters: list[ast.arg]
    ) -> ast.stmt:
        taken = [*parameters, *node.args.kwonlyargs]
        types = [each.annotation for each in taken]
        target = ast.Name(f"{name}__wrapped", ast.Store())
        if node.returns is None and not _gives_none(node) or not all(types):
            made: ast.stmt = ast.Assign([target], value)
        else:
            made = ast.AnnAssign(target, _callable(types, node), value, 1)
        placed(node, made)
        made.lineno = node.end_lineno or node.lineno
        made.leads_nowhere = True  # a decorator does not call the function that it is given
        return made

    def wrapped(
        self,
        node: ast.FunctionDef,
        name: str,
        parameters: list[ast.arg],
        plain: ast.expr,
        owner: ast.ClassDef | None,
    ) -> tuple[list[ast.stmt], ast.expr]:
        """Return the decorators made for a function, and the value of all of them applied to it."""
        value, shown = plain, node
        made: list[ast.stmt] = []
        for decorator in reversed(node.decorator_list):
            one = self.decorators[_root(decorator)]
            self.made += 1
            made_name = f"{one.node.name}__{name}_{self.made}"
            made += self.specialised(one, made_name, node, name, parameters, owner, shown)
            if not one.wrapper.decorator_list:  # without @wraps it keeps its own name
                shown = one.wrapper
            applied = copy.deepcopy(decorator)
            root = applied
            while isinstance(root, ast.Call):
                root = root.func
            root.id = made_name
            value = ast.Call(applied, [value], [])
        return made, value

    def specialised(
        self,
        decorator: _Decorator,
        made_name: str,
        node: ast.FunctionDef,
        name: str,
        parameters: list[ast.arg],
        owner: ast.ClassDef | None,
        shown: ast.FunctionDef,
    ) -> list[ast.stmt]:
        """Return a copy of a decorator for one function, behind the variables that it keeps.

        shown: the function whose name and text the one that it is given has.
        """
        whole = copy.deepcopy(decorator.node)
        maker, wrapper = whole, None
        if decorator.maker is not decorator.node:
            maker = next(e for e in whole.body if getattr(e, "name", "") == decorator.maker.name)
        wrapper = next(e for e in maker.body if getattr(e, "name", "") == decorator.wrapper.name)
        whole.name = made_name
        taken = [*parameters, *node.args.kwonlyargs]
        types = [each.annotation for each in taken]
        is_typed = all(types) and (node.returns is not None or _gives_none(node))
        function_type = _callable(types, node) if is_typed else None
        function = maker.args.args[0]
        function.annotation = copy.deepcopy(function_type)
        maker.returns = copy.deepcopy(function_type)
        if maker is not whole:
            whole.returns = None
            if function_type is not None:
                both = copy.deepcopy(function_type)
                whole.returns = ast.Subscript(
                    ast.Name("Callable", ast.Load()),
                    ast.Tuple([ast.List([function_type], ast.Load()), both], ast.Load()),
                    ast.Load(),
                )
        own = [each.arg for each in wrapper.args.args]
        rest = [each.arg for each in taken][len(own) :]
        shapes = _shapes(self.tree, node.name, is_method=owner is not None)
        positional, named = len(rest), []
        if len(shapes) == 1 and (*shapes,)[0] != _ALL:
            ((positional, words),) = shapes
            positional, named = max(positional - len(own) + (owner is not None), 0), list(words)
        changed = _InWrapper(wrapper, function.arg, shown, rest, positional, named)
        wrapper.args = ast.arguments(
            [], [copy.deepcopy(each) for each in taken], None, [], [], None, []
        )
        for each, other in zip(wrapper.args.args, own):
            each.arg = other
        wrapper.returns = copy.deepcopy(node.returns)
        wrapper.decorator_list = []
        maker.body = [changed.visit(each) for each in maker.body]
        if _gives_none(node):
            wrapper.body = _without_result(wrapper.body, function.arg)
        kept = _Kept(wrapper.name, name, maker)
        maker.body = [kept.visit(each) for each in maker.body]
        first = [each for each in kept.first if each is not None]
        if kept.names:
            for each in (maker, wrapper):
                each.body.insert(0, ast.Global(sorted(kept.names)))
            used = _Reading(node.name if owner is None else "", name, kept.attributes)
            self.tree.body = [used.visit(each) for each in self.tree.body]
        made: list[ast.stmt] = [*first, whole]
        for statement in made:
            for part in ast.walk(statement):
                if hasattr(part, "lineno") or isinstance(part, ast.stmt | ast.expr | ast.arg):
                    ast.copy_location(part, node)
        return made


class _InWrapper(ast.NodeTransformer):
    """Puts the parameters of the function into the place of `*args, **kwargs`."""

    def __init__(
        self,
        wrapper: ast.FunctionDef,
        function: str,
        node: ast.FunctionDef,
        rest: list[str],
        positional: int,
        named: list[str],
    ) -> None:
        self.several = wrapper.args.vararg.arg if wrapper.args.vararg else ""
        self.named_word = wrapper.args.kwarg.arg if wrapper.args.kwarg else ""
        self.function = function
        self.node = node
        self.rest = rest
        self.positional = rest[:positional]
        self.named = named

    def visit_Call(self, node: ast.Call) -> ast.expr:
        calls_it = isinstance(node.func, ast.Name) and node.func.id == self.function
        passes = any(
            isinstance(each, ast.Starred) and _is_name(each.value, self.several)
            for each in node.args
        ) or any(
            each.arg is None and _is_name(each.value, self.named_word) for each in node.keywords
        )
        if calls_it and passes:
            node.args = [each for each in node.args if not isinstance(each, ast.Starred)]
            node.args += [ast.Name(each, ast.Load()) for each in self.rest]
            node.keywords = [each for each in node.keywords if each.arg is not None]
        match node:
            case ast.Call(func=ast.Name(id="map"), args=[function, ast.Name(id=word)]):
                if word == self.several:
                    calls = [
                        ast.Call(copy.deepcopy(function), [ast.Name(each, ast.Load())], [])
                        for each in self.positional
                    ]
                    return ast.List(calls, ast.Load())
        self.generic_visit(node)
        return node

    def visit_ListComp(self, node: ast.ListComp | ast.GeneratorExp) -> ast.expr:
        """What is made of each argument is written out, since they may differ in type."""
        values = self.written_out(node.generators)
        if values is None:
            self.generic_visit(node)
            return node
        return ast.List(
            [_Putting(each).visit(copy.deepcopy(node.elt)) for each in values], ast.Load()
        )

    visit_GeneratorExp = visit_ListComp

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """`[repr(a) for a in args] + [...]`, where nothing is given by place, or nothing by name."""
        self.generic_visit(node)
        is_sum = isinstance(node.op, ast.Add)
        if is_sum and isinstance(node.left, ast.List) and not node.left.elts:
            return node.right
        if is_sum and isinstance(node.right, ast.List) and not node.right.elts:
            return node.left
        return node

    def written_out(self, generators: list[ast.comprehension]) -> list[dict[str, ast.expr]] | None:
        """Return what the names of a comprehension over the arguments are for each; None for others."""
        if len(generators) != 1 or generators[0].ifs:
            return None
        match generators[0]:
            case ast.comprehension(target=ast.Name(id=name), iter=ast.Name(id=word)):
                if word == self.several:
                    return [{name: ast.Name(each, ast.Load())} for each in self.positional]
            case ast.comprehension(
                target=ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=value)]),
                iter=ast.Call(func=ast.Attribute(value=ast.Name(id=word), attr="items")),
            ):
                if word == self.named_word:
                    return [
                        {key: ast.Constant(each), value: ast.Name(each, ast.Load())}
                        for each in self.named
                    ]
        return None

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if _is_name(node.value, self.function):
            if node.attr in ("__name__", "__qualname__"):
                return ast.Constant(getattr(self.node, "shown_as", self.node.name))
            if node.attr == "__doc__":
                return ast.Constant(ast.get_docstring(self.node, clean=False))
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id == self.several:
            return ast.Tuple([ast.Name(each, ast.Load()) for each in self.positional], ast.Load())
        if node.id == self.named_word:
            return ast.Dict(
                [ast.Constant(each) for each in self.named],
                [ast.Name(each, ast.Load()) for each in self.named],
            )
        return node


class _Putting(ast.NodeTransformer):
    """Puts values into the places of names."""

    def __init__(self, values: dict[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self.values.get(node.id, node))


class _Kept(ast.NodeTransformer):
    """Makes variables of the module of what a wrapper keeps in attributes of its own."""

    def __init__(self, wrapper: str, name: str, maker: ast.FunctionDef) -> None:
        self.wrapper = wrapper
        self.name = name
        self.values = {  # of the names that stand beside the wrapper
            each.targets[0].id: each.value
            for each in maker.body
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
        }
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.first: list[ast.stmt] = []
        self.given: set[str] = set()

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        match node.targets:
            case [ast.Attribute(value=ast.Name(id=name), attr=attr)] if name == self.wrapper:
                if attr not in self.given:
                    self.given.add(attr)
                    target = ast.Name(f"{self.name}__{attr}", ast.Store())
                    first = self.values.get(ast.unparse(node.value), node.value)
                    self.first.append(ast.Assign([target], copy.deepcopy(first)))
        self.generic_visit(node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if _is_name(node.value, self.wrapper) and not node.attr.startswith("__"):
            self.attributes.add(node.attr)
            self.names.add(f"{self.name}__{node.attr}")
            return ast.Name(f"{self.name}__{node.attr}", node.ctx)
        return node


class _Reading(ast.NodeTransformer):
    """Rewrites `function.calls` in the rest of the module."""

    def __init__(self, function: str, name: str, attributes: set[str]) -> None:
        self.function = function
        self.name = name
        self.attributes = attributes

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if _is_name(node.value, self.function) and node.attr in self.attributes:
            return placed(node, ast.Name(f"{self.name}__{node.attr}", node.ctx))
        return node


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and bool(name) and node.id == name


def _root(node: ast.expr) -> str:
    """Return the name that a decorator begins with."""
    while isinstance(node, ast.Call):
        node = node.func
    return node.id if isinstance(node, ast.Name) else ""


def _callable(types: list[ast.expr], node: ast.FunctionDef) -> ast.expr:
    result = copy.deepcopy(node.returns) or ast.Constant(None)
    inside = ast.List([copy.deepcopy(each) for each in types], ast.Load())
    return ast.Subscript(
        ast.Name("Callable", ast.Load()), ast.Tuple([inside, result], ast.Load()), ast.Load()
    )


def _gives_none(node: ast.FunctionDef) -> bool:
    if node.returns is not None:
        return isinstance(node.returns, ast.Constant) and node.returns.value is None
    return not any(
        isinstance(each, ast.Return) and each.value is not None for each in ast.walk(node)
    )


_ALL = (-1, ())  # all of the parameters by place, as functions that are given one do


def _shapes(tree: ast.Module, name: str, is_method: bool) -> set[call_forms.Form]:
    """Return how the calls in a module give arguments: how many by place, and which by name."""
    found: set[tuple[int, tuple[str, ...]]] = set()
    called: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=word) if word == name and not is_method:
                pass
            case ast.Attribute(attr=word) if word == name and is_method:
                pass
            case _:
                continue
        called.add(node.func)
        found.add(call_forms.form_of(node))
    called |= {each.value for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
    for node in ast.walk(tree):
        is_value = isinstance(node, ast.Name) and node.id == name and not is_method
        if is_value and isinstance(node.ctx, ast.Load) and node not in called:
            found.add(_ALL)
    return found


def _names(node: ast.FunctionDef) -> list[str]:
    return [each.arg for each in node.args.args]


def _looks_at_arguments(decorator: _Decorator) -> bool:
    """True if a wrapper does more with what it is given than to pass it on."""
    given = decorator.wrapper.args
    words = [each.arg for each in (given.vararg, given.kwarg) if each is not None]
    passed = [
        part.value
        for each in ast.walk(decorator.wrapper)
        if isinstance(each, ast.Call)
        for part in (*each.args, *(k for k in each.keywords if k.arg is None))
        if isinstance(part, ast.Starred | ast.keyword)
    ]
    return any(
        isinstance(each, ast.Name) and each.id in words and each not in passed
        for each in ast.walk(decorator.wrapper)
    )


def _without_result(body: list[ast.stmt], function: str) -> list[ast.stmt]:
    """Return the body of a wrapper of what gives nothing: nothing is kept of it, or returned."""
    return [_Nothing(function, body).visit(each) for each in body]


class _Nothing(ast.NodeTransformer):
    """Replaces what the call of a function that gives None is kept in."""

    def __init__(self, function: str, body: list[ast.stmt]) -> None:
        self.function = function
        self.names = {
            each.targets[0].id
            for statement in body
            for each in ast.walk(statement)
            if isinstance(each, ast.Assign)
            and isinstance(each.targets[0], ast.Name)
            and self.is_call(each.value)
        }

    def is_call(self, node: ast.expr | None) -> bool:
        return isinstance(node, ast.Call) and _is_name(node.func, self.function)

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if isinstance(node.targets[0], ast.Name) and node.targets[0].id in self.names:
            return ast.Expr(node.value)
        self.generic_visit(node)
        return node

    def visit_Return(self, node: ast.Return) -> ast.stmt | list[ast.stmt]:
        if self.is_call(node.value):
            return [ast.Expr(node.value), ast.Return(None)]
        return ast.Return(None)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.names and isinstance(node.ctx, ast.Load):
            return ast.Constant(None)
        return node


class _Named(ast.NodeTransformer):
    """Rewrites `function.__name__` and `function.__doc__` of functions of the module."""

    def __init__(self, functions: dict[str, ast.FunctionDef]) -> None:
        self.functions = functions

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.value, ast.Name) or node.value.id not in self.functions:
            return node
        function = self.functions[node.value.id]
        if node.attr in ("__name__", "__qualname__"):
            return placed(node, ast.Constant(function.name))
        if node.attr == "__doc__":
            return placed(node, ast.Constant(ast.get_docstring(function, clean=True)))
        return node
