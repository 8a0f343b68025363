"""A story as JSON, for others to compute with: `docs/reference/json.md` is its description, the structs here its schema.

A list is absent where its reader did not run. Fields may be added; none changes its meaning under the same `version`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from msgspec import UNSET, Struct, UnsetType

from fabula.records import Chapter, Character, Event, Evidence, Identity, Mention, Note, Participant, Quote, Scope, Span
from fabula.story.story import StoryView
from fabula.text.scopes import Enclosing, Scopes

FORMAT = "fabula-story"
VERSION = 1

Offsets = tuple[int, int]
"""[start, end): code points into `text`."""


class BookData(Struct, frozen=True):
    """`words` is how many there are up to `end`; `sha256` is that of the whole file."""

    title: str
    author: str
    language: str
    words: int
    sha256: str
    source: str
    format: str


class ParagraphData(Struct, frozen=True):
    start: int
    end: int
    kind: str


class ChapterData(Struct, frozen=True):
    """part and label are null where there is none."""

    number: int
    title: str
    part: int | None
    start: int
    end: int
    label: int | None
    heading: str
    part_title: str


class Statement(Struct, frozen=True, kw_only=True):
    """What every statement carries.

    told_at: the code point by which the reader of the book has been told. scope: who says so, "narration" or the kind of
    quotation that it stands in. probability: from 0 to 1, null where the reader gives none.
    """

    told_at: int
    scope: str
    evidence: tuple[Offsets, ...]
    probability: float | None


class MentionData(Statement, frozen=True, kw_only=True):
    id: int
    start: int
    end: int
    kind: str
    type: str
    character: int | None
    place: int | None = None


class NameData(Struct, frozen=True):
    """first: where it stands first. revealed_at: from where on it is known to be this character's, null if from there on."""

    text: str
    count: int
    kind: str
    first: int
    revealed_at: int | None


class DescriptionData(Struct, frozen=True):
    """What somebody is called besides names; first: where it stands first."""

    text: str
    count: int
    first: int


class CharacterData(Statement, frozen=True, kw_only=True):
    """evidence: the first place of every name, or of somebody who has none the first mention, and the words that link two of them.

    name is that of a description where there is no name; "" then, and no descriptions, where the text is left out.
    """

    id: int
    name: str
    names: tuple[NameData, ...]
    descriptions: tuple[DescriptionData, ...] | UnsetType = UNSET
    gender: str
    narrator: bool
    group: bool
    members: tuple[int, ...]
    mentions: int
    first: int
    last: int


class QuoteData(Statement, frozen=True, kw_only=True):
    """evidence and probability are the speaker's; where that is null, evidence is the quotation itself and probability null.

    corrected: what the user has said of it, "speaker" and "addressees".
    """

    id: int
    start: int
    end: int
    parts: tuple[Offsets, ...]
    kind: str
    speaker: int | None
    addressees: tuple[int, ...]
    cue: Offsets | None
    manner: str
    corrected: tuple[str, ...]


class ParticipantData(Struct, frozen=True, omit_defaults=True):
    """Who or what takes part; text: the words, where no character is known."""

    role: str
    start: int
    end: int
    mention: int | None
    character: int | None
    text: str | UnsetType = UNSET


class EventData(Statement, frozen=True, kw_only=True):
    """start, end: of the trigger. scene and order are null as long as nobody reads them."""

    id: int
    start: int
    end: int
    lemma: str
    reality: str
    participants: tuple[ParticipantData, ...]
    scene: int | None = None
    order: int | None = None


class NoteData(Struct, frozen=True, omit_defaults=True):
    """Words of the book outside its story; `at` is where in the text they stood."""

    kind: str
    at: int
    title: str | UnsetType = UNSET
    text: str | UnsetType = UNSET


class NoticeData(Struct, frozen=True):
    kind: str
    message: str
    start: int
    end: int


class StoryData(Struct, frozen=True, kw_only=True):
    """The document. end: the code point as far as it reaches, the length of `text`."""

    format: str = FORMAT
    version: int = VERSION
    layers: tuple[str, ...]
    end: int
    book: BookData
    text: str | UnsetType = UNSET
    chapters: tuple[ChapterData, ...]
    paragraphs: tuple[ParagraphData, ...]
    mentions: tuple[MentionData, ...] | UnsetType = UNSET
    characters: tuple[CharacterData, ...] | UnsetType = UNSET
    quotes: tuple[QuoteData, ...] | UnsetType = UNSET
    events: tuple[EventData, ...] | UnsetType = UNSET
    notes: tuple[NoteData, ...]
    notices: tuple[NoticeData, ...]


def describe_story(view: StoryView, *, with_text: bool = True) -> StoryData:
    """All that a view holds, as plain data.

    with_text: if False, neither the text nor any string that quotes it is in it, but for names, titles, headings and the lemmas of
        events.
    """
    book, scopes = view.book, Scopes(view.quotes)
    return StoryData(
        layers=view.layers,
        end=view.end,
        book=BookData(book.title, book.author, book.language, book.n_words, book.sha256, book.source, book.format),
        text=view.text if with_text else UNSET,
        chapters=tuple(map(_describe_chapter, view.chapters)),
        paragraphs=tuple(ParagraphData(*p.span, p.kind.value) for p in view.paragraphs),
        mentions=tuple(_describe_mention(m, scopes) for m in view.mentions) if "mentions" in view.layers else UNSET,
        characters=_describe_cast(view, scopes, with_text=with_text) if "cast" in view.layers else UNSET,
        quotes=tuple(_describe_quote(q, view.evidence_for(q), scopes) for q in view.quotes) if "quotes" in view.layers else UNSET,
        events=tuple(_describe_event(e, view, with_text=with_text) for e in view.events) if "events" in view.layers else UNSET,
        notes=tuple(_describe_note(n, with_text=with_text) for n in view.notes),
        notices=tuple(NoticeData(n.kind, n.message, *n.span) for n in view.notices),
    )


