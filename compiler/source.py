"""Source files, places in them, and what the compiler has to say about those places.

A `Span` is where something stands in the source. A `Diagnostic` says what is wrong there and what
to write instead. A pass that meets an error raises `CompileError` where it can go no further; its
caller at the next statement, function or class catches it, keeps the diagnostic and goes on, so
that a run reports all errors and not the first.
"""

from __future__ import annotations

import ast
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self


class Span(NamedTuple):
    """A stretch of one source file. Lines count from 1, columns from 0 in UTF-8 bytes as in ast."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @staticmethod
    def of(path: str, node: ast.AST) -> Span:
        """Return the span of a syntax node that has a position."""
        return Span(path, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)

    @staticmethod
    def first_line(path: str, node: ast.AST, text: str) -> Span:
        """Return the span of a node as far as it stands in its first line."""
        span = Span.of(path, node)
        if span.end_line == span.line:
            return span
        width = len(text.split("\n")[span.line - 1].encode())
        return span._replace(end_line=span.line, end_column=width)

    @staticmethod
    def whole_file(path: str) -> Span:
        return Span(path, 1, 0, 1, 0)


@dataclass(frozen=True)
class Inlining:
    """A function that was put in the place of a call: its names, where it is defined, and `at`
    which place it stands now."""

    symbol: str
    name: str
    header: Span
    at: Span


class InlinedSpan(Span):
    """A place in a function that was put in the place of a call."""

    inlining: Inlining

    def __new__(cls, span: Span, inlining: Inlining) -> Self:
        self = tuple.__new__(cls, span)
        self.inlining = inlining
        return self

    def __getnewargs__(self) -> tuple[Span, Inlining]:
        return Span(*self), self.inlining


@dataclass(frozen=True)
class Note:
    """A further place that belongs to a diagnostic, such as one step of a call chain."""

    span: Span
    message: str


@dataclass(frozen=True)
class Diagnostic:
    """One error in the user's source: where, what is wrong, what to write instead."""

    span: Span
    message: str
    hint: str = ""
    notes: tuple[Note, ...] = field(default=())


class CompileError(Exception):
    """Carries one diagnostic to the nearest place where the pass can go on."""

    def __init__(self, span: Span, message: str, hint: str = "", notes: tuple[Note, ...] = ()):
        super().__init__(message)
        self.diagnostic = Diagnostic(span, message, hint, notes)


class AlreadyReported(CompileError):
    """What is asked for needs something that has an error of its own, which was reported."""

    def __init__(self, span: Span):
        super().__init__(span, "this depends on something that has an error")


class OwnDefect(CompileError):
    """The compiler itself went wrong."""

    def __init__(self, path: str, reason: str):
        super().__init__(
            Span.whole_file(path),
            f"the compiler failed on this file: {reason}",
            "this is a defect of the compiler; leave out parts of the file to find what it is",
        )


def place_of(error: Exception) -> str:
    """Return where the compiler itself went wrong, for who mends it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"


class CompileFailed(Exception):
    """The compilation ended with these errors."""

    def __init__(self, diagnostics: list[Diagnostic]):
        lines = (f"{each.span.path}:{each.span.line}: {each.message}" for each in diagnostics)
        super().__init__("\n".join(lines))
        self.diagnostics = diagnostics
