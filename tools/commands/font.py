"""`./patchwork font`: makes a font that the system reads from one of outlines."""

from __future__ import annotations

from pathlib import Path

from tools import fonts
from tools.arguments import Parser

EXAMPLES = """\
  ./patchwork font DejaVuSansMono.ttf 16 root/base/data/fonts/dejavumono-regular16.grf"""


def main(arguments: list[str]) -> int:
    parser = Parser(
        "font", "Draw the glyphs of a TrueType or OpenType font, for the system.", EXAMPLES
    )
    parser.add_argument("outlines", metavar="FONT", type=Path, help="the font")
    parser.add_argument("size", metavar="PIXELS", type=int, help="its height")
    parser.add_argument("output", metavar="FILE.grf", type=Path, help="where to write it")
    options = parser.parse_args(arguments)
    options.output.write_bytes(fonts.convert(options.outlines, options.size))
    return 0
