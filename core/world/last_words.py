"""How a program ends that does not handle an exception.

The report has the form of CPython's: causes and contexts first, each with what came of it below.
"""

from __future__ import annotations

from core.containers import failures
from core.world import hosted
from lang import i32, no_raise, truncate

BECAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
DURING = "\nDuring handling of the above exception, another exception occurred:\n\n"


@no_raise
def report(error: BaseException) -> None:
    """Print an exception that nobody handled, after those that led to it."""
    try:
        report_before(error)
        hosted.print_trace()
        write(failures.line_of(error))
    except BaseException:  # noqa: BLE001 - there is no room for the words
        hosted.write_error(b"MemoryError")
    hosted.write_error(b"\n")


def report_before(error: BaseException) -> None:
    """Print what an exception came of, the first one first."""
    cause = error.__cause__
    context = error.__context__
    if cause is not None:
        report_before(cause)
        write(f"{failures.line_of(cause)}\n{BECAUSE}")
    elif context is not None and not error.__suppress_context__:
        report_before(context)
        write(f"{failures.line_of(context)}\n{DURING}")


@no_raise
def status_of(leaving: SystemExit) -> i32:
    """Return the status that SystemExit asks for; what is no number is printed, and 1."""
    try:
        message = str(leaving)
        if leaving.__arguments__ is not None:
            return truncate(i32, int(message) & 0xFF)
        if message == "":
            return 0
        write(f"{message}\n")
    except BaseException:  # noqa: BLE001 - the program ends in any case
        return 1
    return 1


def write(text: str) -> None:
    hosted.write_error(text.encode())
