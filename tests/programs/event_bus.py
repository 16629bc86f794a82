"""An event queue with priorities, handlers in tables, and values of several types."""

from __future__ import annotations

import heapq
from collections import defaultdict


class Event:
    def __init__(self, time, name, payload=None):
        self.time = time
        self.name = name
        self.payload = payload or {}

    def __lt__(self, other):
        return (self.time, self.name) < (other.time, other.name)

    def __repr__(self):
        return f"<{self.name}@{self.time} {self.payload}>"


class Queue:
    def __init__(self):
        self.heap = []
        self.handlers = defaultdict(list)
        self.log = []

    def on(self, name, handler):
        self.handlers[name].append(handler)

    def push(self, *events):
        for event in events:
            heapq.heappush(self.heap, event)

    def run(self, limit=10):
        while self.heap and limit:
            event = heapq.heappop(self.heap)
            for handler in self.handlers[event.name]:
                self.log.append(handler(event))
            limit -= 1
        return limit


def main() -> None:
    queue = Queue()
    queue.on("order", lambda e: f"{e.time}: {e.payload['count']} of {e.payload['item']}")
    queue.on("order", lambda e: f"total {e.payload['count'] * 2}")
    queue.on("close", lambda e: f"{e.time}: closed")
    queue.push(
        Event(5, "close"),
        Event(2, "order", {"item": "tea", "count": 3}),
        Event(1, "order", {"item": "milk", "count": 1}),
        Event(1, "noise"),
    )
    print(queue.heap[0])
    print(queue.run())
    print("\n".join(queue.log))


if __name__ == "__main__":
    main()
