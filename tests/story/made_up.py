"""Made-up stories for laws: any structure, any names, any evidence, but true to their own text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import count
from typing import TypeVar

from hypothesis import strategies as st

from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.records import (
    ROOT,
    Anchor,
    AsideKind,
    Attribution,
    Book,
    Chapter,
    Correction,
    Event,
    Evidence,
    Gender,
    GenderCue,
    Given,
    GivenAddressees,
    GivenGender,
    GivenGroup,
    GivenName,
    GivenSpeaker,
    Group,
    Identity,
    Inventory,
    Mention,
    MentionKind,
    MentionType,
    Merge,
    NameKind,
    Narrator,
    Note,
    Notice,
    Outcome,
    PackedSegment,
    Paragraph,
    ParagraphKind,
    Participant,
    Place,
    Quote,
    QuoteKind,
    Reality,
    Rename,
    Role,
    Scope,
    SetAddressees,
    SetSpeaker,
    Span,
    SpanList,
    StoryRecords,
    Tags,
    Text,
    Who,
)
from fabula.story.tables import count_words

T = TypeVar("T")
V = TypeVar("V")

WORDS = "Tom Anna Hale Mr. Mrs. he she I my you said the “Go, now.” 12 — O’Brien TOM Æsop 𝔗om 😀 e\u0301 nul\0 ASCII\x1b[0m".split(
    " "
)
PROBABILITIES = st.floats(0, 1) | st.integers(0, 1000).map(lambda n: n / 1000)
INVENTORY = Inventory(("NOUN", "VERB"), ("", "Tense=Past"), ("l0", "k0", "=go"), ("root", "nsubj", "obj"))
PROSE = (ParagraphKind.PROSE, ParagraphKind.VERSE, ParagraphKind.INSET)


@st.composite
def stories(draw: st.DrawFn, *, least: int = 0) -> StoryRecords:
    """Records with at least so many paragraphs."""
    text = draw(_texts(least))
    pieces = list(text.tokens)
    characters = st.integers(0, 5)
    characters_or_none, heads = st.none() | characters, st.none() | st.integers(0, max(0, len(pieces) - 1))
    kinds = {span: MentionKind.PRONOUN for span in pieces if text.quote(span).lower() in PRONOUN_PERSONS}
    mentions = tuple(
        Mention(
            i,
            span,
            kinds.get(span) or draw(st.sampled_from(MentionKind)),
            draw(st.sampled_from(MentionType)),
            draw(characters_or_none),
            draw(st.none() | st.sampled_from(NameKind)),
            draw(heads),
            draw(st.none() | PROBABILITIES),
        )
        for i, span in enumerate(_some(draw, pieces))
    )
    quotes = _quotes(draw, pieces)
    evidence = _evidence(pieces)
    attributed = [quote for quote in quotes if draw(st.booleans()) and mentions]
    n_identities, n_narrators, n_groups = (draw(st.integers(0, most)) if pieces else 0 for most in (3, 2, 3))
    cues = st.none() | st.sampled_from(pieces) if pieces else st.none()
    speakers = st.sampled_from([m.id for m in mentions]) if mentions else st.nothing()
    addressees = st.lists(speakers, max_size=2, unique=True).map(tuple)
    return StoryRecords(
        Book(
            draw(_strings()),
            draw(_strings()),
            draw(st.sampled_from(["en", "und", ""])),
            count_words(text.string, text.tokens),
            "0" * 64,
            "book.txt",
            "text",
            tuple(draw(st.lists(st.tuples(_strings(), _strings()), max_size=2))),
        ),
        text,
        tuple(draw(st.lists(st.sampled_from(["quotes", "mentions", "cast", "speakers"]), unique=True))),
        quotes,
        mentions,
        tuple(Identity(draw(characters), draw(characters), draw(evidence)) for _ in range(n_identities)),
        tuple(GenderCue(draw(characters), draw(st.sampled_from(Gender)), span) for span in _some(draw, pieces)),
        tuple(
            Attribution(quote.id, draw(speakers), draw(cues), draw(_strings()), draw(evidence), draw(addressees))
            for quote in attributed
        ),
        draw(st.none() | _tags(text)),
        _events(draw, pieces, mentions),
        tuple(draw(st.lists(st.builds(PackedSegment, _strings(), st.binary(max_size=9)), max_size=2))),
        tuple(Narrator(draw(characters), draw(evidence)) for _ in range(n_narrators)),
        tuple(Group(draw(characters), draw(characters), draw(evidence)) for _ in range(n_groups)),
        draw(_given(characters, pieces, [q.id for q in quotes], [m.id for m in mentions])),
        tuple(draw(st.lists(st.builds(Outcome, _corrections(), _strings()), max_size=2))),
    )


def _given(
    characters: st.SearchStrategy[int], pieces: Sequence[Span], quotes: Sequence[int], mentions: Sequence[int]
) -> st.SearchStrategy[Given]:
    def some(what: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
        return st.lists(what, max_size=2).map(tuple)

    return st.builds(
        Given,
        some(st.builds(GivenName, characters, _strings())),
        some(st.builds(GivenGender, characters, st.sampled_from(Gender))),
        some(st.builds(GivenGroup, characters, st.booleans(), some(characters))),
        some(st.sampled_from(pieces)) if pieces else st.just(()),
        _of_some_quotes(quotes, GivenSpeaker, st.sampled_from([None, *mentions])),
        _of_some_quotes(quotes, GivenAddressees, some(st.sampled_from(mentions)) if mentions else st.just(())),
    )


def _of_some_quotes(
    quotes: Sequence[int], make: Callable[[int, T], V], what: st.SearchStrategy[T]
) -> st.SearchStrategy[tuple[V, ...]]:
    """What is given of one quotation each."""
    if not quotes:
        return st.just(())
    given = st.dictionaries(st.sampled_from(quotes), what, max_size=3)
    return given.map(lambda found: tuple(make(quote, value) for quote, value in sorted(found.items())))


def _corrections() -> st.SearchStrategy[Correction]:
    who = st.sampled_from([Who("Tom"), Who("Anna", Place("she", "the ", "\0“", 12)), Who("\u202e", Place("Æsop", chapter="12"))])
    said = st.sampled_from([Place("“Go, now.”", "Tom", "", "1")])
    return (
        st.builds(Merge, who, who)
        | st.builds(Rename, who, st.just("𝔗om"))
        | st.builds(SetSpeaker, said, st.none() | who)
        | st.builds(SetAddressees, said, st.lists(who, max_size=2).map(tuple))
    )


def splice(story: StoryRecords, end: int, other: StoryRecords) -> StoryRecords:
    """The story as it is told up to an offset, and then something else: the words and the records of another story.

    What is told before `end` is kept, statement for statement; nothing that the other story says is told before it. A dash parts
    them. Whom "I" and "you" mean in a quotation is told with its speaker.
    """
    text, later = story.text, other.text
    begin = end + len("—")

    def shift(span: Span) -> Span:
        return Span(span.start + begin, span.end + begin)

    def later_evidence(evidence: Evidence) -> Evidence:
        return replace(evidence, spans=tuple(shift(s) for s in evidence.spans))

    kept = [p for p in text.paragraphs if p.span.end <= end]
    begun = next((p.span.start for p in text.paragraphs if p.span.start < end < p.span.end), end)
    first, *rest = later.paragraphs
    paragraphs = (
        *kept,
        Paragraph(Span(begun, shift(first.span).end), first.kind),
        *(Paragraph(shift(p.span), p.kind) for p in rest),
    )
    chapters = [c for c in text.chapters if told_heading(text, c) <= end and c.span.start < end]
    goes_on = later.chapters[0].span.start if later.chapters else len(later.string)
    stops = [*(c.span.start for c in chapters[1:]), begin + goes_on]
    chapters = [replace(c, span=Span(c.span.start, stop)) for c, stop in zip(chapters, stops, strict=False)]
    numbers = count(len(chapters) + 1)
    chapters += [replace(c, number=next(numbers), span=shift(c.span)) for c in later.chapters]

    def joined(before: SpanList, after: SpanList) -> SpanList:
        return SpanList.of([*(s for s in before if s.end <= end), *(shift(s) for s in after)])

    quotes = [q for q in story.quotes if q.span.end <= end]
    unheard = find_unheard(story, end)
    mentions = [replace(m, character=None) if m.id in unheard else m for m in story.mentions if m.span.end <= end]
    next_quote, next_mention = (max((r.id for r in found), default=-1) + 1 for found in (quotes, mentions))
    told = {m.id for m in mentions}
    attributions = [
        replace(a, addressees=tuple(m for m in a.addressees if m in told))
        for a in story.attributions
        if is_attributed(a, end, told) and a.quote in {q.id for q in quotes}
    ]
    return StoryRecords(
        story.book,
        Text(
            f"{text.string[:end]}—{later.string}",
            paragraphs,
            tuple(chapters),
            joined(text.sentences, later.sentences),
            joined(text.tokens, later.tokens),
            (*(a for a in text.anchors if a.offset < end), *(a._replace(offset=a.offset + begin) for a in later.anchors)),
            joined(text.emphasis, later.emphasis),
            (*(n for n in text.notes if n.at < end), *(replace(n, at=n.at + begin) for n in later.notes)),
            (
                *(n for n in text.notices if n.span.end <= end),
                *(replace(n, span=shift(n.span)) for n in later.notices),
            ),
        ),
        story.layers,
        (*quotes, *(replace(q, id=q.id + next_quote, parts=tuple(shift(p) for p in q.parts)) for q in other.quotes)),
        (*mentions, *(replace(m, id=m.id + next_mention, span=shift(m.span)) for m in other.mentions)),
        (
            *(i for i in story.identities if i.evidence.told_at <= end),
            *(replace(i, evidence=later_evidence(i.evidence)) for i in other.identities),
        ),
        (
            *(g for g in story.gender_cues if g.span.end <= end),
            *(replace(g, span=shift(g.span)) for g in other.gender_cues),
        ),
        (
            *attributions,
            *(
                Attribution(
                    a.quote + next_quote,
                    a.speaker + next_mention,
                    None if a.cue is None else shift(a.cue),
                    a.manner,
                    later_evidence(a.evidence),
                    tuple(m + next_mention for m in a.addressees),
                )
                for a in other.attributions
            ),
        ),
        _splice_tags(story, end, other),
        (
            *(e for e in story.events if is_told(e, end, told)),
            *(_shift_event(e, shift, next_mention, later_evidence(e.evidence)) for e in other.events),
        ),
        narrators=(
            *(n for n in story.narrators if n.evidence.told_at <= end),
            *(replace(n, evidence=later_evidence(n.evidence)) for n in other.narrators),
        ),
        groups=(
            *(g for g in story.groups if g.evidence.told_at <= end),
            *(replace(g, evidence=later_evidence(g.evidence)) for g in other.groups),
        ),
        given=replace(
            story.given,
            speakers=tuple(
                replace(g, speaker=g.speaker if g.speaker in told else None)
                for g in story.given.speakers
                if g.quote in {q.id for q in quotes}
            ),
            addressees=tuple(
                replace(g, addressees=tuple(m for m in g.addressees if m in told))
                for g in story.given.addressees
                if g.quote in {q.id for q in quotes}
            ),
        ),
    )


def is_attributed(said: Attribution, end: int, told: Collection[int]) -> bool:
    """Whether it has been told by an offset who says a quotation; told: the ids of the mentions that have been."""
    return max(said.evidence.told_at, 0 if said.cue is None else said.cue.end) <= end and said.speaker in told


def find_unheard(story: StoryRecords, end: int) -> set[int]:
    """The ids of each "I" and "you" before an offset in a quotation of which it is told later who says it, or, of "you", to whom.

    None of a quotation of which nobody knows who says it.
    """
    told = {m.id for m in story.mentions if m.span.end <= end}
    said = {a.quote: a for a in story.attributions}
    unheard = set()
    for mention in story.mentions:
        person = PRONOUN_PERSONS.get(story.text.quote(mention.span).lower(), Person.UNKNOWN)
        if mention.id not in told or mention.kind is not MentionKind.PRONOUN or person not in (Person.I, Person.YOU):
            continue
        at = mention.span.start
        inside = [
            (part.end - part.start, q.id, q.span.end) for q in story.quotes for part in q.parts if part.start <= at < part.end
        ]
        if inside:
            _, quote, stop = min(inside)
            attribution = said.get(quote)
            if attribution is not None:
                heard = stop <= end and is_attributed(attribution, end, told)
                if not heard or (person is Person.YOU and not told.issuperset(attribution.addressees)):
                    unheard.add(mention.id)
    return unheard


def is_told(event: Event, end: int, told: Collection[int]) -> bool:
    """Whether an event has been told by an offset; told: the ids of the mentions that have been."""
    return event.told_at <= end and all(p.mention is None or p.mention in told for p in event.participants)


def _shift_event(event: Event, shift: Callable[[Span], Span], ids: int, evidence: Evidence) -> Event:
    """An event of the story that comes after: ids, how many mentions there are before."""
    participants = tuple(
        Participant(p.role, shift(p.span), None if p.mention is None else p.mention + ids) for p in event.participants
    )
    return replace(event, trigger=shift(event.trigger), participants=participants, evidence=evidence)


def _splice_tags(story: StoryRecords, end: int, other: StoryRecords) -> Tags | None:
    """The grammar of the sentences told whole, anything for the words of a sentence that breaks off, and the other's."""
    if story.tags is None:
        return None
    whole = max((s.end for s in story.text.sentences if s.end <= end), default=0)
    n_whole = sum(1 for t in story.text.tokens if t.end <= whole)
    n_kept = sum(1 for t in story.text.tokens if t.end <= end)
    kept = story.tags.first(n_whole)
    later = other.tags
    if later is None or later.inventory != story.tags.inventory:
        later = _no_tags(len(other.text.tokens))
    broken = _no_tags(n_kept - n_whole)
    return Tags(
        story.tags.inventory,
        kept.upos + broken.upos + later.upos,
        kept.feats + broken.feats + later.feats,
        kept.lemmas + broken.lemmas + later.lemmas,
        kept.heads + broken.heads + array("i", (ROOT if h == ROOT else h + n_kept for h in later.heads)),
        kept.relations + broken.relations + later.relations,
    )


