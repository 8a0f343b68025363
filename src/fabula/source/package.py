"""Read an EPUB's package: what the book says of itself, the order of its files, and its table of contents."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import NamedTuple

from fabula.errors import DamagedSourceError, EncryptedSourceError
from fabula.source.archive import Archive, resolve
from fabula.source.decoding import decode
from fabula.source.markup import Element, attribute, content, local, parse_xhtml, parse_xml

# Fonts may be scrambled without the book being protected.
FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
PAGES = (".xhtml", ".html", ".htm", ".xml")
METADATA = {"date": "published", "publisher": "publisher", "description": "description", "subject": "subject", "source": "source"}


class SpineFile(NamedTuple):
    """A file in reading order; `linear` is false for what is only reached by links: notes, covers."""

    name: str
    linear: bool


class Entry(NamedTuple):
    """A line of the table of contents: where it points, and how deep it stands, from 1."""

    file: str
    fragment: str
    title: str
    depth: int


@dataclass(frozen=True, slots=True)
class Package:
    """landmarks: (file, what it is), as `epub:type` or the guide of EPUB 2 calls it."""

    spine: tuple[SpineFile, ...]
    contents: tuple[Entry, ...]
    landmarks: tuple[tuple[str, str], ...]
    title: str
    author: str
    language: str
    metadata: tuple[tuple[str, str], ...]
    styles: tuple[str, ...]
    navigation: frozenset[str]  # files that are only the table of contents


def read_package(archive: Archive) -> Package:
    """The package of an EPUB 2 or 3; without one, all pages of the archive in the order of their names.

    Raises EncryptedSourceError for a protected book, DamagedSourceError where nothing says what belongs to it.
    """
    _refuse_protection(archive)
    name = _package_name(archive)
    if name is None:
        pages = sorted(page for page in archive.names() if page.lower().endswith(PAGES) and not page.startswith("META-INF/"))
        if not pages:
            raise DamagedSourceError(archive.path, "the EPUB has neither a package nor pages")
        return Package(tuple(SpineFile(page, True) for page in pages), (), (), "", "", "", (), (), frozenset())
    root = _xml(archive, name)
    items = {item.get("id"): item for item in root.iter("{*}item") if item.get("id") and item.get("href")}
    targets = {key: resolve(name, item.get("href"))[0] for key, item in items.items()}
    files = {key: archive.find(target) or target for key, target in targets.items()}
    spine = tuple(
        SpineFile(files[reference.get("idref")], reference.get("linear") != "no")
        for reference in root.iter("{*}itemref")
        if reference.get("idref") in files
    )
    if not spine:
        raise DamagedSourceError(archive.path, "the EPUB's package names no files to read")
    navs = [files[key] for key, item in items.items() if "nav" in (item.get("properties") or "").split()]
    contents, landmarks, named = _read_navs(archive, navs)
    ncx = next((files[key] for key, item in items.items() if item.get("media-type") == "application/x-dtbncx+xml"), None)
    if not contents and ncx is not None:
        contents = _read_ncx(archive, ncx)
    guide = [
        (resolve(name, reference.get("href"))[0], reference.get("type") or "")
        for reference in root.iter("{*}reference")
        if reference.get("href")
    ]
    title, author, language, metadata = _read_metadata(root)
    styles = tuple(files[key] for key, item in items.items() if item.get("media-type") == "text/css")
    return Package(spine, contents, (*landmarks, *guide), title, author, language, metadata, styles, frozenset(named))


def _refuse_protection(archive: Archive) -> None:
    for name in ("META-INF/encryption.xml", "META-INF/sinf.xml"):
        data = archive.get(name)
        if data is None:
            continue
        if name.endswith("sinf.xml"):
            raise EncryptedSourceError(archive.path)
        root = _xml(archive, name)
        for encrypted in root.iter("{*}EncryptedData"):
            method = next(encrypted.iter("{*}EncryptionMethod"), None)
            target = next(encrypted.iter("{*}CipherReference"), None)
            is_font = target is not None and re.search(r"\.(?:otf|ttf|woff2?|ttc)$", target.get("URI") or "", re.IGNORECASE)
            if not is_font and (method is None or method.get("Algorithm") not in FONT_SCRAMBLING):
                raise EncryptedSourceError(archive.path)


def _package_name(archive: Archive) -> str | None:
    container = archive.find("META-INF/container.xml")
    if container is not None:
        for rootfile in _xml(archive, container).iter("{*}rootfile"):
            found = archive.find(rootfile.get("full-path") or "")
            if found is not None:
                return found
    return next((name for name in archive.names() if name.lower().endswith(".opf")), None)


def _xml(archive: Archive, name: str) -> Element:
    return parse_xml(decode(archive.read(archive.find(name) or name), archive.path)[0], archive.path, name)


# The table of contents


def _read_navs(archive: Archive, names: list[str]) -> tuple[tuple[Entry, ...], list[tuple[str, str]], list[str]]:
    """The contents and landmarks of EPUB 3's navigation, and the files that hold it."""
    entries: list[Entry] = []
    landmarks: list[tuple[str, str]] = []
    read: list[str] = []
    for name in names:
        data = archive.get(name)
        if data is None:
            continue
        root = parse_xhtml(decode(data, archive.path)[0])
        read.append(name)
        for nav in root.iter("{*}nav", "nav"):
            kind = attribute(nav, "type") or (nav.get("role") or "").removeprefix("doc-")
            for link in nav.iter("{*}a", "a"):
                file, fragment = resolve(name, link.get("href") or "")
                if kind == "landmarks":
                    landmarks.append((archive.find(file) or file, attribute(link, "type")))
                elif kind in ("toc", "") and content(link):
                    depth = sum(local(ancestor) in ("ol", "ul") for ancestor in link.iterancestors())
                    entries.append(Entry(archive.find(file) or file, fragment, content(link, 500), max(1, depth)))
    return tuple(entries), landmarks, read


