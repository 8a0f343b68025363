"""A story as a script: narrator and voices, in order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fabula.export.script import Script, Segment, describe_script
from fabula.export.script_forms import script_as_fountain, script_as_json, script_as_markdown, script_as_text
from fabula.records import Given, GivenAddressees, GivenSpeaker, Narrator, Quote, QuoteKind, Span, StoryRecords
from fabula.story.story import Story, StoryView
from tests.stories import make_records, make_weir
from tests.story.made_up import splice, stories

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "script.md"


def segments(script: Script) -> list[Segment]:
    return [segment for chapter in script.chapters for segment in chapter.segments]


def lines(records: StoryRecords) -> list[tuple[str, str]]:
    """Who reads what."""
    script = describe_script(Story.from_records(records))
    return [(script.voices[s.voice].name, str(s.text)) for s in segments(script) if s.kind != "heading"]


def check_whole(view: StoryView) -> None:
    """Fail where the segments are not the paragraphs, each character once and in order."""
    script = describe_script(view)
    read = segments(script)
    assert all(s.text == view.text[s.start : s.end] != "" for s in read)
    assert all(one.end <= other.start for one, other in pairwise(read))
    joined = {number: list(found) for number, found in groupby(read, key=lambda s: s.paragraph)}
    for number, paragraph in enumerate(view.paragraphs):
        assert "".join(str(s.text) for s in joined.get(number, ())) == view.quote(paragraph.span)
    assert sum(voice.segments for voice in script.voices) == len(read)
    assert [v.voice for v in script.voices] == list(range(len(script.voices)))


# --- the law


@given(stories(), st.integers(0, 500))
@settings(deadline=None)
def test_every_character_of_every_paragraph_is_read_once(records: StoryRecords, end: int) -> None:
    """A made-up story, to any offset."""
    story = Story.from_records(records)
    check_whole(StoryView(story._layers, min(end, story.end)))
    check_whole(story)


@given(stories(least=1), st.data())
@settings(deadline=None, max_examples=60)
def test_a_script_is_the_same_whatever_comes_after_its_end(records: StoryRecords, data: st.DataObject) -> None:
    """Two made-up stories that are one story up to an offset."""
    if not records.text.string:
        return
    end = data.draw(st.integers(0, len(records.text.string) - 1))
    other = splice(records, end, data.draw(stories(least=2)))
    one, two = (StoryView(Story.from_records(r)._layers, end) for r in (records, other))
    assert describe_script(one) == describe_script(two)


def test_the_texts_of_a_chapter_joined_are_the_chapter() -> None:
    """The Weir: two line ends wherever the paragraph changes"""
    story = Story.from_records(make_weir())
    for chapter, told in zip(describe_script(story).chapters, story.chapters, strict=True):
        paragraphs = ["".join(str(s.text) for s in found) for _, found in groupby(chapter.segments, key=lambda s: s.paragraph)]
        assert "\n\n".join(paragraphs) == story.quote(told.span).rstrip()


# --- who reads what


def test_what_says_who_speaks_is_the_narrator_s() -> None:
    """“It is gone,” answered Mrs. Reed; “the river took it.”"""
    assert lines(make_weir())[:5] == [
        ("Tom Hale", "“Have you seen the boat?” "),
        ("narrator", "said Tom Hale."),
        ("Mrs. Reed", "“It is gone,” "),
        ("narrator", "answered Mrs. Reed; "),
        ("Mrs. Reed", "“the river took it.”"),
    ]


def test_what_nobody_is_known_to_say_has_the_voice_of_nobody_known() -> None:
    """“Where were you?”"""
    script = describe_script(Story.from_records(make_weir()))
    (segment,) = [s for s in segments(script) if s.text == "“Where were you?”"]
    assert (segment.kind, segment.speaker, segment.probability, segment.sure) == ("speech", None, None, False)
    assert script.voices[segment.voice].kind == "unknown" == script.voices[-1].kind


def test_words_within_words_are_said_by_who_says_the_outer_ones() -> None:
    """“He said ‘Go’ to me.” said Tom."""
    records = make_records("“He said ‘Go’ to me.” said Tom. Ann ran.", people={"Tom": (), "Ann": ()}, speakers=("Tom",))
    at = records.text.string.index("‘Go’")
    inner = Quote(0, (Span(at, at + 4),), QuoteKind.SPEECH)
    outer = replace(records.quotes[0], id=1)
    records = replace(records, quotes=(inner, outer), attributions=(replace(records.attributions[0], quote=1),))
    assert lines(records) == [("Tom", "“He said ‘Go’ to me.” "), ("narrator", "said Tom. Ann ran.")]


def test_what_is_written_is_read_by_the_narrator_unless_it_is_known_who_wrote_it() -> None:
    """“Dear Tom,”"""
    records = make_records("“Dear Tom,” Ann read.", people={"Tom": (), "Ann": ()})
    letter = replace(records, quotes=(replace(records.quotes[0], kind=QuoteKind.WRITING),))
    assert lines(letter) == [("narrator", "“Dear Tom,” "), ("narrator", "Ann read.")]
    ann = next(m.id for m in records.mentions if records.text.quote(m.span) == "Ann")
    assert lines(replace(letter, given=Given(speakers=(GivenSpeaker(0, ann),))))[0] == ("Ann", "“Dear Tom,” ")


def test_the_voices_come_with_how_much_they_read_the_narrator_first() -> None:
    """The Weir"""
    script = describe_script(Story.from_records(make_weir()))
    told = [(v.kind, v.name, v.gender, v.segments, v.quotes, v.words) for v in script.voices]
    assert told == [
        ("narrator", "narrator", "unknown", 8, 0, 27),
        ("character", "Tom Hale", "male", 2, 2, 8),
        ("character", "Mrs. Reed", "female", 2, 1, 7),
        ("unknown", "unknown", "unknown", 1, 1, 3),
    ]


def test_who_tells_the_story_is_the_narrator() -> None:
    """The Weir, told by Tom"""
    records = make_weir()
    tom = next(m for m in records.mentions if records.text.quote(m.span) == "Tom Hale")
    records = replace(records, narrators=(Narrator(tom.character or 0, records.attributions[0].evidence),))
    voice = describe_script(Story.from_records(records)).voices[0]
    assert (voice.name, voice.character, voice.gender) == ("narrator", Story.from_records(records).cast["Tom Hale"].id, "male")


def test_a_segment_has_all_that_is_known_of_its_quotation() -> None:
    """“At the weir,” whispered Mr. Hale: to Ann, as the user says"""
    records = make_weir()
    ann = next(m.id for m in records.mentions if records.text.quote(m.span) == "Ann")
    script = describe_script(Story.from_records(replace(records, given=Given(addressees=(GivenAddressees(3, (ann,)),)))))
    (segment,) = [s for s in segments(script) if s.quote == 3]
    assert segment.speaker is not None
    assert (segment.speaker.name, [a.name for a in segment.addressees], segment.manner) == ("Tom Hale", ["Ann Reed"], "whisper")
    assert (segment.probability, segment.sure, segment.corrected) == (0.9, True, ("addressees",))


def test_without_the_text_the_spans_are_left() -> None:
    """The Weir"""
    told = json.loads(script_as_json(describe_script(Story.from_records(make_weir()), with_text=False)))
    assert not [word for word in ("boat", "river", "wept") if word in json.dumps(told)]
    assert all("start" in s and "text" not in s for c in told["chapters"] for s in c["segments"])


# --- how it is written


def test_a_text_has_a_line_for_each_voice() -> None:
    """The Weir"""
    told = script_as_text(describe_script(Story.from_records(make_weir()))).decode()
    assert told.splitlines()[:9] == [
        "The Weir, by A. Author",
        "",
        "",
        "Chapter 1. The Weir",
        "",
        "Tom Hale: “Have you seen the boat?”",
        "NARRATOR: said Tom Hale.",
        "",
        "Mrs. Reed: “It is gone,”",
    ]
    assert "Tom Hale (whisper): “At the weir,”" in told
    assert "\n?: “Where were you?”\n" in told


def test_a_speaker_who_is_not_sure_is_marked() -> None:
    """“Have you seen the boat?”, by Tom with 0.4"""
    records = make_weir()
    first, *rest = records.attributions
    records = replace(records, attributions=(replace(first, evidence=replace(first.evidence, probability=0.4)), *rest))
    assert "Tom Hale?: “Have you seen" in script_as_text(describe_script(Story.from_records(records))).decode()


def test_a_break_is_read_by_nobody() -> None:
    """* * *"""
    script = describe_script(Story.from_records(make_records("# Chapter 1 ¶ She slept. ¶ * * * ¶ Tom ran.", people={"Tom": ()})))
    assert [s.kind for s in segments(script)] == ["heading", "narration", "break", "narration"]
    assert "\n\n* * *\n\n" in script_as_text(script).decode()
    assert "\n* * *\n" in script_as_markdown(script).decode()


@pytest.mark.parametrize("words", ["= no heading", "1. no item", "- no item", "a *b* _c_ <i> [x](y)", "+ no", "--- no"])
def test_markdown_shows_the_words_as_they_are(words: str) -> None:
    """= no heading"""
    script = describe_script(Story.from_records(make_records(f"# Chapter 1 ¶ {words} ¶ “{words}” said Tom.", people={"Tom": ()})))
    tokens = MarkdownIt("commonmark").parse(script_as_markdown(script).decode())
    shown = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    assert shown[2] == words
    assert shown[3] == f"?: “{words}”"


def test_fountain_has_action_and_dialogue() -> None:
    """“At the weir,” whispered Mr. Hale."""
    told = script_as_fountain(describe_script(Story.from_records(make_weir()))).decode()
    assert told.startswith("Title: The Weir\nAuthor: A. Author\n\n# Chapter 1. The Weir\n\n@Tom Hale\n“Have you")
    assert "\n\n@Tom Hale\n(whisper)\n“At the weir,”\n\n!whispered Mr. Hale.\n" in told


@given(stories(least=1))
@settings(deadline=None, max_examples=40)
def test_every_form_is_lines_of_text(records: StoryRecords) -> None:
    """A made-up story with control characters"""
    script = describe_script(Story.from_records(records))
    for write in (script_as_text, script_as_markdown, script_as_fountain):
        told = write(script).decode()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", told)
    assert msgspec.json.decode(script_as_json(script), type=Script) == script


def test_the_json_says_what_it_is() -> None:
    """fabula-script 1"""
    told: dict[str, Any] = json.loads(script_as_json(describe_script(Story.from_records(make_weir()))))
    assert (told["format"], told["version"], told["title"], told["language"]) == ("fabula-script", 1, "The Weir", "en")
    assert [c["number"] for c in told["chapters"]] == [1, 2]


def test_every_field_is_documented() -> None:
    """docs/reference/script.md"""
    documented = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    schema = msgspec.json.schema(Script)
    fields = {name for struct in schema["$defs"].values() for name in struct.get("properties", {})}
    assert fields - documented == set()
