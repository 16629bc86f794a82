"""Files: written, appended to, read whole and by lines, and what goes wrong."""

from __future__ import annotations

PATH = "files.txt"


def write_and_read(path: str) -> None:
    with open(path, "w") as file:
        print(file.write("first\n"), file.write("zweite Zeile: äöü €\n"), file.write(""))
        file.write("no newline")
    with open(path, encoding="utf-8") as file:
        print(repr(file.read()), repr(file.read()))
    with open(path, mode="a") as file:
        file.writelines([", then one\n", "\n", "end\n"])
    for line in open(path):
        print(repr(line))
    with open(path, "rt") as file:
        print(repr(file.readline()))
        print(file.readlines())
        print(repr(file.readline()), file.name == path, file.closed)
    print(file.closed)


def ends_of_lines(path: str) -> None:
    with open(path, "w") as file:
        file.write("unix\nwindows\r\nmac\rboth\r\r\nempty\n\nlast\r")
    with open(path) as file:
        print([line for line in file])
    with open(path) as file:
        print(repr(file.read()))


def large(path: str) -> None:
    with open(path, "w") as file:
        for number in range(20000):
            file.write(f"{number} é\r\n")
    total = 0
    count = 0
    with open(path) as file:
        for line in file:
            total += len(line)
            count += 1
    print(count, total)
    with open(path) as file:
        text = file.read()
    print(len(text), text[-9:])
    with open(path, "w") as file:
        file.write("x" * 100000)
        file.flush()
        with open(path) as other:
            print(len(other.read()))
    with open(path) as file:
        print(len(file.readline()), repr(file.readline()))


def failures(path: str) -> None:
    for name in ["/nowhere/at/all", "/tmp", path + "/below"]:
        try:
            open(name)
        except FileNotFoundError as error:
            print("not found:", error)
        except NotADirectoryError as error:
            print("no folder:", error)
        except IsADirectoryError as error:
            print("a folder:", error)
    try:
        open(path, "x")
    except FileExistsError as error:
        print(error)
    file = open(path)
    try:
        file.write("text")
    except OSError as error:
        print(error)
    file.close()
    file.close()
    try:
        file.read()
    except ValueError as error:
        print(error)
    with open(path, "w") as file:
        try:
            file.read()
        except OSError as error:
            print(error)


def leave_without_closing(path: str) -> None:
    file = open(path, "w")
    file.write("written when the object ends")


def raise_inside(path: str) -> None:
    try:
        with open(path, "a") as file:
            file.write(", and after an exception")
            raise KeyError("inside")
    except KeyError as error:
        print(error)


def main() -> None:
    path = PATH
    write_and_read(path)
    ends_of_lines(path)
    large(path)
    failures(path)
    leave_without_closing(path)
    raise_inside(path)
    with open(path) as file:
        print(file.read())


if __name__ == "__main__":
    main()
