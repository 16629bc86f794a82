"""Huffman's codes of a text."""

from __future__ import annotations

import heapq


class Node:
    def __init__(
        self, weight: int, order: int, letter: str, left: Node | None, right: Node | None
    ) -> None:
        self.weight = weight
        self.order = order
        self.letter = letter
        self.left = left
        self.right = right

    def __lt__(self, other: Node) -> bool:
        return (self.weight, self.order) < (other.weight, other.order)


def tree_of(text: str) -> Node:
    counts: dict[str, int] = {}
    for letter in text:
        counts[letter] = counts.get(letter, 0) + 1
    heap = [
        Node(n, order, letter, None, None)
        for order, (letter, n) in enumerate(sorted(counts.items()))
    ]
    heapq.heapify(heap)
    order = len(heap)
    while len(heap) > 1:
        first, second = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, Node(first.weight + second.weight, order, "", first, second))
        order += 1
    return heap[0]


def codes_of(node: Node, prefix: str, codes: dict[str, str]) -> None:
    left, right = node.left, node.right
    if left is None or right is None:
        codes[node.letter] = prefix or "0"
        return
    codes_of(left, prefix + "0", codes)
    codes_of(right, prefix + "1", codes)


def decoded(bits: str, codes: dict[str, str]) -> str:
    letters = {code: letter for letter, code in codes.items()}
    out: list[str] = []
    current = ""
    for bit in bits:
        current += bit
        if current in letters:
            out.append(letters[current])
            current = ""
    return "".join(out)


def main() -> None:
    for text in ("abracadabra", "mississippi river", "aaaa", "the quick brown fox"):
        codes: dict[str, str] = {}
        codes_of(tree_of(text), "", codes)
        bits = "".join(codes[letter] for letter in text)
        print(sorted(codes.items(), key=lambda pair: (len(pair[1]), pair)))
        print(len(bits), bits[:40], decoded(bits, codes) == text)


if __name__ == "__main__":
    main()
