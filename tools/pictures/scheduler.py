"""Pictures of the chapter *The scheduler*: the kernel's run queue at work.

The turns of threads, their lags and virtual times are those of a booted machine (machine_trace.py). The tree is that of a queue on
a simulated processor, since it is not in a trace.
"""

from __future__ import annotations

from itertools import pairwise

from compiler.testing import Native, native
from tools.pictures import machine_trace
from tools.pictures.chart import Chart
from tools.pictures.machine_trace import UNITS_PER_MS, Trace
from tools.pictures.svg import INK, PALE, Picture

COLOURS = {"A": "#1f6fb2", "B": "#d1681d", "C": "#3a8f4a"}
SLEEPER, HOGS = "S", ("H", "H2", "H3")
SLEEPS = "#d1681d"
RED, BLUE = "#b03a48", "#1f6fb2"
AWAY = "#eeeeee"
NAMES = {"A": "A (weight 32)", "B": "B (16)", "C": "C (8)"}
TOTAL = 32 + 16 + 8
MS = 1_000_000
SLICE_NS = 3 * MS


def draw_all(kept: str) -> dict[str, str]:
    """Return the pictures by the names of their files, from the traces that were kept of a machine."""
    traces = machine_trace.read(kept)
    drawings = {
        "scheduler-turns.svg": draw_turns(traces["turns"]),
        "scheduler-virtual-time.svg": draw_virtual_time(traces["turns"]),
        "scheduler-tree.svg": draw_tree(native("tools.pictures.run_queue_trace")),
        "scheduler-sleep.svg": draw_sleep(traces["sleep"]),
    }
    return {name: picture.render() for name, picture in drawings.items()}


def draw_turns(trace: Trace) -> Picture:
    """Who runs, and below how much each has had too little."""
    end = 63
    picture = Picture(760, 400, "Three threads that share a processor, and their lags")
    lanes = Chart(picture, 120, 20, 620, 96, end, 0, 3)
    bottoms = {}
    for number, (letter, name) in enumerate(NAMES.items()):
        bottom = bottoms[letter] = lanes.top + 32 * number + 29
        picture.words(lanes.left - 8, bottom - 8, name, COLOURS[letter], "end")
        picture.line([(lanes.left, bottom), (lanes.left + lanes.width, bottom)], PALE)
    for letter, start, until in trace.turns:
        width = lanes.x(min(until, end)) - lanes.x(start)
        picture.box(lanes.x(start), bottoms[letter] - 24, max(width - 1, 0), 24, COLOURS[letter])

    chart = Chart(picture, 120, 160, 620, 190, end, -3.5, 3.5)
    chart.draw_values((-3, 0, 3), "lag in ms; dashed: one slice")
    for letter, colour in COLOURS.items():
        chart.draw(trace.lags[letter], colour)
    chart.draw_time(9, "time in ms")
    return picture


def draw_virtual_time(trace: Trace) -> Picture:
    """The eligible times around V, all times W, so that V has slope 1."""
    end = 21
    picture = Picture(760, 460, "Virtual time, and the eligible times of three threads")
    chart = Chart(picture, 60, 40, 680, 370, end, 0, 28)
    chart.draw_values((0, 7, 14, 21, 28), "virtual time, times W, in ms")
    chart.draw(shown_until(end, trace.virtual, TOTAL), INK, 2, "7 4")
    for letter, colour in COLOURS.items():
        chart.draw(shown_until(end, trace.eligible[letter], TOTAL), colour)
    for letter, time, deadline in trace.requests:
        if time <= end and deadline * TOTAL <= chart.high:
            x, y = chart.x(time), chart.y(deadline * TOTAL)
            picture.circle(x, y, 4, "#ffffff", COLOURS[letter], 2)
    legend = [
        ("V", INK),
        *((f"eligible time of {name}", COLOURS[letter]) for letter, name in NAMES.items()),
    ]
    for line, (text, colour) in enumerate(legend):
        picture.words(chart.left + 16, chart.top + 22 + 18 * line, text, colour)
    right, bottom = chart.left + chart.width, chart.top + chart.height
    text = "circle: picked, at the height of its deadline"
    picture.words(right - 8, bottom - 12, text, anchor="end")
    chart.draw_time(3, "time in ms")
    return picture


