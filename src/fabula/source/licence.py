"""Cut Project Gutenberg's header and licence out of a book that is no plain text: a page, an EPUB, somebody's DOCX."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.records import Manuscript
from fabula.source.gutenberg import END, START, find_work
from fabula.source.prose import renumbered

NAMED = re.compile("gutenberg|small print", re.IGNORECASE)


def cut_licence(manuscript: Manuscript) -> Manuscript:
    """The manuscript without Gutenberg's frame, its header read for title, author and language where the file has none.

    Unchanged where no block or aside is one of Gutenberg's own marks ("*** START OF THE PROJECT GUTENBERG EBOOK ... ***").
    """
    if any(_is_mark(line) for aside in manuscript.asides for line in aside.text.split("\n")):
        asides = [replace(aside, text=_without_frame(aside.text)) for aside in manuscript.asides]
        manuscript = replace(manuscript, asides=tuple(aside for aside in asides if aside.text))
    if not any(_is_mark(block.text) for block in manuscript.blocks):
        return manuscript
    lines: list[str] = []
    owners: list[int] = []  # of each line, the block that it is from
    for number, block in enumerate(manuscript.blocks):
        for line in (*block.text.split("\n"), ""):
            lines.append(line)
            owners.append(number)
    work = find_work(lines)
    kept = {owners[line] for stretch in work.stretches for line in stretch if lines[line].strip()}
    kept |= {owners[line] for stretch in work.stretches for line in stretch if not manuscript.blocks[owners[line]].text}
    places = [0]
    for number in range(len(manuscript.blocks)):
        places.append(places[-1] + (number in kept))
    # A note of the licence goes with it; one between two blocks that stay, stays.
    asides = [aside for aside in manuscript.asides if aside.block in kept or aside.block - 1 in kept]
    known = {name for name, _ in manuscript.metadata}
    return replace(
        manuscript,
        blocks=tuple(block for number, block in enumerate(manuscript.blocks) if number in kept),
        asides=renumbered(asides, places),
        oddities=tuple(replace(oddity, block=places[min(oddity.block, len(places) - 1)]) for oddity in manuscript.oddities),
        title=manuscript.title or work.title,
        author=manuscript.author or work.author,
        language=manuscript.language or work.language,
        metadata=(*manuscript.metadata, *((name, value) for name, value in work.metadata if name not in known)),
    )


def _is_mark(text: str) -> bool:
    return NAMED.search(text) is not None and (START.match(text) or END.match(text)) is not None


def _without_frame(text: str) -> str:
    lines = text.split("\n")
    if not any(map(_is_mark, lines)):
        return text
    return "\n".join(lines[at] for stretch in find_work(lines).stretches for at in stretch).strip()
