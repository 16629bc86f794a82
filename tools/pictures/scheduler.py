"""Pictures of the chapter *The scheduler*: the kernel's run queue at work.

`Trace` lets it work on a simulated processor, and notes at each decision what it knows. Between two decisions
all quantities move evenly, so the lines between them are exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from compiler.testing import Native, native
from tools.pictures.chart import Chart
from tools.pictures.svg import INK, PALE, Picture

COLOURS = ("#1f6fb2", "#d1681d", "#3a8f4a", "#8a4fa3", "#b03a48")
AWAY = "#eeeeee"
NAMES = ("A (weight 32)", "B (16)", "C (8)")
WEIGHTS = (32, 16, 8)
SLEEPER, HOGS = 0, (1, 2, 3)
UNITS_PER_MS = (1 << 10) * 1_000_000  # of virtual time
MS = 1_000_000
SLICE_NS = 3 * MS


@dataclass
class Trace:
    """What happened in a queue. Times are in ms, virtual times in ms of an entity of weight 1, lags in ms."""

    queue: Native
    now_ns: int = 0
    shares: dict[int, int] = field(default_factory=dict)  # weights
    weights: dict[int, int] = field(default_factory=dict)  # of those in the queue
    turns: list[tuple[int, float, float]] = field(default_factory=list)  # who, from, until
    virtual: list[tuple[float, float]] = field(default_factory=list)  # V over time
    eligible: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    lags: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    requests: list[tuple[int, float, float]] = field(default_factory=list)  # who, picked at, vd

    def __post_init__(self) -> None:
        self.queue.begin()

    def share(self, number: int, weight: int) -> None:
        self.queue.set_share(number, weight, SLICE_NS)
        self.shares[number] = weight

    def join(self, number: int) -> None:
        self.queue.charge(self.now_ns)
        self.queue.join(number)
        self.weights[number] = self.shares[number]
        self.note()

    def leave(self, number: int) -> None:
        self.queue.charge(self.now_ns)
        self.note()
        self.queue.leave(number)
        del self.weights[number]
        self.note()

    def run(self, most_ns: int) -> int:
        """Let the queue pick, and who is picked run; until the slice ends, or so long at most. Return who it was."""
        number = self.queue.pick()
        start = self.now_ns
        self.requests.append((number, start / MS, self.queue.deadline_of(number) / UNITS_PER_MS))
        self.now_ns += min(self.queue.slice_left(), most_ns)
        self.queue.charge(self.now_ns)
        self.turns.append((number, start / MS, self.now_ns / MS))
        self.note()
        return number

    def note(self) -> None:
        time = self.now_ns / MS
        total = sum(self.weights.values())
        if total == 0:
            return
        places = {number: self.queue.time_of_entity(number) for number in self.weights}
        mean = Fraction(sum(self.weights[n] * place for n, place in places.items()), total)
        self.virtual.append((time, float(mean / UNITS_PER_MS)))
        for number, place in places.items():
            self.eligible.setdefault(number, []).append((time, place / UNITS_PER_MS))
            lag = self.weights[number] * (mean - place) / UNITS_PER_MS
            self.lags.setdefault(number, []).append((time, float(lag)))


def draw_all() -> dict[str, str]:
    """Return the pictures by the names of their files."""
    queue = native("tools.pictures.run_queue_trace")
    drawings: dict[str, Callable[[Native], Picture]] = {
        "scheduler-turns.svg": draw_turns,
        "scheduler-virtual-time.svg": draw_virtual_time,
        "scheduler-tree.svg": draw_tree,
        "scheduler-sleep.svg": draw_sleep,
    }
    return {name: draw(queue).render() for name, draw in drawings.items()}


def share_of_three(queue: Native, end_ns: int) -> Trace:
    """Let three entities, whose weights are as 4 : 2 : 1, share a processor."""
    trace = Trace(queue)
    for number, weight in enumerate(WEIGHTS):
        trace.share(number, weight)
        trace.join(number)
    while trace.now_ns < end_ns:
        trace.run(end_ns - trace.now_ns)
    return trace


def draw_turns(queue: Native) -> Picture:
    """Who runs, and below how much each has had too little."""
    end = 63
    trace = share_of_three(queue, end * MS)
    picture = Picture(760, 400, "Three threads that share a processor, and their lags")
    lanes = Chart(picture, 120, 20, 620, 96, end, 0, 3)
    for number, name in enumerate(NAMES):
        bottom = lanes.top + 32 * number + 29
        picture.words(lanes.left - 8, bottom - 8, name, COLOURS[number], "end")
        picture.line([(lanes.left, bottom), (lanes.left + lanes.width, bottom)], PALE)
    for number, start, until in trace.turns:
        width = lanes.x(until) - lanes.x(start)
        picture.box(lanes.x(start), lanes.top + 32 * number + 5, width - 1, 24, COLOURS[number])

    chart = Chart(picture, 120, 160, 620, 190, end, -3.5, 3.5)
    chart.draw_values((-3, 0, 3), "lag in ms; dashed: one slice")
    for number in range(3):
        chart.draw(trace.lags[number], COLOURS[number])
    chart.draw_time(9, "time in ms")
    return picture


def draw_virtual_time(queue: Native) -> Picture:
    """The eligible times around V, all times W, so that V has slope 1."""
    end = 21
    trace = share_of_three(queue, end * MS)
    total = sum(WEIGHTS)
    picture = Picture(760, 460, "Virtual time, and the eligible times of three threads")
    chart = Chart(picture, 60, 40, 680, 370, end, 0, 28)
    chart.draw_values((0, 7, 14, 21, 28), "virtual time, times W, in ms")
    chart.draw([(time, value * total) for time, value in trace.virtual], INK, 2, "7 4")
    for number in range(3):
        points = [(time, value * total) for time, value in trace.eligible[number]]
        chart.draw(points, COLOURS[number])
    for number, time, deadline in trace.requests:
        if deadline * total <= chart.high:
            x, y = chart.x(time), chart.y(deadline * total)
            picture.circle(x, y, 4, "#ffffff", COLOURS[number], 2)
    legend = [
        ("V", INK),
        *((f"eligible time of {name}", COLOURS[n]) for n, name in enumerate(NAMES)),
    ]
    for line, (text, colour) in enumerate(legend):
        picture.words(chart.left + 16, chart.top + 22 + 18 * line, text, colour)
    right, bottom = chart.left + chart.width, chart.top + chart.height
    text = "circle: picked, at the height of its deadline"
    picture.words(right - 8, bottom - 12, text, anchor="end")
    chart.draw_time(3, "time in ms")
    return picture


def draw_sleep(queue: Native) -> Picture:
    """A thread that sleeps with a debt: once it is back too early, once late."""
    trace = Trace(queue)
    for number in (SLEEPER, *HOGS):
        trace.share(number, 32)
        trace.join(number)
    end_ns = 60 * MS
    absences = [sleep(trace, wake_ns) for wake_ns in (8 * MS, 46 * MS)]
    run_until(trace, lambda number: False, end_ns)

    total = 32 * 4
    picture = Picture(760, 460, "A thread that sleeps, and virtual time")
    chart = Chart(picture, 60, 40, 680, 370, end_ns / MS, 0, 72)
    for left, back in absences:
        picture.box(chart.x(left), chart.top, chart.x(back) - chart.x(left), chart.height, AWAY)
        picture.words(chart.x(left) + 4, chart.top + 84, "asleep", size=11)
    chart.draw_values((0, 20, 40, 60), "virtual time, times W, in ms")
    for number in HOGS:
        chart.draw([(time, value * total) for time, value in trace.eligible[number]], PALE, 1.5)
    chart.draw([(time, value * total) for time, value in trace.virtual], INK, 2, "7 4")
    for (start, before), (end, after) in pairwise(trace.eligible[SLEEPER]):
        if any(left <= start and end <= back for left, back in absences):
            points = [(start, before * total), (end, before * total), (end, after * total)]
            chart.draw(points, COLOURS[1], 1.5, "3 3")
        else:
            chart.draw([(start, before * total), (end, after * total)], COLOURS[1], 2.5)
    picture.words(chart.left + 16, chart.top + 22, "V")
    picture.words(chart.left + 16, chart.top + 40, "eligible time of the sleeper", COLOURS[1])
    picture.words(chart.left + 16, chart.top + 58, "those of three others", "#888888")
    chart.draw_time(10, "time in ms")
    return picture


def sleep(trace: Trace, wake_ns: int) -> tuple[float, float]:
    """Let the sleeper sleep as soon as it has run, until some time; return from when until when, in ms."""
    run_until(trace, lambda number: number == SLEEPER, wake_ns)
    trace.leave(SLEEPER)
    left_ns = trace.now_ns
    run_until(trace, lambda number: False, wake_ns)
    trace.join(SLEEPER)
    return left_ns / MS, wake_ns / MS


def run_until(trace: Trace, is_last: Callable[[int], bool], end_ns: int) -> None:
    """Let the queue work until somebody has run who is the last, or some time."""
    while trace.now_ns < end_ns:
        if is_last(trace.run(end_ns - trace.now_ns)):
            return


def draw_tree(queue: Native) -> Picture:
    """The tree of a queue, and the way that `pick` takes through it."""
    trace = Trace(queue)
    weights = (4, 7, 2, 9, 5, 12, 3, 8, 6, 10, 4)
    for number, weight in enumerate(weights):
        trace.share(number, weight)
        trace.join(number)
        trace.run((1 + number % 4) * MS)
    for _ in range(9):
        trace.run(2 * MS)
    trace.queue.charge(trace.now_ns)
    total = sum(weights)
    time = trace.virtual[-1][1] * total

    picture = Picture(760, 400, "The tree of a run queue, and the way of pick")
    columns = {number: column for column, number in enumerate(in_order(queue, queue.root()))}

    def place(number: int, depth: int) -> tuple[float, float]:
        return 60 + 640 * (columns[number] + 0.5) / len(columns), 70 + 84 * depth

    path = way_of_pick(queue, time / total * UNITS_PER_MS)

    def draw(number: int, depth: int) -> None:
        x, y = place(number, depth)
        for child in (queue.left_of(number), queue.right_of(number)):
            if child >= 0:
                is_taken = number in path and child in path
                picture.line(
                    [(x, y), place(child, depth + 1)],
                    INK if is_taken else PALE,
                    3 if is_taken else 1,
                )
                draw(child, depth + 1)
        eligible = queue.time_of_entity(number) / UNITS_PER_MS * total
        colour = COLOURS[4] if queue.is_red(number) else INK
        is_eligible = eligible <= time
        fill = "#d9ecd9" if is_eligible else "#ffffff"
        picture.circle(x, y, 25, fill, colour, 3 if number in path else 1.5)
        picture.words(
            x, y - 5, f"{queue.deadline_of(number) / UNITS_PER_MS * total:.0f}", INK, "middle"
        )
        picture.words(
            x, y + 10, f"{eligible:.1f}", "#3a6f3a" if is_eligible else "#777777", "middle", 11
        )
        least = queue.least_below(number) / UNITS_PER_MS * total
        picture.words(x + 27, y + 18, f"{least:.1f}", COLOURS[0], size=11)

    draw(queue.root(), 0)
    picture.words(16, 24, f"V = {time:.1f}")
    picture.words(16, 42, "in a node: deadline, eligible time", size=11)
    picture.words(16, 56, "beside it: least eligible time below", COLOURS[0], size=11)
    picture.words(16, 70, "green: eligible", "#3a6f3a", size=11)
    return picture


def in_order(queue: Native, number: int) -> list[int]:
    """Return the entities of a subtree by their deadlines."""
    if number < 0:
        return []
    return [
        *in_order(queue, queue.left_of(number)),
        number,
        *in_order(queue, queue.right_of(number)),
    ]


def way_of_pick(queue: Native, time: float) -> list[int]:
    """Return the nodes that `RunQueue.pick` visits, down to the one that it finds."""
    path = []
    node = queue.root()
    while node >= 0:
        path.append(node)
        left = queue.left_of(node)
        if left >= 0 and queue.least_below(left) <= time:
            node = left
        elif queue.time_of_entity(node) <= time:
            break
        else:
            node = queue.right_of(node)
    return path
