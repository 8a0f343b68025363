"""A story that can be asked: as a whole, or as far as a reader has come.

`StoryView` folds the records up to an offset: a character is what the names, links and pronouns before it make of her. A whole story is the
view to its end. The law: every string, span and count of `until(where)` comes from text before its end.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Self, overload

from fabula.errors import NoSuchCharacterError, NoSuchPlaceInTextError
from fabula.lexicons.numerals import read_number
from fabula.records import (
    Attribution,
    Book,
    Chapter,
    Character,
    CharacterName,
    Evidence,
    Gender,
    GenderCue,
    Identity,
    Location,
    Mention,
    NameKind,
    Note,
    Notice,
    Paragraph,
    Quote,
    Span,
    SpanList,
    StoryRecords,
    locate,
)
from fabula.story.layers import StoredLayers
from fabula.story.store import open_story, store_in_memory, write_open_story
from fabula.text.normalize import normal_form

TITLE_WEIGHT, PRONOUN_WEIGHT = 3, 1  # what a title and a pronoun count for a character's gender
GENDER_EVIDENCE = 3  # what is needed to say one, and it must outweigh the other by as many times
MIN_CUES_APART = 2
TITLED_SHARE = 0.25  # of the commonest name's uses, that a name with a title needs to be the one shown


class Cast(Sequence[Character]):
    """The characters of a view, the most mentioned first; also found by a name."""

    def __init__(self, characters: Sequence[Character]) -> None:
        self._characters = tuple(characters)
        self._by_id = {c.id: c for c in self._characters}

    def __len__(self) -> int:
        return len(self._characters)

    @overload
    def __getitem__(self, key: int | str) -> Character: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Character]: ...
    def __getitem__(self, key: int | str | slice) -> Character | Sequence[Character]:
        """A character by rank or by name. Raises NoSuchCharacterError (also where a name is several people's)."""
        return self.find(key) if isinstance(key, str) else self._characters[key]

    def __contains__(self, character: object) -> bool:
        return character in self._characters

    def by_id(self, id_: int) -> Character:
        """The character with this id. Raises KeyError."""
        return self._by_id[id_]

    def find(self, name: str) -> Character:
        """Who goes by this name: as printed, but for case, marks and white space; else the only one with it as part of a name.

        Raises NoSuchCharacterError where nobody does, with the nearest names, or where several do.
        """
        wanted = _fold(name)
        exact = [c for c in self._characters if _fold(c.name) == wanted] or [
            c for c in self._characters if any(_fold(n.text) == wanted for n in c.names)
        ]
        if not exact and wanted:
            exact = [c for c in self._characters if any(f" {wanted} " in f" {_fold(n.text)} " for n in c.names)]
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise NoSuchCharacterError(name, [c.name for c in exact[:5]], several=True)
        raise NoSuchCharacterError(name, self._near(wanted))

    def _near(self, wanted: str) -> list[str]:
        import difflib  # only for the hint of an error

        names = {_fold(n.text): c.name for c in self._characters for n in c.names}
        return list(dict.fromkeys(names[key] for key in difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)))


def _fold(name: str) -> str:
    return re.sub(r"[^\w]+", " ", normal_form(name).casefold()).strip()


