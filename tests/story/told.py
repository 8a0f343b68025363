"""The law of views, as a check: whatever a view gives comes from the text before its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fabula.records import AsideKind, Character, MentionKind, Paragraph, QuoteSide, Span, StoryRecords
from fabula.story.address import count_addresses
from fabula.story.cast import NARRATOR
from fabula.story.pronouns import pronouns_of
from fabula.story.story import StoryView
from tests.story.made_up import find_unheard, is_attributed, is_told


def describe(view: StoryView) -> tuple[object, ...]:
    """All that a view says, for comparing two views."""
    return (
        view.end,
        view.book,
        view.layers,
        view.text,
        view.chapters,
        view.paragraphs,
        list(view.sentences),
        list(view.tokens),
        view.mentions,
        view.unfolded_mentions,
        view.identities,
        view.narrators,
        list(view.cast),
        [(view.mentions_of(c), view.quotes_of(c), view.gender_cues_of(c)) for c in view.cast],
        [(view.presence_of(c), view.company_of(c), pronouns_of(view, c)) for c in view.cast],
        count_addresses(view),
        view.tags,
        view.tags and [view.word(n) for n in range(len(view.tags))],
        view.events,
        [view.events_of(c) for c in view.cast],
        view.quotes,
        [view.evidence_for(q) for q in view.quotes],
        view.notes,
        view.notices,
        [view.search(query) for query in ("Tom", "the", '"Tom Anna"', "he said")],
    )


def check_told(view: StoryView, records: StoryRecords) -> None:
    """Fail where a view gives a span, a string or a count that is not of the text before its end."""
    told = records.text.string[: view.end]
    assert view.text == told
    assert all(0 <= start <= end <= view.end for start, end in _spans(view))
    plain = " ".join(told.split()).casefold()
    for chapter in view.chapters:
        for string in (chapter.heading, chapter.title, *chapter.part_title.split(", ")):
            assert " ".join(string.split()).casefold() in plain
    own = [m for m in records.mentions if m.span.end <= view.end]
    assert [m.id for m in view.mentions] == [m.id for m in own]
    known = [m.id for m in view.mentions if m.character is not None]
    unheard = find_unheard(records, view.end)
    assert known == [m.id for m in own if m.character is not None and m.id not in unheard]
    assert sum(c.n_mentions for c in view.cast) == len(known)
    for character in view.cast:
        _check_character(view, character, records)
    for addresses in count_addresses(view).values():
        for address in addresses:
            assert told[slice(*address.first)].casefold() == address.text.casefold()
            assert address.text in told
            assert sum(n for _, n in address.speakers) == address.count
    _check_quotes(view, records)
    words = [t for t in records.text.tokens if t.end <= view.end and any(map(str.isalnum, told[slice(*t)]))]
    assert view.book.n_words == len(words)
    read = {m.id for m in own}
    assert list(view.events) == [e for e in records.events if is_told(e, view.end, read)]
    assert (view.tags is None) == (records.tags is None)
    if view.tags is not None:
        whole = [t for s in view.sentences for t in view.tokens if s.start <= t.start and t.end <= s.end]
        assert [view.tokens[n] for n in range(len(view.tags))] == whole
        assert all(-1 <= head < len(whole) for head in view.tags.heads)
    if view.is_cut:
        assert all(n.at < view.end and n.kind is not AsideKind.FRONT for n in view.notes)
    for word in {told[slice(*t)] for t in view.tokens}:
        assert all(p.span.end <= view.end and p in view.paragraphs for p in view.search(word))


def _people(view: StoryView, paragraph: Paragraph) -> set[int]:
    """Who is mentioned in a paragraph of prose."""
    if not paragraph.kind.is_prose:
        return set()
    return {
        m.character for m in view.mentions if paragraph.span.start <= m.span.start < paragraph.span.end and m.character is not None
    }


def _check_character(view: StoryView, character: Character, records: StoryRecords) -> None:
    hers = view.mentions_of(character)
    names = [view.quote(m.span) for m in hers if m.name_kind is not None]
    descriptions = [view.quote(m.span) for m in hers if m.name_kind is None and m.kind is not MentionKind.PRONOUN]
    assert {n.text: n.count for n in character.names} == {string: names.count(string) for string in names}
    assert all(view.quote(n.first) == n.text for n in character.names)
    assert {d.text.casefold(): d.count for d in character.descriptions} == Counter(d.casefold() for d in descriptions)
    assert all(d.text in descriptions for d in character.descriptions)
    assert sum(view.presence_of(character)) == (len(hers) if view.chapters else 0)
    assert sum(pronouns_of(view, character).values()) <= len(hers)
    for companion in view.company_of(character):
        assert companion.character != character.id
        both = [p for p in view.paragraphs if {character.id, companion.character} <= _people(view, p)]
        assert companion.n_paragraphs == len(both) > 0
    if character.name in {n.name for n in records.given.names}:
        pass  # the user's own
    elif names:
        assert character.name in names
    elif character.narrator:
        assert character.name == NARRATOR
    else:
        strings = descriptions or [view.quote(m.span) for m in hers]
        shown = character.name.casefold()
        assert shown and any(" ".join(string.split()).casefold().startswith(shown) for string in strings)
    assert character.n_mentions == len(hers)
    assert character.gender_cues == len(view.gender_cues_of(character))
    assert character.narrator == any(_leads_to(view, n.character, character.id) for n in view.narrators)
    _check_group(view, character, records)


def _check_group(view: StoryView, character: Character, records: StoryRecords) -> None:
    """Its members have been mentioned, and it has been told of every one that they are; but for what the user says."""
    assert character.group or not character.members
    assert {*character.members} <= {c.id for c in view.cast} - {character.id}
    if any(_leads_to(view, g.character, character.id) for g in records.given.groups):
        return
    told = [g for g in records.groups if g.evidence.told_at <= view.end and _leads_to(view, g.character, character.id)]
    members = {c.id for c in view.cast for g in told if _leads_to(view, g.member, c.id)} - {character.id}
    assert {*character.members} == members
    assert character.group == bool(members)


def _leads_to(view: StoryView, one: int, character: int) -> bool:
    """Whether links that have been told lead from one to a character of the view."""
    reached = {one}
    for _ in view.identities:
        reached |= {id_ for i in view.identities if reached & {i.one, i.other} for id_ in (i.one, i.other)}
    return character in reached


def _check_quotes(view: StoryView, records: StoryRecords) -> None:
    assert [q.id for q in view.quotes] == [q.id for q in records.quotes if q.span.end <= view.end]
    character_of = {m.id: m.character for m in view.mentions}
    said = {a.quote: a for a in records.attributions if is_attributed(a, view.end, character_of)}
    given = {g.quote: g for g in records.given.speakers}, {g.quote: g for g in records.given.addressees}

    def characters(mentions: Iterable[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(who for m in mentions if (who := character_of.get(m)) is not None))

    for quote in view.quotes:
        attribution, speaker, to = said.get(quote.id), given[0].get(quote.id), given[1].get(quote.id)
        evidence = view.evidence_for(quote)
        assert (evidence is None) == (attribution is None and speaker is None)
        assert quote.corrected == ((QuoteSide.SPEAKER,) if speaker else ()) + ((QuoteSide.ADDRESSEES,) if to else ())
        assert (quote.cue, quote.manner) == ((attribution.cue, attribution.manner) if attribution else (None, ""))
        mention = speaker.speaker if speaker else attribution.speaker if attribution else None
        assert quote.speaker == next(iter(characters(() if mention is None else (mention,))), None)
        assert quote.addressees == characters(to.addressees if to else attribution.addressees if attribution else ())
        if speaker is not None:
            assert evidence is not None and (evidence.reader, evidence.probability) == ("corrections", 1.0)
            assert quote.probability == (0.0 if quote.speaker is None else 1.0)


def _spans(view: StoryView) -> Iterator[Span]:
    for things in (view.chapters, view.paragraphs, view.mentions, view.unfolded_mentions, view.notices):
        yield from (thing.span for thing in things)
    yield from view.sentences
    yield from view.tokens
    for quote in view.quotes:
        yield from quote.parts
        yield from () if quote.cue is None else (quote.cue,)
        yield from (said.spans if (said := view.evidence_for(quote)) else ())
    for event in view.events:
        yield from (event.trigger, *event.evidence.spans, *(p.span for p in event.participants))
    for evidence in (*(i.evidence for i in view.identities), *(n.evidence for n in view.narrators)):
        yield from evidence.spans
    for character in view.cast:
        yield from (n.first for n in (*character.names, *character.descriptions))
        yield from (Span(at, at) for at in (character.first, character.last))
        yield from (cue.span for cue in view.gender_cues_of(character))
