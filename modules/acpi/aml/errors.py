"""What can be wrong with AML, or with what it asks for.

An exception says only what is wrong. Where, the interpreter notes when it passes (trouble.py).
"""

from __future__ import annotations


class AmlError(Exception):
    """Something is wrong with AML."""


class Truncated(AmlError):
    """A term ends before it is complete, or is longer than what it stands in."""


class BadOpcode(AmlError):
    """There is no such operation, or none in this place."""


class BadName(AmlError):
    """What should be a name is none."""


class BadTable(AmlError):
    """What should be a definition block is none."""


class NotFound(AmlError):
    """Nothing has this name."""


class MissingTable(AmlError):
    """The firmware has no table with this signature and these makers."""


class AlreadyExists(AmlError):
    """Something has this name already."""


class WrongType(AmlError):
    """The operation does not take an object of this type."""


class Uninitialized(AmlError):
    """A local, an argument or an element that holds nothing is used."""


class NoValue(AmlError):
    """A method returns nothing where something is needed."""


class OutOfRange(AmlError):
    """An index, a bit or an address lies outside of what it is in."""


class DividedByZero(AmlError):
    """An integer is divided by zero."""


class TooDeep(AmlError):
    """Terms, methods or packages lie deeper in each other than they may."""


class TooLong(AmlError):
    """It takes more operations, or more time, than it may."""


class TooLarge(AmlError):
    """An object is larger than it may be."""


class MutexOrder(AmlError):
    """A mutex is taken or released in an order that its level forbids, or is not held."""


class NoHandler(AmlError):
    """Nobody knows how to reach registers of this kind."""


class BadResource(AmlError):
    """A descriptor of resources makes no sense, or does not end."""
