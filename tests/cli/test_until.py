"""The law of views, for what the commands say of people: it comes from the text before the view's end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fabula import Story, StoryView
from fabula.cli.portrait import draw_portrait
from fabula.cli.show.cast import list_cast
from fabula.records import StoryRecords
from tests.story.made_up import splice, stories


def tell(view: StoryView) -> Iterator[object]:
    """The table of the cast, its cells and its CSV, and everybody's page."""
    listing = list_cast(view, None)
    yield listing.heads
    yield listing.fields
    for record in listing.records:
        yield record, listing.cells(record), listing.csv(record)
        yield draw_portrait(view, f"#{record.id}")


@given(stories(least=1), st.data())
@settings(deadline=None, max_examples=60)
def test_what_is_said_of_people_is_the_same_whatever_comes_after(records: StoryRecords, data: st.DataObject) -> None:
    """Two made-up stories that are one story up to an offset."""
    if not records.text.string:
        return
    end = data.draw(st.integers(0, len(records.text.string) - 1))
    records = replace(records, layers=("quotes", "mentions", "cast", "speakers"))
    other = splice(records, end, data.draw(stories(least=2)))
    one, two = (StoryView(Story.from_records(r)._layers, end) for r in (records, other))
    if one.chapters:
        assert list(tell(one)) == list(tell(two))
