"""Stories for tests: a passage on one line, and what a reader would say of it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fabula.records import (
    ROOT,
    Attribution,
    Book,
    Chapter,
    Event,
    Evidence,
    Gender,
    GenderCue,
    Identity,
    Inventory,
    Mention,
    MentionKind,
    MentionType,
    NameKind,
    Note,
    Notice,
    ParagraphKind,
    Participant,
    Quote,
    QuoteKind,
    Reality,
    Role,
    Scope,
    Span,
    StoryRecords,
    Tags,
    Text,
)
from tests.marked import mark, unmark
from tests.passages import make_text

LAYERS = ("quotes", "mentions", "cast", "speakers")
PROBABILITY = 0.9

WEIR = (
    "# Chapter 1. The Weir ¶ “Have you seen the boat?” said Tom Hale. ¶ “It is gone,” answered Mrs. Reed; “the river took it.” "
    "¶ She wept. ¶ # Chapter 2. Night ¶ Tom went home to Ann. ¶ “Where were you?” ¶ “At the weir,” whispered Mr. Hale. "
    "¶ Ann Reed said nothing."
)
"""Two chapters, four quotations, three people: Tom Hale (also Tom, Mr. Hale), Mrs. Reed, Ann (also Ann Reed, told at the end)."""

WEIR_PEOPLE = {"Tom Hale": ("Tom", "Mr. Hale"), "Mrs. Reed": (), "Ann": ("Ann Reed",)}
WEIR_SPEAKERS = ("Tom Hale", "Mrs. Reed", None, "Mr. Hale")


WEIR_EVENTS = (
    ("seen", "see", Reality.HYPOTHETICAL, Scope.SPEECH, ((Role.PATIENT, "the boat"),)),
    ("said", "say", Reality.ACTUAL, Scope.NARRATION, ((Role.AGENT, "Tom Hale"),)),
    ("took", "take", Reality.ACTUAL, Scope.SPEECH, ((Role.AGENT, "the river"),)),
    ("wept", "weep", Reality.ACTUAL, Scope.NARRATION, ((Role.AGENT, "She"),)),
    ("whispered", "whisper", Reality.ACTUAL, Scope.NARRATION, ((Role.AGENT, "Mr. Hale"), (Role.OTHER, "Ann"))),
)
"""Trigger, lemma, reality, scope, and the participants' roles and words, each where it stands first."""


def make_weir() -> StoryRecords:
    """The records of WEIR."""
    return make_records(WEIR, people=WEIR_PEOPLE, speakers=WEIR_SPEAKERS, title="The Weir", author="A. Author")


def make_records(
    passage: str,
    *,
    people: Mapping[str, Sequence[str]] | None = None,
    speakers: Sequence[str | None] = (),
    title: str = "",
    author: str = "",
    layers: Sequence[str] = LAYERS,
    notes: Sequence[Note] = (),
    notices: Sequence[Notice] = (),
) -> StoryRecords:
    """The records of a passage as `make_text` writes it.

    people: by one of their names their other names; every place where one stands is a mention, the names are linked where the
    second of them is read first. speakers: for each quotation in “ ” the name in its paragraph that says it, or None. Chapters
    are called as their headings say: "Chapter 2. Night". A quotation of which the paragraph has two is one with two parts.
    """
    text = _with_headings(make_text(passage))
    text = replace(text, notes=tuple(notes), notices=tuple(notices))
    names = {name: id_ for id_, name in enumerate(n for one, others in (people or {}).items() for n in (one, *others))}
    mentions = _find_mentions(text, names)
    first = {m.character: m.span for m in reversed(mentions)}
    identities = tuple(
        Identity(names[one], names[other], Evidence((first[names[one]], first[names[other]]), "test", PROBABILITY))
        for one, others in (people or {}).items()
        for other in others
    )
    quotes = _find_quotes(text)
    attributions = tuple(
        _attribute(text, quote, name, mentions)
        for quote, name in zip(quotes, [*speakers, *[None] * len(quotes)], strict=False)
        if name
    )
    n_words = sum(1 for token in text.tokens if any(map(str.isalnum, text.quote(token))))
    book = Book(title, author, "en", n_words, "0" * 64, "test.txt", "text")
    return StoryRecords(book, text, tuple(layers), quotes, mentions, identities, _find_cues(text, mentions), attributions)


def make_marked(passage: str) -> StoryRecords:
    """The records of a passage in which the mentions are marked as `mark` has it; nobody is known to say the quotations."""
    marked = mark(passage)
    return replace(make_records(unmark(passage)), mentions=marked.mentions, quotes=marked.quotes)


