"""Builds what the machine boots: the kernel, the boot loader, and the disk with both."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from compiler.options import CompileOptions
from compiler.source import CompileFailed
from tools import initial_files
from tools.disk import image as disk_image
from tools.failure import Failure
from tools.outputs import locked, replacing

ROOT = Path(__file__).resolve().parent.parent
KERNEL = ROOT / "kernel" / "cpu" / "pvh.py"
MODULES = ROOT / "modules" / "linked_in.py"  # which the kernel does not import
LOADED_MODULES = ROOT / "modules"  # below which are those that it loads
EXPECTED_MODULES = (  # of these: the clock's rate, processors, and the time of day
    LOADED_MODULES / "drivers" / "hpet.py",
    LOADED_MODULES / "smp" / "smp.py",
    LOADED_MODULES / "drivers" / "rtc.py",
)
MODULE_MARK = 'section(".module")'  # in the file of each
DESCRIPTION = ROOT / "kernel" / "module" / "description.py"
LOADER = ROOT / "boot" / "loader.py"
FIRST_PROGRAM = ROOT / "programs" / "init.py"

# Where UEFI looks on a disk that it knows nothing about. UEFI Specification 2.10, section 3.5.1.1.
LOADER_ON_DISK = Path("EFI", "BOOT", "BOOTX64.EFI")

# Where the loader looks (boot/loader.py).
KERNEL_ON_DISK = Path("patchwork", "kernel.elf")
INITIAL_FILES_ON_DISK = Path("patchwork", "files.img")

ROOT_FILES = ROOT / "root"


def build_kernel(build: str) -> Path:
    """Build the kernel and return the ELF file, which QEMU can boot directly.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    return _compile(KERNEL, kernel_file(build), "kernel", build, (MODULES,))


def build_changed_kernel(
    changed: dict[str, Path], output: Path, build: str, imported: Sequence[Path] = ()
) -> None:
    """Build a kernel in which some modules are other files; what it prints shows the source. It need not load the
    modules without which a machine is not what one expects.

    imported: files that these import, where the kernel itself could not.

    Raises:
        CompileFailed: with all diagnostics.
    """
    from compiler import driver
    from compiler.image import crew_for, declared, world_files

    roots = [KERNEL, *world_files("kernel"), MODULES, *EXPECTED_MODULES, *imported]
    image = declared(roots, "kernel", build, changed)
    with crew_for(image) as crew:
        image.survey(crew)
        driver.link_image(image, crew, output, image.target)


def build_loader(build: str) -> Path:
    """Build the boot loader and return the UEFI application.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    return _compile(LOADER, disk_folder(build) / LOADER_ON_DISK, "uefi", build)


def build_program(source: Path, output: Path, build: str) -> Path:
    """Compile a program for the system, and return the file.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    return _compile(source, output, "program", build)


def build_modules(build: str, others: Sequence[Path] = (), folder: Path | None = None) -> Path:
    """Compile the modules that the kernel loads, and return the folder of their objects.

    others: files that each describe one more module; they may use the system's. folder: where the objects go.

    Raises:
        Failure: one does not compile; the errors were printed.
    """
    from compiler import driver
    from compiler.image import world_files

    kernel = (KERNEL, *world_files("kernel"), MODULES)
    output = ROOT / "build" / build / "modules" if folder is None else folder
    with _compiling("modules") as report:
        driver.compile_modules(kernel, (*module_roots(), *others), output, build, report)
    return output


def module_roots() -> list[Path]:
    """Return the files that describe a module which the kernel loads."""
    files = sorted(LOADED_MODULES.rglob("*.py"))
    return [path for path in files if MODULE_MARK in path.read_text(encoding="utf-8")]


def build_initial_files(build: str) -> Path:
    """Pack what the system starts with, and return the file.

    Raises:
        Failure: a program does not compile, or a file cannot be packed.
    """
    program = build_program(FIRST_PROGRAM, initial_files_file(build).with_name("init"), build)
    return pack_initial_files(program, (), initial_files_file(build), build)


def pack_initial_files(
    program: Path,
    arguments: Sequence[str],
    output: Path,
    build: str,
    modules: Path | None = None,
) -> Path:
    """Pack the initial files with a program as the first that runs; return the file.

    arguments: of the program, if there are any. modules: the folder of those that may be loaded; of the system's,
    unless given.

    Raises:
        Failure: a module does not compile, or an argument cannot be handed over.
    """
    words = [argument.encode() for argument in ["/bin/init", *arguments]]
    if any(b"\0" in word for word in words):
        raise Failure("an argument has a 0 byte in it, which ends a text; leave it out")
    objects = build_modules(build) if modules is None else modules
    with TemporaryDirectory(prefix="patchwork-files-") as name:
        folder = Path(name) / "root"
        shutil.copytree(ROOT_FILES, folder)
        (folder / "bin").mkdir()
        (folder / "boot").mkdir()
        shutil.copyfile(program, folder / "bin" / "init")
        shutil.copytree(objects, folder / "kernel" / "modules" / version())
        if arguments:
            (folder / "boot" / "arguments").write_bytes(b"".join(word + b"\0" for word in words))
        packed = initial_files.pack(folder)
    with replacing(output) as new:
        new.write_bytes(packed)
    return output


def build_disk(build: str) -> Path:
    """Build everything and return the image of the disk that a PC boots from.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    folder = disk_folder(build)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_name("disk.lock")):
        build_loader(build)
        _copy(build_kernel(build), folder / KERNEL_ON_DISK)
        _copy(build_initial_files(build), folder / INITIAL_FILES_ON_DISK)
        disk_image.write(disk_file(build), folder)
    return disk_file(build)


@cache
def version() -> str:
    """Return the version of the system, as the kernel has it."""
    text = DESCRIPTION.read_text(encoding="utf-8")
    found = re.search(r'^SYSTEM_VERSION: Final = "(.+)"', text, re.MULTILINE)
    assert found is not None, f"{DESCRIPTION} gives no version"
    return found[1]


def kernel_file(build: str) -> Path:
    """Where the kernel of a build is."""
    return ROOT / "build" / build / "kernel.elf"


def initial_files_file(build: str) -> Path:
    """Where the packed initial files of a build are."""
    return ROOT / "build" / build / "files.img"


def disk_file(build: str) -> Path:
    """Where the image of the boot disk of a build is."""
    return ROOT / "build" / build / "patchwork.img"


def disk_folder(build: str) -> Path:
    """Where the files of that disk are."""
    return ROOT / "build" / build / "disk"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _compile(
    source: Path, output: Path, target: str, build: str, imported: tuple[Path, ...] = ()
) -> Path:
    name = source.relative_to(ROOT) if source.is_relative_to(ROOT) else source
    output.parent.mkdir(parents=True, exist_ok=True)
    options = CompileOptions(source, output, target, build, "exe", imported)
    with _compiling(str(name)) as report:
        from compiler import driver

        return driver.compile_file(options, report)


@contextmanager
def _compiling(name: str) -> Iterator[Callable[[str], None]]:
    """Show what is being done, and errors as the compiler does.

    Raises:
        Failure: there were some.
    """
    from rich.console import Console

    from compiler import render

    try:
        with Console(stderr=True).status(f"compiling {name}") as status:  # on a terminal only
            yield lambda progress: status.update(f"compiling {name}: {progress}")
    except CompileFailed as failed:
        render.print_diagnostics(failed.diagnostics)
        raise Failure(f"{name} does not compile") from None
