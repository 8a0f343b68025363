"""The pass over a story, with a model that talks nonsense: what holds whatever it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from fabula.language.segmenting import cut_text
from fabula.language.tagging import read_language, read_segments, segment_key
from fabula.neural.model import Model
from fabula.neural.packing import unpack_reading
from fabula.neural.segments import Links, Reading, Segment
from fabula.records import ROOT, Quote, QuoteKind, Span, StoryRecords, Text, TextReading
from tests.neural.made_up import make_model, same_reading
from tests.passages import make_text
from tests.stories import make_weir

WEIR = make_weir()


class Watched:
    """A model, and the segments that it was asked to read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seed: int = 0) -> None:
        self.model = make_model(seed)
        self.asked: list[Segment] = []
        read_all = self.model.read_all

        def watched(segments: Iterable[Segment]) -> object:
            return read_all(self.asked.append(segment) or segment for segment in segments)  # type: ignore[func-returns-value]

        monkeypatch.setattr(self.model, "read_all", watched)


def read(story: StoryRecords, model: Model, **options: object) -> TextReading:
    return read_language(story.text, story.quotes, model=model, **options)  # type: ignore[arg-type]


def test_every_token_has_its_tags_and_hangs_on_one_of_its_sentence() -> None:
    said = read(WEIR, make_model())
    text = WEIR.text
    assert len(said.tags) == len(said.event_log_odds) == len(text.tokens)
    for sentence in text.sentences:
        tokens = text.tokens.inside(sentence)
        heads = [said.tags.heads[token] for token in tokens]
        assert heads.count(ROOT) == 1
        assert all(head == ROOT or head in tokens for head in heads)
    assert said.tags.word(3, "Weir").upos in said.tags.inventory.upos


def test_what_is_said_of_a_segment_stands_at_its_place() -> None:
    """The second chapter, alone and in its story."""
    said = read(WEIR, make_model())
    placed = list(cut_text(WEIR.text, WEIR.quotes))
    first = placed[1].first
    alone = make_model().read(placed[1].segment)
    assert said.tags.upos[first:] == alone.upos.tobytes()
    assert list(said.event_log_odds[first:]) == alone.events.tolist()
    moved = [head if head == ROOT else head + first for head in alone.heads.tolist()]
    assert list(said.tags.heads[first:]) == moved
    later = [m for m in said.mentions if m.span.start >= WEIR.text.tokens[first].start]
    assert [WEIR.text.tokens.starts.index(m.span.start) - first for m in later] == alone.starts.tolist()
    n_before = len(said.mentions) - len(later)
    links = [(one.row - n_before, one.column - n_before) for one in said.antecedents if one.row >= n_before]
    assert links == list(zip(alone.antecedents.rows.tolist(), alone.antecedents.columns.tolist(), strict=True))


def test_mentions_are_numbered_in_text_order_and_have_a_head_of_their_words() -> None:
    said = read(WEIR, make_model())
    assert len(said.mentions) > 5
    assert [m.id for m in said.mentions] == list(range(len(said.mentions)))
    assert all(one.span.start < other.span.start or one.span.end > other.span.end for one, other in pairwise(said.mentions))
    for mention in said.mentions:
        assert mention.head is not None and mention.probability is not None
        head = WEIR.text.tokens[mention.head]
        assert mention.span.start <= head.start < head.end <= mention.span.end
        assert 0 <= mention.probability <= 1


def test_a_story_read_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    said = read(WEIR, watched.model)
    assert len(watched.asked) == len(said.segments) == 2
    again = read(WEIR, watched.model, cache=dict(said.segments))
    assert len(watched.asked) == 2
    assert again == said