def _no_tags(n: int) -> Tags:
    return Tags(INVENTORY, bytes(n), bytes(n), array("H", [0] * n), array("i", [ROOT] * n), bytes(n))


def told_heading(text: Text, chapter: Chapter) -> int:
    """Where the paragraph ends that holds a chapter's heading."""
    if not chapter.heading:
        return chapter.span.start
    return next(p.span.end for p in text.paragraphs if p.span.start == chapter.span.start and p.span.end > p.span.start)


def _strings() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def _texts(draw: st.DrawFn, least: int) -> Text:
    at, body, paragraphs = 0, [], []
    tokens: list[Span] = []
    for _ in range(draw(st.integers(least, 6))):
        kind = draw(st.sampled_from(ParagraphKind))
        n_words = st.integers(0, 1) if kind is ParagraphKind.BREAK else st.integers(1, 8)
        words = [draw(st.sampled_from(WORDS)) for _ in range(draw(n_words))]
        piece = draw(st.sampled_from([" ", "\n"])).join(words)
        paragraphs.append(Paragraph(Span(at, at + len(piece)), kind))
        if kind is not ParagraphKind.BREAK:
            tokens.extend(Span(at + m.start(), at + m.end()) for m in re.finditer(r"\S+", piece))
        body.append(piece)
        at += len(piece) + 2
    string = "\n\n".join(body)
    anchors, emphasis = _some(draw, tokens), _some(draw, tokens)
    kinds, offsets = st.sampled_from(["unclosed", "encoding", "skipped file"]), st.integers(0, len(string))
    return Text(
        string,
        tuple(paragraphs),
        _chapters(draw, string, paragraphs),
        SpanList.of(p.span for p in paragraphs if p.kind is not ParagraphKind.BREAK),
        SpanList.of(tokens),
        tuple(
            Anchor(s.start, draw(st.sampled_from(["a.txt", "b c.txt"])), draw(st.integers(0, 99)), draw(_strings()))
            for s in anchors
        ),
        SpanList.of(emphasis),
        tuple(
            Note(draw(st.sampled_from(AsideKind)), draw(_strings()), draw(_strings()), draw(offsets))
            for _ in range(draw(st.integers(0, 2)))
        ),
        tuple(
            Notice(draw(kinds), draw(_strings()), Span(*sorted((draw(offsets), draw(offsets)))))
            for _ in range(draw(st.integers(0, 2)))
        ),
    )


