"""Corrections by the explorer: the same file as by hand, applied, refused, taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import fabula
from fabula.story.corrections.file import corrections_beside, read_corrections
from fabula.web.shelf import Shelf
from tests.cli.conftest import TIDE
from tests.web.conftest import Browser

MORE = (
    "\n\nCHAPTER III.\n\n“Good night,” said Ann Moss. Captain Moss nodded, and Mr. Moss left. Mr. Ling said that Ann was right.\n"
)


@pytest.fixture
def browser(tmp_path: Path, front: Path) -> Iterator[Browser]:
    """A browser on the story of The Tide."""
    book = tmp_path / "The Tide.txt"
    book.write_text(TIDE + MORE, encoding="utf-8")
    path = book.with_suffix(".fabula")
    fabula.read(book, save=path).close()
    shelf = Shelf(path)
    yield Browser(shelf, front)
    shelf.close()


def cast(browser: Browser, until: str = "") -> dict[str, dict[str, Any]]:
    people: Any = browser.get(f"/api/cast{until}")["people"]
    return {one["name"]: one for one in people}


def ask(browser: Browser, until: str = "", **asked: object) -> tuple[int, dict[str, Any]]:
    """Post a correction of the version that is served."""
    response = browser.post(f"/api/corrections{until}", {"version": browser.shelf.version, **asked})
    return response.status_code, response.json()


def test_two_people_are_made_one_in_the_file_that_the_command_writes(browser: Browser) -> None:
    """merge"""
    people = cast(browser)
    status, said = ask(browser, kind="merge", characters=[people["Mrs. Reed"]["id"], people["Tom Hale"]["id"]])
    assert (status, said["number"], said["message"]) == (200, 1, "Mrs. Reed is Tom Hale")
    assert said["version"] == browser.shelf.version == browser.get("/api/story")["version"]
    assert len(cast(browser)) == len(people) - 1
    assert len(read_corrections(corrections_beside(browser.shelf.path))) == 1
    with fabula.open(browser.shelf.path) as story:
        assert [o.why for o in story.corrections] == [""]


def test_a_correction_stays_after_a_restart_and_a_new_reading(browser: Browser, front: Path) -> None:
    """rename"""
    ask(browser, kind="rename", character=cast(browser)["Tom Hale"]["id"], name="  Thomas \n Hale ")
    path = browser.shelf.path
    again = Shelf(path)
    assert "Thomas Hale" in cast(Browser(again, front))
    again.close()
    fabula.read(path.with_suffix(".txt"), save=path).close()
    assert browser.shelf.refresh()
    assert "Thomas Hale" in cast(browser)


def test_names_and_mentions_are_parted(browser: Browser) -> None:
    """split"""
    people = cast(browser)
    moss = people["Ann Moss"]
    status, said = ask(browser, kind="split", character=moss["id"], names=["Captain Moss", "Ann"], **{"as": "Old Moss"})
    assert status == 200, said
    assert cast(browser)["Old Moss"]["n_mentions"] == 2
    places = browser.get(f"/api/person/{cast(browser)['Tom Hale']['id']}/mentions?kind=name")["passages"]
    assert isinstance(places, list)
    span = [places[-1]["start"], places[-1]["end"]]
    status, said = ask(browser, kind="split", character=cast(browser)["Tom Hale"]["id"], mentions=[span], **{"as": "Young Tom"})
    assert status == 200, said
    assert cast(browser)["Young Tom"]["n_mentions"] == 1


def test_what_is_no_person_a_group_a_gender_is_said(browser: Browser) -> None:
    """not_a_person, group, gender"""
    people = cast(browser)
    reed, hale, ling = (people[name]["id"] for name in ("Mrs. Reed", "Tom Hale", "Mr. Ling"))
    assert ask(browser, kind="gender", character=reed, gender="unknown")[0] == 200
    assert cast(browser)["Mrs. Reed"]["gender"] == "unknown"
    assert ask(browser, kind="group", character=ling, members=[reed, hale])[0] == 200
    one = cast(browser)["Mr. Ling"]
    assert one["group"] and set(one["members"]) == {reed, hale}
    assert ask(browser, kind="group", character=ling, members=None)[0] == 200
    assert not cast(browser)["Mr. Ling"]["group"]
    assert ask(browser, kind="not_a_person", character=ling)[0] == 200
    assert "Mr. Ling" not in cast(browser)
    kinds = [item["kind"] for item in browser.get("/api/corrections")["items"]]  # type: ignore[attr-defined]
    assert kinds == ["gender", "group", "group", "not-a-person"]


def test_who_speaks_and_to_whom_is_said(browser: Browser) -> None:
    """speaker, addressees; then nobody"""
    people = cast(browser)
    reed, hale = people["Mrs. Reed"]["id"], people["Tom Hale"]["id"]
    first = quotes(browser)[0]
    assert first["speaker"] == hale
    status, said = ask(browser, kind="speaker", quote=first["id"], speaker=reed)
    assert (status, said["message"]) == (200, "Mrs. Reed says “Have you seen the boat?”")
    assert ask(browser, kind="addressees", quote=first["id"], addressees=[hale])[0] == 200
    now = quotes(browser)[0]
    assert (now["speaker"], now["addressees"], now["sure"], now["corrected"]) == (reed, [hale], True, True)
    assert ask(browser, kind="speaker", quote=first["id"], speaker=None)[0] == 200
    now = quotes(browser)[0]
    assert (now["speaker"], now["probability"], now["sure"], now["corrected"]) == (None, None, True, True)
    kinds = [item["kind"] for item in browser.get("/api/corrections")["items"]]  # type: ignore[attr-defined]
    assert kinds == ["speaker", "addressees", "speaker"]
    assert ask(browser, kind="speaker", quote=999, speaker=reed)[0] == 404
    assert ask(browser, kind="speaker", quote=first["id"], speaker=999)[0] == 404


def quotes(browser: Browser) -> list[dict[str, Any]]:
    found: Any = browser.get("/api/quotes")["quotes"]
    return list(found)


def test_the_last_one_is_taken_back(browser: Browser) -> None:
    """undo"""
    before = browser.get("/api/cast")
    ask(browser, kind="rename", character=cast(browser)["Tom Hale"]["id"], name="Thomas")
    assert browser.get("/api/corrections")["can_undo"] is True
    done = browser.post("/api/corrections/undo", {"version": browser.shelf.version})
    assert done.json() == {
        "version": browser.shelf.version,
        "number": 0,
        "message": "no longer: Tom Hale is shown as Thomas",
    }
    assert browser.get("/api/cast") == before
    assert browser.get("/api/corrections") == {"items": [], "can_undo": False}
    again = browser.post("/api/corrections/undo", {"version": browser.shelf.version})
    assert again.status_code == 409 and "no correction to take back" in again.text


def test_a_page_of_another_version_corrects_nothing(browser: Browser) -> None:
    """Two pages are open"""
    old = browser.shelf.version
    id_ = cast(browser)["Tom Hale"]["id"]
    ask(browser, kind="rename", character=id_, name="Thomas")
    assert ask(browser, kind="rename", character=id_, name="Tim", version=old)[0] == 409
    assert browser.post("/api/corrections/undo", {"version": old}).status_code == 409
    assert "Thomas" in cast(browser)


def test_a_correction_made_by_hand_meanwhile_is_kept(browser: Browser) -> None:
    """The file is edited while the page is open"""
    beside = corrections_beside(browser.shelf.path)
    beside.write_text('# mine\n[[correction]]\nkind = "rename"\ncharacter = "Mrs. Reed"\nname = "Margaret"\n', encoding="utf-8")
    id_ = cast(browser)["Tom Hale"]["id"]
    assert ask(browser, kind="rename", character=id_, name="Thomas")[0] == 409
    assert browser.shelf.refresh()
    assert [item["state"] for item in browser.get("/api/corrections")["items"]] == ["not applied yet"]  # type: ignore[attr-defined]
    assert ask(browser, kind="rename", character=id_, name="Thomas")[0] == 200
    assert {"Margaret", "Thomas"} <= set(cast(browser))
    assert beside.read_text(encoding="utf-8").startswith("# mine\n")


def test_what_cannot_be_is_refused_and_changes_nothing(browser: Browser) -> None:
    """Nobody is left; nobody is there; no name; no gender"""
    people = cast(browser)
    reed, hale = people["Mrs. Reed"]["id"], people["Tom Hale"]["id"]
    assert ask(browser, kind="merge", characters=[hale, hale])[0] == 422
    assert ask(browser, kind="merge", characters=[hale, 99_999])[0] == 404
    assert ask(browser, kind="rename", character=hale, name=" ")[0] == 422
    assert ask(browser, kind="rename", character=hale, name="x" * 1000)[0] == 422
    assert ask(browser, kind="gender", character=hale, gender="tall")[0] == 422
    assert ask(browser, kind="split", character=hale)[0] == 422
    assert ask(browser, kind="split", character=hale, mentions=[[0, 5]])[0] == 422
    assert ask(browser, kind="split", character=hale, names=["Nobody"])[0] == 409
    assert ask(browser, kind="split", character=hale, names=[a["text"] for a in people["Tom Hale"]["aliases"]])[0] == 409
    assert ask(browser, kind="group", character=reed, members=[reed])[0] == 409
    assert not corrections_beside(browser.shelf.path).exists()
    assert cast(browser) == people


def test_a_mistake_in_the_file_is_told_and_the_file_left_alone(browser: Browser) -> None:
    """[[correction] without its second bracket"""
    beside = corrections_beside(browser.shelf.path)
    beside.write_text("[[correction]\n", encoding="utf-8")
    browser.shelf.refresh()
    status, said = ask(browser, kind="rename", character=cast(browser)["Tom Hale"]["id"], name="Thomas")
    assert status == 409 and "line 1" in said["error"]
    assert beside.read_text(encoding="utf-8") == "[[correction]\n"
    assert browser.ask("/api/corrections").status_code == 409


def test_a_story_that_cannot_be_written_keeps_its_corrections(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full"""
    from fabula.errors import SaveError

    def fail(_self: object, path: Path) -> None:
        raise SaveError(path, "the disk is full")

    id_ = cast(browser)["Tom Hale"]["id"]
    monkeypatch.setattr("fabula.Story.save", fail)
    status, said = ask(browser, kind="rename", character=id_, name="Thomas")
    assert status == 500 and "the disk is full" in said["error"]
    assert read_corrections(corrections_beside(browser.shelf.path)) == ()
    assert "Tom Hale" in cast(browser)


def test_people_are_those_of_the_position(browser: Browser) -> None:
    """?until=1: what follows is not needed to say who is meant"""
    people = cast(browser, "?until=1")
    status, _ = ask(browser, "?until=1", kind="rename", character=people["Mrs. Reed"]["id"], name="Margaret")
    assert status == 200
    assert "Margaret" in cast(browser, "?until=0")
    assert ask(browser, "?until=1", kind="rename", character=cast(browser)["Ann Moss"]["id"], name="A")[0] == 404


def test_a_correction_of_a_small_story_takes_no_time(browser: Browser) -> None:
    """Under two seconds, also on a busy machine"""
    begun = time.monotonic()
    ask(browser, kind="rename", character=cast(browser)["Tom Hale"]["id"], name="Thomas")
    assert time.monotonic() - begun < 2
