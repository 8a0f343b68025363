"""Read an EPUB: the story's files in order, with their chapters, and everything else kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from fabula.errors import DamagedSourceError
from fabula.lexicons.numerals import read_number
from fabula.records import Anchor, Aside, AsideKind, Block, BlockKind, Manuscript, Oddity
from fabula.source.apparatus import PARTS, Document, find_apparatus, first_heading, part_kind
from fabula.source.archive import Archive
from fabula.source.decoding import decode
from fabula.source.markup import Element, content, parse_xhtml
from fabula.source.package import Entry, Package, SpineFile, read_package
from fabula.source.prose import ProseWriter, renumbered
from fabula.source.sites import is_archive, mark_archive
from fabula.source.walk import Page, italic_classes, walk_page

# What the title of a file in the contents, or its first heading, says it is. "Prologue" and "Epilogue" are story.
FRONT_TITLE = re.compile(
    r"cover(?: page| image)?|(?:half[- ]?)?title(?: ?page)?|copyright.{0,40}|(?:table of )?contents|dedication|imprint"
    r"|frontispiece|(?:list of )?illustrations|praise(?: for .*)?|maps?|dramatis personae|cast of characters|credits|epigraph"
    r"|legal.{0,20}|front ?matter",
    re.IGNORECASE,
)
PREFACE_TITLE = re.compile(
    r"(?:(?:author|editor|translator|publisher|transcriber)['’]?s['’]? )?"
    r"(?:preface|foreword|introduction|introductory(?: note)?|note)(?: (?:to|by|from) .{1,60})?"
    r"|(?:to|a note to|note to) the reader|a note (?:on|about|from) .{1,60}|content warnings?",
    re.IGNORECASE,
)
BACK_TITLE = re.compile(
    r"about the (?:author|publisher|translator|illustrator|type).*|also by.*|other (?:books|titles|works|novels).*"
    r"|(?:more )?books by.*|by the same author|acknowledge?ments?|(?:an )?(?:excerpt|extract|preview)(?: from .*|: .*)?"
    r"|(?:a )?sneak peek.*|newsletter.*|colophon|index|(?:foot|end)?notes|bibliography|glossary|permissions|advertisements?"
    r"|reading group guide.*|discussion questions|questions for discussion|(?:the )?(?:full )?(?:project gutenberg )?license"
    r"|afterword|appendix.{0,60}|back ?matter|back cover|transcriber['’]s notes?|coming soon.*|thank you.*|mailing list"
    r"|connect with .*|landmarks",
    re.IGNORECASE,
)
FRONT_FILE = re.compile(
    r"(?:.*[-_])?(?:cover|titlepage|title[-_]page|halftitle|title|toc|contents|copyright|nav|dedication|imprint)(?:[-_]?page)?\d{0,2}",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"(?=.*(?:all rights reserved|\bisbn\b|library of congress)).*(?:©|copyright)", re.IGNORECASE)
COPYRIGHT_LENGTH = 4000  # code points; a longer file that speaks of rights is no copyright page
ASIDE_SHARE = 0.4  # of the book; a file with more is its story, whatever it is called
EMPTY_TITLES = frozenset(("start", "begin reading", "text", "story", "unknown", "beginning", "main text", "body", "untitled"))
HEADING_REACH = 3  # blocks from a contents entry's place within which its title is looked for
HEADING_LENGTH = 200  # code points
MORE_WORDS = 6  # that a heading may have beyond its entry in the contents
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class _File:
    """A file of the spine while it is looked at."""

    spine: SpineFile
    root: Element
    page: Page
    size: int
    kind: AsideKind | None = None
    title: str = ""


def read_epub(archive: Archive, *, sha256: str) -> Manuscript:
    """The story of an EPUB 2 or 3 as blocks; cover, contents, copyright and advertisements, prefaces and notes are asides.

    Chapters need not match files. What a heading is, the markup says, or else the table of contents: a short paragraph that an
    entry points to and that reads like the entry becomes a heading. Where an entry's words are nowhere in the file (they may
    be in a picture), a heading with the entry's title is put in, and its anchor's element is "nav".

    Raises DamagedSourceError, EncryptedSourceError.
    """
    package = read_package(archive)
    oddities: list[Oddity] = []
    files = _read_files(archive, package, oddities)
    site_metadata = _mark_sites(files)
    _sort_out(files, package)
    find_apparatus([Document(file.root, file.page) for file in files])
    writer = ProseWriter("")
    story: set[str] = set()
    for file in files:
        writer.end()
        writer.file = file.spine.name
        writer.mark(file.spine.name)
        n_before = len(writer.blocks)
        if file.kind is None:
            walk_page(file.root, file.page, writer)
            if len(writer.blocks) > n_before or not file.page.asides:
                story.add(file.spine.name)
        else:
            _keep_file(file, writer)
    blocks, asides = _with_headings(writer, package, story)
    return Manuscript(
        tuple(blocks),
        "epub",
        sha256,
        package.title,
        package.author,
        package.language or _language(files),
        asides,
        (*site_metadata, *package.metadata),
        tuple(oddities),
    )


def _read_files(archive: Archive, package: Package, oddities: list[Oddity]) -> list[_File]:
    styles = [archive.get(name) for name in package.styles]
    slanted = italic_classes("\n".join(data.decode("utf-8", "replace") for data in styles if data))
    targets: dict[str, set[str]] = {}
    for entry in package.contents:
        targets.setdefault(entry.file, set()).add(entry.fragment)
    files: list[_File] = []
    seen: set[str] = set()
    for spine_file in package.spine:
        name = spine_file.name
        if name in seen or (name in package.navigation and len(package.spine) > 1):
            continue
        seen.add(name)
        data = archive.get(name)
        if data is None:
            oddities.append(Oddity("missing file", f"`{name}` belongs to the book but is not in it"))
            continue
        text, found = decode(data, Path(name))
        oddities.extend(found)
        root = parse_xhtml(text)
        own = italic_classes("\n".join(style.text or "" for style in root.iter("{*}style", "style")))
        page = Page(name, targets=frozenset(targets.get(name, set()) - {""}), italic_classes=slanted | own)
        body = next(root.iter("{*}body", "body"), root)
        files.append(_File(spine_file, body, page, len("".join(body.itertext()))))
    if not files:
        raise DamagedSourceError(archive.path, "none of the EPUB's pages can be found in it")
    return files


def _mark_sites(files: Sequence[_File]) -> tuple[tuple[str, str], ...]:
    """In an EPUB from the Archive of Our Own, the archive's own words around the story; gives what its preface says."""
    metadata: list[tuple[str, str]] = []
    if any(is_archive(file.root) for file in files):
        for file in files:
            metadata += mark_archive(file.root, file.page).metadata
    return tuple(metadata)


