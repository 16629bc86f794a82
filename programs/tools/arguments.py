"""What was typed behind a utility's name, taken apart as its help says.

The help of a utility declares its options, in lines that begin with two blanks and a dash; one that takes a value names it in capitals:

    usage: head [-n LINES] [FILE...]

    Print the first lines of files, or of the standard input.

      -n LINES   how many; 10 if it is not said

Options may stand anywhere; letters may be joined, as in -rn, and a value may be, as in -n5. Behind -- everything is an operand.
"""

from __future__ import annotations


class Mistake(Exception):
    """What was typed makes no sense; the text says why."""


class Arguments:
    """What was typed behind a utility's name."""

    name: str
    help: str
    values: dict[str, str]  # of options, by option; empty for one that takes none
    operands: list[str]

    def __init__(self, name: str, help: str) -> None:
        self.name = name
        self.help = help
        self.values = {}
        self.operands = []

    def has(self, option: str) -> bool:
        """Whether an option was given."""
        return option in self.values

    def text(self, option: str, default: str) -> str:
        """Return the value of an option."""
        return self.values.get(option, default)

    def number(self, option: str, default: int) -> int:
        """Return the value of an option, a number.

        Raises:
            Mistake: it is none.
        """
        if option not in self.values:
            return default
        return number_of(self.values[option], f"behind {option}")

    def require(self, least: int, most: int) -> None:
        """Check how many operands there are; no limit if `most` is negative.

        Raises:
            Mistake: there are too few, or too many.
        """
        count = len(self.operands)
        if count < least:
            raise Mistake("something is missing")
        if 0 <= most < count:
            raise Mistake(f"{self.operands[most]!r} is one too many")


def number_of(word: str, place: str) -> int:
    """Return the number that a word is, 0 or more.

    place: where it is, for whoever typed it.

    Raises:
        Mistake: it is none.
    """
    if not word.isascii() or not word.isdigit() or len(word) > 15:
        raise Mistake(f"{place} there should be a number, not {word!r}")
    return int(word)


def parse(name: str, words: list[str], help: str) -> Arguments:
    """Take what was typed behind a name apart.

    Raises:
        Mistake: there is no such option, or its value is missing.
    """
    found = Arguments(name, help)
    takes_value = declared(help)
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word == "--":
            found.operands.extend(words[at:])
            break
        if len(word) < 2 or not word.startswith("-"):
            found.operands.append(word)
        elif word not in takes_value:
            add_joined(found, word, takes_value)
        elif not takes_value[word]:
            found.values[word] = ""
        elif at == len(words):
            raise Mistake(f"something is missing behind {word}")
        else:
            found.values[word] = words[at]
            at += 1
    return found


def declared(help: str) -> dict[str, bool]:
    """Return the options that a help declares, and whether they take a value."""
    found: dict[str, bool] = {"--help": False}
    for line in help.splitlines():
        if line.startswith("  -"):
            words = line.split()
            found[words[0]] = len(words) > 1 and words[1].isupper()
    return found


def add_joined(found: Arguments, word: str, takes_value: dict[str, bool]) -> None:
    """Add options whose letters are joined, the last one perhaps with its value.

    Raises:
        Mistake: one of them does not exist.
    """
    for index in range(1, len(word)):
        option = "-" + word[index]
        if option not in takes_value:
            shown = word if index == 1 else option
            raise Mistake(f"there is no option {shown}")
        if takes_value[option]:
            found.values[option] = word[index + 1 :]
            if found.values[option] == "":
                raise Mistake(f"something is missing behind {option}")
            return
        found.values[option] = ""
