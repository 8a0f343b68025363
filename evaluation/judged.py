"""What readers said of sampled claims (`evaluation/sample.py`): how many of each kind are right.

The verdicts lie in evaluation/judged/, offsets and reasons without the words of the books. An offset is into the text that fabula
made of the book when the sample was drawn.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from pathlib import Path

from evaluation.report import markdown_table

JUDGED = Path(__file__).parent / "judged"
Z = 1.96  # of a 95 % interval


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score.

    >>> [round(x, 3) for x in wilson(9, 10)]
    [0.596, 0.982]
    """
    if n == 0:
        return math.nan, math.nan
    share, slack = right / n, Z * Z / n
    middle = (share + slack / 2) / (1 + slack)
    reach = Z * math.sqrt(share * (1 - share) / n + slack / (4 * n)) / (1 + slack)
    return middle - reach, middle + reach


def to_markdown(folder: Path = JUDGED) -> str:
    """A table for each file of verdicts: kinds, verdicts, the share that is right of those decided, its interval; the causes."""
    pieces = []
    for path in sorted(folder.glob("*.jsonl")):
        claims = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        verdicts: dict[str, Counter[str]] = defaultdict(Counter)
        for claim in claims:
            verdicts[claim["kind"]][claim["verdict"]] += 1
        rows = []
        for kind, counted in verdicts.items():
            decided = counted["right"] + counted["wrong"]
            low, high = wilson(counted["right"], decided)
            share = counted["right"] / decided if decided else math.nan
            figures = (f"{100 * share:.1f}", f"{100 * low:.0f}-{100 * high:.0f}")
            rows.append((kind, str(counted["right"]), str(counted["wrong"]), str(counted["unclear"]), *figures))
        books = sorted({claim["book"] for claim in claims})
        table = markdown_table(("kind", "right", "wrong", "unclear", "% right", "95 %"), rows)
        pieces.append(f"**{path.stem}**, {len(claims)} claims about {len(books)} novels: {', '.join(books)}\n\n{table}")
        causes = Counter(claim["cause"] for claim in claims if "cause" in claim)
        if causes:
            sorted_by_cause = [(cause, str(n)) for cause, n in causes.most_common()]
            pieces.append(f"**{path.stem}**, sorted by cause\n\n{markdown_table(('cause', 'errors'), sorted_by_cause)}")
    return "\n\n".join(pieces)
