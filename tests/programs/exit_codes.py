"""The code of a SystemExit that is caught."""

from __future__ import annotations

import sys

try:
    sys.exit(3)
except SystemExit as e:
    print(e.code)
try:
    raise SystemExit(4)
except SystemExit as e:
    print(e.code, e)


def leave(code: int) -> None:
    sys.exit(code)


try:
    leave(7)
except SystemExit as leaving:
    print("left with", leaving.code)
