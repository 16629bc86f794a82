"""Which functions of a program look at the stack when they begin."""

from __future__ import annotations

import ast

from compiler.check.recursion import recursive_names

SOURCE = """
def leaf(): pass
def caller(): leaf()
def itself(n): return itself(n - 1)
def there(): back()
def back(): there()
class Node:
    def total(self): return self.next.total()
    def name(self): return leaf()
def above(): itself(1)
"""


def test_only_functions_that_reach_their_own_name_may_recurse() -> None:
    found = recursive_names(ast.parse(SOURCE))
    assert found == {"itself", "there", "back", "total"}


def test_a_function_inside_another_counts_for_the_one_around() -> None:
    found = recursive_names(ast.parse("def f():\n    def g(): return f()\n    return g()\n"))
    assert "f" in found
