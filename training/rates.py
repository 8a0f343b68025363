"""How fast a run learns, from its first step to its last."""

from __future__ import annotations

import math


def rate_share(done: float, warmup: float, least: float) -> float:
    """The share of the full rate: a straight rise over `warmup`, then half a cosine down, never below `least`. done: from 0 to 1.

    >>> rate_share(0.05, 0.1, 0.01), rate_share(0.1, 0.1, 0.01), rate_share(1.0, 0.1, 0.01)
    (0.5, 1.0, 0.01)
    """
    share = done / warmup if done < warmup else 0.5 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup)))
    return max(share, least)
