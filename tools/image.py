"""Builds what the machine boots: the kernel, the boot loader, and the disk with both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from compiler.options import CompileOptions
from compiler.source import CompileFailed
from tools.disk import image as disk_image
from tools.failure import Failure

ROOT = Path(__file__).resolve().parent.parent
KERNEL = ROOT / "kernel" / "cpu" / "pvh.py"
MODULES = ROOT / "modules" / "linked_in.py"  # which the kernel does not import
LOADER = ROOT / "boot" / "loader.py"

# Where UEFI looks on a disk that it knows nothing about. UEFI Specification 2.10, section 3.5.1.1.
LOADER_ON_DISK = Path("EFI", "BOOT", "BOOTX64.EFI")


def build_kernel(build: str) -> Path:
    """Build the kernel and return the ELF file, which QEMU can boot directly.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    return _compile(KERNEL, kernel_file(build), "kernel", build, (MODULES,))


def build_changed_kernel(
    changed: dict[str, Path], output: Path, build: str, imported: Sequence[Path] = ()
) -> None:
    """Build a kernel in which some modules are other files; what it prints shows the source.

    imported: files that these import, where the kernel itself could not.

    Raises:
        CompileFailed: with all diagnostics.
    """
    from compiler import driver
    from compiler.image import crew_for, declared, world_files

    image = declared([KERNEL, *world_files("kernel"), MODULES, *imported], "kernel", build, changed)
    with crew_for(image) as crew:
        image.survey(crew)
        driver.link_image(image, crew, output, image.target)


def build_loader(build: str) -> Path:
    """Build the boot loader and return the UEFI application.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    return _compile(LOADER, disk_folder(build) / LOADER_ON_DISK, "uefi", build)


def build_disk(build: str) -> Path:
    """Build everything and return the image of the disk that a PC boots from.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    build_loader(build)
    disk_image.write(disk_file(build), disk_folder(build))
    return disk_file(build)


def kernel_file(build: str) -> Path:
    """Where the kernel of a build is."""
    return ROOT / "build" / build / "kernel.elf"


def disk_file(build: str) -> Path:
    """Where the image of the boot disk of a build is."""
    return ROOT / "build" / build / "patchwork.img"


def disk_folder(build: str) -> Path:
    """Where the files of that disk are."""
    return ROOT / "build" / build / "disk"


def _compile(
    source: Path, output: Path, target: str, build: str, imported: tuple[Path, ...] = ()
) -> Path:
    from rich.console import Console

    from compiler import driver, render

    name = source.relative_to(ROOT)
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        with Console(stderr=True).status(f"compiling {name}"):  # shown on a terminal only
            options = CompileOptions(source, output, target, build, "exe", imported)
            return driver.compile_file(options)
    except CompileFailed as failed:
        render.print_diagnostics(failed.diagnostics)
        raise Failure(f"{name} does not compile") from None
