"""The JSON of a story: DESIGN's shape, and the laws of its statements."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula import Story, StoryView
from fabula.export.story_json import StoryData, decode_story, describe_story, encode_story
from fabula.records import AsideKind, Attribution, Evidence, Narrator, Note, Notice, Quote, QuoteKind, Span, StoryRecords
from tests.stories import WEIR, WEIR_PEOPLE, WEIR_SPEAKERS, make_eventful_weir, make_inn, make_marked, make_records, make_weir
from tests.story.made_up import stories

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "json.md"


def exported(view: StoryView, *, with_text: bool = True) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(encode_story(describe_story(view, with_text=with_text)))
    return document


@pytest.fixture
def weir() -> Story:
    return Story.from_records(make_weir())


def test_the_document_says_what_it_is_and_who_read(weir: Story) -> None:
    """fabula-story 1"""
    told = exported(weir)
    assert (told["format"], told["version"]) == ("fabula-story", 1)
    assert told["layers"] == ["quotes", "mentions", "cast", "speakers"]
    assert told["end"] == len(told["text"])
    assert (told["book"]["title"], told["book"]["words"]) == ("The Weir", 45)


def test_every_span_quotes_what_it_says(weir: Story) -> None:
    """“It is gone,” answered Mrs. Reed; “the river took it.”"""
    told = exported(weir)
    text, quote = told["text"], told["quotes"][1]
    assert [text[start:end] for start, end in quote["parts"]] == ["“It is gone,”", "“the river took it.”"]
    assert text[slice(*quote["cue"])] == "answered Mrs. Reed"
    assert {text[m["start"] : m["end"]] for m in told["mentions"]} == {
        n for one, others in WEIR_PEOPLE.items() for n in (one, *others)
    }
    for person in told["characters"]:
        assert all(text[n["first"] :].startswith(n["text"]) for n in person["names"])
        assert sum(n["count"] for n in person["names"]) == person["mentions"]


def test_ids_lead_from_one_list_to_the_other(weir: Story) -> None:
    """“At the weir,” whispered Mr. Hale."""
    told = exported(weir)
    names = {c["id"]: c["name"] for c in told["characters"]}
    assert [names.get(q["speaker"]) for q in told["quotes"]] == ["Tom Hale", "Mrs. Reed", None, "Tom Hale"]
    assert {m["character"] for m in told["mentions"]} == set(names)


@pytest.mark.parametrize("until", ["1", "30%", "70%", "2"])
def test_every_statement_has_evidence_and_was_told_by_the_end(eventful: Story, until: str) -> None:
    """told_at, scope, evidence, probability"""
    told = exported(eventful.until(until))
    for statement in told["mentions"] + told["characters"] + told["quotes"] + told["events"]:
        assert statement["evidence"]
        assert max(end for _, end in statement["evidence"]) <= statement["told_at"] <= told["end"] == len(told["text"])
        assert statement["scope"] in ("narration", "speech", "thought", "writing")
        assert statement["probability"] is None or 0 <= statement["probability"] <= 1
    assert all(n["text"] in told["text"] for c in told["characters"] for n in c["names"])


def test_an_unknown_speaker_is_null_without_probability(weir: Story) -> None:
    """“Where were you?”"""
    quote = exported(weir)["quotes"][2]
    assert (quote["speaker"], quote["probability"], quote["cue"], quote["addressees"]) == (None, None, None, [])
    assert quote["evidence"] == quote["parts"]


def test_a_mention_in_a_quotation_is_said_by_its_speaker() -> None:
    """“I saw Ann,” said Tom."""
    records = make_records("“I saw Ann,” said Tom.", people={"Ann": (), "Tom": ()}, speakers=("Tom",))
    told = exported(Story.from_records(records))
    assert [m["scope"] for m in told["mentions"]] == ["speech", "narration"]
    assert told["quotes"][0]["scope"] == "narration"


def test_the_innermost_quotation_is_the_scope() -> None:
    """“He wrote ‘Ann is gone’ to me,” said Tom. Ann wept."""
    records = make_records("“He wrote ‘Ann is gone’ to me,” said Tom. Ann wept.", people={"Ann": (), "Tom": ()})
    inner, outer = Span(10, 23), records.quotes[0].parts[0]
    quotes = (Quote(0, (inner,), QuoteKind.WRITING), Quote(1, (outer,), QuoteKind.SPEECH))
    told = exported(Story.from_records(replace(records, quotes=quotes)))
    assert [m["scope"] for m in told["mentions"]] == ["writing", "narration", "narration"]
    assert [q["scope"] for q in told["quotes"]] == ["speech", "narration"]


@pytest.fixture
def eventful() -> Story:
    return Story.from_records(make_eventful_weir())


def test_events_name_their_participants_by_character_or_else_by_words(eventful: Story) -> None:
    """“Have you seen the boat?” said Tom Hale."""
    told = exported(eventful)
    names = {c["id"]: c["name"] for c in told["characters"]}
    events = [
        (e["lemma"], e["reality"], e["scope"], [(p["role"], names.get(p["character"]), p.get("text")) for p in e["participants"]])
        for e in told["events"]
    ]
    assert events == [
        ("see", "hypothetical", "speech", [("patient", None, "the boat")]),
        ("say", "actual", "narration", [("agent", "Tom Hale", None)]),
        ("take", "actual", "speech", [("agent", None, "the river")]),
        ("weep", "actual", "narration", [("agent", None, "She")]),
        ("whisper", "actual", "narration", [("agent", "Tom Hale", None), ("other", "Ann Reed", None)]),
    ]
    mentions = {m["id"]: m for m in told["mentions"]}
    boat = told["events"][0]["participants"][0]
    assert (mentions[boat["mention"]]["start"], mentions[boat["mention"]]["type"]) == (boat["start"], "vehicle")
    assert told["text"][told["events"][0]["start"] : told["events"][0]["end"]] == "seen"


def test_mentions_without_a_character_leave_the_cast_as_it_is(eventful: Story, weir: Story) -> None:
    """the boat, She"""
    told = exported(eventful)
    assert told["characters"] == exported(weir)["characters"]
    assert [m["kind"] for m in told["mentions"] if m["character"] is None] == ["nominal", "pronoun"]
    assert {m["probability"] for m in told["mentions"]} == {0.9, None}


def test_without_the_text_a_participant_has_no_words(eventful: Story) -> None:
    """the river"""
    events = exported(eventful, with_text=False)["events"]
    assert all("text" not in p for e in events for p in e["participants"])
    assert [e["lemma"] for e in events] == ["see", "say", "take", "weep", "whisper"]


def test_a_name_that_is_linked_later_has_its_reveal() -> None:
    """Tom sang. ¶ Stranger came. ¶ Tom wept."""
    records = make_records("Tom sang. ¶ Stranger came. ¶ Tom wept.", people={"Stranger": ("Tom",)})
    (person,) = exported(Story.from_records(records))["characters"]
    assert {n["text"]: n["revealed_at"] for n in person["names"]} == {"Tom": None, "Stranger": None}
    late = _revealed(records, Span(len(records.text.string) - 9, len(records.text.string)))
    (person,) = exported(Story.from_records(late))["characters"]
    assert {n["text"]: n["revealed_at"] for n in person["names"]} == {"Tom": None, "Stranger": len(records.text.string)}
    assert person["told_at"] == len(records.text.string)


def _revealed(records: StoryRecords, told: Span) -> StoryRecords:
    (link,) = records.identities
    return replace(records, identities=(replace(link, evidence=replace(link.evidence, spans=(told,))),))


@pytest.mark.parametrize(
    ("layers", "absent"),
    [
        ((), {"mentions", "characters", "quotes"}),
        (("quotes",), {"mentions", "characters"}),
        (("quotes", "mentions"), {"characters"}),
    ],
)
def test_a_list_whose_reader_did_not_run_is_absent(layers: tuple[str, ...], absent: set[str]) -> None:
    """layers: quotes"""
    told = exported(Story.from_records(make_records(WEIR, layers=layers)))
    assert {"mentions", "characters", "quotes"} - set(told) == absent


def test_a_list_that_holds_nothing_is_empty() -> None:
    """Nothing was said."""
    told = exported(Story.from_records(make_records("Nothing was said.")))
    assert (told["quotes"], told["mentions"], told["characters"]) == ([], [], [])


def test_without_the_text_only_names_and_headings_quote_it() -> None:
    """“Have you seen the boat?”"""
    records = make_records(
        WEIR,
        people=WEIR_PEOPLE,
        speakers=WEIR_SPEAKERS,
        notes=(Note(AsideKind.PREFACE, "To the reader", "Dear reader, beware.", 0),),
        notices=(Notice("unclosed", "a quotation is unclosed; it was taken to end here", Span(3, 9)),),
    )
    told = exported(Story.from_records(records), with_text=False)
    names = {n["text"] for c in told["characters"] for n in c["names"]} | {c["name"] for c in told["characters"]}
    headings = {c[key] for c in told["chapters"] for key in ("title", "heading", "part_title")}
    strings = {s for s in _strings({k: v for k, v in told.items() if k not in ("format", "layers", "book", "notices")}) if " " in s}
    assert strings <= names | headings
    assert told["notes"] == [{"kind": "preface", "at": 0}]
    assert "text" not in told


def test_somebody_without_a_name_has_descriptions_and_is_told_by_the_first_mention() -> None:
    """The old woman sat."""
    told = exported(Story.from_records(make_inn()))
    woman, tom, *_ = told["characters"]
    assert (woman["name"], woman["names"], woman["evidence"]) == ("the old woman", [], [[17, 30]])
    assert woman["descriptions"] == [
        {"text": "the old woman", "count": 2, "first": 17},
        {"text": "mother", "count": 2, "first": told["text"].index("mother")},
        {"text": "the hostess", "count": 1, "first": told["text"].index("the hostess")},
    ]
    assert (tom["descriptions"], tom["names"][0]["count"], tom["mentions"]) == ([], 3, 3)
    assert sum(m["character"] == woman["id"] for m in told["mentions"]) == woman["mentions"] == 6


def test_without_the_text_somebody_without_a_name_has_no_words() -> None:
    """--no-text"""
    people = exported(Story.from_records(make_inn()), with_text=False)["characters"]
    assert [p["name"] for p in people] == ["", "Tom", "", "", ""]
    assert all("descriptions" not in p for p in people)


def test_a_quotation_has_whom_it_is_said_to_and_the_narrator_is_one_of_the_cast() -> None:
    """My boat was gone. “I go,” said Mrs. Reed to me."""
    records = make_marked("[5 My] boat was gone. “[3 I] go,” said [3 Mrs. Reed] to [5 me].")
    said = Attribution(0, 2, None, "", Evidence((records.quotes[0].span, records.mentions[2].span), "test", 0.7), addressees=(3,))
    tells = Narrator(5, Evidence((records.mentions[0].span,), "test", 1.0))
    told = exported(Story.from_records(replace(records, attributions=(said,), narrators=(tells,))))
    people = {c["id"]: c for c in told["characters"]}
    [quote] = told["quotes"]
    assert (people[quote["speaker"]]["name"], people[quote["speaker"]]["narrator"]) == ("Mrs. Reed", False)
    assert [(people[who]["name"], people[who]["narrator"]) for who in quote["addressees"]] == [("the narrator", True)]
    assert (quote["cue"], quote["probability"]) == (None, 0.7)
    assert (people[5]["names"], people[5]["evidence"], people[5]["told_at"]) == ([], [[0, 2]], 2)


@given(stories(), st.integers(0, 300))
@settings(deadline=None, max_examples=60)
def test_any_view_of_any_story_can_be_exported(records: StoryRecords, end: int) -> None:
    """A made-up story, with mentions of all kinds."""
    story = Story.from_records(replace(records, layers=("quotes", "mentions", "cast", "events", "speakers")))
    told = describe_story(StoryView(story._layers, min(end, story.end)))
    assert decode_story(encode_story(told)) == told


def _strings(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_strings, value.values()))
    if isinstance(value, list):
        return set().union(*map(_strings, value))
    return {value} if isinstance(value, str) else set()


def test_notes_and_notices_are_told() -> None:
    """a preface; an unclosed quotation"""
    notes, notices = (Note(AsideKind.PREFACE, "To the reader", "Dear reader.", 0),), (Notice("unclosed", "a mark", Span(3, 9)),)
    told = exported(Story.from_records(make_records("Nothing was said.", notes=notes, notices=notices)))
    assert told["notes"] == [{"kind": "preface", "at": 0, "title": "To the reader", "text": "Dear reader."}]
    assert told["notices"] == [{"kind": "unclosed", "message": "a mark", "start": 3, "end": 9}]


def test_offsets_are_code_points() -> None:
    """🙂 “Go,” said Zoë."""
    told = exported(Story.from_records(make_records("🙂 “Go,” said Zoë.", people={"Zoë": ()}, speakers=("Zoë",))))
    quote = told["quotes"][0]
    assert told["text"][quote["start"] : quote["end"]] == "“Go,”"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="¶#\x00"), max_size=60))
def test_what_is_written_is_read_back_the_same(text: str) -> None:
    """“Go,” ¶ “Go.”"""
    told = describe_story(Story.from_records(make_records(f"“{text}” said Tom.", people={"Tom": ()})))
    assert decode_story(encode_story(told)) == told


def test_a_field_that_is_not_known_yet_is_passed_over(weir: Story) -> None:
    """moods: []"""
    told = exported(weir) | {"moods": []}
    assert decode_story(json.dumps(told).encode()) == describe_story(weir)


def test_every_field_is_documented() -> None:
    """docs/reference/json.md"""
    page = PAGE.read_text(encoding="utf-8")
    documented = set(re.findall(r"`(\w+)`", page))
    schema = msgspec.json.schema(StoryData)
    fields = {name for struct in schema["$defs"].values() for name in struct.get("properties", {})}
    assert fields - documented == set()
