"""The example stories and what is written beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from evaluation.expectations import Expectations, find_faults, read_expectations

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = sorted(EXAMPLES.glob("*.expected.toml"))


@pytest.fixture(params=FILES, ids=lambda p: p.name.split(".")[0])
def expected(request: pytest.FixtureRequest) -> Expectations:
    path: Path = request.param
    return read_expectations(path)


def test_there_are_nine() -> None:
    """Three longer ones; six pages, three of them only ever scored."""
    uses = [read_expectations(path).tables["story"]["use"] for path in FILES]
    assert (len(uses), uses.count("scored")) == (9, 3)


def test_expectations_are_sound(expected: Expectations) -> None:
    """Taking the marks out gives the story; every id is known; every quoted word is in the text."""
    assert find_faults(expected) == []


def test_an_example_is_read_whole(expected: Expectations) -> None:
    """Not a word of prose is lost between the file and the story, headings and breaks apart."""
    with fabula.read(EXAMPLES / expected.tables["story"]["file"]) as story:
        prose = [story.quote(p.span) for p in story.paragraphs if p.kind.is_prose]
        source = " ".join(expected.text.split())
        assert all(" ".join(p.split()) in source for p in prose)
        assert sum(len(p.split()) for p in prose) > 0.96 * len(source.split())


def test_marked_speech_is_found(expected: Expectations) -> None:
    """Every marked part of a quotation that is not within another lies in one quotation of the story."""
    if expected.tables["story"]["use"] != "development":
        pytest.skip("only ever scored")
    with fabula.read(EXAMPLES / expected.tables["story"]["file"]) as story:
        found = " ¶ ".join(story.quote(part) for q in story.quotes for part in q.parts)
        parts = [expected.text[m.start : m.end] for m in expected.marks if m.is_quote]
        missed = [p for p in parts if " ".join(p.strip("‘’“”\"'").split())[:40] not in " ".join(found.split())]
        assert len(missed) <= 0.05 * len(parts), missed
