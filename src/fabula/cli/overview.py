"""What a story is at a glance, and what to ask it next."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from msgspec import Struct

from fabula import Story
from fabula.cli.terminal import quoted_for_shell
from fabula.cli.views import chapter_number, counted, label_of
from fabula.errors import FabulaError
from fabula.records import Character, Notice

N_PEOPLE = 10
N_SPEAKERS = 3
N_NOTICES = 3


class Person(Struct, frozen=True):
    """One of the people; `label` is what stands for them on the terminal: the name, or a description in brackets."""

    name: str
    label: str
    mentions: int
    quotes: int


class Fault(Struct, frozen=True):
    """A notice, with its chapter, and its place in the source; line is None where the format has none."""

    kind: str
    message: str
    chapter: int
    file: str
    line: int | None


class Overview(Struct, frozen=True):
    """The figures of a story. people and quotes_with_speaker are None where nobody looked for them.

    foremost: the most often mentioned; speakers: those who say most. next: commands that can be typed as they are.
    """

    story: str
    title: str
    author: str
    language: str
    words: int
    chapters: int
    parts: int
    people: int | None
    foremost: tuple[Person, ...]
    quotes: int
    quotes_with_speaker: int | None
    speakers: tuple[Person, ...]
    notices: tuple[Fault, ...]
    next: tuple[str, ...]


def draw_overview(story: Story, path: Path) -> Overview:
    """Gather the figures of a story that is in the file `path`."""
    book, knows_people, knows_speakers = story.book, "cast" in story.layers, "speakers" in story.layers
    said = Counter(q.speaker for q in story.quotes if q.speaker is not None)
    people = {c.id: Person(c.name, label_of(story, c), c.n_mentions, said[c.id]) for c in story.cast} if knows_people else {}
    return Overview(
        story=os.fsencode(path).decode("utf-8", "backslashreplace"),  # a name may be no text
        title=book.title,
        author=book.author,
        language=book.language,
        words=book.n_words,
        chapters=len(story.chapters),
        parts=len({c.part for c in story.chapters if c.part}),
        people=len(people) if knows_people else None,
        foremost=tuple(people.values())[:N_PEOPLE],
        quotes=len(story.quotes),
        quotes_with_speaker=said.total() if knows_speakers else None,
        speakers=tuple(people[id_] for id_, _ in said.most_common(N_SPEAKERS)),
        notices=tuple(_place(story, n) for n in story.notices),
        next=_suggest(story, path, said),
    )


def _place(story: Story, notice: Notice) -> Fault:
    at = story.locate(notice.span.start)
    return Fault(notice.kind, notice.message, chapter_number(story, notice.span.start), at.file, at.line or None)


def _suggest(story: Story, path: Path, said: Counter[int]) -> tuple[str, ...]:
    """Three commands with this story's own names, each of which finds something."""
    file = quoted_for_shell(f"./{path}" if str(path).startswith("-") else str(path))
    people = story.cast if "cast" in story.layers else ()
    foremost = next((c for c in people if _can_be_asked_for(story, c)), None)
    if foremost is None:
        return (f"fabula show {file} chapters", f"fabula show {file} quotes", f"fabula export {file} --to json --output story.json")
    # Of thousands of people only the first few are asked for: each is looked for among all.
    by_speech = sorted(people, key=lambda c: (said[c.id] if c is not foremost else 0, c.n_mentions), reverse=True)
    speaker = next(c for c in by_speech if _can_be_asked_for(story, c))
    middle = story.chapters[(len(story.chapters) - 1) // 2].number
    last = f"fabula show {file} cast" + (f" --until {middle}" if len(story.chapters) > 1 else "")
    return (
        f"fabula who {file} {quoted_for_shell(foremost.name)}",
        f"fabula show {file} quotes --of {quoted_for_shell(speaker.name)}",
        last,
    )


def _can_be_asked_for(story: Story, character: Character) -> bool:
    """Whether the name alone finds this person at the shell."""
    try:
        return (
            not character.name.startswith("-")
            and character.name.isprintable()
            and story.cast.find(character.name).id == character.id
        )
    except FabulaError:
        return False


def write_overview(one: Overview) -> None:
    """Write an overview to stdout."""
    from fabula.cli.tables import Column, write_table
    from fabula.cli.terminal import bold, dim, stdout

    terminal = stdout()

    def entry(head: str, text: str) -> None:
        terminal.paragraph(text, head=dim(head), indent=_INDENT)

    terminal.line(bold(one.title), f", by {one.author}" if one.author else "")
    parts = f" of {counted(one.parts, 'part')}" if one.parts > 1 else ""
    terminal.line(f"{counted(one.words, 'word')} in {counted(one.chapters, 'chapter')}{parts}")
    terminal.line()
    if one.people is not None:
        rows = [(p.label, f"{p.mentions:,}", f"{p.quotes:,}") for p in one.foremost]
        write_table(
            terminal,
            (Column(counted(one.people, "person", "people")), Column("seen", right=True), Column("quotes", right=True)),
            rows,
        )
        terminal.line()
    known = "" if one.quotes_with_speaker is None else f"; {one.quotes_with_speaker:,} with a known speaker"
    entry("quotations", f"{one.quotes:,}{known}")
    if one.speakers:
        entry("speak most", ", ".join(f"{p.label} {p.quotes:,}" for p in one.speakers))
    entry("notices", f"{len(one.notices):,}" if one.notices else "none")
    for notice in one.notices[:N_NOTICES]:
        where = f" (line {notice.line:,})" if notice.line else ""
        terminal.paragraph(notice.message + where, head=dim(f"  ch. {notice.chapter}"), indent=_INDENT)
    terminal.line()
    terminal.line("Now try:")
    terminal.lines([["  ", command] for command in one.next])


_INDENT = 12  # columns, of what stands beside the heads
