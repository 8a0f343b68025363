"""What holds for every command: streams, exit status, faults, start-up."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import fabula
from fabula.cli.app import app
from tests.cli.conftest import Done, Run, command, run_alone

CLI_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
CP1252 = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252:strict"}
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def queries(story: Path) -> list[list[object]]:
    """A command of every kind over a story."""
    return [
        ["show", story, "cast"],
        ["show", story, "quotes"],
        ["show", story, "voices"],
        ["show", story, "chapters"],
        ["show", story, "quotes", "--json"],
        ["show", story, "cast", "--limit", "1"],
        ["who", story, "Zoë"],
        ["who", story, "Наташа Ростова", "--json"],
        ["who", story, "王小明"],
        ["export", story, "--to", "json"],
        ["export", story, "--to", "script", "--format", "json"],
        ["show", story, "cast", "--of", "нет"],
    ]


def test_the_version_is_told(run: Run) -> None:
    """fabula --version"""
    assert run("--version") == Done(0, f"fabula {fabula.__version__}\n", "")


def test_the_package_is_the_command() -> None:
    """python -m fabula --version"""
    done = subprocess.run([sys.executable, "-m", "fabula", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"fabula {fabula.__version__}\n"


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_every_help_has_examples_that_name_the_command_and_fits_80_columns(run: Run, name: str | None) -> None:
    """fabula COMMAND --help"""
    done = run(*([name] if name else []), "--help")
    examples = done.out.partition("Examples:")[2].split("\n")
    assert [line for line in examples if line.strip().startswith(f"fabula {name or ''}".strip())]
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    """docs/reference/cli.md"""
    page = CLI_PAGE.read_text(encoding="utf-8")
    section = re.search(rf"^## fabula {name}$(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert section, f"no section `## fabula {name}`"
    options = [o for p in typer.main.get_command(app).commands[name].params for o in p.opts if o.startswith("--")]  # type: ignore[attr-defined]
    assert [o for o in options if f"`{o}" not in section[1] and o not in ("--verbose", "--help")] == []


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    """fabula"""
    assert "Examples:" in "".join(run()[1:])


@pytest.mark.parametrize(
    "args",
    [["frobnicate"], ["show"], ["show", "x.fabula"], ["show", "x.fabula", "casts"], ["read", "--nonsense"], ["export", "x.fabula"]],
)
def test_a_fault_in_what_was_typed_is_told_in_a_line_and_is_2(run: Run, args: list[str]) -> None:
    """fabula frobnicate"""
    done = run(*args)
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(r"error: .+\nhint: `fabula.* --help` says how it is used\n", done.err)


def test_a_fault_is_told_with_its_hint_and_is_2(run: Run, tmp_path: Path) -> None:
    """fabula show nothing.fabula cast"""
    done = run("show", tmp_path / "nothing.fabula", "cast")
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(r"error: there is no story file `.*nothing.fabula`\nhint: build one with `fabula read BOOK`\n", done.err)


def test_an_unexpected_fault_is_one_line_without_its_words(run: Run, weir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KeyError: 'a line of the book'"""

    def fail(_: object) -> None:
        raise KeyError("a line of the book")

    monkeypatch.setattr(fabula, "open", fail)
    done = run("show", weir, "cast")
    assert done.status == 2
    assert done.err.startswith("error: an unexpected KeyError")
    assert "-v" in done.err
    assert "Traceback" not in done.err
    assert "a line of the book" not in done.err
    assert "Traceback" in run("show", weir, "cast", "-v").err


def test_an_interrupt_is_130_and_says_nothing(run: Run, weir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """^C"""

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fabula, "open", interrupt)
    assert run("show", weir, "cast") == Done(130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_an_interrupted_reading_leaves_nothing_behind(book: Path) -> None:
    """fabula read BOOK, ^C"""
    script = (
        "import signal, sys, time, fabula.story.store as store\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # in the background a shell has it ignored
        "from fabula.cli import main\n"
        "def fill(*_):\n    print('writing', file=sys.stderr, flush=True)\n    time.sleep(30)\n"
        "import fabula.story.story as story\n"
        "story.write_open_story.__globals__['_put_in_place'] = fill\n"
        "sys.exit(main(['read', sys.argv[1], '-q']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(book)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "writing\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")
    assert [p.name for p in book.parent.iterdir()] == [book.name]


@pytest.mark.skipif(os.name == "nt", reason="pipes fail otherwise there")
def test_a_reader_that_has_seen_enough_ends_it_quietly(weir: Path) -> None:
    """fabula export STORY --to json | head -c 0"""
    with subprocess.Popen(command("export", weir, "--to", "json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_stdout_is_told_and_is_2(weir: Path) -> None:
    """fabula show STORY cast > /dev/full"""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command("show", weir, "cast"), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("error: stdout cannot be written")


def test_no_escape_sequence_comes_where_there_is_no_terminal(run: Run, strange: Path) -> None:
    """“\\x1b[31m red \\u202e”"""
    for args in queries(strange):
        done = run(*args)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.out + done.err), args


def test_markup_stays_what_it_is(run: Run, strange: Path) -> None:
    """“[bold]Ждите[/bold] <b>”"""
    assert "“[bold]Ждите[/bold] <b>”" in run("show", strange, "quotes").out


def test_everything_works_where_the_terminal_speaks_only_cp1252(strange: Path) -> None:
    """“→ Наташа, 王小明 🙂 ─│”"""
    for args in queries(strange):
        done = run_alone(*args, env=CP1252, encoding="cp1252")
        assert done.status == (2 if "нет" in args else 0), done.err
        assert "unexpected" not in done.err
        if "--json" in args or "export" in args:
            assert "王小明" in str(json.loads(done.out)) or "Наташа" in str(json.loads(done.out))
        else:
            assert max(map(len, done.out.splitlines()), default=0) <= 80


def test_a_book_is_read_where_the_terminal_speaks_only_cp1252(tmp_path: Path) -> None:
    """Ждите → 王小明"""
    (tmp_path / "b.txt").write_text(
        "“Go → now,” said Žofie Nováková. “王小明 is here 🙂,” said Žofie Nováková.\n", encoding="utf-8"
    )
    done = run_alone("read", tmp_path / "b.txt", env=CP1252, encoding="cp1252")
    assert done.status == 0, done.err
    assert "quotations" in done.out


@pytest.mark.parametrize("args", [["show", "cast"], ["show", "quotes", "--json"], ["who"], ["export"]])
def test_asking_a_story_loads_no_reader(weir: Path, args: list[str]) -> None:
    """import fabula.readers"""
    rest = {"who": ["Tom"], "export": ["--to", "json"]}.get(args[0], args[1:])
    script = (
        "import sys\nfrom fabula.cli import main\nstatus = main(sys.argv[1:])\n"
        "heavy = {'lxml', 'numpy', 'onnxruntime', 'ftfy', 'mammoth', 'rich.console'}\n"
        "heavy |= {'fabula.readers', 'fabula.source', 'fabula.story.build'}\n"
        "print(sorted(heavy & set(sys.modules)), status, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, args[0], str(weir), *rest], capture_output=True, text=True, check=False)
    assert done.stderr == "[] 0\n"
