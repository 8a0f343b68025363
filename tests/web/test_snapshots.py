"""An answer of each kind, kept as files that the tests of the front end read, so that both sides mean the same.

After a change that is meant: `python -m tests.web.test_snapshots` writes them anew.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

import fabula
from fabula.web.shelf import Shelf
from tests.web.conftest import Browser

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"
EXAMPLE = ROOT / "examples" / "the-tide-clerk.txt"
VERSION = "0123456789abcdef"
RUSK, SAYLE = "Daniel Rusk", "Mr. Sayle"


def questions(people: Mapping[str, int]) -> dict[str, str]:
    """What is asked, by the name of the file that holds the answer."""
    rusk, sayle = people[RUSK], people[SAYLE]
    return {
        "story": "/api/story",
        "story-until-0": "/api/story?until=0",
        "chapter-0": "/api/chapter/0",
        "chapter-2": "/api/chapter/2",
        "cast": "/api/cast",
        "cast-until-0": "/api/cast?until=0",
        "person": f"/api/person/{rusk}",
        "mentions": f"/api/person/{rusk}/mentions?kind=name&limit=5",
        "quotes": f"/api/quotes?of={rusk}&limit=5",
        "quotes-unsure": "/api/quotes?unsure=1&limit=5",
        "voices": "/api/voices",
        "script-0": "/api/script/0",
        "search": "/api/search?q=yellow+oilskin",
        "search-person": "/api/search?q=rusk&limit=3",
        "meet": f"/api/meet?a={rusk}&b={sayle}&limit=5",
        "corrections": "/api/corrections",
        "error": "/api/person/99999",
    }


def take(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All snapshots: their names, and what stands in them."""
    path = folder / "the-tide-clerk.fabula"
    with fabula.read(EXAMPLE, save=path) as story:
        people = {name: story.cast[name].id for name in (RUSK, SAYLE)}
    front = folder / "static"
    front.mkdir()
    with contextlib.closing(Shelf(path)) as shelf:
        browser = Browser(shelf, front)
        for name, question in questions(people).items():
            yield name, written(browser.ask(question).content, shelf.version)
        asked = {"kind": "rename", "version": shelf.version, "character": people[RUSK], "name": "Dan Rusk"}
        yield "corrected", written(browser.post("/api/corrections", asked).content, shelf.version)
        yield "corrections-one", written(browser.ask("/api/corrections").content, shelf.version)


def written(content: bytes, version: str) -> bytes:
    """An answer as it is kept: indented, and of a version that no file has."""
    return msgspec.json.format(content, indent=1).replace(version.encode(), VERSION.encode()) + b"\n"


@pytest.mark.slow
def test_the_answers_are_those_that_the_front_end_is_tested_with(tmp_path: Path) -> None:
    """examples/the-tide-clerk.txt"""
    kept = {path.stem: path.read_bytes().replace(b"\r\n", b"\n") for path in SNAPSHOTS.glob("*.json")}
    assert dict(take(tmp_path)) == kept


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for old in SNAPSHOTS.glob("*.json"):
            old.unlink()
        for name, content in take(Path(folder)):
            (SNAPSHOTS / f"{name}.json").write_bytes(content)


if __name__ == "__main__":
    main()
