"""The foremost people of a story, for a reader to judge."""

from __future__ import annotations

import json
from pathlib import Path

import fabula
from evaluation.foremost import main


def test_people_are_drawn_by_a_seed_and_claims_have_no_words_of_the_book(tmp_path: Path) -> None:
    """The Tide Clerk, read once, drawn twice"""
    path = tmp_path / "clerk.fabula"
    with fabula.read(Path("examples/the-tide-clerk.txt")) as story:
        story.save(path)
        foremost = story.cast[0]
        spans = {mention.span for mention in story.mentions_of(foremost)}
    drawn = []
    for folder in ("one", "other"):
        assert main([str(path), "--out", str(tmp_path / folder), "--people", "3"]) == 0
        drawn.append((tmp_path / folder / "clerk.txt").read_text(encoding="utf-8"))
    assert drawn[0] == drawn[1]
    assert drawn[0].count("##########") == 3
    assert f"1. {foremost.name} (" in drawn[0]
    claims = [json.loads(line) for line in (tmp_path / "one" / "clerk.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [claim.keys() for claim in claims] == [{"book", "kind", "start", "end"}] * 3
    assert (claims[0]["start"], claims[0]["end"]) in spans


def test_a_story_that_is_not_there_is_one_clear_sentence(tmp_path: Path) -> None:
    assert main([str(tmp_path / "no.fabula"), "--out", str(tmp_path / "out")]) == 1
