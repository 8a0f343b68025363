"""All that the explorer's pages are told of a story, and the law of views as a check of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import cast

import msgspec

from fabula.records import MentionKind
from fabula.story.story import Story, StoryView
from fabula.web.correcting import list_corrections
from fabula.web.lens import Lens
from fabula.web.people import describe_cast, describe_meetings, describe_mentions, describe_person
from fabula.web.reading import describe_chapter, describe_story
from fabula.web.searching import describe_search
from fabula.web.speaking import describe_quotes, describe_script, describe_voices

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
ALL = 1000


def lens_on(story: Story, end: int) -> Lens:
    """A lens on the story up to an offset, that no chapter need end at."""
    return Lens(story, StoryView(story._layers, min(end, story.end)))


def answers(lens: Lens) -> Iterator[tuple[str, object]]:
    """An answer to everything that can be asked, with what was asked."""
    yield "story", describe_story(lens, "")
    yield "cast", describe_cast(lens)
    for index in range(len(lens.view.chapters)):
        yield f"chapter {index}", describe_chapter(lens, index)
        yield f"script {index}", describe_script(lens, index)
        yield f"voices {index}", describe_voices(lens, index)
    yield "voices", describe_voices(lens, None)
    yield "quotes", describe_quotes(lens, of=None, to=None, chapter=None, unsure=False, offset=0, limit=ALL)
    yield "unsure", describe_quotes(lens, of=None, to=None, chapter=None, unsure=True, offset=0, limit=1)
    ids = list(lens.people)
    for id_ in ids:
        yield f"person {id_}", describe_person(lens, id_)
        yield f"said by {id_}", describe_quotes(lens, of=id_, to=None, chapter=None, unsure=False, offset=0, limit=ALL)
        yield f"said to {id_}", describe_quotes(lens, of=None, to=id_, chapter=None, unsure=False, offset=0, limit=ALL)
        for kind in ("", *MentionKind):
            yield f"{kind or 'all'} of {id_}", describe_mentions(lens, id_, kind, 0, ALL)
    for one, other in pairwise(ids):
        yield f"{one} meets {other}", describe_meetings(lens, one, other, 0, ALL)
    for query in ("Tom", "the", '"Tom Anna"', "he said", "æsop", ""):
        yield f"search {query}", describe_search(lens, query, 0, ALL)
    yield "corrections", list_corrections(lens)


def all_told(lens: Lens) -> dict[str, object]:
    """All answers; of chapters that have not been read nothing is compared but that they are there."""
    told = {name: plain(payload) for name, payload in answers(lens)}
    story = cast("dict[str, object]", told["story"])
    story["chapters"] = [c for c in cast("list[dict[str, object]]", story["chapters"]) if c["read"]]
    return told


def plain(payload: object) -> object:
    return msgspec.json.decode(msgspec.json.encode(payload))


def check_told(lens: Lens) -> None:
    """Fail where an answer has a span, or words, that are not of the text before the view's end."""
    told = lens.view.text
    for name, payload in all_told(lens).items():
        for place in _places(cast("Plain", payload)):
            start, end = cast("int", place["start"]), cast("int", place["end"])
            assert 0 <= start <= end <= lens.view.end, (name, place)
            if "marked" in place:
                _check_passage(place, told)
            elif "text" in place and "parts" not in place:
                assert place["text"] == told[start:end], (name, place)


def _places(payload: Plain) -> Iterator[Mapping[str, Plain]]:
    """Whatever has a start and an end, at any depth."""
    if isinstance(payload, dict):
        if {"start", "end"} <= payload.keys():
            yield payload
        for value in payload.values():
            yield from _places(value)
    elif isinstance(payload, list):
        for value in payload:
            yield from _places(value)


def _check_passage(place: Mapping[str, Plain], told: str) -> None:
    text, (start, end) = cast("str", place["text"]), cast("list[int]", place["marked"])
    assert text in told
    assert text[start:end] == told[cast("int", place["start"]) : cast("int", place["end"])]
    if place["also"] is not None:
        start, end = cast("list[int]", place["also"])
        assert 0 <= start <= end <= len(text)
