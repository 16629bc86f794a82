"""Which utilities there are, and running one by its name."""

from __future__ import annotations

from programs.tools import names as naming
from programs.tools import processes, text
from programs.tools.common import complain


def names() -> list[str]:
    """Return the names of all utilities."""
    return [
        "cat",
        "cp",
        "echo",
        "false",
        "find",
        "free",
        "grep",
        "head",
        "kill",
        "link",
        "ls",
        "mkdir",
        "mv",
        "ps",
        "readlink",
        "reboot",
        "rm",
        "shutdown",
        "sleep",
        "sort",
        "stat",
        "symlink",
        "tail",
        "touch",
        "tree",
        "true",
        "uptime",
        "wc",
    ]


def run(name: str, words: list[str]) -> int:
    """Run a utility with its arguments, of which the first is its own path; return its status."""
    try:
        return call(name, words)
    except FileNotFoundError:
        return complain(name, "there is no such file; to make it, add :create to its path")
    except FileExistsError:
        return complain(name, "there is something of that name already")
    except IsADirectoryError:
        return complain(name, "that is a folder; say so with :directory")
    except NotADirectoryError:
        return complain(name, "that is no folder")
    except PermissionError:
        return complain(name, "that is not permitted there")
    except ValueError:
        return complain(name, "an argument makes no sense, or a flag of a path does not exist")
    except NotImplementedError:
        return complain(name, "there is no such command")
    except OSError:
        return complain(name, "that cannot be done")


def call(name: str, words: list[str]) -> int:
    match name:
        case "cat":
            return text.cat(words)
        case "cp":
            return naming.cp(words)
        case "echo":
            return text.echo(words)
        case "false":
            return processes.false(words)
        case "find":
            return naming.find(words)
        case "free":
            return processes.free(words)
        case "grep":
            return text.grep(words)
        case "head":
            return text.head(words)
        case "kill":
            return processes.kill(words)
        case "link":
            return naming.link(words)
        case "ls":
            return naming.ls(words)
        case "mkdir":
            return naming.mkdir(words)
        case "mv":
            return naming.mv(words)
        case "ps":
            return processes.ps(words)
        case "readlink":
            return naming.readlink(words)
        case "reboot":
            return processes.reboot(words)
        case "rm":
            return naming.rm(words)
        case "shutdown":
            return processes.shutdown(words)
        case "sleep":
            return processes.sleep(words)
        case "sort":
            return text.sort(words)
        case "stat":
            return naming.stat(words)
        case "symlink":
            return naming.symlink(words)
        case "tail":
            return text.tail(words)
        case "touch":
            return naming.touch(words)
        case "tree":
            return naming.tree(words)
        case "true":
            return processes.true(words)
        case "uptime":
            return processes.uptime(words)
        case "wc":
            return text.wc(words)
    return complain(name, "there is no such program")
