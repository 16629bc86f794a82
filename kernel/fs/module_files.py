"""The folders in which modules have files of their own. There is one of each, in all namespaces.

devices    /dev
system     /sys
types      /sys/fs: a folder for each type of file systems that can be mounted (file_systems.py)
counts     /sys/counts
network    /net
"""

from __future__ import annotations

from kernel.fs.folder import FixedFolder
from lang import no_raise

# Set once, before modules of the kind BOOT_ALWAYS are attached.
devices: FixedFolder | None = None
system: FixedFolder | None = None
types: FixedFolder | None = None
counts: FixedFolder | None = None
network: FixedFolder | None = None


@no_raise
def there(folder: FixedFolder | None) -> FixedFolder:
    """Return a folder, for modules that come once they are there."""
    assert folder is not None, "files of modules have a place before there are such modules"
    return folder
