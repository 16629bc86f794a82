"""/proc/<number>/files: what a process has open, a line each.

    0 terminal /dev/console:read:write

The number, what it is (file, folder, terminal), and the path with the flags with which it could be opened again. A path may have come
to lead elsewhere since.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadFile, NameTooLong
from core.file_records import NodeKind
from core.text.buffer import TextBuffer
from kernel.fs import file_table, location, mode
from kernel.fs.file import File
from kernel.fs.text_file import text
from kernel.proc.process_file import ProcessFile
from lang import Array, no_raise, sleeps, u8, u64

LONGEST_PATH: Final = 1024


class OpenFiles(ProcessFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        for number in range(u64(file_table.COUNT)):
            try:
                file = self.process.files.find(number)
            except BadFile:
                continue
            text(out, f"{number} ")
            out.write(kind_of(file))
            write_path(out, file)
            mode.write(out, file.mode)
            out.write(b"\n")


@no_raise
def kind_of(file: File) -> bytes:
    if file.node.kind == NodeKind.DIRECTORY:
        return b"folder "
    return b"terminal " if file.node.is_terminal else b"file "


@no_raise
def write_path(out: TextBuffer, file: File) -> None:
    storage = Array[u8, LONGEST_PATH]()
    try:
        length = location.write_path(file.location, storage[:])
        out.write(storage[:length])
    except NameTooLong:
        out.write(b"(too long)")
