"""`compiler/comptime/process.py`: the child that runs compile-time Python, and its end."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from compiler.comptime import evaluate, process
from compiler.source import AlreadyReported, CompileError
from compiler.types import Static, StaticAddress
from tests.compiler.declare.programs import declared, with_errors

NODES = """
class Node:
    next: Node | None

    def __init__(self, next: Node | None) -> None:
        self.next = next

LEAF: Final = Node(None)
ROOT: Final = Node(LEAF)

@comptime
def leaf() -> Node:
    return LEAF

@comptime
def made() -> Node:
    return Node(LEAF)
"""


def test_code_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_SECONDS", 0.5)
    source = (
        "@comptime\ndef forever() -> int:\n    while True: ...\n\nA = forever()\nB = int('3')\n"
    )
    _, errors = with_errors(tmp_path, source)
    assert [each.message for each in errors] == ["compile-time code took longer than 0.5 seconds"]
    assert errors[0].span.line == 6


def test_what_killed_the_child_is_left_out_the_next_time(tmp_path: Path) -> None:
    source = """
@comptime
def ends(status: int) -> int:
    for each in ().__class__.__base__.__subclasses__():
        if each.__name__ == "_wrap_close":
            each.__init__.__globals__["_exit"](status)
    return 0

A = ends(3)
B = int("3")
C = ends(4)
D = B + int("4")
"""
    module, errors = with_errors(tmp_path, source)
    assert [each.message for each in errors] == [
        "compile-time code ended its process with status 3",
        "compile-time code ended its process with status 4",
    ]
    assert (module.scope["B"].value, module.scope["D"].value) == (3, 7)


def test_expressions_of_functions_are_evaluated_where_they_stand(tmp_path: Path) -> None:
    module = declared(tmp_path, NODES)
    value = evaluate_text("made()", module)
    assert isinstance(value, Static)
    assert value.fields == (module.scope["LEAF"].value,)
    assert value.symbol.startswith("main.1.0.")
    assert evaluate_text("made()", module) is value


def test_an_object_is_the_same_whoever_asks(tmp_path: Path) -> None:
    module = declared(tmp_path, NODES)
    leaf, root = module.scope["LEAF"].value, module.scope["ROOT"].value
    assert root.fields == (leaf,)
    assert evaluate_text("leaf()", module) is leaf


def test_a_forked_process_finds_the_same_objects(tmp_path: Path) -> None:
    module = declared(tmp_path, NODES)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            same = evaluate_text("leaf()", module) is module.scope["LEAF"].value
            os.write(writer, evaluate_text("made()", module).symbol.encode() if same else b"no")
        finally:
            os._exit(0)
    os.close(writer)
    symbol = os.read(reader, 1000).decode()
    os.close(reader)
    os.waitpid(child, 0)
    assert symbol == evaluate_text("made()", module).symbol


def test_few_children_live_at_a_time(tmp_path: Path) -> None:
    modules = [declared(tmp_path, f'A = int("{number}")\n') for number in range(8)]
    alive = [module.session.child for module in modules if module.session.child is not None]
    assert len(alive) == process._MAX_CHILDREN
    assert evaluate_text("A + int('1')", modules[0]) == 1


def test_objects_may_refer_to_each_other(tmp_path: Path) -> None:
    source = """
class Node:
    other: Node | None

    def __init__(self) -> None:
        self.other = None

@comptime
def pair() -> Node:
    first, second = Node(), Node()
    first.other, second.other = second, first
    return first

PAIR: Final = pair()
"""
    first = declared(tmp_path, source).scope["PAIR"].value
    (second,) = first.fields
    assert second.fields == (first,)
    assert (first.symbol, second.symbol) == ("main.PAIR", "main.PAIR.1")


def test_pointers_into_the_object_itself(tmp_path: Path) -> None:
    source = """
@struct
class Link:
    next: Ptr[Link]
    previous: Ptr[Link]

class Queue:
    count: u64
    head: Link

    def __init__(self) -> None:
        self.count = 0
        links = Array[Link | None, 0]
        self.head = ring()

@comptime
def ring() -> Link:
    memory = Array[u64, 2](1, 1)
    link = address_of(memory).cast(Link)[0]
    link.next = address_of(link)
    link.previous = address_of(link)
    return link

QUEUE: Final = Queue()
"""
    queue = declared(tmp_path, source).scope["QUEUE"].value
    head = queue.fields[1]
    assert all(isinstance(each, StaticAddress) for each in head.fields)
    assert [(each.target, each.offset) for each in head.fields] == [(queue, 24), (queue, 24)]


def test_a_pointer_into_an_object_that_is_described_later(tmp_path: Path) -> None:
    source = """
@struct
class Point:
    x: u64

class Box:
    point: Point

    def __init__(self) -> None:
        self.point = Point(3)

@comptime
def box() -> Box:
    return KEPT[0]

@comptime
def inside() -> Ptr[Point]:
    return address_of(KEPT[0].point)

KEPT = [Box()]
POINTER: Final = inside()
BOX: Final = box()
"""
    _, errors = with_errors(tmp_path, source)
    message = "a pointer into this object was used before the object itself"
    assert [each.message for each in errors] == [message]


def test_types_that_only_cpython_has(tmp_path: Path) -> None:
    source = (
        "@comptime\ndef none() -> Any:\n    return Array[complex, 0]()\n\nNONE: Final = none()\n"
    )
    _, errors = with_errors(tmp_path, source)
    assert [each.message for each in errors] == ["'complex' is no type of a static object"]


def test_an_error_inside_a_function_names_the_expression(tmp_path: Path) -> None:
    module = declared(tmp_path, NODES)
    with pytest.raises(CompileError, match="ZeroDivisionError"):
        evaluate_text("int('1') // 0", module)
    with pytest.raises(CompileError, match="name 'nothing' is not defined"):
        evaluate_text("nothing + 1", module)


def test_what_depends_on_an_error_is_not_reported_again(tmp_path: Path) -> None:
    module, errors = with_errors(tmp_path, "A = int('x')\nB = A + 1\n")
    assert len(errors) == 1
    with pytest.raises(AlreadyReported):
        evaluate_text("int('1') + A", module)


def evaluate_text(text: str, module):
    return evaluate(ast.parse(text, mode="eval").body, module)
