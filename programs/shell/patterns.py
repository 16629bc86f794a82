"""Patterns for names: * stands for any characters, ? for one, [a-z_] for one of some, [!a-z] for one of the others.

A backslash in a pattern makes the character behind it stand for itself.
"""

from __future__ import annotations

SPECIAL = "*?["


def is_pattern(text: str) -> bool:
    """Whether something in a pattern stands for more than itself."""
    at = 0
    while at < len(text):
        if text[at] in SPECIAL:
            return True
        at += 2 if text[at] == "\\" else 1
    return False


def escaped(text: str) -> str:
    """Return the pattern that stands for a text, and nothing else."""
    return "".join(["\\" + c if c in SPECIAL + "\\" else c for c in text])


def plain(pattern: str) -> str:
    """Return a pattern as it was written: the text that it stands for if nothing in it is special."""
    result = ""
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\" and at + 1 < len(pattern):
            at += 1
        result += pattern[at]
        at += 1
    return result


def matches(name: str, pattern: str) -> bool:
    """Whether a pattern stands for a name.

    Goes along both. Where they differ, the last * takes one character more, and all is tried again from there; what an earlier *
    takes need not be tried again, as what lies between the two was found as early as it can be: O(name * pattern).
    """
    at, place = 0, 0
    star, taken = -1, 0
    while at < len(name):
        end = item_end(pattern, place)
        if place < len(pattern) and pattern[place] == "*":
            star, taken = place, at
            place += 1
        elif place < end and is_one(name[at], pattern[place:end]):
            at += 1
            place = end
        elif star >= 0:
            taken += 1
            at, place = taken, star + 1
        else:
            return False
    return pattern[place:].strip("*") == ""


def item_end(pattern: str, start: int) -> int:
    """Return where what stands for one character ends."""
    if start >= len(pattern):
        return start
    if pattern[start] == "\\" and start + 1 < len(pattern):
        return start + 2
    if pattern[start] == "[":
        first = start + 2 if pattern[start + 1 : start + 2] == "!" else start + 1
        end = pattern.find("]", first + 1)
        if end >= 0:
            return end + 1
    return start + 1


def is_one(character: str, item: str) -> bool:
    """Whether a character is one for which an item of a pattern stands."""
    if item[0] == "\\" and len(item) == 2:
        return character == item[1]
    if item[0] == "[" and len(item) > 1:
        return is_in_set(character, item[1:-1])
    return item == "?" or character == item


def is_in_set(character: str, members: str) -> bool:
    if members[0] == "!" and len(members) > 1:
        return not is_in_set(character, members[1:])
    at = 0
    while at < len(members):
        if at + 2 < len(members) and members[at + 1] == "-":
            if members[at] <= character <= members[at + 2]:
                return True
            at += 3
        else:
            if character == members[at]:
                return True
            at += 1
    return False
