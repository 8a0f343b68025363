"""Read a folder of chapters, or a ZIP of one, as one story."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from fabula.errors import DamagedSourceError, EmptySourceError, SourceMissingError, UnsupportedFormatError
from fabula.lexicons.numerals import read_number
from fabula.records import Anchor, Aside, Block, BlockKind, Manuscript, Oddity
from fabula.source.archive import Archive
from fabula.source.reading import LARGEST, read_data

# fmt: off
ENDINGS = frozenset((
    ".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".docx", ".odt", ".fodt",
    ".rtf", ".epub",
))
UNREAD = frozenset((".pdf", ".mobi", ".azw", ".azw3", ".doc", ".djvu", ".pages", ".fb2", ".kfx"))
# Files that writers and downloaders keep beside a story.
BESIDE = frozenset((
    "readme", "license", "licence", "copying", "changelog", "todo", "notes", "outline", "characters", "synopsis", "worldbuilding",
    "timeline", "toc", "contents", "index", "summary", "metadata", "cover", "titlepage", "ideas", "research",
))
# fmt: on
HIDDEN = (".", "~", "__")  # what systems and word processors put beside files: .git, ~$ch1.docx, __MACOSX
MAX_FILES = 20_000
FIRST = ("cover", "title", "foreword", "preface", "introduction", "prologue")
LAST = ("epilogue", "afterword", "appendix")
CHAPTER_NAME = re.compile(
    r"(?:(?P<word>ch|chap|chapter|part|episode|ep)[\s._-]*)?0*(?P<number>\d+)(?![\d.])[\s._:–—-]*(?P<title>.*)", re.IGNORECASE
)
HEADED = re.compile(
    r"(?i:chapter|part|book|prologue|epilogue|interlude|letter|episode)\b|(?:[IVXLC]+|\d{1,4})(?:[.:](?:\s|$)|$)|[^a-z]{3,80}$"
)
HEADING_LENGTH = 120  # code points; a longer first line of a plain text is no heading


class Chapter(NamedTuple):
    """A file of the folder: its path inside it, and how to get its bytes."""

    name: str
    read: Callable[[], bytes]


def read_folder(path: Path) -> Manuscript:
    """The files of a folder in natural order (ch2 before ch10, a prologue first), as one story.

    Each is read in its own format. A chapter's title is its heading, or else made from the file's name, as a heading in the
    element "name". READMEs, outlines and the like are left out, and an oddity says so; so is what is no text.

    Raises EmptySourceError for a folder without prose, SourceMissingError for one that may not be read.
    """
    chapters: list[Chapter] = []
    skipped: list[str] = []
    try:
        for place, folders, names in os.walk(path, onerror=_refuse, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith(HIDDEN))
            for name in names:
                inside = (Path(place) / name).relative_to(path).as_posix()
                _sort_in(inside, (Path(place) / name).read_bytes, chapters, skipped)
                if len(chapters) > MAX_FILES:
                    raise DamagedSourceError(path, f"it holds more than {MAX_FILES:,} texts", "give the folder of one story")
        return read_chapters(chapters, path, skipped)
    except PermissionError as error:
        raise SourceMissingError(Path(error.filename or path), "you are not allowed to read it") from error
    except OSError as error:
        raise SourceMissingError(path, error.strerror or "it cannot be opened") from error


def read_zip(data: bytes, path: Path) -> Manuscript:
    """The same for a ZIP archive of such a folder; nothing is unpacked."""
    archive = Archive(data, path)
    chapters: list[Chapter] = []
    skipped: list[str] = []
    for name in archive.names():
        if not any(part.startswith(HIDDEN) and part != ".." for part in PurePosixPath(name).parts):
            _sort_in(name, lambda name=name: archive.read(name), chapters, skipped)  # type: ignore[misc]
    manuscript = read_chapters(chapters, path, skipped)
    return replace(manuscript, sha256=hashlib.sha256(data).hexdigest())


def _refuse(error: OSError) -> None:
    raise error


def _sort_in(name: str, read: Callable[[], bytes], chapters: list[Chapter], skipped: list[str]) -> None:
    inside = PurePosixPath(name)
    if inside.name.startswith(HIDDEN):
        return
    if inside.suffix.lower() in UNREAD or (inside.suffix.lower() in ENDINGS and inside.stem.lower() in BESIDE):
        skipped.append(name)
    elif inside.suffix.lower() in ENDINGS or not inside.suffix:
        chapters.append(Chapter(name, read))


def read_chapters(chapters: Sequence[Chapter], path: Path, skipped: Sequence[str]) -> Manuscript:
    """One story out of several files, put in order."""
    gathered = Gathered()
    for chapter in sorted(_without_copies(chapters, skipped := list(skipped)), key=lambda chapter: natural_key(chapter.name)):
        try:
            data = chapter.read()
            gathered.add_size(len(data), path)
            manuscript = read_data(data, path / chapter.name, file=chapter.name)
        except EmptySourceError:
            gathered.oddities.append(Oddity("empty file", f"`{chapter.name}` is empty", len(gathered.blocks)))
            continue
        except UnsupportedFormatError:
            skipped.append(chapter.name)
            continue
        gathered.digest.update(chapter.name.encode("utf-8", "surrogateescape") + b"\0" + data)
        if len(chapters) > 1 and not has_heading(manuscript):
            gathered.add_heading(title_from_name(chapter.name), chapter.name)
        gathered.add(manuscript, chapter.name)
    if not gathered.manuscripts:
        raise EmptySourceError(path, "there is no text in this folder that fabula reads")
    for name in skipped:
        gathered.oddities.append(Oddity("skipped file", f"`{name}` was left out"))
    return gathered.manuscript(path)


def _without_copies(chapters: Sequence[Chapter], skipped: list[str]) -> list[Chapter]:
    """One file of each name: who exports a chapter to other formats has it twice. The format that is most frequent stays."""
    counts: dict[str, int] = {}
    for chapter in chapters:
        ending = PurePosixPath(chapter.name).suffix.lower()
        counts[ending] = counts.get(ending, 0) + 1
    best: dict[str, Chapter] = {}
    for chapter in sorted(chapters, key=lambda one: (-counts[PurePosixPath(one.name).suffix.lower()], one.name)):
        stem = PurePosixPath(chapter.name).with_suffix("").as_posix()
        if stem in best:
            skipped.append(chapter.name)
        else:
            best[stem] = chapter
    return list(best.values())


@dataclass(slots=True)
class Gathered:
    """The blocks of several manuscripts in a row, with their asides and oddities."""

    blocks: list[Block] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    manuscripts: list[Manuscript] = field(default_factory=list)
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    size: int = 0

    def add_size(self, size: int, path: Path) -> None:
        self.size += size
        if self.size > LARGEST:
            raise DamagedSourceError(path, f"its texts have more than {LARGEST // 2**20} MB", "give the folder of one story")

    def add_heading(self, title: str, name: str, level: int = 1, element: str = "name") -> None:
        if title:
            self.blocks.append(Block(BlockKind.HEADING, title, (Anchor(0, name, 0, element),), level=level))

    def add(self, manuscript: Manuscript, name: str) -> None:
        shift = len(self.blocks)
        for block in manuscript.blocks:
            anchors = tuple(a if a.file == name else a._replace(file=f"{name}/{a.file}") for a in block.anchors)
            self.blocks.append(replace(block, anchors=anchors))
        self.asides += [replace(aside, block=aside.block + shift) for aside in manuscript.asides]
        self.oddities += [replace(oddity, block=oddity.block + shift) for oddity in manuscript.oddities]
        self.manuscripts.append(manuscript)

    def manuscript(self, path: Path) -> Manuscript:
        """All of it as one; what the files agree on, or one of them says, is said of the whole."""
        first = self.manuscripts[0]
        metadata = [pair for pair in first.metadata if all(pair in other.metadata for other in self.manuscripts)]
        titles = {one.title for one in self.manuscripts if one.title}
        title = titles.pop() if len(titles) == 1 else ""
        return Manuscript(
            tuple(self.blocks),
            "folder",
            self.digest.hexdigest(),
            title or _clean(path.stem if path.suffix.lower() in (".zip", ".scriv") else path.name),
            next((one.author for one in self.manuscripts if one.author), ""),
            next((one.language for one in self.manuscripts if one.language), ""),
            tuple(self.asides),
            tuple(metadata),
            tuple(replace(oddity, block=min(oddity.block, len(self.blocks) - 1)) for oddity in self.oddities),
        )


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """What sorts names as people do: numbers by value, also in words, a prologue first and an epilogue last.

    >>> sorted(["ch10.md", "epilogue.md", "ch2.md", "prologue.md", "Chapter Three.md"], key=natural_key)
    ['prologue.md', 'ch2.md', 'ch10.md', 'Chapter Three.md', 'epilogue.md']
    """
    key: list[tuple[int, int, str]] = []
    for part in PurePosixPath(name).with_suffix("").parts:
        folded = part.casefold()
        word = next(iter(re.findall(r"[a-z]+", folded)), "")
        rank = 0 if word in FIRST else 2 if word in LAST else 1
        key.append((rank, FIRST.index(word) if word in FIRST else 0, ""))
        chapter = re.fullmatch(r"(?:chapter|part|book|volume)[\s._-]+([a-z]+(?:-[a-z]+)?)\b.*", folded)
        pieces = re.findall(r"\d+|\D+", folded)
        key.extend((0, int(piece[:18]), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)
        if chapter and (number := read_number(chapter[1])) is not None:
            key[-1:] = [(1, 0, f"{folded.split(chapter[1])[0]}"), (0, number, "")]
    return tuple(key)


def title_from_name(name: str) -> str:
    """A chapter's heading out of its file's name.

    >>> [title_from_name(n) for n in ("ch02.md", "part 1/03 - The Arrival.txt", "the_long_road.docx")]
    ['Chapter 2', 'Chapter 3: The Arrival', 'the long road']
    """
    stem = PurePosixPath(name).stem
    if found := CHAPTER_NAME.fullmatch(stem):
        word = (found["word"] or "chapter").lower()
        word = {"ch": "chapter", "chap": "chapter", "ep": "episode"}.get(word, word).capitalize()
        title = _clean(found["title"])
        return f"{word} {int(found['number'][:9])}" + (f": {title}" if title else "")
    return _clean(stem)


def _clean(name: str) -> str:
    return name.strip() if " " in name else re.sub(r"[_-]+", " ", name).strip()


def has_heading(manuscript: Manuscript) -> bool:
    """Whether a chapter's own text opens with a heading, by markup, or in plain text by its look."""
    for block in manuscript.blocks[:3]:
        if block.kind is BlockKind.HEADING:
            return True
    first = next((block for block in manuscript.blocks if block.kind is not BlockKind.BREAK), None)
    return first is not None and len(first.text) <= HEADING_LENGTH and HEADED.match(first.text) is not None
