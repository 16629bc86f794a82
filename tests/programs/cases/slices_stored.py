"""Parts of lists that are read, replaced and deleted."""

from __future__ import annotations


def main() -> None:
    numbers = list(range(10))
    print(numbers[2:5], numbers[:-7], numbers[-3:], numbers[::3], numbers[::-2], numbers[7:2:-2])
    print(numbers[20:], numbers[-20:2], numbers[5:5], numbers[5:2])
    numbers[2:5] = [20, 30]
    print(numbers)
    numbers[:0] = [-2, -1]
    print(numbers)
    numbers[len(numbers) :] = [100]
    print(numbers)
    numbers[3:3] = [7, 7, 7]
    print(numbers)
    numbers[::4] = [0, 0, 0, 0]
    print(numbers)
    del numbers[1:3]
    print(numbers)
    del numbers[::2]
    print(numbers)
    copied = numbers[:]
    copied.append(5)
    print(len(numbers), len(copied))
    try:
        numbers[::2] = [1]
    except ValueError as error:
        print(error)
    try:
        print(numbers[::0])
    except ValueError as error:
        print(error)
    word = "abcdefgh"
    print(word[-3:-1], word[::-1], word[1:6:2], word[100:], word[-100:3])
    for index in (-6, -1, 5, 4):
        try:
            print([1, 2, 3, 4, 5][index])
        except IndexError as error:
            print(index, error)
    try:
        print(word[8])
    except IndexError as error:
        print(error)
    pair = (1, 2, 3)
    print(pair[-1], pair[:2], pair[::-1])


if __name__ == "__main__":
    main()
