"""From words to what they stand for: variables by what they hold, patterns by the paths for which they stand.

What a variable holds is never taken apart, and no pattern. An unquoted word that comes to nothing is left out; a pattern for
which there is no path stands for itself.
"""

from __future__ import annotations

from lib.std import files
from programs.shell import patterns
from programs.shell.variables import Variables
from programs.shell.words import PartKind, Word


def expand_all(words: list[Word], variables: Variables) -> list[str]:
    """Return what words stand for."""
    found: list[str] = []
    for word in words:
        found.extend(expand(word, variables))
    return found


def expand(word: Word, variables: Variables) -> list[str]:
    """Return what a word stands for."""
    if is_all_arguments(word):
        return variables.arguments[1:]
    pattern = pattern_of(word, variables)
    if patterns.is_pattern(pattern):
        paths = paths_for(pattern)
        if paths:
            return paths
    text = patterns.plain(pattern)
    if text == "" and not is_quoted(word):
        return []
    return [text]


def text_of(word: Word, variables: Variables) -> str:
    """Return what a word stands for, as one text, in which patterns stand for themselves."""
    return patterns.plain(pattern_of(word, variables))


def is_all_arguments(word: Word) -> bool:
    """Whether a word is $@, in quotes or not."""
    parts = [part for part in word.parts if part.text != ""]
    if len(parts) != 1 or parts[0].text != "@":
        return False
    return parts[0].kind in [PartKind.VARIABLE, PartKind.QUOTED_VARIABLE]


def pattern_of(word: Word, variables: Variables) -> str:
    pattern = ""
    for part in word.parts:
        match part.kind:
            case PartKind.PLAIN:
                pattern += part.text
            case PartKind.QUOTED:
                pattern += patterns.escaped(part.text)
            case _:
                pattern += patterns.escaped(variables.value(part.text))
    return pattern


def is_quoted(word: Word) -> bool:
    return any(part.kind in [PartKind.QUOTED, PartKind.QUOTED_VARIABLE] for part in word.parts)


def paths_for(pattern: str) -> list[str]:
    """Return the paths for which a pattern stands, in order. Flags behind a colon belong to each of them."""
    names, colon, flags = pattern.partition(":")
    flags = patterns.plain(colon + flags)
    found = ["/" if names.startswith("/") else ""]
    for name in names.split("/"):
        if name != "":
            found = below(found, name)
    if names.endswith("/"):
        found = [path + "/" for path in found if files.is_folder(path)]
    return [path + flags for path in found]


def below(folders: list[str], pattern: str) -> list[str]:
    """Return the paths in some folders whose last name a pattern stands for."""
    found: list[str] = []
    for folder in folders:
        before = folder if folder == "" or folder.endswith("/") else folder + "/"
        if not patterns.is_pattern(pattern):
            path = before + patterns.plain(pattern)
            if files.exists(path):
                found.append(path)
        else:
            found.extend([before + name for name in names_in(folder, pattern)])
    return found


def names_in(folder: str, pattern: str) -> list[str]:
    """Return the names in a folder for which a pattern stands; hidden ones only for a pattern that begins with a dot."""
    try:
        entries = files.list_folder("." if folder == "" else folder)
    except OSError:
        return []
    shows_hidden = pattern.startswith(".")
    return sorted(
        [
            entry.name
            for entry in entries
            if entry.name.startswith(".") == shows_hidden and patterns.matches(entry.name, pattern)
        ]
    )
