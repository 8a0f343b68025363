"""Read a Scrivener project: its manuscript in the order of the binder."""

from __future__ import annotations

from pathlib import Path

from fabula.errors import DamagedSourceError, EmptySourceError, SourceMissingError
from fabula.records import Anchor, Aside, AsideKind, Block, BlockKind, Manuscript, Oddity
from fabula.source.decoding import decode
from fabula.source.folder import Gathered
from fabula.source.markup import Element, content, local, parse_xml
from fabula.source.reading import read_data

DRAFT = "DraftFolder"
TEXTS = ("content.rtf", "content.txt", "content.html")  # of Scrivener 3, in Files/Data/<id>/
NOT_COMPILED = ("no", "false")


def find_binder(path: Path) -> Path | None:
    """The binder of a project's folder (`NAME.scriv/NAME.scrivx`); None for any other folder."""
    try:
        return next(iter(sorted(path.glob("*.scrivx"))), None)
    except OSError as error:
        raise SourceMissingError(path, error.strerror or "it cannot be opened") from error


def read_scrivener(path: Path, binder: Path) -> Manuscript:
    """The texts of the draft as one story: folders are chapters (or parts), texts in them scenes with a break between.

    Where the draft holds texts only, each is a chapter. Titles are the binder's, as headings in the element "binder"; what is
    not to be compiled, and all outside the draft, is left out.
    """
    try:
        data = binder.read_bytes()
    except OSError as error:
        raise SourceMissingError(binder, error.strerror or "it cannot be opened") from error
    root = parse_xml(decode(data, binder)[0], binder, binder.name)
    draft = next((item for item in root.iter("{*}BinderItem", "BinderItem") if item.get("Type") == DRAFT), None)
    if draft is None:
        raise DamagedSourceError(path, "the project's binder has no draft")
    gathered = Gathered()
    gathered.digest.update(data)
    items = [item for item in draft.iter("{*}BinderItem", "BinderItem") if item is not draft]
    has_folders = any(item.get("Type") == "Folder" or _children(item) for item in items)
    after_text = False
    for item in items:
        if _is_left_out(item):
            continue
        depth = sum(local(above) == "binderitem" for above in item.iterancestors()) - 1
        title = next((content(child) for child in item if local(child) == "title"), "")
        is_chapter = item.get("Type") == "Folder" or bool(_children(item)) or not has_folders or depth == 0
        text = _read_item(item, path, gathered)
        if is_chapter:
            if text is None or not (text.blocks and text.blocks[0].kind is BlockKind.HEADING):
                gathered.add_heading(title, binder.name, depth + 1, "binder")
            after_text = False
        if text is None:
            continue
        if after_text:
            gathered.blocks.append(Block(BlockKind.BREAK, "", (Anchor(0, binder.name, 0, "binder"),)))
        gathered.add(text, text.blocks[0].anchors[0].file)
        after_text = True
        _add_synopsis(item, gathered)
    if not gathered.manuscripts:
        raise EmptySourceError(path, "the draft of this Scrivener project holds no text")
    return gathered.manuscript(path)


def _children(item: Element) -> list[Element]:
    return [child for holder in item if local(holder) == "children" for child in holder]


def _is_left_out(item: Element) -> bool:
    """Whether it is not to be compiled; a folder's flag says nothing of what is in it."""
    flags = (flag for meta in item if local(meta) == "metadata" for flag in meta if local(flag) == "includeincompile")
    return any(content(flag).lower() in NOT_COMPILED for flag in flags)


def _read_item(item: Element, path: Path, gathered: Gathered) -> Manuscript | None:
    """The text of an item: by its UUID in Scrivener 3, by its number before. None where it has none."""
    places = []
    if key := item.get("UUID"):
        places += [path / "Files" / "Data" / _safe(key) / name for name in TEXTS]
    if key := item.get("ID"):
        places += [path / "Files" / "Docs" / f"{_safe(key)}.{ending}" for ending in ("rtf", "txt")]
    for place in places:
        try:
            data = place.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise SourceMissingError(place, error.strerror or "it cannot be opened") from error
        name = place.relative_to(path).as_posix()
        gathered.add_size(len(data), path)
        gathered.digest.update(name.encode() + b"\0" + data)
        try:
            return read_data(data, place, file=name)
        except EmptySourceError:
            return None
    if item.get("Type") == "Text":
        title = next((content(child) for child in item if local(child) == "title"), "")
        gathered.oddities.append(Oddity("missing file", f"the text of “{title}” is not in the project", len(gathered.blocks)))
    return None


def _safe(key: str) -> str:
    """An item's key as one name of a file: a binder must not lead out of its project."""
    return key.replace("/", "_").replace("\\", "_").replace("..", "_")


def _add_synopsis(item: Element, gathered: Gathered) -> None:
    for child in item:
        if local(child) == "synopsis" and content(child):
            gathered.asides.append(Aside(AsideKind.SUMMARY, content(child), len(gathered.blocks), 0, "Synopsis"))
