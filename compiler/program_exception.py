"""What every exception of a program carries: the base class that stands in the place of the one in
`builtin_classes`, whose exceptions carry nothing.

Raised with one text, that is the message. What else stands in `raise Class(...)` is made text there
(`compiler/check/exception_objects.py`): `__arguments__` is the inside of its parentheses as repr() shows
it, None where that is the repr of the message.

Never imported under CPython, which has this class already.
"""

from __future__ import annotations


class BaseException:
    """What `raise` takes and `except` names."""

    __message__: str
    __arguments__: str | None
    __cause__: BaseException | None
    __context__: BaseException | None
    __suppress_context__: bool

    def __init__(self, message: str = "", arguments: str | None = None) -> None:
        self.__message__ = message
        self.__arguments__ = arguments
        self.__cause__ = None
        self.__context__ = None
        self.__suppress_context__ = False

    def __str__(self) -> str:
        return self.__message__
