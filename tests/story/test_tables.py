from __future__ import annotations

import contextlib
import os
from array import array
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.records import (
    ROOT,
    Anchor,
    Event,
    Evidence,
    Inventory,
    Mention,
    MentionKind,
    MentionType,
    PackedSegment,
    Participant,
    Reality,
    Role,
    Scope,
    SpanList,
    StoryRecords,
    Tags,
)
from fabula.story.layers import StoredLayers
from fabula.story.packing import pack, unpack
from fabula.story.store import open_story, store_in_memory, write_story
from fabula.story.story import Story
from tests.stories import WEIR, WEIR_PEOPLE, make_records, make_weir
from tests.story.made_up import stories

SIZE = 8  # times the size of the text that a story file may have (DESIGN section 3)
DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data"))


def load(path: Path) -> StoryRecords:
    with contextlib.closing(StoredLayers(open_story(path), path)) as layers:
        return layers.records


@given(st.integers(0, 9), st.lists(st.tuples(st.integers(0, 300_000), st.integers(0, 300_000)), max_size=20))
def test_spans_are_unpacked_as_they_were_packed(base: int, gaps: list[tuple[int, int]]) -> None:
    """Gaps and lengths of one, two and four bytes."""
    spans, at = [], base
    for gap, length in gaps:
        spans.append((at + gap, at + gap + length))
        at += gap + length
    assert unpack(pack(SpanList.of(spans), base), base) == SpanList.of(spans)


@pytest.mark.parametrize("edge", [255, 256, 65_535, 65_536, 2**31])
def test_a_gap_and_a_length_at_the_edge_of_a_width_survive_packing(edge: int) -> None:
    """One span, so far off and so long."""
    spans = SpanList.of([(edge, edge + edge)]) if edge < 2**31 else SpanList.of([(edge, edge + 1)])
    assert unpack(pack(spans)) == spans


@given(stories())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_story_that_was_saved_loads_with_the_same_records(tmp_path: Path, records: StoryRecords) -> None:
    """Made-up stories, with zero bytes, escapes and characters outside the basic plane."""
    write_story(records, tmp_path / "story.fabula")
    assert load(tmp_path / "story.fabula") == records


@given(stories())
def test_a_story_in_memory_has_the_same_records(records: StoryRecords) -> None:
    """Made-up stories."""
    with contextlib.closing(StoredLayers(store_in_memory(records), Path("memory"))) as layers:
        assert layers.records == records
        assert layers.length == len(records.text.string)


@given(stories(), stories())
@settings(deadline=None, max_examples=40)
def test_a_story_that_is_revised_has_the_records_that_it_was_given(one: StoryRecords, other: StoryRecords) -> None:
    """The people of another story, over the text of one"""
    fits = other.tags is None or len(other.tags) == len(one.text.tokens)
    revised = replace(other, book=one.book, text=one.text, quotes=one.quotes, tags=other.tags if fits else one.tags)
    with Story.from_records(one) as story, Story.revised(story, one, revised) as after:
        for kept, records in ((after, revised), (story, one)):
            with contextlib.closing(StoredLayers(kept._layers.load(), Path("memory"))) as layers:
                assert layers.records == records == kept.records


def test_the_line_of_the_source_survives_for_every_place() -> None:
    """Anchors into two files."""
    records = make_records("Tom ran. ¶ Tom fell.")
    anchors = (Anchor(0, "ch1.md", 3, ""), Anchor(4, "ch1.md", 4, "p[2]"), Anchor(10, "ch2.md", 1, "#a'b\""))
    records = replace(records, text=replace(records.text, anchors=anchors))
    assert StoredLayers(store_in_memory(records), Path("memory")).anchors == anchors


@pytest.mark.parametrize("times", [10, 40, 1000])
def test_a_story_file_is_at_most_eight_times_as_large_as_its_text(tmp_path: Path, times: int) -> None:
    """The weir, over and over: three pages, a chapter, a novel."""
    records = make_records(" ¶ ".join([WEIR] * 2 * times), people=WEIR_PEOPLE, title="The Weir")
    write_story(records, tmp_path / "weir.fabula")
    assert (tmp_path / "weir.fabula").stat().st_size <= SIZE * len(records.text.string.encode())


