"""The examples in modules that need PyTorch are tried only where it is: it is no part of the development environment."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

_USES_TORCH = re.compile(
    r"^(?:import torch|from torch|from training\.(?:export|losses|model|train|speakers\.(?:model|arrays|batches)))", re.MULTILINE
)
_HERE = Path(__file__).parent

collect_ignore = (
    [str(path) for path in _HERE.rglob("*.py") if _USES_TORCH.search(path.read_text(encoding="utf-8"))]
    if find_spec("torch") is None
    else []
)
