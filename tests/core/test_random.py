"""Random numbers: the published sequences, and fairness."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

seeds = st.integers(0, (1 << 64) - 1)


def test_splitmix_is_the_published_sequence(implementation) -> None:
    source = implementation("core.random").SplitMix(1234567)
    assert [source.next() for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_xoshiro_is_the_published_sequence(implementation) -> None:
    source = implementation("core.random").Random(0)
    source.a, source.b, source.c, source.d = 1, 2, 3, 4
    assert [source.next() for _ in range(5)] == [
        11520,
        0,
        1509978240,
        1215971899390074240,
        1216172134540287360,
    ]


@given(seeds, st.integers(1, (1 << 64) - 1))
def test_below_stays_below(implementation, seed, limit) -> None:
    source = implementation("core.random").Random(seed)
    assert all(0 <= source.below(limit) < limit for _ in range(20))


def test_below_gives_each_number_its_share(implementation) -> None:
    source = implementation("core.random").Random(7)
    counts = [0] * 6
    for _ in range(3000):
        counts[source.below(6)] += 1
    assert all(400 < count < 600 for count in counts)


@given(seeds, st.integers(0, 40))
def test_fill_is_the_numbers_low_byte_first(implementation, seed, size) -> None:
    module = implementation("core.random")
    into = bytearray(size)
    module.Random(seed).fill(into)
    numbers = module.Random(seed)
    expected = b"".join(int(numbers.next()).to_bytes(8, "little") for _ in range(size // 8 + 1))
    assert into == expected[:size]
