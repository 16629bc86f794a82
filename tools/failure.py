"""A failure that the user can do something about: one sentence, and no traceback."""

from __future__ import annotations


class Failure(Exception):
    """Ends the command. The message says what happened and what to do about it."""
