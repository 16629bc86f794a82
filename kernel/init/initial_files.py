"""The file system that the kernel starts with, where the loader left it."""

from __future__ import annotations

from core import initial_files
from core.handover import Extent
from kernel.log import log
from kernel.mem.layout import bytes_at
from lang import Slice, u8


def begin(extent: Extent) -> None:
    """Look through the files that were handed over, if there are any.

    Raises:
        BadMessage: they are damaged.
    """
    if extent.length == 0:
        log.warning("no initial files")
        return
    files = initial_files.open(Slice[u8](bytes_at(extent.start), extent.length))
    log.info(f"{len(files.nodes) - 1} initial files and folders")