def test_only_the_chapter_that_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """# One ¶ Tom slept. ¶ # Two ¶ Ann wept. → Ann laughed."""
    watched = Watched(monkeypatch)
    before = make_text("# One ¶ Tom slept. ¶ # Two ¶ Ann wept. ¶ # Three ¶ They rose.")
    after = make_text("# One ¶ Tom slept. ¶ # Two ¶ Ann laughed. ¶ # Three ¶ They rose.")
    said = read_language(before, (), model=watched.model)
    watched.asked.clear()
    again = read_language(after, (), model=watched.model, cache=dict(said.segments))
    assert [" ".join(segment.words) for segment in watched.asked] == ["Two Ann laughed ."]
    assert again == read_language(after, (), model=make_model())


def test_a_kept_reading_that_is_damaged_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    said = read(WEIR, watched.model)
    (one, packed), (other, longer) = said.segments
    assert read(WEIR, watched.model, cache={one: packed[:-9], other: longer}) == said
    assert len(watched.asked) == 3
    assert read(WEIR, watched.model, cache={one: longer, other: longer}) == said  # of other words
    assert len(watched.asked) == 4


def test_another_model_or_another_structure_is_another_key() -> None:
    segment = Segment(("Tom", "slept", "."), (0,), (0,), (((0, 1),),))
    key = segment_key(segment, "one")
    others = (
        Segment(("To", "mslept", "."), (0,), (0,), (((0, 1),),)),
        Segment(("Tom", "slept", "."), (0, 1), (0,), (((0, 1),),)),
        Segment(("Tom", "slept", "."), (0,), (), (((0, 1),),)),
        Segment(("Tom", "slept", "."), (0,), (0,), (((0, 2),),)),
        Segment(("Tom", "slept", "."), (0,), (0,), ()),
    )
    assert len({key, segment_key(segment, "two"), *(segment_key(other, "one") for other in others)}) == 7
    assert segment_key(segment, "one") == key


def test_progress_grows_to_the_whole() -> None:
    shares: list[float] = []
    read(WEIR, make_model(), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) == 2


def test_each_segment_comes_with_the_bytes_to_keep() -> None:
    for one in read_segments(WEIR.text, WEIR.quotes, model=make_model()):
        assert same_reading(unpack_reading(one.packed), one.reading)


@pytest.mark.parametrize("passage", ["* * *", "# One"])
def test_a_text_with_next_to_nothing(passage: str) -> None:
    text = make_text(passage)
    said = read_language(text, (), model=make_model())
    assert len(said.tags) == len(text.tokens)


def test_only_the_segment_in_which_a_quotation_begins_says_who_speaks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """“I slept, Ann. ¶ # Two ¶ “I woke, Tom.” “You?”"""
    text = make_text("“I slept, Ann. ¶ # Two ¶ “I woke, Tom.” “You?”")
    quotes = make_quotes(text, ["“I slept, Ann.", "“I woke, Tom.”"], ["“You?”"])
    said = read_language(text, quotes, model=speaking(monkeypatch))
    first = [mention.id for mention in said.mentions if mention.span.start < text.chapters[1].span.start]
    assert [link.row for link in said.speakers] == [0, 1]
    assert [link.column for link in said.speakers] == [first[0], len(first)]


def make_quotes(text: Text, *parts: Sequence[str]) -> tuple[Quote, ...]:
    def span(part: str) -> Span:
        return Span(text.string.index(part), text.string.index(part) + len(part))

    return tuple(Quote(i, tuple(map(span, one)), QuoteKind.SPEECH) for i, one in enumerate(parts))


def speaking(monkeypatch: pytest.MonkeyPatch) -> Model:
    """A model by which the first mention of a segment speaks all its quotations."""
    model = make_model()

    def read_all(segments: Iterable[Segment]) -> Iterator[Reading]:
        for segment in segments:
            reading = model.read(segment, mentions=[(0, 1)])
            n = len(segment.quotes)
            yield replace(reading, speakers=Links(np.arange(n, dtype=np.int32), np.zeros(n, np.int32), np.ones(n, np.float32)))

    monkeypatch.setattr(model, "read_all", read_all)
    return model
