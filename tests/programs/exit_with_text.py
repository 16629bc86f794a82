"""`sys.exit` with a text, from inside of a function and a `finally`."""

from __future__ import annotations

import sys


def leave(why: str) -> None:
    try:
        sys.exit(f"cannot go on: {why}")
    finally:
        print("on the way out")


try:
    leave("first")
except SystemExit as leaving:
    print("caught", leaving)
leave("second")
