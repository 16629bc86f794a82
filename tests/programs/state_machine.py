"""A traffic light and a turnstile as enums with tables."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    BROKEN = "broken"


class Event(Enum):
    COIN = 1
    PUSH = 2
    KICK = 3


class Turnstile:
    def __init__(self) -> None:
        self.state = State.LOCKED
        self.passed = 0
        self.coins = 0
        self.kicks = 0

    def handle(self, event: Event) -> State:
        if self.state is State.BROKEN:
            return self.state
        if event is Event.KICK:
            self.kicks += 1
            if self.kicks == 3:
                self.state = State.BROKEN
        elif event is Event.COIN:
            self.coins += 1
            self.state = State.UNLOCKED
        elif self.state is State.UNLOCKED:
            self.passed += 1
            self.state = State.LOCKED
        return self.state


def main() -> None:
    turnstile = Turnstile()
    C, P, K = Event.COIN, Event.PUSH, Event.KICK
    for event in [P, C, P, C, C, K, P, K, K, C]:
        state = turnstile.handle(event)
        print(event.name, event.value, "->", state.name, state.value, state)
    print(turnstile.passed, turnstile.coins, turnstile.kicks)
    print([state.name for state in State], len(Event))


if __name__ == "__main__":
    main()
