"""Claims drawn for a reader to judge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.judged import to_markdown
from evaluation.sample import draw, strip

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
