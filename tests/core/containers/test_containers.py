"""Random operations on lists, dicts, sets and text do what they do under CPython, and nothing leaks."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compiler.lower.both import BUILDS, Both

SOURCE = """
def digest(text: str) -> int:
    total = 0
    for c in text:
        total = (total * 31 + ord(c)) % 1000000007
    return total


def lists(steps: Slice[u8]) -> int:
    numbers: list[int] = []
    words: list[str] = []
    total = 0
    for at in range(0, int(len(steps)) - 2, 3):
        what, a, b = int(steps[at]), int(steps[at + 1]), int(steps[at + 2])
        if what < 90:
            numbers.append(a * 256 + b)
            words.append(str(a) + "-" * (b % 5))
        elif what < 110:
            numbers.insert(a - 128, b)
            words.insert(a - 128, str(b))
        elif what < 130 and len(numbers) > 0:
            total += numbers.pop(a % len(numbers))
            total += len(words.pop(a % len(words)))
        elif what < 140:
            numbers[a % 20 : b % 20] = numbers[b % 7 :]
            words[a % 20 : b % 20] = words[b % 7 :]
        elif what < 150:
            del numbers[a % 20 : b % 20]
            del words[a % 20 : b % 20]
        elif what < 160 and a % 5 > 0:
            del numbers[:: a % 5]
            del words[:: a % 5]
        elif what < 180:
            numbers.sort(reverse=b > 128)
            words.sort(key=lambda word: len(word))
        elif what < 190:
            numbers.reverse()
            words = words[::-1]
        elif what < 200 and len(numbers) < 100:
            numbers += numbers
            words.extend(words)
        elif what < 210 and len(numbers) == len(words) > 0:
            words[a % len(words)] = words[b % len(words)] + "x"
            numbers[-1 - a % len(numbers)] = b
        elif what == 255:
            numbers.clear()
            words.clear()
        total = (total + digest(str(numbers)) + digest(str(words))) % 1000000007
    return total


def tables(steps: Slice[u8]) -> int:
    by_number: dict[int, str] = {}
    by_word: dict[str, list[int]] = {}
    numbers: set[int] = set()
    total = 0
    for at in range(0, int(len(steps)) - 2, 3):
        what, a, b = int(steps[at]), int(steps[at + 1]), int(steps[at + 2])
        word = str(a % 40)
        if what < 120:
            by_number[a] = word
            by_word.setdefault(word, []).append(b)
            numbers.add(a * b)
        elif what < 170:
            by_number.pop(a, "")
            by_word.pop(word, [0])
            numbers.discard(a * b)
        elif what < 180 and len(by_number) > 0:
            number, text = by_number.popitem()
            total += number + len(text)
        elif what < 190 and len(numbers) > 0:
            total += numbers.pop()
        elif what < 200:
            numbers |= {a, b, a + b}
        elif what < 205:
            numbers -= {n for n in range(a)}
        elif what < 210:
            numbers ^= set(range(b % 30))
        elif what == 255:
            by_number.clear()
            by_word = {}
        total = (total + digest(str(by_number)) + digest(str(by_word))) % 1000000007
        total = (total + digest(str(numbers)) + len(numbers)) % 1000000007
    return total


def texts(steps: Slice[u8]) -> int:
    text = "Grüße, 日本 and more"
    total = 0
    for at in range(0, int(len(steps)) - 2, 3):
        what, a, b = int(steps[at]), int(steps[at + 1]) - 100, int(steps[at + 2]) - 100
        if what < 40:
            text = text[a:b] + text
        elif what < 60:
            text = text[::-1]
        elif what < 80:
            text = text.replace(text[:1], chr(what * 20) + "é")
        elif what < 100:
            text = " ".join(text.split(" ")[:10])
        elif what < 120:
            text = text.strip().upper() if b > 0 else text.lower().title()
        elif what < 140:
            text = f"{text[:30]:>20}|{a}"
        elif what < 160:
            text = text[a:b:2] + "."
        text = text[:200]
        total = (total + digest(text) + text.find("e") + text.count("and")) % 1000000007
        total += len(sorted(text)) + len(text.partition(",")[2])
    return total
"""


@cache
def both(build: str) -> Both:
    return Both(SOURCE, f"containers_{build}", build)


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", ["lists", "tables", "texts"])
def test_random_operations_agree_with_cpython(name: str, build: str) -> None:
    @given(st.binary(max_size=240))
    @settings(max_examples=120)
    def run(steps: bytes) -> None:
        both(build).agree(name, steps)
        assert both(build).compiled.live_objects == 0

    run()
