"""The utilities: what each prints, and what it says about what it cannot do."""

from __future__ import annotations

import re

from programs.tools import toolbox
from tests.system.test_shell import output

COLOURS = re.compile("\x1b\\[[0-9]*m")
MISSING = "there is no such file or folder"


def check(shell, *steps: tuple[str, str]) -> None:
    """Run lines one after the other, and compare what each prints, without colours, with what is expected."""
    script = "; echo ===\n".join(line for line, _ in steps)
    printed = COLOURS.sub("", shell(f"cd /tmp\n{script}").stdout)
    parts = [part.strip("\n") for part in printed.split("===\n")]
    assert parts == [expected.strip("\n") for _, expected in steps]


def usage(name: str) -> str:
    return toolbox.help_of(name).splitlines()[0]


def test_text_is_shown_searched_counted_and_sorted(shell) -> None:
    check(
        shell,
        ("echo -n one; echo two; echo a -n", "onetwo\na -n"),
        (
            "echo two three > f; echo >> f; echo Four >> f; cat f - f < f",
            f"two three\n\nFour\ncat: -: {MISSING}\ntwo three\n\nFour",
        ),
        (
            "cat nosuch /tmp; echo $?",
            f"cat: nosuch: {MISSING}\ncat: /tmp: that is a folder; ls shows what is in it\n1",
        ),
        ("cat -x < f", "74 77 6f 20 74 68 72 65 65 0a 0a 46 6f 75 72 0a "),
        ("grep o f; grep -c o f f; grep -nv o f", "two three\nFour\nf:2\nf:2\n2:"),
        (
            "grep -i FOUR f nosuch; echo $?; grep x f; echo $?",
            f"f:Four\ngrep: nosuch: {MISSING}\n1\n1",
        ),
        ("grep -- -n f; grep", f"grep: something is missing\n{usage('grep')}"),
        ("head -n 1 f; head -n1 < f; head -n 0 f; head f | wc", "two three\ntwo three\n3 3 16"),
        (
            "head -n x f; echo $?",
            f"head: behind -n there should be a number, not 'x'\n{usage('head')}\n2",
        ),
        (
            "tail -n 1 f; tail < f | wc; tail -f",
            f"Four\n3 3 16\ntail: -f wants one file\n{usage('tail')}",
        ),
        (
            "sort f; echo 10 > n; echo 9 >> n; echo -1 >> n; echo x >> n; sort -nr n n | sort -u",
            "\nFour\ntwo three\n-1\n10\n9\nx",
        ),
        ("sort -n n", "x\n-1\n9\n10"),
        (
            "echo out 1> o:create; echo more 1>> o; echo err 2> o2:create 1>&2; cat o o2; echo 1 > o; cat o",
            "out\nmore\nerr\n1",
        ),
        (
            "mkdir long; cd long; echo -n "
            + "é" * 32
            + " > e:create; "
            + "".join(
                f"cat {a} {a} > {b}:create; " for a, b in zip("eklmnopq", "klmnopqr", strict=True)
            )
            + "echo -n x > s:create; cat s r > t:create; wc t; sort t | wc; sort t | grep -c '?'; head t | wc; tail t | wc; cd ..",
            "0 1 16385 t\n1 1 16386\n0\n0 1 16385\n0 1 16385",
        ),
        ("wc f n; wc -l < f; wc -cw f", "3 3 16 f\n4 4 10 n\n7 7 26 total\n3\n3 16 f"),
    )