class StoryView:
    """A story as far as `end`: what a reader knows who has read so far, and nothing else."""

    def __init__(self, layers: StoredLayers, end: int) -> None:
        self._layers = layers
        self.end = end

    @property
    def book(self) -> Book:
        """What the title page says; `n_words` is the whole book's."""
        return self._layers.book

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
        """The chapters that have begun; the last one cut at the view's end."""
        begun = [c for c in self._layers.chapters if c.span.start < self.end]
        return tuple(c if c.span.end <= self.end else replace(c, span=Span(c.span.start, self.end)) for c in begun)

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

    def sentence_at(self, offset: int) -> Span:
        """The sentence that an offset lies in; an empty span where there is none, as between two paragraphs."""
        index = self.sentences.at(offset)
        return Span(offset, offset) if index is None else self.sentences[index]

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(n for n in self._layers.notices if n.span.end <= self.end)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Prefaces, footnotes and the like that stand before the view's end; what follows the story only with the whole of it."""
        whole = self.end >= len(self._layers.string)
        return tuple(n for n in self._layers.notes if n.at < self.end or whole)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions, each with its character as far as is known."""
        every = self._layers.mentions
        told = every[: bisect_right(every, self.end, key=lambda m: m.span.end)] if every else ()
        who = self._who
        return tuple(m if m.character is None or who[m.character] == m.character else replace(m, character=who[m.character]) for m in told)

    @cached_property
    def _who(self) -> dict[int, int]:
        """For each character before folding the id under which the view has it: the smallest of those known to be one."""
        every = self._layers.mentions
        told = every[: bisect_right(every, self.end, key=lambda m: m.span.end)] if every else ()
        leader = {m.character: m.character for m in told if m.character is not None}

        def find(one: int) -> int:
            while leader[one] != one:
                leader[one] = leader[leader[one]]
                one = leader[one]
            return one

        for identity in self._layers.identities:
            if identity.evidence.told_at <= self.end:
                one, other = find(identity.one), find(identity.other)
                leader[max(one, other)] = min(one, other)
        return {one: find(one) for one in leader}

    @cached_property
    def cast(self) -> Cast:
        """The characters, the most mentioned first."""
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            if mention.character is not None:
                mentions[mention.character].append(mention)
        cues: dict[int, Counter[Gender]] = defaultdict(Counter)
        counts: Counter[int] = Counter()
        for cue in self._layers.gender_cues:
            if cue.span.end <= self.end:
                who = self._who[cue.character]
                is_title = self._layers.string[cue.span.start : cue.span.end].lower() not in _PRONOUNS
                cues[who][cue.gender] += TITLE_WEIGHT if is_title else PRONOUN_WEIGHT
                counts[who] += 1
        people = [self._fold_character(id_, found, cues[id_], counts[id_]) for id_, found in mentions.items()]
        return Cast(sorted(people, key=lambda c: (-c.n_mentions, c.id)))

    def _fold_character(self, id_: int, mentions: Sequence[Mention], cues: Counter[Gender], n_cues: int) -> Character:
        grouped: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            grouped[self.quote(mention.span)].append(mention)
        names = tuple(
            sorted(
                (CharacterName(text, len(found), found[0].name_kind or NameKind.SINGLE, found[0].span) for text, found in grouped.items()),
                key=lambda n: (-n.count, n.first),
            )
        )
        return Character(id_, _choose_name(names).text, names, _decide_gender(cues), n_cues, False, False, (), len(mentions), mentions[0].span.start, mentions[-1].span.start)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations in the order in which they end, with speakers as far as is known."""
        every = self._layers.quotes
        told = every[: bisect_right(every, self.end, key=lambda q: q.span.end)] if every else ()
        return tuple(self._with_speaker(q) for q in told)

    def _with_speaker(self, quote: Quote) -> Quote:
        said = self._attributions.get(quote.id)
        if said is None or said.evidence.told_at > self.end:
            return quote
        character = self._layers.mentions[said.speaker].character
        speaker = None if character is None else self._who[character]
        return replace(quote, speaker=speaker, cue=said.cue, manner=said.manner, probability=said.evidence.probability)

    @cached_property
    def _attributions(self) -> dict[int, Attribution]:
        return {a.quote: a for a in self._layers.attributions}

    def evidence_for(self, quote: Quote) -> Evidence | None:
        """Why the quotation has its speaker; None if it has none."""
        said = self._attributions.get(quote.id)
        return said.evidence if said is not None and said.evidence.told_at <= self.end else None

    def quotes_of(self, character: Character) -> tuple[Quote, ...]:
        """All that a character is known to say."""
        return tuple(q for q in self.quotes if q.speaker == character.id)

    def mentions_of(self, character: Character) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.character == character.id)

    def gender_cues_of(self, character: Character) -> tuple[GenderCue, ...]:
        """The titles and pronouns that speak for a character's gender, whichever it is; `GenderCue.character` is the id before folding."""
        return tuple(c for c in self._layers.gender_cues if c.span.end <= self.end and self._who[c.character] == character.id)

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """What has been told of two characters' being one, in the order of the telling; `one` and `other` are ids before folding."""
        told = (i for i in self._layers.identities if i.evidence.told_at <= self.end)
        return tuple(sorted(told, key=lambda i: (i.evidence.told_at, i.one, i.other)))

    @cached_property
    def unfolded_mentions(self) -> tuple[Mention, ...]:
        """The mentions, each with the character that its own words point to, as `identities` have it."""
        every = self._layers.mentions
        return every[: bisect_right(every, self.end, key=lambda m: m.span.end)] if every else ()

    def chapter_at(self, offset: int) -> Chapter:
        """The chapter that an offset of the text lies in."""
        return self.chapters[max(0, bisect_right(self.chapters, offset, key=lambda c: c.span.start) - 1)]

    def locate(self, offset: int) -> Location:
        """Where in the source the character at an offset stands."""
        return locate(self._layers.anchors, offset)

    def search(self, query: str) -> tuple[Paragraph, ...]:
        """The paragraphs that hold all words of a query, best first; a phrase in double quotation marks is searched as it is."""
        every = self._layers.paragraphs
        return tuple(p for p in (every[i] for i in self._layers.search(query)) if p.span.end <= self.end)

    def until(self, where: str | int) -> StoryView:
        """The story up to and with a place: a chapter's number (12, "II.3"), its title, or a share ("40%").

        Never further than this view reaches. Raises NoSuchPlaceInTextError.
        """
        return StoryView(self._layers, min(self.end, find_place(str(where), self._layers.chapters, self._layers.paragraphs)))


