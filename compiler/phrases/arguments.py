"""`print` with starred arguments, with `file`, or with a `sep` or `end` that is no literal.

print(a, *b)              print(" ".join([str(a)] + [str(each) for each in b]))
print(a, b, file=f)       f.write(f"{a} {b}\\n"), where it is a statement
print(a, b, sep=s)        print(f"{a}{s}{b}")
"""

from __future__ import annotations

import ast

from compiler.phrases.places import call, placed, shown


class Printing(ast.NodeTransformer):
    """Rewrites the calls of `print` that say more than the checker knows."""

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        """`print(..., file=f)` as a statement."""
        self.generic_visit(node)
        if not _is_print(node.value):
            return node
        options = {each.arg: each.value for each in node.value.keywords}
        file = options.pop("file", None)
        if file is None or not options.keys() <= {"sep", "end", "flush"}:
            return node
        text = _text(node.value, options, _part(options, "end", "\n"))
        write = ast.Attribute(file, "write", ast.Load())
        return placed(node, ast.Expr(ast.Call(write, [text], [])))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        options = {each.arg: each.value for each in node.keywords}
        if not _is_print(node) or not options.keys() <= {"sep", "end", "flush"}:
            return node
        is_starred = any(isinstance(each, ast.Starred) for each in node.args)
        is_varied = any(
            name != "flush" and not isinstance(value, ast.Constant)
            for name, value in options.items()
        )
        if not is_starred and not is_varied:
            return node
        text = _text(node, options, _part(options, "end", "\n"))
        made = call("print", text)
        made.keywords = [ast.keyword("end", ast.Constant(""))]
        return placed(node, made)


def _is_print(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    )


def _part(options: dict[str | None, ast.expr], name: str, default: str) -> ast.expr:
    """Return an option, for which None means what it means to leave it out."""
    value = options.get(name, ast.Constant(None))
    is_none = isinstance(value, ast.Constant) and value.value is None
    return ast.Constant(default) if is_none else value


def _text(node: ast.Call, options: dict[str | None, ast.expr], end: ast.expr) -> ast.expr:
    """Return what a call of `print` writes, as one text."""
    between = _part(options, "sep", " ")
    if any(isinstance(each, ast.Starred) for each in node.args):
        line = ast.Call(ast.Attribute(between, "join", ast.Load()), [_texts(node)], [])
        return ast.JoinedStr([shown(line), _inside(end)])
    values: list[ast.expr] = []
    for number, argument in enumerate(node.args):
        if number > 0:
            values.append(_inside(between))
        values += argument.values if isinstance(argument, ast.JoinedStr) else [_inside(argument)]
    return ast.JoinedStr([*values, _inside(end)])


def _inside(part: ast.expr) -> ast.expr:
    """Return what shows a part inside an f-string."""
    is_text = isinstance(part, ast.Constant) and isinstance(part.value, str)
    return part if is_text else shown(part)


def _texts(node: ast.Call) -> ast.expr:
    """Return the list of the texts of arguments, some of which are starred."""
    parts: list[ast.expr] = []
    for argument in node.args:
        if not isinstance(argument, ast.Starred):
            parts.append(ast.List([call("str", argument)], ast.Load()))
            continue
        if isinstance(argument.value, ast.GeneratorExp):
            inner = argument.value
            parts.append(ast.ListComp(call("str", inner.elt), inner.generators))
            continue
        name = f".each.{argument.lineno}.{argument.col_offset}"
        loop = ast.comprehension(ast.Name(name, ast.Store()), argument.value, [], 0)
        parts.append(ast.ListComp(call("str", ast.Name(name, ast.Load())), [loop]))
    whole = parts[0]
    for part in parts[1:]:
        whole = ast.BinOp(whole, ast.Add(), part)
    return whole
