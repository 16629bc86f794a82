"""The shell and its utilities, one boot for each group of lines."""

from __future__ import annotations


def output(shell, *lines: str) -> list[str]:
    """Run lines one after the other, and return what they print."""
    done = shell("; ".join(lines))
    return done.stdout.splitlines()


def test_words_quotes_and_variables(shell) -> None:
    assert output(
        shell,
        "echo one   two",
        "echo 'one   two' \"three $PATH\" '$PATH' a\\ b # not this",
    ) == ["one two", "one   two three /base/bin $PATH a b"]


def test_the_status_says_what_runs_next(shell) -> None:
    assert output(
        shell,
        "true && echo yes || echo no",
        "false && echo yes || echo no",
        "false; echo $?",
        "true; echo status $?",
    ) == ["yes", "no", "1", "status"]


def test_pipelines_and_redirections(shell) -> None:
    assert output(
        shell,
        "echo banana > /tmp/fruit:create",
        "echo apple > /tmp/fruit:append",
        "sort < /tmp/fruit > /tmp/sorted:create",
        "cat /tmp/sorted | grep an | wc",
        "cat /tmp/sorted /tmp/fruit | sort | head -n 2",
    ) == ["1 1 7", "apple", "apple"]


def test_flags_are_part_of_the_path(shell) -> None:
    done = shell(
        "touch /tmp/a:ce && touch /tmp/a:create:exclusive; "
        "touch /tmp/x/y/z:cdp; ls /tmp:R; rm /tmp/x; rm /tmp/x:d; rm /tmp/x:dR; ls /tmp; "
        "touch /tmp/b:nonsense; touch '/tmp/<b>:c'"
    )
    plain = done.stdout.replace("\x1b[34m", "").replace("\x1b[0m", "")
    said = [line for line in plain.splitlines() if line]
    assert [line for line in said if ":" not in line] == ["a", "x/", "x/y/", "x/y/z/", "a"]
    assert "touch: /tmp/a:create:exclusive: there is something of that name already" in said
    assert "rm: /tmp/x: that is a folder; say so with :directory" in said
    assert "rm: /tmp/x:d: the folder is not empty; :recursive takes all that is in it, too" in said
    assert any(
        line.startswith("touch: /tmp/b:nonsense: there are no such flags; read") for line in said
    )
    assert any(line.startswith("touch: /tmp/<b>:c: no name may have control") for line in said)


def test_names_and_links(shell) -> None:
    assert output(
        shell,
        "echo text > /tmp/file:c",
        "link /tmp/file /tmp/other",
        "symlink other /tmp/soft",
        "readlink /tmp/soft",
        "cat /tmp/soft",
        "mv /tmp/other /tmp/moved",
        "cat /tmp/soft || cat /tmp/moved",
        "cp /tmp/moved /tmp/copy",
        "rm /tmp/file /tmp/moved",
        "cat /tmp/copy",
        "cd /tmp",
        "pwd",
        "echo c*",
    ) == [
        "other",
        "text",
        "cat: /tmp/soft: there is no such file or folder",
        "text",
        "text",
        "/tmp",
        "copy",
    ]


def test_variables_are_files(shell) -> None:
    assert output(
        shell,
        "x='two words'",
        "cat /proc/self/env/x",
        "echo ' = '$x \"and $x\" $nothing end",
        "y=inner cat /proc/self/env/y",
        "echo [$y]",
        "unset x; echo [$x]",
        "export z=3; set | grep z",
    ) == ["two words = two words and two words end", "inner[]", "[]", "z=3"]


def test_redirections_make_files_unless_flags_say_what_to_do(shell) -> None:
    assert output(
        shell,
        "echo 1 > /tmp/f; echo 2 >> /tmp/f; cat /tmp/f",
        "echo 3 > /tmp/f; cat /tmp/f",
        "echo 4 > /tmp/f:append; cat /tmp/f",
        "echo 5 > /tmp/new:append; echo $?",
        "cat /nowhere 2> /tmp/e; wc < /tmp/e | cat",
        "cat /nowhere 2>&1 | wc; pwd > /tmp/here; cat /tmp/here",
        "> /tmp/f; wc < /tmp/f; cat < /tmp/here > /tmp/copy:create; cat /tmp/copy",
    ) == [
        *["1", "2", "3", "3", "4"],
        "shell: /tmp/new:append: there is no such file; :create makes one",
        *["1", "1 9 47", "1 9 47", "/", "0 0 0", "/"],
    ]


def test_patterns_stand_for_paths(shell) -> None:
    assert output(
        shell,
        "mkdir /tmp/a /tmp/b; touch /tmp/a/1.txt:c /tmp/a/2.txt:c /tmp/b/.3.txt:c /tmp/b/4:c",
        "echo /tmp/*/*.txt",
        "echo /tmp/?/[!1]* '/tmp/*' /tmp/*.none",
        "cd /tmp; echo */ */.* a/*:read",
        "x='*'; echo $x",
    ) == [
        "/tmp/a/1.txt /tmp/a/2.txt",
        "/tmp/a/2.txt /tmp/b/4 /tmp/* /tmp/*.none",
        "a/ b/ b/.3.txt a/1.txt:read a/2.txt:read",
        "*",
    ]