def encode_story(story: StoryData) -> bytes:
    """The document in UTF-8: one line, no line end."""
    return msgspec.json.encode(story)


def decode_story(encoded: bytes) -> StoryData:
    """A document as data again; fields that this version does not know are passed over. Raises msgspec.ValidationError."""
    return msgspec.json.decode(encoded, type=StoryData)


def _describe_chapter(chapter: Chapter) -> ChapterData:
    return ChapterData(
        chapter.number,
        chapter.title,
        chapter.part or None,
        *chapter.span,
        chapter.label or None,
        chapter.heading,
        chapter.part_title,
    )


def _describe_mention(mention: Mention, scopes: Scopes) -> MentionData:
    return MentionData(
        id=mention.id,
        start=mention.span.start,
        end=mention.span.end,
        kind=mention.kind.value,
        type=mention.type.value,
        character=mention.character,
        told_at=mention.span.end,
        scope=_scope(scopes.innermost(mention.span)),
        evidence=(mention.span,),
        probability=mention.probability,
    )


def _describe_quote(quote: Quote, said: Evidence | None, scopes: Scopes) -> QuoteData:
    spans = said.spans if said else quote.parts
    return QuoteData(
        id=quote.id,
        start=quote.span.start,
        end=quote.span.end,
        parts=quote.parts,
        kind=quote.kind.value,
        speaker=quote.speaker,
        addressees=quote.addressees,
        cue=quote.cue,
        manner=quote.manner,
        told_at=max(quote.span.end, said.told_at if said else 0),
        scope=_scope(scopes.innermost(quote.cue or quote.span, but=quote)),
        corrected=tuple(side.value for side in quote.corrected),
        evidence=spans,
        probability=said.probability if said and quote.speaker is not None else None,
    )


def _describe_event(event: Event, view: StoryView, *, with_text: bool) -> EventData:
    return EventData(
        id=event.id,
        start=event.trigger.start,
        end=event.trigger.end,
        lemma=event.lemma,
        reality=event.reality.value,
        participants=tuple(_describe_participant(p, view, with_text=with_text) for p in event.participants),
        told_at=event.told_at,
        scope=event.scope.value,
        evidence=event.evidence.spans,
        probability=event.evidence.probability,
    )


def _describe_participant(one: Participant, view: StoryView, *, with_text: bool) -> ParticipantData:
    character = view.character_of(one)
    text = view.quote(one.span) if with_text and character is None else UNSET
    return ParticipantData(one.role.value, *one.span, one.mention, character, text)


def _describe_note(note: Note, *, with_text: bool) -> NoteData:
    return NoteData(note.kind.value, note.at, note.title, note.text) if with_text else NoteData(note.kind.value, note.at)


def _describe_cast(view: StoryView, scopes: Scopes, *, with_text: bool) -> tuple[CharacterData, ...]:
    before = {m.span: m.character for m in view.unfolded_mentions if m.character is not None}
    leaders = {m.character: folded.character for m, folded in zip(view.unfolded_mentions, view.mentions, strict=True)}
    links: dict[int | None, list[Identity]] = defaultdict(list)
    for identity in view.identities:
        # Of somebody who is only linked, and not yet mentioned, there is nothing to say.
        leader = leaders.get(identity.one, leaders.get(identity.other))
        if leader is not None:
            links[leader].append(identity)
    return tuple(
        _describe_character(c, view.mentions_of(c)[0].span, links[c.id], before, scopes, with_text=with_text) for c in view.cast
    )


def _describe_character(
    character: Character, met: Span, links: Sequence[Identity], before: dict[Span, int], scopes: Scopes, *, with_text: bool
) -> CharacterData:
    """met: the first mention, which is what there is of somebody without a name."""
    first = min((n.first for n in character.names), default=met)
    known = _find_reveals(before[first], links)
    names = tuple(
        NameData(
            n.text, n.count, n.kind.value, n.first.start, told if (told := known.get(before[n.first], 0)) > n.first.end else None
        )
        for n in character.names
    )
    spans = {first, *(n.first for n in character.names), *(span for link in links for span in link.evidence.spans)}
    return CharacterData(
        id=character.id,
        name=character.name if with_text or names else "",
        names=names,
        descriptions=tuple(DescriptionData(d.text, d.count, d.first.start) for d in character.descriptions) if with_text else UNSET,
        gender=character.gender.value,
        narrator=character.narrator,
        group=character.group,
        members=character.members,
        mentions=character.n_mentions,
        first=character.first,
        last=character.last,
        told_at=max(span.end for span in spans),
        scope=_scope(scopes.innermost(first)),
        evidence=tuple(sorted(spans)),
        probability=min((link.evidence.probability for link in links), default=None),
    )


def _find_reveals(first: int, links: Sequence[Identity]) -> dict[int, int]:
    """For each character before folding the offset from which on it is known to be the one named first.

    links: in the order of telling.
    """
    together: dict[int, set[int]] = {first: {first}}
    known = {first: 0}
    for link in links:
        one, other = (together.setdefault(id_, {id_}) for id_ in (link.one, link.other))
        if one is other:
            continue
        one |= other
        for id_ in other:
            together[id_] = one
        if first in one:
            for id_ in one:
                known.setdefault(id_, link.evidence.told_at)
    return known


def _scope(around: Enclosing | None) -> str:
    return Scope.NARRATION.value if around is None else Scope(around.quote.kind.value).value
