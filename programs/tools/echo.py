"""echo"""

from __future__ import annotations

from lib.std import files
from lib.std.control_files import explain

HELP = """\
usage: echo [-n] [WORD...]

Print the words, with a blank between them and a newline behind the last.

  -n   without the newline; as the first word only
"""


def run(words: list[str]) -> int:
    """Print words as they are: nothing but a first -n is an option."""
    is_bare = len(words) > 0 and words[0] == "-n"
    text = " ".join(words[1:]) if is_bare else " ".join(words) + "\n"
    try:
        files.write_all(1, text)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:  # a control file says what it does not understand
        raise ValueError(explain(error)) from None
    return 0
