"""Target code for the tests of routing: chips that note what they are told, handlers that count."""

from __future__ import annotations

from kernel.interrupt import controller, routing
from kernel.interrupt.controller import Controller
from kernel.interrupt.routing import Chip, Handler, Signal
from kernel.io import serial
from lang import Array, Ptr, address_of, irq_safe, no_raise, u8, u16, u32, u64

HANDLERS = 256
LINES = 512

handlers: Array[Handler, HANDLERS]
calls: Array[u32, HANDLERS]
claims: Array[bool, HANDLERS]
vector_of: Array[u32, LINES]  # 0: the line is kept out
signal_of: Array[u32, LINES]
target_of: Array[u32, LINES]
ends: u64


@irq_safe
@no_raise
def handle(handler: Ptr[Handler]) -> bool:
    for index in range(u64(HANDLERS)):
        if address_of(handlers[index]) == handler:
            calls[index] += 1
            return claims[index]
    return False


@irq_safe
@no_raise
def let_in(chip: Ptr[Chip], line: u32, vector: u8, signal: Signal, target: u16) -> None:
    vector_of[chip.first + line] = vector
    signal_of[chip.first + line] = signal
    target_of[chip.first + line] = target


@irq_safe
@no_raise
def keep_out(chip: Ptr[Chip], line: u32) -> None:
    vector_of[chip.first + line] = 0


@irq_safe
@no_raise
def end() -> None:
    global ends
    ends += 1


@irq_safe
@no_raise
def send(processor: u16, vector: u8) -> None:
    """Nothing here is sent."""


chips: Array[Chip, 4]


@irq_safe
@no_raise
def send_nmi(processor: u16) -> None:
    """Nothing here is sent."""


@irq_safe
@no_raise
def message_address(to: u16) -> u64:
    return 0xFEE0_0000


CONTROLLER: Controller = Controller("test", end, send, send_nmi, message_address)


def begin() -> None:
    serial.is_there = False
    controller.use(CONTROLLER)


def add_chip(number: u64, first: u32, count: u32) -> None:
    chip = chips[number]
    chip.first = first
    chip.count = count
    chip.let_in = let_in
    chip.keep_out = keep_out
    routing.add_chip(chip)


def add(index: u64, line: u32, signal: u8, target: u16) -> None:
    routing.add(handlers[index], line, Signal(signal), handle, target)


def remove(index: u64) -> None:
    routing.remove(handlers[index])


def deliver(vector: u64) -> None:
    routing.deliver(vector)


def set_claims(index: u64, is_mine: bool) -> None:
    claims[index] = is_mine


def call_count(index: u64) -> u32:
    return calls[index]


def line_state(line: u64) -> tuple[u32, u32, u32]:
    return vector_of[line], signal_of[line], target_of[line]


def statistics(vector: u64) -> tuple[u64, u64]:
    route = routing.routes[vector - 32]
    return route.count.load(), route.unclaimed.load()
