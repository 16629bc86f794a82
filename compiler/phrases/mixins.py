"""Classes with several bases, as a line of classes with one base each, in the program's own file.

    class Duck(Swimmer, Flyer, Animal): ...

                    class Duck__Flyer(Animal): ...        the body of Flyer
          ->        class Duck__Swimmer(Duck__Flyer): ... the body of Swimmer
                    class Duck(Duck__Swimmer): ...

The line is the method resolution order of Python (C3). Its end is kept as it is as far as that is the
line of one of the classes; each class before that is a copy, whose `super()` goes on to the next. A class
that goes on to no other, as most mixins do, needs no copy: what it has is put into the class itself. And `isinstance(x, Flyer)` asks for the copies, too.
A place of type `Flyer` takes no Duck, unless Flyer is at the end of the line.

Before: the tree of the program's file, as Python parses it. After: one whose classes have one base.

Source: Python Language Reference, section 3.3.3; "The Python 2.3 Method Resolution Order".
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import classes_of, placed

_NO_CLASSES = ("ABC", "object", "Generic", "Protocol", "abc.ABC")


def with_single_bases(tree: ast.Module) -> ast.Module:
    """Return the module with a line of classes in the place of one with several bases."""
    classes = classes_of(tree)
    lines: dict[str, list[str]] = {}
    copies: dict[str, list[str]] = {}
    body: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef):
            own = [each for each in statement.bases if _name(each) in classes]
            line = resolution(statement.name, [lines.get(_name(each), []) for each in own])
            if len(own) < 2 or line is None:
                lines[statement.name] = line or [statement.name]
            else:
                lines[statement.name] = line
                body += _copied(statement, line, lines, classes, copies)
        body.append(statement)
    tree.body = body
    if not copies:
        return tree
    asked = _Asking(copies)
    asked.visit(tree)
    used = {
        each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and each not in asked.names
    }
    gone = {name for name in copies if name not in used}
    tree.body = [each for each in body if getattr(each, "name", "") not in gone]
    return _Asking({}, gone).visit(tree)


def _name(node: ast.expr) -> str:
    while isinstance(node, ast.Subscript):
        node = node.value
    return ast.unparse(node)


def resolution(name: str, lines: list[list[str]]) -> list[str] | None:
    """Return the order in which Python looks for the members of a class; None if there is none."""
    waiting = [list(each) for each in lines] + [[each[0] for each in lines if each]]
    found = [name]
    while any(waiting):
        waiting = [each for each in waiting if each]
        for each in waiting:
            if not any(each[0] in other[1:] for other in waiting):
                head = each[0]
                break
        else:
            return None
        found.append(head)
        waiting = [[name for name in each if name != head] for each in waiting]
    return found


def _copied(
    node: ast.ClassDef,
    line: list[str],
    lines: dict[str, list[str]],
    classes: dict[str, ast.ClassDef],
    copies: dict[str, list[str]],
) -> list[ast.stmt]:
    """Return the copies that stand between a class and the end of its line; it derives from the last."""
    end = next(number for number in range(1, len(line)) if lines[line[number]] == line[number:])
    others = [each for each in node.bases if _name(each) not in classes]
    base: ast.expr = ast.Name(line[end], ast.Load())
    made: list[ast.stmt] = []
    into_itself = [
        name for number, name in enumerate(line[1:end], 1) if _fits(classes, line[:number], name)
    ]
    for name in into_itself:
        taken = [each for each in copy.deepcopy(classes[name].body) if not _is_empty(each)]
        node.body += taken
        copies.setdefault(name, []).append(node.name)
    for name in reversed(line[1:end]):
        if name in into_itself:
            continue
        again = copy.deepcopy(classes[name])
        again.name = f"{node.name}__{name}"
        again.bases = [base]
        copies.setdefault(name, []).append(again.name)
        classes_of_own = _Own(name, again.name)
        made.append(classes_of_own.visit(again))
        base = ast.Name(again.name, ast.Load())
    node.bases = [base, *(each for each in others if _name(each) not in _NO_CLASSES)]
    for each in (*made, node):
        for part in each.bases:
            placed(node, part)
    for each in made:
        each.lineno = node.lineno
    calls = _Direct({name: f"{node.name}__{name}" for name in line[1:end]})
    node.body = [calls.visit(each) for each in node.body]
    return made


def _fits(classes: dict[str, ast.ClassDef], before: list[str], name: str) -> bool:
    """True if the members of a class may as well stand in the first of a line: they go on to no other
    class, nothing before them goes on to them or has their names, and no `__init__` is among them."""
    own = _members(classes[name])
    if _goes_on_to(classes[name]) or "__init__" in own or classes[name].decorator_list:
        return False
    return not any(own & (_members(classes[each]) | _goes_on_to(classes[each])) for each in before)


def _members(node: ast.ClassDef) -> set[str]:
    found = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    return found | {
        part.id
        for each in node.body
        if isinstance(each, ast.Assign | ast.AnnAssign)
        for part in ast.walk(each)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }


def _goes_on_to(node: ast.ClassDef) -> set[str]:
    """Return the names of what the methods of a class call by `super()`."""
    return {
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Call)
        and ast.unparse(each.value.func) == "super"
    }


def _is_empty(statement: ast.stmt) -> bool:
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_text or isinstance(statement, ast.Pass)


class _Own(ast.NodeTransformer):
    """Puts the copy's name into the place of the class's in `super(Class, self)`."""

    def __init__(self, name: str, copied: str) -> None:
        self.name = name
        self.copied = copied

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        is_super = isinstance(node.func, ast.Name) and node.func.id == "super"
        if is_super and node.args and _name(node.args[0]) == self.name:
            node.args[0] = placed(node.args[0], ast.Name(self.copied, ast.Load()))
        return node


class _Direct(ast.NodeTransformer):
    """Rewrites `Base.method(self, ...)` in a class where Base is a copy."""

    def __init__(self, copies: dict[str, str]) -> None:
        self.copies = copies

    def visit_Attribute(self, node: ast.Attribute) -> ast.Attribute:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in self.copies:
            node.value = placed(node.value, ast.Name(self.copies[node.value.id], ast.Load()))
        return node


class _Asking(ast.NodeTransformer):
    """Lets `isinstance(x, Class)` ask for the copies of a class, too, and not for one that is gone."""

    def __init__(self, copies: dict[str, list[str]], gone: set[str] = frozenset()) -> None:
        self.copies = copies
        self.gone = gone
        self.names: set[ast.expr] = set()  # of the classes that are asked for

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if not (isinstance(node.func, ast.Name) and node.func.id == "isinstance"):
            return node
        if len(node.args) == 2:
            asked = node.args[1]
            several = asked.elts if isinstance(asked, ast.Tuple) else [asked]
            more = [
                ast.Name(name, ast.Load())
                for each in several
                for name in self.copies.get(_name(each), [])
            ]
            kept = [each for each in several if _name(each) not in self.gone]
            self.names |= {each for each in several if _name(each) in self.copies}
            if more or len(kept) < len(several):
                asked_for = [*kept, *more]
                for each in asked_for:
                    each.may_be_unrelated = True
                node.args[1] = placed(asked, ast.Tuple(asked_for, ast.Load()))
        return node