def test_what_the_pass_adds_leaves_a_story_file_within_its_size(tmp_path: Path) -> None:
    """A long story: tags by chance, a mention every fourth word, an event every seventh, twelve bytes a word for the cache."""
    chance = Random(7)
    prose = " ¶ ".join(p for p in WEIR.split(" ¶ ") if not p.startswith("#"))
    records = make_records(" ¶ ".join([prose] * 400), people=WEIR_PEOPLE, title="The Weir")
    tokens = records.text.tokens
    n, sizes = len(tokens), (12, 40, 100, 30)
    numbers = [[chance.randrange(size) for _ in range(n)] for size in sizes]
    near = [min(n - 1, max(0, token + chance.randint(-8, 8))) for token in range(n)]
    heads = array("i", (ROOT if head == token else head for token, head in enumerate(near)))
    inventory = Inventory(*(tuple(map(str, range(size))) for size in sizes))
    tags = Tags(inventory, bytes(numbers[0]), bytes(numbers[1]), array("H", numbers[2]), heads, bytes(numbers[3]))
    mentions = tuple(
        Mention(i, tokens[t], chance.choice(list(MentionKind)), MentionType.PERSON, None, None, t, chance.randrange(1001) / 1000)
        for i, t in enumerate(range(0, n, 4))
    )

    def take_part(event: int) -> tuple[Participant, ...]:
        around = [m for m in mentions[max(0, event * 7 // 4 - 3) : event * 7 // 4 + 4] if chance.random() < 0.3]
        return tuple(Participant(chance.choice(list(Role)), m.span, m.id) for m in around)

    events = []
    for i, t in enumerate(range(0, n, 7)):
        who = take_part(i)
        spans = tuple(sorted({tokens[t], *(p.span for p in who)}))
        evidence = Evidence(spans, "events", chance.randrange(1001) / 1000)
        events.append(Event(i, tokens[t], f"w{chance.randrange(900)}", who, Reality.ACTUAL, chance.choice(list(Scope)), evidence))
    segments = (PackedSegment("0" * 64, chance.randbytes(12 * n)),)
    records = replace(
        records, tags=tags, mentions=mentions, events=tuple(events), segments=segments, attributions=(), identities=()
    )
    write_story(records, tmp_path / "weir.fabula")
    assert load(tmp_path / "weir.fabula") == records
    assert (tmp_path / "weir.fabula").stat().st_size <= SIZE * len(records.text.string.encode())


@pytest.mark.skipif(not (DATA / "novels").is_dir(), reason="no novels at hand")
def test_a_real_novel_loads_as_it_was_read(tmp_path: Path) -> None:
    """The Secret Garden."""
    from fabula.story.build import read_records

    (book,) = (DATA / "novels").glob("113_*.txt")
    records = read_records(book)
    write_story(records, tmp_path / "garden.fabula")
    assert load(tmp_path / "garden.fabula") == records
    assert (tmp_path / "garden.fabula").stat().st_size <= SIZE * len(records.text.string.encode())


def test_the_schema_says_of_every_table_what_it_holds() -> None:
    """schema.sql"""
    schema = Path(__file__).parents[2] / "src" / "fabula" / "story" / "schema.sql"
    tables = [line for line in schema.read_text(encoding="utf-8").splitlines() if line.startswith("CREATE TABLE")]
    told = {"structure", "quote", "chapter", "gender_cue"}  # by their columns, or by their name
    assert tables
    assert all("--" in line or line.split()[2] in told for line in tables)


def test_a_story_names_the_program_that_wrote_it() -> None:
    """The weir."""
    assert StoredLayers(store_in_memory(make_weir()), Path("memory")).written_by.startswith("fabula 0.")
