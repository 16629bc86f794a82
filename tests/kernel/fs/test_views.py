"""Files as several processes in several namespaces see them, against a model in plain Python.

PATCHWORK_LONG=1 does a hundred thousand operations: names, links, contents, mounts, namespaces, open files.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.fs.alone import views
from tests.kernel.fs.views_model import KINDS, Model, Refused

IS_LONG = bool(os.environ.get("PATCHWORK_LONG"))
EXAMPLES, STEPS = (11_000, 40) if IS_LONG else (150, 40)
VIEWS, FILES = 4, 6
NO_BASE = 9

names = st.sampled_from(["a", "b", "c", "a", "b", "c", "..", "."])
roots = st.sampled_from(["/", "/", "/", ""])
paths = st.builds(
    lambda root, parts: root + "/".join(parts), roots, st.lists(names, min_size=0, max_size=4)
)


def flagged(letters: list[str]) -> st.SearchStrategy[str]:
    """Return paths with flags of some letters, mostly with the first ones."""
    return st.builds(
        lambda path, flags: f"{path}:{flags}" if flags else path,
        paths,
        st.sampled_from(letters),
    )


view_numbers = st.integers(0, VIEWS - 1)
file_numbers = st.integers(0, FILES - 1)
offsets = st.sampled_from([0, 0, 1, -1, 3, -3, 4090, 9000, (1 << 63) - 1, -(1 << 63)])
bases = st.sampled_from([NO_BASE, NO_BASE, 0, 1, 2, 3])
opening = flagged(
    [
        "",
        "c",
        "cd",
        "cd",
        "cdp",
        "cp",
        "ce",
        "r",
        "w",
        "rw",
        "rwx",
        "crw",
        "cw",
        "t",
        "cr",
        "l",
        "ca",
    ]
)
removing = flagged(["", "d", "R", "dR"])
mounting = flagged(["rw", "r", "rwx", "rwg", "rwP", "rwL", "g", "rg", ""])

operations = st.one_of(
    st.tuples(st.just("open"), view_numbers, opening, bases, file_numbers),
    st.tuples(st.just("open"), view_numbers, opening, bases, file_numbers),
    st.tuples(st.just("stat"), view_numbers, flagged(["", "", "l"])),
    st.tuples(st.just("size"), view_numbers, flagged(["", "l"])),
    st.tuples(st.just("names"), view_numbers, flagged(["", "", "r", "w", "l"])),
    st.tuples(st.just("read_link"), view_numbers, flagged(["", "l"])),
    st.tuples(st.just("write"), file_numbers, st.integers(1, 255), st.integers(0, 5)),
    st.tuples(st.just("write"), file_numbers, st.integers(1, 255), st.integers(0, 5)),
    st.tuples(st.just("read"), file_numbers, st.integers(0, 64)),
    st.tuples(st.just("seek"), file_numbers, offsets, st.integers(0, 3)),
    st.tuples(st.just("reduce"), file_numbers, st.integers(0, 7), file_numbers),
    st.tuples(st.just("link"), view_numbers, flagged(["", "l"]), paths),
    st.tuples(st.just("symlink"), view_numbers, paths, paths),
    st.tuples(st.just("remove"), view_numbers, removing),
    st.tuples(st.just("rename"), view_numbers, paths, paths),
    st.tuples(st.just("mount"), view_numbers, mounting),
    st.tuples(st.just("bind"), view_numbers, mounting, file_numbers),
    st.tuples(st.just("unmount"), view_numbers, flagged(["", "", "g", "l"])),
    st.tuples(st.just("go_to"), view_numbers, paths),
    st.tuples(st.just("start"), view_numbers, view_numbers, st.booleans()),
    st.tuples(st.just("enter"), view_numbers, view_numbers),
    st.tuples(st.just("close"), file_numbers),
)


@pytest.fixture(scope="module")
def subject():
    return views()


def is_possible(model: Model, step: tuple) -> bool:
    """Whether an operation is about views and files that there are."""
    match step:
        case ("close", _):
            return True
        case ("read" | "write" | "seek" | "reduce", file, *_):
            return model.files[file] is not None
        case ("start", parent, child, _):
            return model.views[parent] is not None and parent != child and child != 0
        case ("enter", view, other):
            return model.views[view] is not None and model.views[other] is not None
        case ("bind", view, _, source):
            return model.views[view] is not None and model.files[source] is not None
    return model.views[step[1]] is not None


class Numbers:
    """Which of the kernel's numbers a node of the model has: one each."""

    def __init__(self) -> None:
        self.of_node: dict[int, object] = {}

    def agree(self, number: int, node: object) -> bool:
        return self.of_node.setdefault(number, node) is node


def encoded(argument: object) -> object:
    return bytearray(argument.encode()) if isinstance(argument, str) else argument


def check_step(subject, model: Model, numbers: Numbers, step: tuple) -> None:
    name, *arguments = step
    expected, refusal = None, None
    try:
        expected = getattr(model, name)(*arguments)
    except Refused as refused:
        refusal = refused.args[0]
    try:
        found = getattr(subject, name)(*map(encoded, arguments))
    except Exception as failure:  # noqa: BLE001 - the class is the target's
        assert refusal is not None, f"{step}: {failure!r} where the model goes on"
        assert refusal in repr(failure), f"{step}: {failure!r} instead of {refusal}"
        return
    assert refusal is None, f"{step} goes on where the model raises {refusal}"
    if name == "open":
        node, permissions = expected
        assert found % 8 == permissions, step
        assert numbers.agree(found // 8, node), f"{step} opened something else"
    elif name == "stat":
        node, links, kind, permissions = expected
        assert found % 1024 == links * 32 + KINDS[kind] * 8 + permissions, step
        assert numbers.agree(found // 1024, node), f"{step} found something else"
    elif expected is not None:
        assert found == expected, step


@given(st.lists(operations, min_size=STEPS, max_size=STEPS))
@settings(max_examples=EXAMPLES)
def test_views_are_the_models(subject, steps: list[tuple]) -> None:
    check(subject, steps)


def test_above_a_root_that_was_covered_is_what_covers_it(subject) -> None:
    check(subject, [("go_to", 0, "/"), ("mount", 0, "/:rw"), ("stat", 0, ".."), ("stat", 0, "/")])


def check(subject, steps: list[tuple]) -> None:
    model, numbers = Model(VIEWS, FILES), Numbers()
    subject.begin()
    for step in steps:
        if is_possible(model, step):
            check_step(subject, model, numbers, step)
    assert subject.end() == 0
