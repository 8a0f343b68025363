"""A story that can be asked: as a whole, or as far as a reader has come.

`StoryView` folds the records up to an offset: a character is what the names, links and pronouns before it make of her. A whole
story is the view to its end. The law: every string, span and count of `until(where)` comes from text before its end, but for the
title page (`book`). The readers have seen the whole book when they tell which names are one person's; a view states only what has
been told by its end.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Self

from fabula.errors import NoSuchPlaceInTextError, NotReadError
from fabula.records import (
    AsideKind,
    Attribution,
    Book,
    Chapter,
    Character,
    Event,
    Evidence,
    Gender,
    GenderCue,
    Identity,
    Location,
    Mention,
    MentionKind,
    Narrator,
    Note,
    Notice,
    Outcome,
    Paragraph,
    Participant,
    Quote,
    Span,
    SpanList,
    StoryRecords,
    TaggedWord,
    Tags,
    locate,
)
from fabula.story.cast import Cast, fold_character, gender_of_pronoun, without_hindsight
from fabula.story.company import Companion, count_presence, find_company, group_by_paragraph
from fabula.story.given import as_given
from fabula.story.hearing import find_unheard
from fabula.story.layers import StoredLayers
from fabula.story.positions import find_place
from fabula.story.store import open_story, store_in_memory, store_revised, write_open_story
from fabula.story.voicing import Voices

_OF_OTHER_FILES = frozenset({"missing file", "skipped file", "empty file"})  # kinds of notices that may name what comes later


class StoryView:
    """A story as far as `end`: what a reader knows who has read so far, and nothing else."""

    def __init__(self, layers: StoredLayers, end: int) -> None:
        self._layers = layers
        self.end = end

    @cached_property
    def book(self) -> Book:
        """What the title page says; `n_words` is how many have been read by the view's end."""
        return replace(self._layers.book, n_words=self._layers.count_words(self.end)) if self.is_cut else self._layers.book

    @property
    def layers(self) -> tuple[str, ...]:
        """The readers that ran."""
        return self._layers.layers

    @property
    def is_cut(self) -> bool:
        """Whether the story goes on after the view's end."""
        return self.end < self._layers.length

    @cached_property
    def text(self) -> str:
        string = self._layers.string
        return string if self.end >= len(string) else string[: self.end]

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters that have begun, their headings read whole; the last one as far as the view's end."""
        every = self._layers.chapters
        if not self.is_cut:
            return every
        begun = [c for c in every if c.span.start < self.end and self._heading_end(c) <= self.end]
        return (*begun[:-1], *(replace(c, span=Span(c.span.start, self.end)) for c in begun[-1:]))

    def _heading_end(self, chapter: Chapter) -> int:
        """Where a chapter's heading and title have been told; its start if it has none."""
        every, (start, stop) = self._layers.paragraphs, chapter.span
        end, wanted = start, {_plain(chapter.heading), _plain(chapter.title)}
        for paragraph in every[bisect_left(every, start, key=lambda p: p.span.start) :]:
            told = _plain(self._layers.string[start:end])
            if paragraph.span.end > stop or all(name in told for name in wanted):
                break
            end = paragraph.span.end
        return end

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        every = self._layers.paragraphs
        return every[: bisect_right(every, self.end, key=lambda p: p.span.end)]

    @cached_property
    def sentences(self) -> SpanList:
        """The sentences that have been read whole."""
        return _before(self._layers.sentences, self.end)

    @cached_property
    def tokens(self) -> SpanList:
        return _before(self._layers.tokens, self.end)

    @cached_property
    def emphasis(self) -> SpanList:
        """What is set off as in italics, by the book's own marks."""
        return _before(self._layers.emphasis, self.end)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that an offset lies in; an empty span where there is none, as between two paragraphs."""
        index = self.sentences.at(offset)
        return Span(offset, offset) if index is None else self.sentences[index]

    @cached_property
    def tags(self) -> Tags | None:
        """The grammar of the words of all sentences that have been read whole; None where nobody has looked for it."""
        every = self._layers.tags
        if every is None or not self.is_cut:
            return every
        return every.first(len(_before(self.tokens, self.sentences[-1].end)) if self.sentences else 0)

    def word(self, number: int) -> TaggedWord:
        """The grammar of a token, by its number in `tokens`.

        Raises NotReadError where nobody has looked for it, IndexError where its sentence has not been read to its end.
        """
        if self.tags is None:
            raise NotReadError("parts of speech")
        return self.tags.word(number, self.quote(self.tokens[number]))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happens, and what is said not to, or only meant, supposed, usual, remembered; in the order of the text."""
        told = {m.id for m in self.unfolded_mentions}
        return tuple(
            e
            for e in self._layers.events
            if e.told_at <= self.end and all(p.mention is None or p.mention in told for p in e.participants)
        )

    def events_of(self, character: Character) -> tuple[Event, ...]:
        """All in which a character is known to take part."""
        return tuple(e for e in self.events if any(self.character_of(p) == character.id for p in e.participants))

    def character_of(self, participant: Participant) -> int | None:
        """The id of the character that takes part; None where it is not known, or nobody."""
        mention = None if participant.mention is None else self._mentions_by_id.get(participant.mention)
        return mention.character if mention else None

    @cached_property
    def _mentions_by_id(self) -> dict[int, Mention]:
        return {m.id: m for m in self.mentions}

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What was amiss with the text read so far; that whole files are missing or left out, only with the whole of the story."""
        every = self._layers.notices
        return tuple(n for n in every if n.span.end <= self.end and n.kind not in _OF_OTHER_FILES) if self.is_cut else every

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Prefaces, footnotes and the like that stand before the view's end.

        What follows the story comes only with the whole of it, and so does the front matter: a table of contents tells what comes.
        """
        every = self._layers.notes
        return tuple(n for n in every if n.at < self.end and n.kind is not AsideKind.FRONT) if self.is_cut else every

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions in text order, each with its character as far as is known."""
        who = self._who
        return tuple(
            m if m.character is None or who[m.character] == m.character else m.of(who[m.character]) for m in self.unfolded_mentions
        )

    @cached_property
    def _who(self) -> dict[int, int]:
        """For each character before folding the id under which the view has it: the smallest of those known to be one."""
        leader = {m.character: m.character for m in self.unfolded_mentions if m.character is not None}

        def find(one: int) -> int:
            while leader.setdefault(one, one) != one:
                leader[one] = leader[leader[one]]
                one = leader[one]
            return one

        for identity in self.identities:
            one, other = find(identity.one), find(identity.other)
            leader[max(one, other)] = min(one, other)
        return {one: find(one) for one in tuple(leader)}

    @cached_property
    def cast(self) -> Cast:
        """The characters, the most mentioned first."""
        cues = self._cues_by_character
        telling = {self._who[n.character] for n in self.narrators if n.character in self._who}
        people = [
            fold_character(id_, found, cues.get(id_, ()), self.text, narrator=id_ in telling)
            for id_, found in self._mentions_by_character.items()
        ]
        people = [self._as_group(character) for character in people]
        people = as_given(people, self._layers.given, self._who)
        return Cast(sorted(people, key=lambda c: (-c.n_mentions, c.id)))

    def _as_group(self, character: Character) -> Character:
        """A character with the members that have been mentioned, if it is several."""
        members = self._members.get(character.id)
        return character if members is None else replace(character, group=True, members=members)

    @cached_property
    def _members(self) -> dict[int, tuple[int, ...]]:
        """The members of those who are several, as far as they have been told; ids are those of the view."""
        found: dict[int, dict[int, None]] = defaultdict(dict)
        for group in self._layers.groups:
            several, member = self._who.get(group.character), self._who.get(group.member)
            if group.evidence.told_at > self.end or several is None or several == member:
                continue
            if member is not None and {several, member} <= self._mentions_by_character.keys():
                found[several][member] = None
        return {character: tuple(members) for character, members in found.items()}

    @cached_property
    def narrators(self) -> tuple[Narrator, ...]:
        """Who tells the story as "I", as far as it has been told; ids are those before folding."""
        return tuple(n for n in self._layers.narrators if n.evidence.told_at <= self.end)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations in the order in which they end, with speakers as far as is known."""
        return tuple(self._voices.voice(q) for q in self._layers.quotes if q.span.end <= self.end)

    @cached_property
    def _voices(self) -> Voices:
        given = self._layers.given
        speakers, addressees = {one.quote: one for one in given.speakers}, {one.quote: one for one in given.addressees}
        return Voices(self._attributions, speakers, addressees, self._mentions_by_id)

    @cached_property
    def _attributions(self) -> dict[int, Attribution]:
        """Those that have been told, by the quotation's id: evidence, cue and the mention of the speaker have been read."""
        return {
            a.quote: a
            for a in self._layers.attributions
            if max(a.evidence.told_at, a.cue.end if a.cue else 0) <= self.end and self._are_told((a.speaker,))
        }

    def evidence_for(self, quote: Quote) -> Evidence | None:
        """Why the quotation has its speaker; None if it has none.

        Where the user says so the reader is "corrections", also where the user says that nobody is known.
        """
        return self._voices.evidence_for(quote)

    def quotes_of(self, character: Character) -> tuple[Quote, ...]:
        """All that a character is known to say."""
        return tuple(q for q in self.quotes if q.speaker == character.id)

    def mentions_of(self, character: Character) -> tuple[Mention, ...]:
        return tuple(self._mentions_by_character.get(character.id, ()))

    @cached_property
    def _mentions_by_character(self) -> Mapping[int, list[Mention]]:
        """In the order in which the characters are met."""
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            if mention.character is not None:
                found.setdefault(mention.character, []).append(mention)
        return found

    def presence_of(self, character: Character) -> tuple[int, ...]:
        """How often a character is mentioned, in whatever way, in each of `chapters`."""
        return self._presence.get(character.id, (0,) * len(self.chapters))

    @cached_property
    def _presence(self) -> Mapping[int, tuple[int, ...]]:
        return count_presence(self.chapters, self.mentions)

    def company_of(self, character: Character) -> tuple[Companion, ...]:
        """Who is mentioned in the same paragraphs, those of most paragraphs first; a group is no company to its members."""
        groups = (c.id for c in self.cast if character.id in c.members)
        return find_company(character.id, self._together, same={*character.members, *groups})

    @cached_property
    def _together(self) -> tuple[frozenset[int], ...]:
        return group_by_paragraph(self.paragraphs, self.mentions)

    def gender_cues_of(self, character: Character) -> tuple[GenderCue, ...]:
        """The titles and pronouns that speak for a character's gender, whichever it is; their ids are those before folding."""
        return tuple(self._cues_by_character.get(character.id, ()))

    @cached_property
    def _cues_by_character(self) -> Mapping[int, list[GenderCue]]:
        found: dict[int, list[GenderCue]] = defaultdict(list)
        for cue in self._gender_cues:
            found[self._who[cue.character]].append(cue)
        return found

    @cached_property
    def _gender_cues(self) -> tuple[GenderCue, ...]:
        """Those of names, and the pronouns that mean somebody; where these are known, no guesses at the pronoun behind a name."""
        told = [c for c in self._layers.gender_cues if c.span.end <= self.end and c.character in self._who]
        pronouns = [
            GenderCue(m.character, gender, m.span)
            for m in self.unfolded_mentions
            if m.kind is MentionKind.PRONOUN
            and m.character is not None
            and (gender := gender_of_pronoun(self.quote(m.span))) is not Gender.UNKNOWN
        ]
        if not pronouns:
            return tuple(told)
        titles = [c for c in told if gender_of_pronoun(self.quote(c.span)) is Gender.UNKNOWN]
        return tuple(sorted([*titles, *pronouns], key=lambda c: c.span))

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """That two characters are one, as far as it has been told, in the order of the telling; ids are those before folding."""
        told = (i for i in self._layers.identities if i.evidence.told_at <= self.end)
        return tuple(sorted(told, key=lambda i: (i.evidence.told_at, i.one, i.other)))

    @cached_property
    def unfolded_mentions(self) -> tuple[Mention, ...]:
        """The mentions, each with the character that its own words point to, as `identities` have it.

        "I" and "you" point to nobody in a quotation of which it is told later who says it, and to whom.
        """
        told = tuple(m for m in self._layers.mentions if m.span.end <= self.end)
        if not self.is_cut:
            return told
        answered = {a.quote for a in self._attributions.values() if self._are_told(a.addressees)}
        said = {a.quote for a in self._layers.attributions}
        unheard = find_unheard(told, self.text, self._layers.quotes, said, self._attributions.keys(), answered)
        told = tuple(replace(m, character=None) if m.id in unheard else m for m in told) if unheard else told
        return without_hindsight(told, self.text)

    def _are_told(self, mentions: Iterable[int]) -> bool:
        return all(self._layers.mentions_by_id[mention].span.end <= self.end for mention in mentions)

    def count_words(self, span: Span) -> int:
        """How many words a stretch holds, counted as `Book.n_words`; quick for whole chapters."""
        return self._layers.count_words(min(span.end, self.end)) - self._layers.count_words(min(span.start, self.end))

    def chapter_at(self, offset: int) -> Chapter:
        """The chapter that an offset of the text lies in.

        Raises NoSuchPlaceInTextError where the view reaches into no chapter.
        """
        if not self.chapters:
            raise NoSuchPlaceInTextError(str(offset), "no chapter has been begun")
        return self.chapters[max(0, bisect_right(self.chapters, offset, key=lambda c: c.span.start) - 1)]

    def locate(self, offset: int) -> Location:
        """Where in the source the character at an offset stands."""
        anchors = self._layers.anchors
        return locate(anchors, offset) if anchors else Location(self.book.source, 0, offset + 1, "")

    def search(self, query: str) -> tuple[Paragraph, ...]:
        """The paragraphs that hold all words of a query, in text order; a phrase in double quotation marks is searched as it is.

        Case and accents make no difference.
        """
        return tuple(self.paragraphs[i] for i in self._layers.search(query) if i < len(self.paragraphs))

    def until(self, where: str | int) -> StoryView:
        """The story up to and with a place: a chapter's number (12, "II.3"), its title, or a share ("40%").

        Never further than this view reaches. Raises NoSuchPlaceInTextError.
        """
        return StoryView(self._layers, min(self.end, find_place(str(where), self._layers.chapters, self._layers.paragraphs)))


