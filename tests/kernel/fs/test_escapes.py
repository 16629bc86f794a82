"""Nobody reaches what its namespace does not hold, or does more with what it holds than it may: see escapes.py."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.kernel.fs.alone import views
from tests.kernel.fs.escapes import rows

WARDEN, CELL, COPY, CHILD = range(4)
VIEWS = {"cell": CELL, "copy": COPY}
NO_BASE = 9
WRITE = 2
FIELD = 8  # a number, times this, and permissions
HIDDEN = ["/", "/secret", "/secret/key", "/secret/in"]
SHARED = ["/pub", "/pub/in", "/pub/in/file", "/pub/in/deep", "/pub/in/deep/x"]


@pytest.fixture(scope="module")
def subject():
    return views()


@dataclass
class World:
    """A warden, a prisoner, and what the prisoner has got hold of."""

    subject: object
    prisoner: int
    hidden: dict[int, str] = field(default_factory=dict)  # by the kernel's numbers
    shared: dict[int, str] = field(default_factory=dict)
    got: list[str] = field(default_factory=list)  # what it should not have

    def open(self, view: int, path: str, base: int = NO_BASE, into: int = 5) -> int:
        return self.subject.open(view, text(path), base, into)

    def build(self) -> None:
        subject = self.subject
        subject.begin()
        for path in [
            "/secret/key:cp",
            "/secret/in/deep/x:cp",
            "/pub/in/file:cp",
            "/pub/in/deep/x:cp",
        ]:
            self.open(WARDEN, path)
        self.open(WARDEN, "/home:cd")
        self.hidden = {self.open(WARDEN, path) // FIELD: path for path in HIDDEN}
        self.shared = {self.open(WARDEN, path) // FIELD: path for path in SHARED}
        self.open(WARDEN, "/pub", into=4)
        if self.prisoner == CELL:
            self.build_cell()
        else:
            self.build_copy()
        self.open(WARDEN, "/pub/in:r", into=0)
        self.open(WARDEN, "/pub/in/file:r", into=1)
        for number in (3, 4, 5):
            subject.close(number)

    def build_cell(self) -> None:
        self.subject.start(WARDEN, CELL, False)
        self.subject.mount(CELL, text("/:rwx"))
        self.open(CELL, "/pub:cd")
        self.open(CELL, "/home:cd")
        self.subject.bind(CELL, text("/pub:r"), 4)
        self.open(WARDEN, "/pub/in/deep:r", into=2)

    def build_copy(self) -> None:
        """Return a prisoner that sees the warden's root itself, which so is not hidden from it."""
        self.subject.start(WARDEN, COPY, True)
        self.subject.mount(COPY, text("/secret:rwL"))
        self.subject.bind(COPY, text("/pub:rL"), 4)
        self.open(WARDEN, "/secret/in/deep", into=2)
        self.hidden = {number: path for number, path in self.hidden.items() if path != "/"}

    # Steps -----------------------------------------------------------------------------------------

    def step(self, words: list[str]) -> None:
        """Do one step; that it is refused is as good as that it leads nowhere."""
        view = self.prisoner
        if words[0] == "warden":
            view, words = WARDEN, words[1:]
        elif words[0] == "as":
            view, words = int(words[1]), words[2:]
        try:
            self.act(view, words)
        except Exception as failure:  # noqa: BLE001 - the class is the target's
            assert "AssertionError" not in repr(failure), failure

    def act(self, view: int, words: list[str]) -> None:
        subject = self.subject
        match words:
            case ["open", *rest]:
                self.act_open(view, rest)
            case ["stat", path]:
                found = subject.stat(view, text(path))
                self.look_at(view, found // 1024, found % FIELD, path)
            case ["bind", path, number]:
                subject.bind(view, text(path), int(number))
            case ["start", child, how]:
                subject.start(view, int(child), how == "copy")
            case [name, *paths]:
                getattr(subject, name)(view, *[text(path) for path in paths if path != "@"])

    def act_open(self, view: int, rest: list[str]) -> None:
        base = int(rest.pop(0)[1:]) if rest[0].startswith("@") else NO_BASE
        path, _, into = rest[0].partition(">")
        found = self.open(view, path, base, int(into or 3))
        self.look_at(view, found // FIELD, found % FIELD, path)

    def look_at(self, view: int, number: int, permissions: int, path: str) -> None:
        if view == WARDEN:
            return
        if number in self.hidden:
            self.got.append(f"{path} is {self.hidden[number]}")
        if number in self.shared and permissions & WRITE:
            self.got.append(f"{path} may write {self.shared[number]}")

    def is_unharmed(self) -> bool:
        """Whether what the prisoner may only read is as it was; the warden may have moved it."""
        subject = self.subject
        for path in ("/secret", "/secret/key", "/pub/in/file"):
            try:
                found = subject.stat(WARDEN, text(path))
            except Exception:  # noqa: BLE001 - the class is the target's
                return False
            if path.endswith(("key", "file")) and found // 32 % 32 != 1:
                return False
        return True


def text(path: str) -> bytearray:
    return bytearray(path.encode())


def test_there_are_many_attempts_and_no_two_are_the_same() -> None:
    assert len(rows()) == len(set(rows())) >= 200


@pytest.mark.parametrize(("who", "line"), rows())
def test_nobody_gets_out(subject, who: str, line: str) -> None:
    world = World(subject, VIEWS[who])
    world.build()
    for step in line.split(";"):
        world.step(step.split())
    assert world.got == []
    assert "warden rename" in line or world.is_unharmed()