def shown_until(
    end: float, points: list[tuple[float, float]], factor: float
) -> list[tuple[float, float]]:
    """Return the points of a line up to a time, where it is cut."""
    found = []
    for (time, value), (next_time, next_value) in pairwise(points):
        found.append((time, value * factor))
        if time <= end < next_time:
            part = (end - time) / (next_time - time)
            return [*found, (end, (value + part * (next_value - value)) * factor)]
    return [*found, (points[-1][0], points[-1][1] * factor)]


def draw_sleep(trace: Trace) -> Picture:
    """A thread that sleeps with a debt: once it is back too early, once late."""
    total = 32 * 4
    end = 60
    picture = Picture(760, 460, "A thread that sleeps, and virtual time")
    chart = Chart(picture, 60, 40, 680, 370, end, 0, 72)
    absences = [(left, back) for letter, left, back in trace.absences if letter == SLEEPER]
    for left, back in absences:
        picture.box(chart.x(left), chart.top, chart.x(back) - chart.x(left), chart.height, AWAY)
        picture.words(chart.x(left) + 4, chart.top + 84, "asleep", size=11)
    chart.draw_values((0, 20, 40, 60), "virtual time, times W, in ms")
    for letter in HOGS:
        chart.draw(shown_until(end, trace.eligible[letter], total), PALE, 1.5)
    chart.draw(shown_until(end, trace.virtual, total), INK, 2, "7 4")
    own = shown_until(end, trace.eligible[SLEEPER], total)
    for (start, before), (until, after) in pairwise(own):
        if any(left <= start and until <= back for left, back in absences):
            points = [(start, before), (until, before), (until, after)]
            chart.draw(points, SLEEPS, 1.5, "3 3")
        else:
            chart.draw([(start, before), (until, after)], SLEEPS, 2.5)
    picture.words(chart.left + 16, chart.top + 22, "V")
    picture.words(chart.left + 16, chart.top + 40, "eligible time of the sleeper", SLEEPS)
    picture.words(chart.left + 16, chart.top + 58, "those of three others", "#888888")
    chart.draw_time(10, "time in ms")
    return picture


def draw_tree(queue: Native) -> Picture:
    """The tree of a queue, and the way that `pick` takes through it."""
    weights = (4, 7, 2, 9, 5, 12, 3, 8, 6, 10, 4)
    total = sum(weights)
    work(queue, weights)
    places = [weight * queue.time_of_entity(number) for number, weight in enumerate(weights)]
    time = sum(places) / UNITS_PER_MS

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
        colour = RED if queue.is_red(number) else INK
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
        picture.words(x + 27, y + 18, f"{least:.1f}", BLUE, size=11)

    draw(queue.root(), 0)
    picture.words(16, 24, f"V = {time:.1f}")
    picture.words(16, 42, "in a node: deadline, eligible time", size=11)
    picture.words(16, 56, "beside it: least eligible time below", BLUE, size=11)
    picture.words(16, 70, "green: eligible", "#3a6f3a", size=11)
    return picture


def work(queue: Native, weights: tuple[int, ...]) -> None:
    """Let a queue work for a while, in which entities join."""
    now_ns = 0
    queue.begin()
    turns = [(1 + number % 4) * MS for number in range(len(weights))] + [2 * MS] * 9
    for number, most_ns in enumerate(turns):
        if number < len(weights):
            queue.set_share(number, weights[number], SLICE_NS)
            queue.join(number)
        queue.pick()
        now_ns += min(queue.slice_left(), most_ns)
        queue.charge(now_ns)


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