def test_what_runs_in_the_background_is_waited_for(shell) -> None:
    lines = output(
        shell,
        "sleep 1000 & jobs; jobs | wc",
        "kill -s enough $!; wait 1; echo $?",
        "wc & wait",  # what is typed is not for those in the background
        "sleep 0 & sleep 0 & wait; jobs; wait 7",
    )
    assert lines[0].startswith("[1] runs  sleep 1000  (process ")
    assert lines[1:] == ["1 6 34", "enough", "0 0 0", "shell: wait: there is no job 7"]


def test_there_is_help_with_programs_and_the_commands_of_the_shell(shell) -> None:
    assert output(shell, "help pwd help | wc -l", "help true", "help nosuch") == [
        "2",
        "usage: true",
        "",
        "Succeed.",
        "shell: help: there is no help with nosuch",
    ]


def test_scripts_have_arguments_comments_and_a_status(shell) -> None:
    script = (
        "# a comment\necho $# $1 \"$2\" # another\n\nfalse ||\n  echo 'two\nlines'\nexit enough\n"
    )
    done = shell(f"echo '{quote(script)}' > /tmp/script; shell /tmp/script one 'two  three'")
    assert done.stdout.splitlines() == ["2 one two  three", "two", "lines", "shell: shell: enough"]
    assert "enough" in done.stderr
    done = shell(
        "echo 'echo never\n;' > /tmp/script; sh /tmp/script; sh /tmp/none; shell --nonsense"
    )
    assert done.stdout.splitlines()[:3] == [
        "shell: line 2: something to run is missing before ;",
        "shell: /tmp/none: there is no such file or folder",
        "usage: shell                    read lines from the terminal",
    ]
    assert done.returncode == 2


def quote(text: str) -> str:
    return text.replace("'", "'\\''")


def test_commands_of_the_shell_work_in_pipelines(shell) -> None:
    assert output(
        shell, "pwd | cat", "cd /tmp | cat; pwd", "help | head -n 1 > /tmp/n; cat /tmp/n"
    ) == [
        "/",
        "/",
        "cd [FOLDER]          go to a folder, / if none is named",
    ]


def test_the_log_is_a_file(shell) -> None:
    [line] = output(shell, 'cat /dev/klog | grep "hello from typed Python"')
    assert line.startswith("[   0.0") and line.endswith(
        "-00-I] PatchworkOS: hello from typed Python"
    )


def test_processes_are_files(shell) -> None:
    lines = output(
        shell, "sleep 1000 & cat /proc/$!/cmdline | wc", "kill -s enough $!", "cat /proc/$!/wait"
    )
    assert lines == ["0 1 21", "enough"]


def test_mistakes_get_sentences(shell) -> None:
    done = shell("nosuch; cat /nowhere; echo 'unfinished")
    assert done.returncode == 1
    assert "a ' has no second one" in done.stdout
    done = shell("nosuch; cat /nowhere; cd /nowhere; exit 7")
    assert done.returncode == 7
    assert done.stdout.splitlines() == [
        "shell: nosuch: there is no such program",
        "cat: /nowhere: there is no such file or folder",
        "shell: cd: there is no /nowhere",
    ]


def test_hundreds_of_programs_leave_no_memory_behind(shell) -> None:
    """What is taken until caches are full is not lost; after that nothing more is."""
    fifty = "; ".join(["true | true"] * 25)
    measure = "sleep 2; cat /dev/perf/mem | grep free"
    lines = output(shell, fifty, fifty, fifty, measure, *[fifty] * 12, measure)
    first, second = (int(line.split()[1]) for line in lines)
    assert first - second < 256  # caches hold more or less of it; a page a program would be 600


def test_time_that_processors_and_processes_spend_is_accounted(shell) -> None:
    processors, process, in_calls, spent, listed = output(
        shell,
        "cat /dev/perf/cpu | head -n 1",
        "cat /proc/self/perf | grep user_clocks",
        "cat /proc/1/perf | grep kernel_sched_clocks",
        "sleep 1; cat /dev/perf/cpu | tail -n 1; echo",  # its last line has no end
        "ps | head -n 2 | tail -n 1",
    )
    assert processors == "cpu idle_clocks active_clocks interrupt_clocks switches arrivals threads"
    assert int(process.removeprefix("user_clocks ")) > 0
    assert int(in_calls.removeprefix("kernel_sched_clocks ")) > 0
    number, idle, active, interrupts, switches, _, threads = map(int, spent.split())
    assert number == 0
    assert idle > 900_000_000
    assert active > interrupts > 0
    assert switches > 2
    assert threads >= 1
    assert listed.split()[0] == "1"


def test_open_files_are_listed_with_the_flags_that_open_them_again(shell) -> None:
    assert output(shell, "cat /proc/self/files < /base/about > /tmp/x; cat /tmp/x") == [
        "0 file /base/about:read",
        "1 file /tmp/x:write",
        "2 terminal /dev/console:read:write",
        "3 file /proc/3/files:read",
    ]
