"""Python's module types, for programs: the one name of it that annotations need.

Source: Python Library Reference, module types.
"""

from __future__ import annotations


class TracebackType:
    """What `__exit__` gets as its last argument; here that is None."""
