"""Which brackets match, and where they do not."""

from __future__ import annotations

PAIRS = {")": "(", "]": "[", "}": "{"}


def check(text: str) -> tuple[bool, int]:
    stack: list[tuple[str, int]] = []
    for i, c in enumerate(text):
        if c in "([{":
            stack.append((c, i))
        elif c in PAIRS:
            if not stack or stack[-1][0] != PAIRS[c]:
                return False, i
            stack.pop()
    if stack:
        return False, stack[0][1]
    return True, -1


def main() -> None:
    for text in ["", "()", "([]{})", "(]", "((", "a[b(c)d]e}", "{[}]"]:
        ok, where = check(text)
        print(f"{text!r:>14} {ok} {'-' if ok else str(where)}")


if __name__ == "__main__":
    main()
