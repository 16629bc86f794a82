"""Run-length coding, and look-and-say."""

from __future__ import annotations


def encode(text: str) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for c in text:
        if runs and runs[-1][0] == c:
            runs[-1] = (c, runs[-1][1] + 1)
        else:
            runs.append((c, 1))
    return runs


def decode(runs: list[tuple[str, int]]) -> str:
    return "".join(c * n for c, n in runs)


def look_and_say(count: int) -> list[str]:
    terms = ["1"]
    while len(terms) < count:
        terms.append("".join(f"{n}{c}" for c, n in encode(terms[-1])))
    return terms


def main() -> None:
    for text in ["", "a", "aaabbc", "ééé→→x"]:
        runs = encode(text)
        print(runs, decode(runs) == text)
    print(look_and_say(8))
    print({c: n for c, n in encode("zzzy")})


if __name__ == "__main__":
    main()
