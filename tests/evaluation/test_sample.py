"""Claims drawn for a reader to judge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.judged import to_markdown
from evaluation.sample import draw, find_claims, main, strip
from tests.evaluation.told import make_told

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "the-tide-clerk.txt"


def test_the_same_seed_draws_the_same_claims() -> None:
    """the-tide-clerk.txt"""
    assert draw(EXAMPLE, seed=1, each=3) == draw(EXAMPLE, seed=1, each=3)
    assert draw(EXAMPLE, seed=1, each=3) != draw(EXAMPLE, seed=2, each=3)


def test_a_passage_shows_the_words_at_its_offsets() -> None:
    """the-tide-clerk.txt"""
    for claim in draw(EXAMPLE, seed=1, each=4):
        shown = str(claim["passage"]).partition("⟦")[2].partition("⟧")[0]
        assert len(shown) == int(str(claim["end"])) - int(str(claim["start"]))


def test_what_is_committed_holds_no_words_of_the_book(tmp_path: Path) -> None:
    """A judged claim."""
    claim = draw(EXAMPLE, seed=1, each=1)[0] | {"verdict": "wrong", "why": "the narrator's words"}
    (line,) = strip([json.dumps(claim)])
    assert set(json.loads(line)) == {"book", "kind", "start", "end", "verdict", "why"}
    (tmp_path / "first.jsonl").write_text(line, encoding="utf-8")
    assert "| 0 | 1 | 0 | 0.0 |" in to_markdown(tmp_path)


def test_a_claim_without_a_verdict_is_refused() -> None:
    """A claim as drawn."""
    with pytest.raises(ValueError, match="no verdict"):
        strip([json.dumps(draw(EXAMPLE, seed=1, each=1)[0])])


LINKED = "[0 Tom] met [1 an old woman]. [0 He] bowed to [1 her]. [- Nobody] saw [* the boat]."


def test_a_link_is_a_pronoun_or_a_nominal_with_a_character() -> None:
    """Tom is a name, Nobody has no character, the boat is no person"""
    story = make_told(LINKED)
    found = {story.quote(span): said for span, said in find_claims(story, "link")}
    assert list(found) == ["an old woman", "He", "her"]
    assert found["He"] == "this pronoun means Tom"


def test_a_person_is_a_name_with_a_character() -> None:
    """as above"""
    story = make_told(LINKED)
    assert [story.quote(span) for span, _ in find_claims(story, "person")] == ["Tom"]


def test_kinds_and_their_number_over_all_novels_can_be_asked_for(tmp_path: Path) -> None:
    """five quotations of two novels: three and two"""
    out = tmp_path / "claims.jsonl"
    other = tmp_path / "other.txt"
    other.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    main([str(EXAMPLE), str(other), "--kinds", "quotation", "--total", "5", "--out", str(out), "--stories", str(tmp_path / "kept")])
    claims = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(claim["book"], claim["kind"]) for claim in claims] == [("the-tide-clerk", "quotation")] * 3 + [
        ("other", "quotation")
    ] * 2


def test_no_novels_are_nothing_to_draw_from(tmp_path: Path) -> None:
    """neither NOVEL nor --novels nor --strip"""
    with pytest.raises(SystemExit, match="no novels"):
        main(["--out", str(tmp_path / "claims.jsonl")])
