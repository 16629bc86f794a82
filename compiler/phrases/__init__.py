"""Phrases of ordinary programs, put into the words that the checker knows.

Each file here rewrites some syntax trees into others that mean the same:

    arguments.py   `print` with starred arguments, `file` or a `sep` that is no literal
    collection_words.py  defaultdict
    displays.py    `[a, *b]`, `{*a, b}`, `{**a, "k": v}`, `yield from it`, `sys.exit(status)`
    formatting.py  `"%d: %s" % (a, b)`, `"{} {}".format(a, b)`
    typing_words.py  `List[int]` and its like

Before: the tree of a program's module, as Python parses it. After: a tree with the same meaning and the
same places in the source.
"""

from __future__ import annotations

import ast

from compiler.phrases import arguments, collection_words, displays, formatting, typing_words


def reworded(tree: ast.Module) -> ast.Module:
    """Return the module with its phrases put into plainer words."""
    for rewriter in (
        typing_words.TypingWords(),
        collection_words.CollectionWords(),
        formatting.Formatting(),
        displays.Displays(),
        arguments.Printing(),
    ):
        tree = rewriter.visit(tree)
    return tree
