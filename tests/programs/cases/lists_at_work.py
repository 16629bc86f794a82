"""The methods of list, and what they refuse."""

from __future__ import annotations


def main() -> None:
    values = [3, 1, 2]
    values.append(5)
    values.extend(range(2))
    values.insert(1, 9)
    values.insert(100, 7)
    values.insert(-100, -1)
    print(values, len(values), values.index(5), values.count(1))
    print(values.pop(), values.pop(0), values.pop(-2), values)
    values.remove(9)
    values.reverse()
    print(values, sorted(values), values)
    values.sort(reverse=True)
    print(values, values[::-1], 5 in values, 6 not in values)
    del values[0]
    values += [1, 1]
    values *= 2
    print(values, [0] * 3, [[0]] * 2, [1] + [2], values.copy() is values)
    print([*map(str, values)], sum(values), min(values), max(values), any(values), all(values))
    print([x * y for x in range(3) for y in range(x)], [[j for j in range(i)] for i in range(3)])
    values.clear()
    print(values, not values, bool([0]), [1] == [], [[1], [2, 3]])
    for action in ("pop", "remove", "index", "at", "store", "min"):
        try:
            match action:
                case "pop":
                    values.pop()
                case "remove":
                    values.remove(3)
                case "index":
                    values.index(3)
                case "at":
                    print(values[0])
                case "store":
                    values[0] = 1
                case "min":
                    print(min(values))
        except (IndexError, ValueError) as error:
            print(action, type(error).__name__, error)
    matrix = [[1, 2, 3], [4, 5, 6]]
    print(
        [list(row) for row in zip(*matrix)],
        [sum(column) for column in zip(*matrix)],
        list(zip([1, 2, 3], "ab")),
    )
    flat = [n for row in matrix for n in row]
    print(flat, flat[1:-1:2], [n for n in flat if n % 2], [n if n > 3 else -n for n in flat])
    print([1, 2, 3] == [1, 2, 3], [1, 2] != [2, 1], [1, 2] + [3] == [1, 2, 3], [[1]] == [[1]])


if __name__ == "__main__":
    main()
