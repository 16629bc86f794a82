"""Retain and release: the few instructions that keep the count of references to an object.

The count is the first word of the object. A unit that counts holds these functions, which LLVM
puts in place of each call:

    .retain(object)           object is null, or count += 1
    .release(object)          object is null, or count -= 1; at 0: __pw_destroy(object)
    .release_later(object)    the same with __pw_destroy_later

In checked builds both fail with the kind FREED when the count was not positive: the object is gone.

Counts are atomic where other processors may count the same object. Taking a reference needs no
order, since whoever takes one already holds one; letting go releases what was done to the object,
and the last one acquires it before the object is destroyed.
"""

from __future__ import annotations

from enum import Enum, auto

from compiler.trap import TrapKind


class Counting(Enum):
    """How reference counts change."""

    PLAIN = auto()  # one thread
    ATOMIC = auto()


def helper_definition(name: str, counting: Counting, checked: bool, attributes: str) -> str:
    """Return the text of one of the functions above."""
    if name == ".retain":
        change, order, end = "add", "monotonic", _RETAINED
    else:
        destroy = "__pw_destroy" if name == ".release" else "__pw_destroy_later"
        change, order, end = "sub", "release", _RELEASED.format(destroy=destroy, fence="")
        if counting is Counting.ATOMIC:
            end = _RELEASED.format(destroy=destroy, fence="  fence acquire\n")

    update = _ATOMIC if counting is Counting.ATOMIC else _PLAIN
    location = ", ptr %location" if checked else ""
    return (
        f"define internal void @{name}(ptr %object{location}) alwaysinline {attributes} {{\n"
        "  %is_none = icmp eq ptr %object, null\n"
        "  br i1 %is_none, label %done, label %some\n"
        "some:\n"
        + update.format(change=change, order=order)
        + (_CHECK.format(kind=int(TrapKind.FREED)) if checked else "")
        + end
        + "}\n"
    )


_PLAIN = """\
  %count = load i32, ptr %object, align 8
  %changed = {change} i32 %count, 1
  store i32 %changed, ptr %object, align 8
"""

_ATOMIC = """\
  %count = atomicrmw {change} ptr %object, i32 1 {order}, align 8
"""

_CHECK = """\
  %is_alive = icmp sgt i32 %count, 0
  br i1 %is_alive, label %alive, label %freed, !prof !0
freed:
  call void @__pw_trap(i32 {kind}, ptr %location, i64 0, i64 0)
  unreachable
alive:
"""

_RETAINED = """\
  br label %done
done:
  ret void
"""

_RELEASED = """\
  %is_last = icmp eq i32 %count, 1
  br i1 %is_last, label %last, label %done
last:
{fence}  call void @{destroy}(ptr %object)
  br label %done
done:
  ret void
"""
