"""Who speaks to whom, counted."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from fabula.records import Given, GivenAddressees, QuoteKind, StoryRecords
from fabula.story.exchanges import count_exchanges, rank_voices
from fabula.story.story import Story
from tests.stories import make_weir
from tests.story.made_up import stories


def told(records: StoryRecords) -> list[tuple[str, str, int, tuple[int, ...]]]:
    story = Story.from_records(records)
    names = {None: "?"} | {c.id: c.name for c in story.cast}
    return [(names[e.speaker], names[e.addressee], e.n_quotes, e.by_chapter) for e in count_exchanges(story)]


def test_what_is_said_to_nobody_known_is_counted_too() -> None:
    """Tom Hale twice, Mrs. Reed, somebody"""
    assert told(make_weir()) == [("Tom Hale", "?", 2, (1, 1)), ("?", "?", 1, (0, 1)), ("Mrs. Reed", "?", 1, (1, 0))]


def test_what_is_said_to_several_counts_for_each() -> None:
    """“Have you seen the boat?”, to Mrs. Reed and Ann"""
    records = make_weir()
    ids = {records.text.quote(m.span): m.id for m in reversed(records.mentions)}
    records = replace(records, given=Given(addressees=(GivenAddressees(0, (ids["Mrs. Reed"], ids["Ann"])),)))
    assert {(to, n) for speaker, to, n, _ in told(records) if speaker == "Tom Hale"} == {
        ("?", 1),
        ("Mrs. Reed", 1),
        ("Ann Reed", 1),
    }


def test_only_speech_is_spoken_to_somebody() -> None:
    """A thought"""
    records = make_weir()
    assert told(replace(records, quotes=tuple(replace(q, kind=QuoteKind.THOUGHT) for q in records.quotes))) == []


@given(stories())
@settings(deadline=None, max_examples=50)
def test_every_quotation_is_counted_for_everybody_it_is_said_to(records: StoryRecords) -> None:
    """A made-up story"""
    story = Story.from_records(records)
    found = count_exchanges(story)
    speech = [q for q in story.quotes if q.kind is QuoteKind.SPEECH]
    assert sum(e.n_quotes for e in found) == sum(max(1, len(q.addressees)) for q in speech)
    assert all(sum(e.by_chapter) == (e.n_quotes if story.chapters else 0) for e in found)
    assert len({(e.speaker, e.addressee) for e in found}) == len(found)
    assert set(rank_voices(found)) == {id_ for q in speech for id_ in (q.speaker, *q.addressees) if id_ is not None}
