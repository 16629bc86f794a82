"""Which utilities there are, their help, and running one by its name."""

from __future__ import annotations

from lib.std import files
from lib.std.reasons import reason
from programs.tools import (
    benchmark,
    cat,
    cp,
    echo,
    find,
    free,
    grep,
    head,
    kill,
    link,
    ls,
    mkdir,
    mv,
    power,
    ps,
    readlink,
    rm,
    sleep,
    sort,
    stackoverflow,
    stat,
    symlink,
    tail,
    tell,
    threadtest,
    time,
    top,
    touch,
    tree,
    truth,
    uptime,
    wc,
)
from programs.tools.arguments import Arguments, Mistake, parse
from programs.tools.each import complain

NAMES = (
    "benchmark",
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
    "stackoverflow",
    "stat",
    "symlink",
    "tail",
    "tell",
    "threadtest",
    "time",
    "top",
    "touch",
    "tree",
    "true",
    "uptime",
    "wc",
)
STANDARD_ERROR = 2
BAD_USAGE = 2


def names() -> list[str]:
    """Return the names of all utilities."""
    return list(NAMES)


def run(name: str, words: list[str]) -> int:
    """Run a utility with what was typed behind its name; return its status."""
    help = help_of(name)
    if help == "":
        return complain(name, "there is no such program")
    if words and words[0] == "--help":
        files.write_all(1, help)
        return 0
    try:
        if name == "echo":
            return echo.run(words)
        if name == "time":
            return time.run(words)
        arguments = parse(name, words, help)
        if arguments.has("--help"):
            files.write_all(1, help)
            return 0
        return call(name, arguments)
    except Mistake as mistake:
        usage = help.splitlines()[0]
        files.write_all(STANDARD_ERROR, f"{name}: {mistake}\n{usage}\n")
        return BAD_USAGE
    except BrokenPipeError:  # nobody wants to see any more
        return 1
    except (OSError, ValueError, MemoryError) as error:
        return complain(name, reason(error))


def summary_of(name: str) -> str:
    """Return what a utility does, in a sentence."""
    return help_of(name).partition("\n\n")[2].partition("\n")[0]


def help_of(name: str) -> str:
    """Return the help of a utility; empty if there is none of that name."""
    match name:
        case "benchmark":
            return benchmark.HELP
        case "cat":
            return cat.HELP
        case "cp":
            return cp.HELP
        case "echo":
            return echo.HELP
        case "false":
            return truth.FALSE_HELP
        case "find":
            return find.HELP
        case "free":
            return free.HELP
        case "grep":
            return grep.HELP
        case "head":
            return head.HELP
        case "kill":
            return kill.HELP
        case "link":
            return link.HELP
        case "ls":
            return ls.HELP
        case "mkdir":
            return mkdir.HELP
        case "mv":
            return mv.HELP
        case "ps":
            return ps.HELP
        case "readlink":
            return readlink.HELP
        case "reboot":
            return power.REBOOT_HELP
        case "rm":
            return rm.HELP
        case "shutdown":
            return power.SHUTDOWN_HELP
        case "sleep":
            return sleep.HELP
        case "sort":
            return sort.HELP
        case "stackoverflow":
            return stackoverflow.HELP
        case "stat":
            return stat.HELP
        case "symlink":
            return symlink.HELP
        case "tail":
            return tail.HELP
        case "tell":
            return tell.HELP
        case "threadtest":
            return threadtest.HELP
        case "time":
            return time.HELP
        case "top":
            return top.HELP
        case "touch":
            return touch.HELP
        case "tree":
            return tree.HELP
        case "true":
            return truth.TRUE_HELP
        case "uptime":
            return uptime.HELP
        case "wc":
            return wc.HELP
    return ""


def call(name: str, arguments: Arguments) -> int:
    match name:
        case "benchmark":
            return benchmark.run(arguments)
        case "cat":
            return cat.run(arguments)
        case "cp":
            return cp.run(arguments)
        case "find":
            return find.run(arguments)
        case "free":
            return free.run(arguments)
        case "grep":
            return grep.run(arguments)
        case "head":
            return head.run(arguments)
        case "kill":
            return kill.run(arguments)
        case "link":
            return link.run(arguments)
        case "ls":
            return ls.run(arguments)
        case "mkdir":
            return mkdir.run(arguments)
        case "mv":
            return mv.run(arguments)
        case "ps":
            return ps.run(arguments)
        case "readlink":
            return readlink.run(arguments)
        case "reboot":
            return power.reboot(arguments)
        case "rm":
            return rm.run(arguments)
        case "shutdown":
            return power.shutdown(arguments)
        case "sleep":
            return sleep.run(arguments)
        case "sort":
            return sort.run(arguments)
        case "stackoverflow":
            return stackoverflow.run(arguments)
        case "stat":
            return stat.run(arguments)
        case "symlink":
            return symlink.run(arguments)
        case "tail":
            return tail.run(arguments)
        case "tell":
            return tell.run(arguments)
        case "threadtest":
            return threadtest.run(arguments)
        case "top":
            return top.run(arguments)
        case "touch":
            return touch.run(arguments)
        case "tree":
            return tree.run(arguments)
        case "uptime":
            return uptime.run(arguments)
        case "wc":
            return wc.run(arguments)
    return 1 if name == "false" else 0