def _before(spans: SpanList, end: int) -> SpanList:
    return spans if not spans or spans.ends[-1] <= end else spans[: bisect_right(spans.ends, end)]


def _choose_name(names: Sequence[CharacterName]) -> CharacterName:
    """The name to show, of names by falling count: a full one, else the commonest with a title if it is common, else the commonest."""
    printed = [n for n in names if not n.text.isupper()] or names
    full = [n for n in printed if n.kind is NameKind.FULL]
    titled = [n for n in printed if n.kind is NameKind.TITLED and n.count >= TITLED_SHARE * printed[0].count]
    return (full or titled or printed)[0]


_PRONOUNS = frozenset(["he", "his", "him", "himself", "she", "her", "hers", "herself"])


def _decide_gender(cues: Counter[Gender]) -> Gender:
    female, male = cues[Gender.FEMALE], cues[Gender.MALE]
    if max(female, male) < GENDER_EVIDENCE:
        return Gender.UNKNOWN
    if female >= MIN_CUES_APART * male:
        return Gender.FEMALE
    return Gender.MALE if male >= MIN_CUES_APART * female else Gender.UNKNOWN


def find_place(where: str, chapters: Sequence[Chapter], paragraphs: Sequence[Paragraph]) -> int:
    """The offset at which what `where` names ends.

    Raises NoSuchPlaceInTextError.
    """
    where = where.strip()
    share = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", where)
    if share:
        part = float(share[1])
        if part > 100:
            raise NoSuchPlaceInTextError(where, "a share is between 0% and 100%")
        length = paragraphs[-1].span.end if paragraphs else 0
        # the last paragraph that has been read whole
        index = bisect_right(paragraphs, length * part / 100, key=lambda p: p.span.end)
        return paragraphs[index - 1].span.end if index else 0
    if re.fullmatch(r"\d+", where):
        found = [c for c in chapters if c.number == int(where)]
        if not found:
            raise NoSuchPlaceInTextError(where, f"there are {len(chapters)} chapters")
        return found[0].span.end
    of_part = re.fullmatch(r"([\w]+)[.:]\s*(\w+)", where)
    if of_part:
        part_number, label = read_number(of_part[1]), read_number(of_part[2])
        if part_number is not None and label is not None:
            found = [c for c in chapters if c.part == part_number and c.label == label]
            if found:
                return found[0].span.end
            raise NoSuchPlaceInTextError(where, f"there is no chapter {label} in part {part_number}")
    return _find_title(where, chapters)


def _find_title(where: str, chapters: Sequence[Chapter]) -> int:
    wanted = _fold(where)
    for matches in (
        [c for c in chapters if wanted and wanted in (_fold(c.title), _fold(c.heading))],
        [c for c in chapters if wanted and (_fold(c.title).startswith(wanted) or _fold(c.heading).startswith(wanted))],
        [c for c in chapters if wanted and wanted in _fold(f"{c.heading} {c.title}")],
    ):
        if len(matches) == 1:
            return matches[0].span.end
        if matches:
            raise NoSuchPlaceInTextError(where, f"{len(matches)} chapters are called so, the first of them {matches[0].number} and {matches[1].number}")
    raise NoSuchPlaceInTextError(where)


class Story(StoryView):
    """A whole story; close it, or use it in a `with` statement, where it comes from a file."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        layers = StoredLayers(connection, path or Path("a story in memory"))
        super().__init__(layers, layers.length)
        self.path = path

    @classmethod
    def from_records(cls, records: StoryRecords) -> Story:
        """A story in memory."""
        return cls(store_in_memory(records), None)

    @classmethod
    def open(cls, path: Path) -> Story:
        """The story in a file. Raises StoryFileError."""
        return cls(open_story(path), path)

    def save(self, path: str | Path) -> None:
        """Write the story to a file, whole or not at all. Raises SaveError."""
        write_open_story(self._layers.backup_to, Path(path))
        self.path = Path(path)

    def close(self) -> None:
        self._layers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Story {self.book.title!r}: {self.book.n_words} words, {len(self.chapters)} chapters>"