def _read_ncx(archive: Archive, name: str) -> tuple[Entry, ...]:
    """The contents of EPUB 2: nested `navPoint`s."""
    data = archive.get(name)
    if data is None:
        return ()
    entries: list[Entry] = []
    try:
        root = parse_xml(decode(data, archive.path)[0], archive.path, name)
    except DamagedSourceError:
        return ()  # a book can be read without its contents
    for point in root.iter("{*}navPoint"):
        label = next((child for child in point if local(child) == "navlabel"), None)
        target = next((child for child in point if local(child) == "content"), None)
        if label is None or target is None or not content(label):
            continue
        file, fragment = resolve(name, target.get("src") or "")
        depth = 1 + sum(local(ancestor) == "navpoint" for ancestor in point.iterancestors())
        entries.append(Entry(archive.find(file) or file, fragment, content(label, 500), depth))
    return tuple(entries)


# Metadata


def _read_metadata(root: Element) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    metadata = next(root.iter("{*}metadata"), root)
    refining = [meta for meta in metadata.iter("{*}meta") if meta.get("refines")]
    refined = {(meta.get("refines").lstrip("#"), meta.get("property")): content(meta) for meta in refining}
    titles: list[tuple[bool, str]] = []
    authors: list[tuple[str, str]] = []
    language = ""
    more: list[tuple[str, str]] = []
    for element in metadata.iter():
        name, value = local(element), content(element)
        if not value:
            continue
        key = element.get("id") or ""
        if name == "title":
            titles.append((refined.get((key, "title-type")) not in (None, "main"), value))
        elif name == "creator":
            authors.append((attribute(element, "role") or refined.get((key, "role"), ""), value))
        elif name == "language" and not language:
            language = value
        elif name in METADATA:
            more.append((METADATA[name], value))
    for meta in metadata.iter("{*}meta"):
        named = posixpath.basename((meta.get("name") or meta.get("property") or "").replace(":", "/"))
        value = meta.get("content") or content(meta)
        if named in ("series", "series_index", "belongs-to-collection") and value:
            more.append(("series" if named == "belongs-to-collection" else named, value))
    title = min(titles, key=lambda pair: pair[0])[1] if titles else ""
    writers = [value for role, value in authors if role in ("aut", "")] or [value for _, value in authors]
    return title, ", ".join(dict.fromkeys(writers)), language, tuple(more)
