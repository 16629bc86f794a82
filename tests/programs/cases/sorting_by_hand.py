"""Six ways to sort, which agree."""

from __future__ import annotations

from collections.abc import Callable


def insertion(values: list[int]) -> list[int]:
    result = values[:]
    for i in range(1, len(result)):
        value = result[i]
        j = i - 1
        while j >= 0 and result[j] > value:
            result[j + 1] = result[j]
            j -= 1
        result[j + 1] = value
    return result


def merge(values: list[int]) -> list[int]:
    if len(values) < 2:
        return values[:]
    middle = len(values) // 2
    left, right = merge(values[:middle]), merge(values[middle:])
    result: list[int] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if right[j] < left[i]:
            result.append(right[j])
            j += 1
        else:
            result.append(left[i])
            i += 1
    return result + left[i:] + right[j:]


def quick(values: list[int]) -> list[int]:
    if len(values) < 2:
        return values
    pivot, *rest = values
    return quick([x for x in rest if x < pivot]) + [pivot] + quick([x for x in rest if x >= pivot])


def heap(values: list[int]) -> list[int]:
    result = values[:]

    def sift(start: int, end: int) -> None:
        root = start
        while (child := 2 * root + 1) <= end:
            if child < end and result[child] < result[child + 1]:
                child += 1
            if result[root] >= result[child]:
                return
            result[root], result[child] = result[child], result[root]
            root = child

    for start in range(len(result) // 2 - 1, -1, -1):
        sift(start, len(result) - 1)
    for end in range(len(result) - 1, 0, -1):
        result[0], result[end] = result[end], result[0]
        sift(0, end - 1)
    return result


def counting(values: list[int]) -> list[int]:
    if not values:
        return []
    low = min(values)
    counts = [0] * (max(values) - low + 1)
    for value in values:
        counts[value - low] += 1
    return [low + index for index, count in enumerate(counts) for _ in range(count)]


def shell(values: list[int]) -> list[int]:
    result = list(values)
    gap = len(result) // 2
    while gap > 0:
        for i in range(gap, len(result)):
            value = result[i]
            j = i
            while j >= gap and result[j - gap] > value:
                result[j] = result[j - gap]
                j -= gap
            result[j] = value
        gap //= 2
    return result


def main() -> None:
    ways: list[tuple[str, Callable[[list[int]], list[int]]]] = [
        ("insertion", insertion),
        ("merge", merge),
        ("quick", quick),
        ("heap", heap),
        ("counting", counting),
        ("shell", shell),
    ]
    state = 12345
    for size in (0, 1, 2, 17, 100):
        values: list[int] = []
        for _ in range(size):
            state = (state * 1103515245 + 12345) % 2**31
            values.append(state % 200 - 100)
        for name, way in ways:
            result = way(values)
            print(size, name, result == sorted(values), result[:3], sum(result))


if __name__ == "__main__":
    main()
