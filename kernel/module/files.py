"""/sys/module: the modules that are loaded, and what loads, unloads and replaces them.

Files in /sys/module:
    list       a line for each: file's name, version, how many devices it uses, how many modules need it, its objects
    control    takes `load NAME`, `unload NAME`, `replace NAME`; see control.py
"""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.module import alive, loader
from kernel.module.control import Control
from kernel.module.loaded import Loaded
from kernel.module.loader import alone
from lang import no_raise, sleeps, u64


def make() -> FixedFolder:
    """Return the folder.

    Raises:
        MemoryError: there is too little memory.
    """
    folder = FixedFolder()
    folder.put(b"list", List())
    folder.put(b"control", Control())
    return folder


class List(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        with alone():
            text(out, "module version devices users objects")
            module = loader.first
            while module is not None:
                version = module.module.version
                objects = alive.objects_in(module.memory.start, module.memory.size)
                text(
                    out, f"\n{module.name} {version} {devices_of(module)} {module.users} {objects}"
                )
                module = module.next


@no_raise
def devices_of(module: Loaded) -> u64:
    count: u64 = 0
    device = module.devices
    while device is not None:
        count += 1
        device = device.next
    return count
