"""string.Template."""

from __future__ import annotations

from string import Template


def main() -> None:
    t = Template("$who likes ${what}, $$5")
    print(t.substitute(who="tim", what="kung pao"))
    print(t.substitute({"who": "x", "what": "y"}), t.safe_substitute(who="z"))


if __name__ == "__main__":
    main()
