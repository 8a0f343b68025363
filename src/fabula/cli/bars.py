"""Counts as a small bar: a mark for each of them while they fit, else for as many at a time as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

BLOCKS = "·▁▂▃▄▅▆▇█"
TYPED = ".:-=+*oO#"  # for terminals that have no blocks
"""From nothing to the most, which is that of the bar itself."""


def group_size(n: int, room: int) -> int:
    """How many counts a mark stands for, of n that have `room` marks.

    >>> group_size(3, 16), group_size(364, 16)
    (1, 23)
    """
    return max(1, -(-n // max(1, room)))


def draw_bar(counts: Sequence[int], room: int, marks: str) -> str:
    """The counts in at most `room` marks, each the mean of what it stands for; the least that is not nothing can be seen.

    >>> draw_bar([0, 1, 4, 8], 4, TYPED), draw_bar([0, 1, 4, 8], 2, TYPED)
    ('.:+#', ':#')
    """
    size = group_size(len(counts), room)
    groups = [counts[start : start + size] for start in range(0, len(counts), size)]
    means = [sum(group) / len(group) for group in groups]
    most = max(means, default=0)
    return "".join(marks[ceil(mean / most * (len(marks) - 1)) if mean else 0] for mean in means)