def _chapters(draw: st.DrawFn, string: str, paragraphs: Sequence[Paragraph]) -> tuple[Chapter, ...]:
    """From the first paragraph and every heading; some books have none."""
    if not paragraphs or not draw(st.integers(0, 4)):
        return ()
    starts = [
        p for i, p in enumerate(paragraphs) if i == 0 or (p.kind is ParagraphKind.HEADING and paragraphs[i - 1].kind.is_prose)
    ]
    bounds = [*(p.span.start for p in starts), len(string)]
    chapters = []
    for number, paragraph in enumerate(starts, 1):
        printed = string[slice(*paragraph.span)] if paragraph.kind is ParagraphKind.HEADING else ""
        span = Span(bounds[number - 1], bounds[number])
        chapters.append(Chapter(number, span, draw(st.integers(0, 3)) if printed else 0, printed.split("\n")[-1], printed))
    return tuple(chapters)


def _some(draw: st.DrawFn, spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if draw(st.integers(0, 2)) == 0]


def _evidence(pieces: Sequence[Span]) -> st.SearchStrategy[Evidence]:
    spans = st.lists(st.sampled_from(pieces), min_size=1, max_size=2).map(tuple) if pieces else st.nothing()
    return st.builds(Evidence, spans, st.sampled_from(["names", "people"]), PROBABILITIES)


