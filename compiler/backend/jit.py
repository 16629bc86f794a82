"""JIT: objects into this process, for native tests.

The objects are linked to one shared object, as a real image would be, and loaded by the system's
own loader. LLVM's in-process JIT would save a file and the start of the linker, but it took 33 ms
where this takes 13 (2,000 functions), it ends the process where the linker reports an error, and a
debugger does not see its code. Each load has variables of its own, even of the same objects.

What the code needs from outside is imported by name. The linker cannot know addresses of this
process, so each import becomes a stub that jumps through two slots, filled in after loading:

    NAME:  r11 = slot.function; jump to slot.through

For a function in native code both are its address. A Python function is reached through a piece of
native code that knows how to enter and leave Python (`guard.py`) and finds the function in r11.
"""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from compiler.backend import lines
from compiler.backend.elf import Elf, SectionFlag
from compiler.backend.frames import Frame
from compiler.backend.link import CompileText, LinkInput, link
from compiler.backend.symbols import Symbols
from compiler.backend.target import TARGETS


@dataclass(frozen=True)
class Import:
    """A function of this process under the name that the code knows it by."""

    function: int  # its address
    through: int | None = None  # native code that calls it for us; None: it is native itself
    owner: object = None  # what must stay alive as long as the function may be called


class JITLibrary:
    """Code in this process. Stays loaded, since nobody knows who still holds an address."""

    def __init__(self, image: bytes, imports: Mapping[str, Import]) -> None:
        self.elf = Elf(image)
        self.imports = dict(imports)
        self._library = _load(image)
        for name, each in imports.items():
            slots = (ctypes.c_void_p * 2).from_address(self.address(_slot(name)))
            slots[0], slots[1] = each.function, each.through or each.function

    def address(self, name: str) -> int:
        """Return where a function or variable is.

        Raises:
            LookupError: the library exports no such name.
        """
        try:
            return ctypes.addressof(ctypes.c_char.in_dll(self._library, name))
        except ValueError:
            raise LookupError(f"the compiled code exports no {name!r}") from None

    @property
    def base(self) -> int:
        """What the loader added to the addresses in the file."""
        # The handle is the address of a link_map, whose first field this is (dlinfo(3)).
        return ctypes.c_uint64.from_address(self._library._handle).value

    @cached_property
    def code(self) -> list[range]:
        """The addresses that hold instructions."""
        return [
            range(self.base + each.address, self.base + each.address + each.size)
            for each in self.elf.sections
            if each.flags & SectionFlag.EXECINSTR
        ]

    def frames_at(self, address: int) -> list[Frame]:
        """Return the frames, innermost first, that an address in the code stands for."""
        return self.symbols.frames_at(address - self.base)

    @cached_property
    def symbols(self) -> Symbols:
        """Functions and lines of the library."""
        return lines.collect(TARGETS["jit"], self.elf.data)


def load(
    objects: Sequence[LinkInput], imports: Mapping[str, Import], compile_text: CompileText
) -> JITLibrary:
    """Link the objects and load them, with `imports` for what they do not define.

    An import of a name that an object does define replaces it, where other objects call it.

    Raises:
        LinkFailure: a symbol is neither defined nor imported.
    """
    return JITLibrary(link_library(objects, imports, compile_text), imports)


def link_library(
    objects: Sequence[LinkInput], imports: Iterable[str], compile_text: CompileText
) -> bytes:
    """Link a shared object that `JITLibrary` can load, any number of times."""
    stubs = compile_text("imports", _stubs(sorted(imports)))
    with tempfile.TemporaryDirectory(prefix="jit-") as directory:
        output = Path(directory) / "library.so"
        link(TARGETS["jit"], [stubs, *objects], output, first_definition_wins=True)
        return output.read_bytes()


def _stubs(names: Iterable[str]) -> str:
    return "\n".join(_STUB.format(name=name, slot=_slot(name)) for name in names)


def _slot(name: str) -> str:
    return f"__pw_slot.{name}"


# r10 and r11 carry no argument in any calling convention of C.
_STUB = """
@"{slot}" = dso_local global [2 x ptr] zeroinitializer
define dso_local void @"{name}"() naked nounwind {{
  call void asm sideeffect "movq ($0), %r11; jmpq *8($0)", "{{r10}}"(ptr @"{slot}")
  unreachable
}}
"""


def _load(image: bytes) -> ctypes.CDLL:
    # A new name for each load: the loader takes a known name for a library that it has already.
    with tempfile.NamedTemporaryFile(prefix="jit-", suffix=".so") as file:
        file.write(image)
        file.flush()
        return ctypes.CDLL(file.name)
