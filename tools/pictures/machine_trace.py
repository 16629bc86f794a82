"""Traces of the scheduler of a booted machine: made by a kernel that writes down what its queue does, and read.

The machine counts instructions as nanoseconds, so what happens in it does not depend on the host. In a trace that is kept,
times and virtual times count from its beginning.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from compiler import render
from compiler.source import CompileFailed
from tools import image
from tools.failure import Failure
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

HERE = Path(__file__).parent
CHANGED = {
    "kernel.init.first": HERE / "traced_threads.py",
    "kernel.sched.trace": HERE / "recorder.py",
}
KINDS = ("joins", "leaves", "stops", "runs")
OVER = "trace is over"
PROCESSOR = ("-cpu", "qemu64")  # QEMU's plainest
UNITS_PER_MS = (1 << 10) * 1_000_000  # of virtual time
MS = 1_000_000


@dataclass(frozen=True)
class Event:
    """What the queue did. Virtual times are in its units."""

    kind: str  # one of KINDS; or that the trace ends, with what is running last
    time_ns: int
    thread: str
    weight: int
    eligible: int
    deadline: int
    virtual: int  # V, rounded down

    @property
    def lag(self) -> int:
        """In units of processor time."""
        return self.weight * (self.virtual - self.eligible)


@dataclass
class Trace:
    """What threads did, from events. Times are in ms, virtual times in ms of a thread of weight 1, lags in ms.

    Between two events all quantities move evenly, so the lines between them are exact.
    """

    events: Sequence[Event]
    turns: list[tuple[str, float, float]] = field(default_factory=list)  # who, from, until
    virtual: list[tuple[float, float]] = field(default_factory=list)  # V over time
    eligible: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    lags: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    requests: list[tuple[str, float, float]] = field(default_factory=list)  # who, picked at, vd
    absences: list[tuple[str, float, float]] = field(default_factory=list)  # who, from, until

    def __post_init__(self) -> None:
        weights: dict[str, int] = {}  # of those in the queue
        places: dict[str, Fraction] = {}  # their eligible times
        left: dict[str, float] = {}
        running: str | None = None
        before_ns = 0
        for event in self.events:
            name, time = event.thread, event.time_ns / MS
            if running is not None:
                passed = event.time_ns - before_ns
                places[running] += Fraction(passed << 10, weights[running])
                self.turns[-1] = (running, self.turns[-1][1], time)
            before_ns = event.time_ns
            self._note(time, weights, places)
            match event.kind:
                case "joins":
                    if name in left:
                        self.absences.append((name, left.pop(name), time))
                    weights[name], places[name] = event.weight, Fraction(event.eligible)
                case "leaves":
                    del weights[name], places[name]
                    left[name] = time
                    running = None if running == name else running
                case "runs":
                    running = name
                    self.requests.append((name, time, event.deadline / UNITS_PER_MS))
                    self.turns.append((name, time, time))
                case "stops":
                    places[name] = Fraction(event.eligible)
            self._note(time, weights, places)

    def _note(self, time: float, weights: dict[str, int], places: dict[str, Fraction]) -> None:
        total = sum(weights.values())
        if total == 0:
            return
        mean = sum((weights[n] * place for n, place in places.items()), Fraction(0)) / total
        _add(self.virtual, time, mean)
        for name, place in places.items():
            _add(self.eligible.setdefault(name, []), time, place)
            _add(self.lags.setdefault(name, []), time, weights[name] * (mean - place))


def _add(points: list[tuple[float, float]], time: float, value: Fraction) -> None:
    """Add a point to a line, unless it is there already. value: in units of virtual time."""
    point = (time, float(value / UNITS_PER_MS))
    if points[-1:] != [point]:
        points.append(point)


def record() -> str:
    """Boot the kernel that records, and return the traces as they are kept.

    Raises:
        Failure: it does not compile, or did not come to the end.
    """
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        kernel = Path(folder) / "kernel.elf"
        try:
            image.build_changed_kernel(CHANGED, kernel, "release", list(CHANGED.values()))
        except CompileFailed as failed:
            render.print_diagnostics(failed.diagnostics)
            raise Failure("the kernel that records its scheduler does not compile") from None
        config = MachineConfig(boot=DirectBoot(kernel), icount_shift=0, qemu_arguments=PROCESSOR)
        with Machine(config) as machine:
            machine.wait_for(OVER)
            return kept(machine.transcript.text)


def kept(output: str) -> str:
    """Return what a machine printed of its traces as they are kept: of the threads that are drawn, by letters.

    A trace begins when the first of them runs, and ends when another thread comes, which is there to end it.
    """
    traces: list[tuple[str, list[Event]]] = []
    letters: dict[str, str] = {}
    for line in output.splitlines():
        match line.split():
            case ["trace", "is", "over"]:
                break
            case ["trace", name]:
                traces.append((name, []))
                letters = {}
            case ["thread", number, letter]:
                count = sum(each.startswith(letter) for each in letters.values())
                letters[number] = letter if count == 0 else f"{letter}{count + 1}"
            case [kind, time, number, *rest] if kind in KINDS and len(rest) == 4:
                weight, *virtual = map(int, rest)
                event = Event(kind, int(time), letters.get(number, ""), weight, *virtual)
                traces[-1][1].append(event)
    return "".join(f"trace {name}\n{_shown(_of_drawn(events))}" for name, events in traces)


def _of_drawn(events: Sequence[Event]) -> list[Event]:
    """Leave out the threads without letters, and count from the beginning."""
    first = next(each for each in events if each.thread and each.kind == "runs")
    found = []
    for event in events:
        if event.thread:
            found.append(_counted_from(first, event))
        elif event.kind == "joins" and event.time_ns > first.time_ns:
            end = replace(event, kind="ends", thread=found[-1].thread)
            return [*found, _counted_from(first, end)]
    raise Failure("a trace has no end")


def _counted_from(first: Event, event: Event) -> Event:
    time_ns = max(0, event.time_ns - first.time_ns)
    places = (event.eligible, event.deadline, event.virtual)
    eligible, deadline, virtual = (_difference(place, first.virtual) for place in places)
    return replace(event, time_ns=time_ns, eligible=eligible, deadline=deadline, virtual=virtual)


def _difference(a: int, b: int) -> int:
    """Return a - b for virtual times, which wrap around."""
    return (a - b + (1 << 63)) % (1 << 64) - (1 << 63)


def _shown(events: Sequence[Event]) -> str:
    return "".join(" ".join(map(str, astuple(event))) + "\n" for event in events)


def read(text: str) -> dict[str, Trace]:
    """Return the traces that are kept in a text, by their names."""
    found: dict[str, list[Event]] = {}
    for line in text.splitlines():
        kind, *words = line.split()
        if kind == "trace":
            events = found[words[0]] = []
        elif kind != "#":
            time, thread, *numbers = words
            events.append(Event(kind, int(time), thread, *map(int, numbers)))
    return {name: Trace(events) for name, events in found.items()}