def _quotes(draw: st.DrawFn, pieces: Sequence[Span]) -> tuple[Quote, ...]:
    """By where they end, each of one part or two."""
    found = []
    for index in range(len(pieces)):
        if draw(st.integers(0, 3)) == 0:
            last = min(len(pieces) - 1, index + draw(st.integers(0, 6)))
            parts = (pieces[index], pieces[last]) if last > index + 1 else (Span(pieces[index].start, pieces[last].end),)
            found.append((parts, draw(st.sampled_from(QuoteKind))))
    found.sort(key=lambda q: q[0][-1].end)
    return tuple(Quote(i, parts, kind) for i, (parts, kind) in enumerate(found))


@st.composite
def _tags(draw: st.DrawFn, text: Text) -> Tags:
    """Heads lie in the same sentence."""
    n = len(text.tokens)
    chosen = draw(st.binary(min_size=5 * n, max_size=5 * n))  # at once: a draw a word would take most of the time
    columns = [chosen[column * n : (column + 1) * n] for column in range(5)]
    upos, feats, scripts, relations = (
        bytes(number % len(names) for number in column) for column, names in zip(columns, INVENTORY, strict=False)
    )
    heads = array("i", [ROOT] * n)
    for sentence in text.sentences:
        words = text.tokens.inside(sentence)
        for token in words:
            others = [ROOT, *(w for w in words if w != token)]
            heads[token] = others[columns[4][token] % len(others)]
    return Tags(INVENTORY, upos, feats, array("H", list(scripts)), heads, relations)


def _events(draw: st.DrawFn, pieces: Sequence[Span], mentions: Sequence[Mention]) -> tuple[Event, ...]:
    if not pieces:
        return ()
    evidence = _evidence(pieces)
    who = st.none() | st.sampled_from([m.id for m in mentions]) if mentions else st.none()
    participant = st.builds(Participant, st.sampled_from(Role), st.sampled_from(pieces), who)
    return tuple(
        Event(
            i,
            span,
            draw(_strings()),
            tuple(draw(st.lists(participant, max_size=3))),
            draw(st.sampled_from(Reality)),
            draw(st.sampled_from(Scope)),
            draw(evidence),
        )
        for i, span in enumerate(_some(draw, pieces))
    )