def _language(files: Sequence[_File]) -> str:
    for file in files:
        root = file.root.getroottree().getroot()
        for key, value in root.attrib.items():
            if str(key).rpartition("}")[2] == "lang":
                return str(value)
    return ""


# Which files are the story


def _sort_out(files: Sequence[_File], package: Package) -> None:
    """Say of each file whether it is the story (None) or what else."""
    whole = sum(file.size for file in files)
    landmarks: dict[str, str] = {}
    for name, kind in package.landmarks:
        landmarks.setdefault(name, kind)
    titles: dict[str, list[Entry]] = {}
    for entry in package.contents:
        titles.setdefault(entry.file, []).append(entry)
    for file in files:
        entries = titles.get(file.spine.name, [])
        file.title = entries[0].title if len(entries) == 1 else ""
        if file.size <= ASIDE_SHARE * whole and not file.page.asides:
            file.kind = _kind_of(file, landmarks.get(file.spine.name, ""))
    story = [n for n, file in enumerate(files) if file.kind is None and file.size and not file.page.asides]
    if not story:  # a book whose every file looks like something else is read whole
        for file in files:
            if file.kind is not AsideKind.FRONT or file.size > COPYRIGHT_LENGTH:
                file.kind = None
        return
    for n, file in enumerate(files):
        if file.kind is AsideKind.FRONT and n > story[-1]:
            file.kind = AsideKind.BACK


def _kind_of(file: _File, landmark: str) -> AsideKind | None:
    if landmark.lower() in PARTS:
        return PARTS[landmark.lower()]
    if landmark.lower() in ("text", "start", "bodymatter", "chapter"):
        return None
    sections = [child for child in file.root if content(child, 1)]
    for element in (file.root, *(sections if len(sections) == 1 else ())):
        if (kind := part_kind(element)) is not None:
            return kind
    title = (file.title or first_heading(file.root)).strip(" .:*")
    if FRONT_TITLE.fullmatch(title):
        return AsideKind.FRONT
    if PREFACE_TITLE.fullmatch(title):
        return AsideKind.PREFACE
    if BACK_TITLE.fullmatch(title):
        return AsideKind.BACK
    if file.size <= COPYRIGHT_LENGTH:
        words = content(file.root)
        if FRONT_FILE.fullmatch(PurePosixPath(file.spine.name).stem) or COPYRIGHT.match(words):
            return AsideKind.FRONT
        if words and _is_list_of_links(file.root, len(words)):
            return AsideKind.FRONT
    return None


