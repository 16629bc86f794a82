"""Retain and release: the few instructions that keep the counts of references to an object.

An object starts with its strong count and its weak one. A unit that counts holds those of these
functions that it uses, and LLVM puts them in place of their calls:

    .retain(object)           strong += 1
    .release(object)          strong -= 1; at 0: __pw_destroy(object)
    .release_later(object)    strong -= 1; at 0: __pw_destroy_later(object)
    .retain_weak(object)      weak += 1
    .release_weak(object)     __pw_release_weak(object)
    .upgrade(object)          the object if __pw_upgrade(object) could retain it, else null

A null object is left alone. In checked builds the first four fail with the kind FREED when the
count was not positive: the object is gone.

Counts are atomic where other processors may count the same object: in the kernel and its native tests, and in a program from
its second thread on, which the variable SEVERAL says in those that can have one. Taking a reference needs no
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
    AS_NEEDED = auto()  # atomic while SEVERAL is not 0


SEVERAL = "core.world.hosted.has_threads"


# The hook that each helper calls, if any, and what the hook returns.
HOOKS = {
    ".retain": None,
    ".retain_weak": None,
    ".release": ("__pw_destroy", "void"),
    ".release_later": ("__pw_destroy_later", "void"),
    ".release_weak": ("__pw_release_weak", "void"),
    ".upgrade": ("__pw_upgrade", "i1"),
}
CHECKED = (".retain", ".retain_weak", ".release", ".release_later")  # take a location


def helper_definition(
    name: str, counting: Counting, checked: bool, attributes: str, part: str
) -> str:
    """Return the text of one of the functions above.

    part: what follows a load or a store of a count, to say which part of memory it reaches.
    """
    result = "ptr" if name == ".upgrade" else "void"
    location = ", ptr %location" if checked and name in CHECKED else ""
    return (
        f"define internal {result} @{name}(ptr %object{location}) alwaysinline {attributes} {{\n"
        "start:\n"
        "  %is_none = icmp eq ptr %object, null\n"
        "  br i1 %is_none, label %done, label %some\n"
        f"some:\n{_body(name, counting, checked, part)}"
        "}\n"
    )


def _body(name: str, counting: Counting, checked: bool, part: str) -> str:
    if name == ".upgrade":
        return _UPGRADED
    if name == ".release_weak":
        return "  call void @__pw_release_weak(ptr %object)\n" + _DONE

    is_release = name.startswith(".release")
    place = "%count_at" if name == ".retain_weak" else "%object"
    text = _WEAK_PLACE if name == ".retain_weak" else ""
    update = _UPDATES[counting]
    change, order = ("sub", "release") if is_release else ("add", "monotonic")
    text += update.format(change=change, order=order, place=place, several=SEVERAL, part=part)
    if checked:
        text += _CHECK.format(kind=int(TrapKind.FREED))
    if not is_release:
        return text + _DONE
    hook, _ = HOOKS[name]
    fence = "" if counting is Counting.PLAIN else "  fence acquire\n"
    return text + _IS_LAST + f"last:\n{fence}  call void @{hook}(ptr %object)\n" + _DONE


_WEAK_PLACE = """\
  %count_at = getelementptr inbounds i8, ptr %object, i64 4
"""

_PLAIN = """\
  %count = load i32, ptr {place}, align 4{part}
  %changed = {change} i32 %count, 1
  store i32 %changed, ptr {place}, align 4{part}
"""

_ATOMIC = """\
  %count = atomicrmw {change} ptr {place}, i32 1 {order}, align 4
"""

_AS_NEEDED = """\
  %several = load i8, ptr @{several}, align 1
  %is_alone = icmp eq i8 %several, 0
  br i1 %is_alone, label %alone, label %shared
alone:
  %count_alone = load i32, ptr {place}, align 4{part}
  %changed = {change} i32 %count_alone, 1
  store i32 %changed, ptr {place}, align 4{part}
  br label %counted
shared:
  %count_shared = atomicrmw {change} ptr {place}, i32 1 {order}, align 4
  br label %counted
counted:
  %count = phi i32 [%count_alone, %alone], [%count_shared, %shared]
"""

_UPDATES = {
    Counting.PLAIN: _PLAIN,
    Counting.ATOMIC: _ATOMIC,
    Counting.AS_NEEDED: _AS_NEEDED,
}

_CHECK = """\
  %is_alive = icmp sgt i32 %count, 0
  br i1 %is_alive, label %alive, label %freed, !prof !0
freed:
  call void @__pw_trap(i32 {kind}, ptr %location, i64 0, i64 0)
  unreachable
alive:
"""

_IS_LAST = """\
  %is_last = icmp eq i32 %count, 1
  br i1 %is_last, label %last, label %done
"""

_DONE = """\
  br label %done
done:
  ret void
"""

_UPGRADED = """\
  %is_alive = call i1 @__pw_upgrade(ptr %object)
  %upgraded = select i1 %is_alive, ptr %object, ptr null
  br label %done
done:
  %result = phi ptr [null, %start], [%upgraded, %some]
  ret ptr %result
"""