def test_names_are_made_moved_and_removed(shell) -> None:
    stat = "m: file, 3 bytes\n    number N, names 2, permissions rwx"
    check(
        shell,
        (
            "mkdir -p a/b; mkdir a; mkdir x/y; ls",
            f"mkdir: a: there is something of that name already\nmkdir: x/y: {MISSING}\na/",
        ),
        (
            "touch a/f; touch a/f:ce; touch a/f:ce; touch",
            f"touch: a/f: {MISSING}\ntouch: a/f:ce: there is something of that name already\ntouch: something is missing\n{usage('touch')}",
        ),
        (
            "echo hi > a/f; cp a/f g; cat g; cp a b2; cp -r a b2; find b2",
            "hi\ncp: a: that is a folder; -r copies it with all that is in it\nb2/b\nb2/f",
        ),
        (
            "cp -r a a/b; cp g g; cp g a; cp g g b2; ls -1 a b2",
            "cp: a: a folder cannot be copied into itself\ncp: g: that is the same file\nb/\nf\ng\nb/\nf\ng",
        ),
        (
            "cd a; cp -r . b; cp -r .. b; cp -r ../a b/c; cp -r b b/../d; cd ..; ls a; rm a/d:dR",
            "\n".join(
                f"cp: {each}: a folder cannot be copied into itself" for each in (".", "..", "../a")
            )
            + "\nb/  d/  f   g",
        ),
        (
            "cp g g nosuch; mv g g nosuch",
            f"cp: nosuch is no folder, so only one file can be copied there\n{usage('cp')}\nmv: nosuch is no folder, so only one name can be moved there\n{usage('mv')}",
        ),
        (
            "mv g h; mv h a; ls -1 a; mv nosuch y; mv a",
            f"b/\nf\ng\nh\nmv: nosuch: {MISSING}\nmv: something is missing\n{usage('mv')}",
        ),
        (
            "mkdir /far; mv a/h /far/n; cat /far/n; symlink n /far/k; mv /far/k k; readlink k; mv a /far; ls; ls -1 /far/a",
            "hi\nn\nb2/  k@\nb/\nf\ng",
        ),
        (
            "mkdir a; mv /far/a .; ls a; ls /far; rm a:d; mv /far/a .; ls a; ls /far; rm /far:dR k",
            "mv: /far/a: there is something of that name already\na/  n\nb/  f   g\nn",
        ),
        (
            "link a/f m; stat m > s; grep file s; grep -c 'names 2, permissions rwx' s; stat a | head -n 1",
            f"{stat.splitlines()[0]}\n1\na: directory, 0 bytes",
        ),
        (
            "link a; link m m; link nosuch y",
            f"link: something is missing\n{usage('link')}\nlink: there is something of that name already\nlink: {MISSING}",
        ),
        (
            "symlink a/f s2; readlink s2 m; cat s2; stat s2:l | head -n 1",
            "a/f\nreadlink: m: that is no link\nhi\ns2:l: symlink, 0 bytes",
        ),
        (
            "rm m s s2 nosuch; rm a; rm a:d; rm a:dR b2:dR; ls",
            f"rm: nosuch: {MISSING}\nrm: a: that is a folder; say so with :directory\nrm: a:d: the folder is not empty; :recursive takes all that is in it, too",
        ),
    )


def test_folders_are_listed_drawn_and_looked_through(shell) -> None:
    check(
        shell,
        (
            "mkdir -p a/b; touch a/f:c a/.hidden:c a/b/g.txt:c; symlink f a/l; ls a | cat",
            "b/\nf\nl@",
        ),
        ("ls a; ls -a1 a; ls a/f", "b/  f   l@\n.hidden\nb/\nf\nl@\na/f"),
        (
            "ls a:R; cd a; ls :recursive; ls b:rR; cd ..",
            "b/\nb/g.txt\nf\nl@\nb/\nb/g.txt\nf\nl@\ng.txt",
        ),
        (
            "ls nosuch a:x; ls -z",
            f"ls: nosuch: {MISSING}\nb/  f   l@\nls: there is no option -z\n{usage('ls')}",
        ),
        (
            "ls b:zzz 2>&1 | wc -l; ls a/b:directory",
            "1\ng.txt",
        ),
        (
            "tree a; tree nosuch",
            f"a\n├── b/\n│   └── g.txt\n├── f\n└── l@\ntree: nosuch: {MISSING}",
        ),
        (
            "find a; find a -name '*.txt' -type file; find -type link",
            "a/.hidden\na/b\na/b/g.txt\na/f\na/l\na/b/g.txt\n./a/l",
        ),
        (
            "find a -type x; find nosuch",
            f"find: a type is file, folder or link, not 'x'\n{usage('find')}\nfind: nosuch: {MISSING}",
        ),
        ("COLUMNS=6 ls a; COLUMNS=nonsense ls a | wc -l", "b/\nf\nl@\n3"),
    )


