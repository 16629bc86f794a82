"""The numbers of the exceptions."""

from __future__ import annotations

import builtins

import pytest

from core import errors
from lib.std.reasons import reason
from lib.std.system_call import raise_numbered


def test_every_class_has_one_number() -> None:
    assert len(set(errors.NUMBERS.values())) == len(errors.NUMBERS)
    assert 0 not in errors.NUMBERS
    own = [
        member
        for member in vars(errors).values()
        if isinstance(member, type) and issubclass(member, BaseException)
    ]
    assert set(own) <= set(errors.NUMBERS.values())


def test_none_of_our_classes_hides_one_of_python_s() -> None:
    for error in errors.NUMBERS.values():
        if error.__module__ == errors.__name__:
            assert not hasattr(builtins, error.__name__)
            assert issubclass(error, OSError | ValueError)
        else:
            assert getattr(builtins, error.__name__) is error


def test_numbers_keep_their_classes() -> None:
    """The interface of programs that are already compiled: extend it, never change it."""
    names = [errors.NUMBERS[number].__name__ for number in sorted(errors.NUMBERS)]
    assert names[:5] == ["OSError", "MemoryError", "ValueError", "TypeError", "OverflowError"]
    assert names[23:26] == ["UnicodeError", "BadAddress", "BadFile"]
    assert sorted(errors.NUMBERS) == list(range(1, len(names) + 1))


@pytest.mark.parametrize("number", errors.NUMBERS)
def test_a_number_raises_its_class_in_the_program(number: int) -> None:
    with pytest.raises(BaseException) as raised:
        raise_numbered(number)
    assert type(raised.value) is errors.NUMBERS[number]


@pytest.mark.parametrize("error", errors.NUMBERS.values())
def test_people_are_told_what_each_means(error: type[BaseException]) -> None:
    """But for those that only a mistake in a program can raise."""
    if issubclass(error, OSError | ValueError) and error not in (OSError, ValueError, UnicodeError):
        assert reason(error()) != "that cannot be done"
