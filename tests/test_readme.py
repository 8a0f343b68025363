"""The README says what happens: its commands are run and their output compared, its Python is executed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKE_DEMO = "fabula read examples/the-tide-clerk.txt -o build/the-tide-clerk.fabula"
TRANSCRIPTS = re.findall(r"```console\n\$ ([^\n]*)\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as after `make demo`."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "build").mkdir()
    (folder / "examples").symlink_to(ROOT / "examples")
    run(MAKE_DEMO, folder)
    return folder


def run(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words.pop(0) == "fabula"
    environment = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "fabula.cli", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def test_make_demo_runs_the_command_of_the_transcript() -> None:
    """Makefile"""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(STORY)", "build/the-tide-clerk.fabula")
    assert f"$(BIN)/{MAKE_DEMO}" in recipe


@pytest.mark.parametrize(("command", "printed"), TRANSCRIPTS, ids=[c for c, _ in TRANSCRIPTS])
def test_a_transcript_is_what_is_printed(command: str, printed: str, folder: Path) -> None:
    """The blocks marked `console`."""
    assert run(MAKE_DEMO if command == "make demo" else command, folder).strip() == printed.strip()


def test_the_python_runs_and_gives_what_its_comments_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """The block marked `python`: a comment that is a number is the value of its line."""
    monkeypatch.chdir(ROOT)
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    for line in block.splitlines():
        code, _, comment = line.partition("#")
        if comment.strip().isdigit():
            assert eval(code, names) == int(comment), line
        else:
            exec(code, names)


def test_every_command_that_is_named_exists() -> None:
    """Lines of code blocks that begin with `fabula` or `make`."""
    blocks = "\n".join(re.findall(r"```\w*\n(.*?)```", README, re.DOTALL))
    named = set(re.findall(r"^(?:\$ )?fabula (\w+)", blocks, re.MULTILINE))
    listed = run("fabula --help", ROOT)
    assert named >= {"read", "show", "who", "export", "doctor"}
    assert all(re.search(rf"^  {name} ", listed, re.MULTILINE) for name in named)
    targets = set(re.findall(r"^make (\w+)", blocks, re.MULTILINE))
    assert targets and all(f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8") for target in targets)


def test_every_link_leads_somewhere() -> None:
    """[text](path)"""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
