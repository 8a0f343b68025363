"""What can be wrong with a corpus at hand."""

from __future__ import annotations

from pathlib import Path

from fabula.errors import FabulaError


class CorpusMissingError(FabulaError):
    """A corpus, or a file of it, is not where it was looked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"the corpus has no `{path}`", "give the folder that holds the corpora with `--data DIR`")


class DamagedCorpusError(FabulaError):
    """A file of a corpus is not as its authors made it."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"`{where}` is damaged: {reason}", "get the corpus from its authors anew")
