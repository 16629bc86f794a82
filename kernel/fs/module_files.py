"""The folders in which modules have files of their own: /dev and /sys. There is one of each, in all namespaces."""

from __future__ import annotations

from kernel.fs.folder import FixedFolder

devices: FixedFolder | None = (
    None  # set once, before modules of the kind BOOT_ALWAYS are attached, like the next
)
system: FixedFolder | None = None
