"""Find, among lines that may be headings, those whose numbers run through the book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

SLIGHT = 300  # code points between two headings; less is a list, or a table of contents
SECTION = 400  # code points that the sections of one run have on average, at least; stanzas and lists have less
MISSING = 0.8  # what a number left out costs, in headings
RESTART = 1.5  # what beginning anew at 1 costs where no part begins


@dataclass(frozen=True, slots=True)
class _Run:
    score: float
    members: tuple[int, ...]


def find_run(
    numbers: Sequence[int], *, prose: Callable[[int, int], int], parts: Callable[[int, int], bool], least: int = SECTION
) -> list[int]:
    """The indices of the candidates that count 1, 2, 3 ... through the text, possibly anew in every part.

    numbers: what each candidate says, in text order. prose(i, j): code points of prose between two of them. parts(i, j):
    whether a part begins between them. A number that is left out or misprinted does not end the run.

        >>> find_run([1, 2, 50, 3, 5, 5, 1, 2], prose=lambda i, j: 5000, parts=lambda i, j: j == 6)
        [0, 1, 3, 4, 5, 6, 7]
    """
    best: dict[int, _Run] = {}  # by the last number
    top: _Run | None = None
    for i, number in enumerate(numbers):
        options = [_Run(1 - 0.5 * (number - 1), (i,))] if number <= 4 else []
        for skipped in range(3):
            before = best.get(number - 1 - skipped)
            if before and prose(before.members[-1], i) >= 40:
                slight = 0.9 if prose(before.members[-1], i) < SLIGHT else 0.0
                options.append(_Run(before.score + 1 - MISSING * skipped - slight, (*before.members, i)))
        if number == 1 and top and prose(top.members[-1], i) >= 40:
            options.append(_Run(top.score + 1 - (0 if parts(top.members[-1], i) else RESTART), (*top.members, i)))
        if not options:
            continue
        run = max(options, key=lambda option: option.score)
        if number not in best or run.score >= best[number].score:
            best[number] = run
        if top is None or run.score >= top.score:
            top = run
    if top is None:
        return []
    return _filled(_weighty(top.members, numbers, prose, least), numbers, prose)


def _weighty(members: Sequence[int], numbers: Sequence[int], prose: Callable[[int, int], int], least: int) -> list[int]:
    """Without the stretches from 1 up that hold too little prose to be sections, or have but one member among many."""
    stretches: list[list[int]] = []
    for member in members:
        if numbers[member] == 1 or not stretches:
            stretches.append([])
        stretches[-1].append(member)
    kept: list[int] = []
    for stretch in stretches:
        masses = sorted(prose(a, b) for a, b in pairwise(stretch))
        if masses and (sum(masses) < least * len(masses) or masses[len(masses) // 2] < least // 2):
            continue
        if not masses and len(members) < 3:
            continue
        kept.extend(stretch)
    return kept


def _filled(members: list[int], numbers: Sequence[int], prose: Callable[[int, int], int]) -> list[int]:
    """With the one misprinted candidate that stands where a number is missing."""
    filled = members[:1]
    for a, b in pairwise(members):
        if numbers[b] - numbers[a] == 2:
            between = [i for i in range(a + 1, b) if prose(a, i) >= SLIGHT and prose(i, b) >= SLIGHT]
            filled.extend(between if len(between) == 1 else [])
        filled.append(b)
    return filled
