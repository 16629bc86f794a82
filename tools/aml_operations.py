"""Writes the table of AML's operations: where each is carried out, and the test that runs it.

    python -m tools.aml_operations          writes docs/aml-operations.md
    python -m tools.aml_operations --check  says whether it is what would be written

The interpreter and the tests are read, not run. An operation is carried out by what the last statement of a `case` of
it calls, or by the function that has the `case`, if that computes the result; a comparison with it counts like a `case`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from modules.acpi.aml.opcodes import Op
from tools.image import ROOT

PAGE = ROOT / "docs" / "aml-operations.md"
FOLDER = ROOT / "modules" / "acpi" / "aml"
CASES = ROOT / "tests" / "modules" / "acpi" / "aml" / "operations.py"
MODULES = {path.stem for path in FOLDER.glob("*.py")} - {
    "machine",
    "frame",
}  # which are also parameters
HELPERS = {"integer", "put", "put_number", "truth"}  # read an operand, or store a result

HEAD = """\
# Operations of AML

Made by tools/aml_operations.py from the interpreter and its tests; change those.

Where each operation is carried out, in `modules/acpi/aml`, and the method that
[tests/modules/acpi/aml/operations.py](../tests/modules/acpi/aml/operations.py) has for it. `test_operations.py` runs that,
compares what it returns, and looks whether the interpreter met the operation: `./patchwork test tests/modules/acpi/aml -k
"test_an_operation and ADD"`. Numbers of two bytes begin with `5B`. What operations mean is in ACPI 6.5, section 19.6.

| number | operation | carried out in | case |
| --- | --- | --- | --- |
"""


def places() -> dict[str, list[str]]:
    """Return for each operation the functions that carry it out, as `file.function`."""
    result: dict[str, list[str]] = {each.name: [] for each in Op}
    for path in sorted(FOLDER.glob("*.py")):
        for operation, place in mentioned(path.stem, ast.parse(path.read_text())):
            if place not in result[operation]:
                result[operation].append(place)
    return result


def mentioned(file: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give the operations that the functions of a file tell apart, and where each is carried out."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for name, function in functions.items():
        here = f"{file}.{name}"
        for node in ast.walk(function):
            if isinstance(node, ast.match_case) and not says_only_which(node.body):
                called = callee(node.body[-1], set(functions))
                place = here if called is None else called if "." in called else f"{file}.{called}"
                for operation in names(node.pattern):
                    yield operation, place
            elif isinstance(node, ast.Compare):
                for operation in compared(node):
                    yield operation, here


def compared(node: ast.Compare) -> list[str]:
    """Return the operations that something is compared with: all of a range."""
    found = names(node)
    if len(node.ops) == 1 or len(found) != 2:
        return found
    first, last = (Op[each] for each in found)
    return [each.name for each in Op if first <= each <= last]


def names(node: ast.AST) -> list[str]:
    """Return the operations that are named in a pattern or an expression."""
    found = (each for each in ast.walk(node) if isinstance(each, ast.Attribute))
    return [each.attr for each in found if ast.unparse(each.value) == "Op"]


def says_only_which(body: list[ast.stmt]) -> bool:
    """Whether a case gives a constant: it belongs to a question about operations."""
    [last] = body[-1:]
    return len(body) == 1 and isinstance(last, ast.Return) and is_truth(last.value)


def is_truth(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, bool)


def callee(statement: ast.stmt, local: set[str]) -> str | None:
    """Return the function that the last statement of a case hands over to; None: it computes the result itself."""
    if not isinstance(statement, ast.Return | ast.Expr):
        return None
    for call in (each for each in ast.walk(statement) if isinstance(each, ast.Call)):
        match call.func:
            case ast.Name(name) if name in local - HELPERS:
                return name
            case ast.Attribute(ast.Name(module), name) if module in MODULES and name not in HELPERS:
                return f"{module}.{name}"
            case _:
                pass
    return None


def cases() -> set[str]:
    """Return the operations that the tests have a case for."""
    for node in ast.parse(CASES.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CASES":
            return {ast.literal_eval(key) for key in node.value.keys}
    return set()


def page() -> str:
    """Return the table of all operations."""
    where, tested = places(), cases()
    lines = [HEAD]
    for each in sorted(
        Op, key=lambda each: f"{each.value:04X}" if each > 0xFF else f"{each.value:02X}"
    ):
        files = ", ".join(f"`{place}`" for place in where[each.name])
        case = f"`{each.name}`" if each.name in tested else ""
        lines.append(f"| `{each.value:02X}` | {title(each)} | {files} | {case} |\n")
    return "".join(lines)


def title(operation: Op) -> str:
    return operation.name.lower().replace("_", " ")


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        return 0 if PAGE.read_text() == page() else 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
