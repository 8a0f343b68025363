"""`fabula doctor`: is everything there?"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from fabula.cli import doctor
from tests.cli.conftest import Run


def test_all_that_is_needed_is_found(run: Run) -> None:
    """fabula doctor"""
    done = run("doctor")
    assert done.status == 0, done.out
    assert "full-text search" in done.out
    assert "two sentences read: 2 quotations" in done.out


def test_every_dependency_is_looked_for(run: Run) -> None:
    """pyproject.toml: dependencies"""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {line.split()[0] for line in run("doctor").out.splitlines() if line.strip()}
    assert {dependency.split(">")[0] for dependency in project["dependencies"]} <= named


@pytest.mark.parametrize(("index", "said"), [("index.html", "its pages are there"), ("nothing.html", "make explore")])
def test_it_is_said_whether_the_pages_of_the_explorer_are_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: str, said: str
) -> None:
    """A checkout does well without them"""
    (tmp_path / index).write_text("", encoding="utf-8")
    monkeypatch.setattr("fabula.web.front.FRONT", tmp_path)
    done = run("doctor")
    assert said in " ".join(done.out.split())


def test_what_is_missing_is_said_and_is_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """ModuleNotFoundError: No module named 'nonesuch'"""
    monkeypatch.setattr(doctor, "dependencies", lambda: ["nonesuch"])
    done = run("doctor")
    assert done.status == 2
    assert "MISSING: " in done.out
    assert "pip install" in done.out


@pytest.mark.parametrize("name", ["nicknames", "onnxruntime"])
def test_what_cannot_be_loaded_is_said_and_is_2(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """ModuleNotFoundError: import of nicknames halted"""
    monkeypatch.setitem(sys.modules, name, None)
    done = run("doctor")
    assert done.status == 2
    assert f"pip install --force-reinstall {name}" in " ".join(done.out.split())


def test_a_sample_that_cannot_be_read_is_said_and_is_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """RuntimeError"""
    monkeypatch.setattr(doctor, "SAMPLE", "")
    done = run("doctor")
    assert done.status == 2
    assert "a sample" in done.out
