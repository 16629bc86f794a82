"""Python's module os.path, for programs: what it says of the text of a path, and asks no file system.

Source: Python Library Reference, module os.path; CPython 3.11, Lib/posixpath.py.
"""

from __future__ import annotations

sep = "/"


def isabs(path: str) -> bool:
    """Whether a path begins at the root."""
    return path.startswith("/")


def join(first: str, *parts: str) -> str:
    """Return the path of parts below each other; one that begins at the root drops those before it."""
    path = first
    for part in parts:
        if part.startswith("/"):
            path = part
        elif path == "" or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(path: str) -> tuple[str, str]:
    """Return what is before the last name, and that name."""
    start = path.rfind("/") + 1
    head, tail = path[:start], path[start:]
    if head.strip("/") != "":
        head = head.rstrip("/")
    return head, tail


def basename(path: str) -> str:
    """Return the last name."""
    return path[path.rfind("/") + 1 :]


def dirname(path: str) -> str:
    """Return what is before the last name."""
    return split(path)[0]


def splitext(path: str) -> tuple[str, str]:
    """Return a path without its extension, and that with its dot; dots at the front of a name make none."""
    start = path.rfind("/") + 1
    dot = path.rfind(".")
    if dot < start or path[start:dot].strip(".") == "":
        return path, ""
    return path[:dot], path[dot:]


def normpath(path: str) -> str:
    """Return the path without empty names, `.`, and the `..` that have a name before them."""
    if path == "":
        return "."
    root = (
        "//" if path.startswith("//") and not path.startswith("///") else "/" if isabs(path) else ""
    )
    kept: list[str] = []
    for name in path.split("/"):
        if name in ("", "."):
            continue
        if name != ".." or (root == "" and len(kept) == 0) or (len(kept) > 0 and kept[-1] == ".."):
            kept.append(name)
        elif len(kept) > 0:
            kept.pop()
    whole = root + "/".join(kept)
    return "." if whole == "" else whole


def commonprefix(paths: list[str]) -> str:
    """Return the longest text that all begin with."""
    if len(paths) == 0:
        return ""
    first, last = min(paths), max(paths)
    for index, letter in enumerate(first):
        if letter != last[index]:
            return first[:index]
    return first
