"""The stories that evaluations ask, read once: kept in a folder, and read anew where their text or fabula itself has changed."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fabula
from fabula import Story
from fabula.errors import StoryFileError
from fabula.story.store import SUFFIX

# What of the package reads no story. All else, the weights too, may change what is read, and a version is seldom counted up.
READS_NOTHING = ("cli", "export", "web", "__pycache__")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where stories are kept. folder: made when it is needed; None: none are kept, and every story is read."""

    folder: Path | None = None

    def read(self, book: Path, name: str) -> Story:
        """The story of a book, from the folder if it is there as this fabula would read it. name: its own among the stories.

        What is kept is `NAME.fabula`, and beside it `NAME.read`: of which text and by which fabula. Raises FabulaError.
        """
        if self.folder is None:
            return fabula.read(book)
        self.folder.mkdir(parents=True, exist_ok=True)
        path, stamp = self.folder / f"{name}{SUFFIX}", self.folder / f"{name}.read"
        wanted = f"{hashlib.sha256(book.read_bytes()).hexdigest()} {digest_package(Path(fabula.__file__).parent)}\n"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            try:
                return fabula.open(path)
            except StoryFileError:  # deleted or damaged since
                pass
        stamp.unlink(missing_ok=True)  # a reading that fails leaves no stamp beside an older story
        story = fabula.read(book, save=path)
        stamp.write_text(wanted, encoding="utf-8")
        return story

    def read_text(self, text: str, name: str) -> Story:
        """The story of a plain text."""
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / f"{name}.txt"
            book.write_text(text, encoding="utf-8", newline="\n")
            return self.read(book, name)


@cache
def digest_package(package: Path) -> str:
    """A digest of all files that have a part in reading."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        within = path.relative_to(package)
        if path.is_file() and not set(within.parts) & set(READS_NOTHING):
            digest.update(f"{within.as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
