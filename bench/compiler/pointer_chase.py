"""Pointer chasing: follow a chain of nodes that lie scattered through 64 KiB.

Nothing but the latency of one dependent load after the other: the cost of a null test and a
field access, without anything to hide it.
"""

from __future__ import annotations

from lang import Array, Ptr, address_of, export, rotate_left, struct, u64, wrapping_add

NODES = 4096

# A congruential generator of full period modulo NODES (Hull and Dobell, "Random Number
# Generators", SIAM Review 4 (3), 1962): it visits each node once, in no order that a prefetcher
# could guess.
MULTIPLIER = 1029
INCREMENT = 1663


@struct
class Node:
    next: Ptr[Node] | None
    value: u64


nodes: Array[Node, NODES]


@export("run")
def run(rounds: u64) -> u64:
    """Walk the chain `rounds` times."""
    first = chain()
    total = u64(0)
    for _ in range(rounds):
        total = walk(first, total)
    return total


def chain() -> Ptr[Node]:
    """Link all nodes in the generator's order and return the first."""
    i = u64(0)
    for _ in range(NODES - 1):
        successor = (i * MULTIPLIER + INCREMENT) % NODES
        nodes[i] = Node(address_of(nodes[successor]), i)
        i = successor
    nodes[i] = Node(None, i)
    return address_of(nodes[0])


def walk(first: Ptr[Node], total: u64) -> u64:
    """Fold the values of the chain into `total`."""
    node: Ptr[Node] | None = first
    while node is not None:
        total = wrapping_add(rotate_left(total, 1), node.value)
        node = node.next
    return total
