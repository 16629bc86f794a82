"""What is found of types that a file leaves unsaid, written back as annotations."""

from __future__ import annotations

import ast

from compiler.infer import with_annotations


def annotated(source: str) -> str:
    return ast.unparse(with_annotations(ast.parse(source)))


def test_an_empty_list_holds_what_is_put_in_elsewhere() -> None:
    source = (
        "class Box:\n    def __init__(self):\n        self.items = []\n"
        "    def put(self, name: str) -> None:\n        self.items.append(name)\n"
    )
    assert "items: list[str]" in annotated(source)


def test_what_begins_as_none_is_what_is_stored_later_or_none() -> None:
    source = (
        "class Node:\n    def __init__(self):\n        self.next = None\n"
        "a = Node()\na.next = Node()\n"
    )
    assert "next: Node | None" in annotated(source)


def test_a_parameter_is_what_calls_give_it() -> None:
    found = annotated("def twice(x):\n    return x + x\ntwice('a')\n")
    assert "def twice(x: str) -> str" in found


def test_float_takes_ints_and_keeps_them() -> None:
    source = "def f(x: float) -> None:\n    print(x)\n"
    assert "x: float" in annotated(source + "f(1.5)\n")
    assert "x: int | float" in annotated(source + "f(1.5)\nf(1)\n")
    assert "x: int)" in annotated(source + "f(1)\n")


def test_items_of_a_tuple_are_apart() -> None:
    found = annotated("def f():\n    return [], {}\na, b = f()\na.append(1)\nb['x'] = 2.5\n")
    assert "-> tuple[list[int], dict[str, float]]" in found


def test_what_nothing_tells_stays_unsaid() -> None:
    source = "def f(x):\n    return x\n\nnames = []\nprint(f)\n"
    assert annotated(source) == ast.unparse(ast.parse(source))


def test_what_nothing_names_is_left_out_where_nothing_tells_what_it_takes() -> None:
    source = "def f(x):\n    return x\n\ndef g(x: int) -> int:\n    return x\n"
    assert "def f" not in annotated(source)
    assert "def g" in annotated(source)


def test_isinstance_tells_what_is_left_of_a_name() -> None:
    source = (
        "class V:\n    def __init__(self, n):\n        self.n = n\n"
        "    def __add__(self, other):\n"
        "        if isinstance(other, int):\n            return V(self.n + other)\n"
        "        return V(self.n + other.n)\nv = V(1) + V(2) + 3\n"
    )
    made = annotated(source)
    assert "def __init__(self, n: int)" in made
    assert "def __add__(self, other: int | V)" in made or "other: V | int" in made


def test_what_another_module_calls_like_one_of_pythons_is_not_that() -> None:
    source = (
        "from leaf import Counter\ncounts = Counter()\n\ndef f(c: Counter) -> None:\n    c.add(1)\n"
    )
    assert annotated(source) == ast.unparse(ast.parse(source))
    assert "Counter[str]" in annotated(
        "from collections import Counter\nc = Counter()\nc['a'] += 1\n"
    )


def test_a_class_called_like_its_base_elsewhere_does_not_derive_from_itself() -> None:
    source = "import codecs\nclass Codec(codecs.Codec):\n    def f(self):\n        return 1\n"
    assert "def f(self) -> int" in annotated(source)
    assert annotated("class A(B):\n    pass\nclass B(A):\n    pass\n")


def test_a_method_without_parameters_is_no_trouble() -> None:
    assert annotated("class A:\n    def f():\n        pass\n")
