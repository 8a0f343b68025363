"""The command line, run in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from fabula import Story
from fabula.cli import main
from fabula.cli.options import LOG
from tests.stories import make_eventful_weir, make_inn, make_records, make_weir

STRANGE = (
    "# Chapter 1. → Глава ¶ “[bold]Ждите[/bold] <b>” said Наташа Ростова. ¶ “=1+1 \x1b[31m red \u202e back 🙂 ─│” said 王小明. "
    "¶ “Ça va?” said Zoë. ¶ Наташа Ростова met 王小明 and Zoë ✓."
)
"""Markup, control characters, a formula, box-drawing, and names in three scripts."""


class Done(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run_here(*args: object) -> Done:
        LOG.handlers.clear()
        capsys.readouterr()
        status = main([str(a) for a in args])
        LOG.handlers.clear()
        return Done(status, *capsys.readouterr())

    return run_here


def command(*args: object) -> list[str]:
    """A command as a process of its own."""
    return [sys.executable, "-m", "fabula.cli", *map(str, args)]


def run_alone(*args: object, env: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Done:
    """Run a command as a process of its own; its streams are in `encoding`."""
    done = subprocess.run(command(*args), capture_output=True, timeout=60, env={**os.environ, **(env or {})}, check=False)
    return Done(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


@pytest.fixture
def weir(tmp_path: Path) -> Path:
    """A story file: two chapters, four quotations, three people."""
    path = tmp_path / "weir.fabula"
    Story.from_records(make_weir()).save(path)
    return path


@pytest.fixture
def eventful(tmp_path: Path) -> Path:
    """The same, with events."""
    path = tmp_path / "eventful.fabula"
    Story.from_records(make_eventful_weir()).save(path)
    return path


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    """A story file with people who have no name."""
    path = tmp_path / "inn.fabula"
    Story.from_records(make_inn()).save(path)
    return path


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A story file that holds what a terminal should not be given."""
    path = tmp_path / "strange.fabula"
    people = {"Наташа Ростова": (), "王小明": (), "Zoë": ()}
    Story.from_records(make_records(STRANGE, people=people, speakers=tuple(people), title="Книга \x1b[1m")).save(path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of two chapters in plain text, in a folder whose name holds a space."""
    path = tmp_path / "my books" / "The Tide.txt"
    path.parent.mkdir()
    path.write_text(TIDE, encoding="utf-8")
    return path


TIDE = """CHAPTER I.

“Have you seen the boat?” said Tom Hale. He stood on the wall and looked at the water, and the water was grey.

“It is gone,” answered Mrs. Reed. She had her hands in her apron, and did not look at him at all.


CHAPTER II.

“Then we must walk,” said Tom Hale. He took up the lamp, and they went out by the back door into the rain.

“I am too old to walk,” said Mrs. Reed. But she walked, and Tom Hale carried the lamp for her all the way.
"""