def _plain(string: str) -> str:
    return " ".join(string.split()).casefold()


def _before(spans: SpanList, end: int) -> SpanList:
    return spans if not spans or spans.ends[-1] <= end else spans[: bisect_right(spans.ends, end)]


class Story(StoryView):
    """A whole story; close it, or use it in a `with` statement, where it comes from a file."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        layers = StoredLayers(connection, path or Path("a story in memory"))
        super().__init__(layers, layers.length)
        self.path = path

    @classmethod
    def from_records(cls, records: StoryRecords) -> Story:
        """A story in memory."""
        story = cls(store_in_memory(records), None)
        story._layers.remember(records)
        return story

    @classmethod
    def open(cls, path: Path) -> Self:
        """The story in a file. Raises StoryFileError."""
        return cls(open_story(path), path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The story in a file, all of it in memory: the file may then be replaced, or written over. Raises StoryFileError."""
        with cls.open(path) as story:
            return cls(story._layers.load(), path)

    @classmethod
    def revised(cls, story: Story, before: StoryRecords, after: StoryRecords) -> Story:
        """A story in memory with other records of the same text than those it has; much quicker than `from_records`."""
        with story._layers.reading():
            revised = cls(store_revised(story._layers.copy_to, before, after), story.path)
        revised._layers.remember(after)
        return revised

    @property
    def corrections(self) -> tuple[Outcome, ...]:
        """The user's corrections in their order, each with why it could not be applied ("" where it was)."""
        return self._layers.corrections

    @property
    def records(self) -> StoryRecords:
        """Everything, as the readers left it: nothing folded yet."""
        return self._layers.records

    def save(self, path: str | Path) -> None:
        """Write the story to a file, whole or not at all. Raises SaveError."""
        write_open_story(self._layers.copy_to, Path(path))
        self.path = Path(path)

    def close(self) -> None:
        self._layers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Story {self.book.title!r}: {self.book.n_words} words, {len(self.chapters)} chapters>"