def make_eventful_weir() -> StoryRecords:
    """WEIR as a story of which the events were read: what `WEIR_EVENTS` has, and a nominal and a pronoun without characters."""
    records = make_weir()
    string, tokens = records.text.string, records.text.tokens

    def at(words: str) -> Span:
        start = string.index(words)
        return Span(start, start + len(words))

    plain = [
        Mention(0, at("the boat"), MentionKind.NOMINAL, MentionType.VEHICLE, None, None, 4, PROBABILITY),
        Mention(0, at("She"), MentionKind.PRONOUN, MentionType.PERSON, None, None, 4, PROBABILITY),
    ]
    mentions = sorted([*records.mentions, *plain], key=lambda m: m.span)
    ids = {m.span: number for number, m in enumerate(mentions)}
    speakers = {m.id: ids[m.span] for m in records.mentions}
    events = tuple(
        Event(
            number,
            at(trigger),
            lemma,
            tuple(Participant(role, at(words), ids.get(at(words))) for role, words in participants),
            reality,
            scope,
            Evidence((at(trigger), *(at(words) for _, words in participants)), "test", PROBABILITY),
        )
        for number, (trigger, lemma, reality, scope, participants) in enumerate(WEIR_EVENTS)
    )
    n = len(tokens)
    return replace(
        records,
        layers=("quotes", "tags", "mentions", "cast", "events", "speakers"),
        mentions=tuple(replace(m, id=number) for number, m in enumerate(mentions)),
        attributions=tuple(replace(a, speaker=speakers[a.speaker]) for a in records.attributions),
        tags=Tags(
            Inventory(("X",), ("",), ("l0",), ("root",)), bytes(n), bytes(n), array("H", [0] * n), array("i", [ROOT] * n), bytes(n)
        ),
        events=events,
    )


INN = (
    "# Chapter 1. Rain ¶ The old woman sat. Tom saw her, and the stranger. ¶ “Good evening, mother,” said Tom. "
    "¶ # Chapter 2. Night ¶ “Mother, wake!” cried Tom to the old woman, and the hostess woke. ¶ A boy and the stranger came."
)
"""Two chapters: Tom, and an old woman, two strangers and a boy, who have no name."""

_INN_PEOPLE = (
    ("The old woman", 1), ("Tom", 0), ("her", 1), ("the stranger", 3), ("mother", 1), ("Tom", 0), ("Mother", 1), ("Tom", 0),
    ("the old woman", 1), ("the hostess", 1), ("A boy", 2), ("the stranger", 4),
)  # fmt: skip


def make_inn() -> StoryRecords:
    """The records of INN, with mentions of all kinds."""
    records = make_records(INN, people={"Tom": ()}, speakers=("Tom", "Tom"), title="The Inn", author="A. Author")
    mentions, at, kinds = [], 0, {"Tom": MentionKind.NAME, "her": MentionKind.PRONOUN}
    for number, (words, who) in enumerate(_INN_PEOPLE):
        at = records.text.string.index(words, at)
        span = Span(at, at + len(words))
        at += 1
        kind = kinds.get(words, MentionKind.NOMINAL)
        name_kind = NameKind.FIRST if kind is MentionKind.NAME else None
        mentions.append(Mention(number, span, kind, MentionType.PERSON, who, name_kind))
    before = {m.id: m.span for m in records.mentions}
    ids = {m.span: m.id for m in mentions}
    attributions = tuple(replace(a, speaker=ids[before[a.speaker]]) for a in records.attributions)
    return replace(records, mentions=tuple(mentions), attributions=attributions)


def _with_headings(text: Text) -> Text:
    chapters = []
    headings = {p.span.start: text.quote(p.span) for p in text.paragraphs if p.kind is ParagraphKind.HEADING}
    for chapter in text.chapters:
        heading = headings.get(chapter.span.start, "")
        found = re.match(r"Chapter (\d+)(?:\. (.+))?$", heading)
        label, title = (int(found[1]), found[2] or "") if found else (0, heading)
        chapters.append(Chapter(chapter.number, chapter.span, label, title, heading))
    return replace(text, chapters=tuple(chapters))


def _find_mentions(text: Text, names: Mapping[str, int]) -> tuple[Mention, ...]:
    if not names:
        return ()
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{longest_first})(?!\w)", text.string)
    return tuple(
        Mention(i, Span(*m.span()), MentionKind.NAME, MentionType.PERSON, names[m[0]], _tell_kind(m[0]))
        for i, m in enumerate(found)
    )


def _tell_kind(name: str) -> NameKind:
    if name.startswith(("Mr. ", "Mrs. ", "Miss ")):
        return NameKind.TITLED
    return NameKind.FULL if " " in name else NameKind.FIRST


def _find_cues(text: Text, mentions: Sequence[Mention]) -> tuple[GenderCue, ...]:
    """Titles only."""
    titles = {"Mr.": Gender.MALE, "Mrs.": Gender.FEMALE, "Miss": Gender.FEMALE}
    told = ((m, titles.get(text.quote(m.span).split()[0])) for m in mentions)
    return tuple(GenderCue(m.character, gender, m.span) for m, gender in told if gender and m.character is not None)


def _find_quotes(text: Text) -> tuple[Quote, ...]:
    quotes: list[Quote] = []
    for paragraph in text.paragraphs:
        parts = tuple(Span(*m.span()) for m in re.compile("“[^”]*”").finditer(text.string, *paragraph.span))
        if parts:
            quotes.append(Quote(len(quotes), parts, QuoteKind.SPEECH))
    return tuple(quotes)


def _attribute(text: Text, quote: Quote, name: str, mentions: Sequence[Mention]) -> Attribution:
    end = next(p.span.end for p in text.paragraphs if p.span.start <= quote.span.start < p.span.end)
    speaker = next(m for m in mentions if quote.parts[0].end <= m.span.start < end and text.quote(m.span) == name)
    cue = Span(quote.parts[0].end + 1, speaker.span.end)
    verb = text.quote(cue).split()[0]
    manner = {"whispered": "whisper", "cried": "cry"}.get(verb, "")
    return Attribution(quote.id, speaker.id, cue, manner, Evidence((quote.span, cue), "test", PROBABILITY))
