"""`./patchwork pictures`: makes the pictures of the book that show what the system's code does."""

from __future__ import annotations

from tools import image
from tools.arguments import Parser

FOLDER = image.ROOT / "docs" / "pictures"


def main(arguments: list[str]) -> int:
    parser = Parser(
        "pictures", "Make the pictures in docs/pictures that show traces of the system's code."
    )
    parser.parse_args(arguments)
    from tools.pictures import scheduler

    for name, text in scheduler.draw_all().items():
        path = FOLDER / name
        is_new = not path.exists() or path.read_text() != text
        path.write_text(text)
        print(f"{path.relative_to(image.ROOT)}: {'changed' if is_new else 'the same'}")
    return 0
