"""Where `--until 12`, "II.3", a title or "40%" is in a story."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from fabula.errors import NoSuchPlaceInTextError
from fabula.lexicons.numerals import read_number
from fabula.records import Chapter, Paragraph
from fabula.story.cast import fold_name


def find_place(where: str, chapters: Sequence[Chapter], paragraphs: Sequence[Paragraph]) -> int:
    """The offset at which what `where` names ends.

    A share ends with the last paragraph of prose that has been read whole, never between the headings of a chapter. A number is a
    chapter's, or else a title ("1984").

    Raises NoSuchPlaceInTextError.
    """
    where = where.strip()
    if share := re.fullmatch(r"(\d{1,9}(?:\.\d*)?)\s*%", where):
        return _find_share(where, float(share[1]), paragraphs)
    if re.fullmatch(r"\d{1,9}", where):
        found = [c for c in chapters if c.number == int(where)]
        wanted = f"there are {len(chapters)} chapters" if len(chapters) != 1 else "there is only one chapter"
    else:
        found, wanted = _find_in_part(where, chapters)
    return found[0].span.end if len(found) == 1 else _find_title(where, chapters, wanted)


def _find_share(where: str, share: float, paragraphs: Sequence[Paragraph]) -> int:
    if share > 100:
        raise NoSuchPlaceInTextError(where, "a share is between 0% and 100%")
    length = paragraphs[-1].span.end if paragraphs else 0
    if share == 100:
        return length
    read = bisect_right(paragraphs, length * share / 100, key=lambda p: p.span.end)
    while read and not paragraphs[read - 1].kind.is_prose:
        read -= 1
    return paragraphs[read - 1].span.end if read else 0


def _find_in_part(where: str, chapters: Sequence[Chapter]) -> tuple[list[Chapter], str]:
    """The chapters with the number after the last stop, in the part with the numbers before it; and a sentence if there are none.

    The part is given by its number through the whole book (II.3), or by the numbers of its headings (II.1.3: volume II, book I).
    """
    *part, label = [
        read_number(piece.strip()) if re.fullmatch(r"\s*\w{1,20}\s*", piece) else None for piece in re.split(r"[.:]", where)
    ]
    if not part or label is None or None in part:
        return [], "there is no such chapter"
    inside = [c for c in chapters if c.part and (part == [c.part] or (len(part) > 1 and part == _numbers_of(c.part_title)))]
    named = ".".join(map(str, part))
    labels = [c.label for c in inside if c.label]
    if labels:
        said = f"the chapters of part {named} are numbered {min(labels)} to {max(labels)}"
    else:
        said = f"there is no part {named}" if any(c.part for c in chapters) else "it has no parts"
    return [c for c in inside if c.label == label], said


def _numbers_of(part_title: str) -> list[int]:
    """The number in each of the headings that a part has.

    >>> _numbers_of("VOLUME II, BOOK FIRST: Cosette"), _numbers_of("BOOK 1, PART 1.2")
    ([2, 1], [1, 2])
    """
    second = (word.strip(".:;,") for heading in part_title.split(",") for word in heading.split()[1:2])
    return [n for word in second if (n := read_number(word)) is not None]


def _find_title(where: str, chapters: Sequence[Chapter], otherwise: str) -> int:
    """The end of the one chapter with this title or heading; else of the one that begins so; else of the one that has it within.

    otherwise: what is said where there is none.
    """
    wanted = fold_name(where)
    names = [(c, fold_name(c.title), fold_name(c.heading)) for c in chapters]
    exact = [c for c, *both in names if wanted and wanted in both]
    # "1" is neither the beginning of "1984" nor a part of "Chapter 1".
    partly = names if wanted and not wanted.isdigit() else []
    begins = [c for c, title, heading in partly if title.startswith(wanted) or heading.startswith(wanted)]
    within = [c for c, title, heading in partly if f" {wanted} " in f" {heading} {title} "]
    for matches in (exact, begins, within):
        if len(matches) == 1:
            return matches[0].span.end
        if matches:
            numbers = f"{matches[0].number} and {matches[1].number}"
            raise NoSuchPlaceInTextError(where, f"{len(matches)} chapters are called so, the first of them {numbers}")
    raise NoSuchPlaceInTextError(where, otherwise)
