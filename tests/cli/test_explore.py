"""`fabula explore` and `fabula export --to html`: what is said, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAGE = '<!doctype html><meta name="fabula-source" content="server">'


@pytest.fixture
def front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A front end of one page."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr("fabula.web.front.FRONT", folder)
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the browser is told to open; the server ends as soon as it is ready."""
    addresses: list[str] = []
    monkeypatch.setattr("webbrowser.open", addresses.append)

    def serve(_shelf: object, _front: Path, *, port: int, ready: Callable[[str, str], None]) -> None:
        ready(f"http://127.0.0.1:{port}/?token=x", f"http://127.0.0.1:{port}/?token=once")
        raise KeyboardInterrupt

    monkeypatch.setattr("fabula.web.server.serve", serve)
    return addresses


@pytest.mark.usefixtures("front")
def test_it_says_what_is_served_where_and_opens_the_browser(run: Run, weir: Path, opened: list[str]) -> None:
    """fabula explore weir.fabula --port 9000"""
    done = run("explore", weir, "--port", 9000)
    assert done.status == 0
    assert done.out == "http://127.0.0.1:9000/?token=x\n"
    assert done.err.startswith("The Weir is open at this address")
    assert done.err.endswith("closed\n")
    assert opened == ["http://127.0.0.1:9000/?token=once"]


@pytest.mark.usefixtures("front")
def test_no_browser_is_opened_if_none_is_wanted(run: Run, weir: Path, opened: list[str]) -> None:
    """--no-browser"""
    assert run("explore", weir, "--no-browser").status == 0
    assert opened == []


@pytest.mark.usefixtures("front", "opened")
def test_what_is_no_story_is_said_in_one_sentence(run: Run, weir: Path, tmp_path: Path) -> None:
    """A missing file, a text, half a story"""
    (tmp_path / "book.txt").write_text("Once upon a time.", encoding="utf-8")
    half = tmp_path / "half.fabula"
    half.write_bytes(weir.read_bytes()[:-100])
    for path in (tmp_path / "nothing.fabula", tmp_path / "book.txt", half):
        done = run("explore", path, "--no-browser")
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith("error: ") and "hint: " in done.err


@pytest.mark.usefixtures("front", "opened")
def test_what_a_title_holds_cannot_steer_the_terminal(run: Run, strange: Path) -> None:
    """A story called \\x1b[1m"""
    assert "\x1b" not in run("explore", strange, "--no-browser").err


def test_a_checkout_without_its_pages_says_what_to_type(
    run: Run, weir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """make explore"""
    monkeypatch.setattr("fabula.web.front.FRONT", tmp_path / "nothing")
    for words in (["explore", weir, "--no-browser"], ["export", weir, "--to", "html", "-o", tmp_path / "out"]):
        done = run(*words)
        assert done.status == 2
        assert "make explore" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("front")
def test_an_export_says_what_to_open(run: Run, weir: Path, tmp_path: Path) -> None:
    """fabula export weir.fabula --to html -o out --until 1"""
    done = run("export", weir, "--to", "html", "-o", tmp_path / "out", "--until", "1")
    assert (done.status, done.out) == (0, "")
    assert "index.html in a browser" in done.err.replace("\n", " ")
    assert (tmp_path / "out" / "data" / "chapter" / "0.js").exists()
    assert not (tmp_path / "out" / "data" / "chapter" / "1.js").exists()


@pytest.mark.usefixtures("front")
@pytest.mark.parametrize("more", [[], ["-o", "out", "--min", "2"], ["-o", "out", "--no-text"], ["-o", "out", "--format", "csv"]])
def test_what_pages_cannot_be_is_refused(
    run: Run, weir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    """No folder; options of other formats"""
    monkeypatch.chdir(tmp_path)
    assert run("export", weir, "--to", "html", *more).status == 2
    assert not (tmp_path / "out").exists()