def _is_list_of_links(root: Element, size: int) -> bool:
    links = [content(link) for link in root.iter("{*}a", "a") if link.get("href")]
    return len(links) >= 3 and sum(map(len, links)) > 0.6 * size


def _keep_file(file: _File, writer: ProseWriter) -> None:
    """A file that is no story becomes one aside, but for its footnotes, which belong to their marks."""
    inner = ProseWriter(file.spine.name)
    walk_page(file.root, file.page, inner)
    writer.adopt_notes(inner)
    text = "\n\n".join(part for part in (inner.text(), *(aside.text for aside in inner.asides())) if part)
    if file.kind is not None and text:
        writer.add_aside(file.kind, text, file.title or first_heading(file.root))


# Headings that only the table of contents knows


def _with_headings(writer: ProseWriter, package: Package, story: set[str]) -> tuple[list[Block], tuple[Aside, ...]]:
    asides, blocks, positions = writer.asides(), writer.blocks, writer.positions
    at: dict[int, list[Entry]] = {}
    for entry in package.contents:
        place = positions.get(f"{entry.file}#{entry.fragment}" if entry.fragment else entry.file)
        if place is None:
            place = positions.get(entry.file)
        if place is not None and place < len(blocks) and entry.file in story:
            at.setdefault(place, []).append(entry)
    changed = list(blocks)
    put_in: dict[int, list[Block]] = {}
    places = sorted(at)
    for n, place in enumerate(places):
        end = min(place + HEADING_REACH + len(at[place]), places[n + 1] if n + 1 < len(places) else len(blocks))
        taken: set[int] = set()
        for entry in at[place]:
            found = [i for i in range(place, end) if i not in taken and _reads_like(changed[i], entry.title)]
            # Only what stands together: the first that reads so, and what follows it at once.
            found = [i for k, i in enumerate(found) if i - k == found[0]]
            for i in found:
                taken.add(i)
                if changed[i].kind is not BlockKind.HEADING:
                    changed[i] = replace(changed[i], kind=BlockKind.HEADING, level=entry.depth)
            known = found or (len(at[place]) == 1 and any(changed[i].kind is BlockKind.HEADING for i in range(place, end)))
            if not known and not _says_nothing(entry.title, package.title):
                anchor = Anchor(0, entry.file, 0, "nav")
                put_in.setdefault(place, []).append(Block(BlockKind.HEADING, entry.title, (anchor,), level=entry.depth))
    result: list[Block] = []
    new_places: list[int] = []
    for i, block in enumerate(changed):
        new_places.append(len(result))
        result.extend(put_in.get(i, ()))
        if i in put_in:
            shift = {aside.offset for aside in asides if aside.block == i}
            if shift - {0}:  # a note inside the block moves with it
                new_places[-1] = len(result)
        result.append(block)
    new_places.append(len(result))
    return result, renumbered(asides, new_places)


def _reads_like(block: Block, title: str) -> bool:
    """Whether a block's words are those of an entry, or a part of them ("I" for "Chapter 1: The Arrival")."""
    if block.kind is BlockKind.BREAK or not block.text or len(block.text) > HEADING_LENGTH:
        return False
    words, wanted = _words(block.text), _words(title)
    if not words or not wanted:
        return False
    joined, whole = f" {' '.join(words)} ", f" {' '.join(wanted)} "
    longer = joined.startswith(whole) and (block.kind is BlockKind.HEADING or len(words) <= len(wanted) + MORE_WORDS)
    return joined in whole or longer or "".join(words) == "".join(wanted)


def _words(text: str) -> list[str]:
    """Words in small letters, numerals as figures."""
    return [_figure(word) for word in WORD.findall(text.casefold())]


def _figure(word: str) -> str:
    number = read_number(word)
    return word if number is None else str(number)


def _says_nothing(title: str, book: str) -> bool:
    return title.casefold().strip() in EMPTY_TITLES or " ".join(_words(title)) == " ".join(_words(book)) or not _words(title)
