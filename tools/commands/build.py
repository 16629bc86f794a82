"""`./patchwork build`: the image of a disk that a PC boots from."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools import image
from tools.arguments import Parser, add_build
from tools.failure import Failure

DESCRIPTION = """\
Build the system as the image of a disk, with a GPT and an EFI system partition, ready to be written
to a USB stick."""

EXAMPLES = """\
  ./patchwork build
  ./patchwork build -o patchwork.img"""


def main(arguments: list[str]) -> int:
    parser = Parser("build", DESCRIPTION, EXAMPLES)
    parser.add_argument("-o", dest="output", metavar="FILE", type=Path, help="where to write it")
    add_build(parser, default="release")
    options = parser.parse_args(arguments)

    built = image.build_disk(options.build)
    if options.output is not None:
        built = copy(built, options.output)
    print(f"{built}: {built.stat().st_size >> 20} MB. To put it on a USB stick, erasing that:")
    print(f"  sudo dd if={built} of=/dev/sdX bs=4M conv=fsync    # lsblk says which sdX it is")
    return 0


def copy(built: Path, output: Path) -> Path:
    try:
        return Path(shutil.copyfile(built, output))
    except OSError as error:
        raise Failure(f"cannot write {output}: {error.strerror}") from None