def test_processes_are_told_and_shown(shell) -> None:
    lines = output(
        shell,
        "sleep 1000 & ps | wc -l; kill -s 'in the way' $!; cat /proc/$!/wait; echo",
        "sleep 1000 & kill -n interrupt $!; cat /proc/$!/wait; echo",
        "kill; kill x; kill 99999; kill -s; sleep 0.01; sleep .; sleep 1e9; sleep 1 2",
        "uptime | grep -c 's, 4 processes'; free | head -n 1 | grep -c MiB; ps nonsense",
        "time echo a b 2>&1 | grep -c 'ms in the kernel'; time false 2> /tmp/took:create; echo $?; cat /tmp/took | wc -l",
        "time stackoverflow 2>&1 | grep -c 'stackoverflow: pagefault'; time; time nosuch",
        "top | head -n 1 | grep -c CPU0; tell /sys/power; tell /nosuch x",
        "tell $ctl; tell /proc/self/ctl klose 3; tell /proc/self/ctl dup2 77 0 '&&' start",
        "echo kill in the way > /proc/self/ctl; echo dup2 77 0 > /proc/self/ctl; cat /dev/klog/x",
        "threadtest -n 1000 -t 2 | grep -c 'to find 168 primes'; stackoverflow; echo end",
    )
    overflow = lines.pop(-2)
    assert re.fullmatch(
        "shell: stackoverflow: pagefault at 0x[0-9a-f]+ due to stack overflow at 0x[0-9a-f]+",
        overflow,
    )
    assert lines == [
        *["6", "in the way", "interrupt"],
        *["kill: something is missing", usage("kill")],
        *["kill: for a process there should be a number, not 'x'", usage("kill")],
        "kill: 99999: there is no such process",
        *["kill: something is missing behind -s", usage("kill")],
        *["sleep: a time is a number of seconds, not '.'", usage("sleep")],
        *["sleep: a time is a number of seconds, not '1e9'", usage("sleep")],
        *["sleep: '2' is one too many", usage("sleep")],
        *["1", "1", "ps: 'nonsense' is one too many", usage("ps")],
        *["1", "1", "1", "1", "time: something is missing", usage("time")],
        "time: nosuch: there is no such program",
        *["1", f"{'off':34}switch the machine off", f"{'reset':34}start the machine anew"],
        f"tell: {MISSING}",
        *["tell: something is missing", usage("tell")],
        "tell: 'klose' is no command here; there are close, dup2, touch, bind, mount, setns, setgroup, start, kill",
        "tell: dup2: the file is not open for that",
        "echo: kill: the is one too many; kill [STATUS]",
        "echo: dup2: the file is not open for that",
        "cat: /dev/klog/x: that is no folder",
        *["2", "end"],
    ]


def test_each_says_what_it_does(shell) -> None:
    names = toolbox.names()
    done = shell("; ".join(f"{name} --help" for name in names))
    assert done.stdout == "".join(toolbox.help_of(name) for name in names)
    listed = shell("help; help head nosuch").stdout
    assert all(f"\n{name:<14} {toolbox.summary_of(name)}\n" in listed for name in names)
    assert listed.endswith("shell: help: there is no help with nosuch\n")


def test_hostile_words_are_nothing_but_words(shell) -> None:
    words = ["'\\\\x", "$(x)", '"', "a b", "ä€", "-", "x" * 300, "/x" * 100]
    lines = [
        "echo {0}; cat {0}; rm {0}; grep {0} {0}; ls {0}; echo done".format(in_quotes(word))
        for word in words
    ]
    printed = shell("; ".join(lines)).stdout.split("done\n")
    assert len(printed) == len(words) + 1
    for word, text in zip(words, printed, strict=False):
        first, *others = text.splitlines()
        assert first == word
        assert all(line.startswith(("cat: ", "rm: ", "grep: ", "ls: ")) for line in others)


def in_quotes(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
