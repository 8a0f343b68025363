"""The story in a page saved from a site whose markup is known: Archive of Our Own, FanFiction.net.

Sources: the templates of otwcode/otwarchive (downloads, chapters and works), and pages of fanfiction.net as described by
FanFicFare's adapter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fabula.records import AsideKind
from fabula.source.markup import Element, content, local
from fabula.source.walk import Kept, Page

STATISTIC = re.compile(r"(Published|Updated|Completed|Words|Chapters)\s*:\s*(\S+)")
NAMES = {
    "archive warning": "warning", "archive warnings": "warning", "categories": "category", "fandoms": "fandom",
    "relationships": "relationship", "characters": "characters", "additional tag": "tags", "additional tags": "tags",
    "collections": "collection",
}  # fmt: skip  # as the archive writes them, by what they are called here
LANGUAGES = {"english": "en"}
OPTION_NUMBER = re.compile(r"\s*\d+\.\s+")


@dataclass(slots=True)
class Story:
    """Where in a page the story is, and what the page says about it.

    parts: the elements to walk, in order; what they hold besides is in the `Page`. chapter: its title, where only the page
    around the story knows it.
    """

    parts: list[Element]
    title: str = ""
    author: str = ""
    language: str = ""
    chapter: str = ""
    metadata: list[tuple[str, str]] = field(default_factory=list)


def find_site_story(root: Element, page: Page) -> Story | None:
    """The story of a page from a known site, its notes marked in `page`; None for any other page."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    if "workskin" in by_id:
        return _archive_live(root, by_id["workskin"], page)
    if "chapters" in by_id and ("preface" in by_id or "afterword" in by_id):
        story = mark_archive(root, page)
        story.parts = [by_id[name] for name in ("preface", "chapters", "afterword") if name in by_id]
        return story
    if "storytext" in by_id or ("storycontent" in by_id and "content_wrapper" not in by_id):
        return _fanfiction(root, by_id, page)
    return None


# Archive of Our Own


def is_archive(root: Element) -> bool:
    """Whether a page is the preface of a work downloaded from the archive, in whatever format."""
    return any(
        "message" in _classes(element) and "Archive of Our Own" in content(element, 400)
        for element in root.iter("{*}p", "{*}div", "p", "div")
    )


def mark_archive(root: Element, page: Page) -> Story:
    """Mark summaries, notes and everything around a downloaded work, and read what its preface says.

    Works on a whole download and on one file of its EPUB, where converters add figures to the classes ("meta2").
    """
    story = Story([root])
    for element in root.iter():
        if _is_prose(element):
            continue
        classes = _classes(element)
        tag = local(element)
        if tag == "dl" and "tags" in classes:
            story.metadata += _definitions(element)
        elif tag == "h1":
            story.title = story.title or content(element)
        elif "byline" in classes and not story.author:
            story.author = content(element).removeprefix("by ")
        elif classes & {"message", "endnote-link"} or ("toc-heading" in classes and content(element) in ("Preface", "Afterword")):
            page.dropped.add(element)
        if "meta" in classes or element.get("id") in ("preface", "afterword", "endnotes"):
            _mark_meta(element, page, story)
    for name, value in story.metadata:
        if name == "language":
            story.language = LANGUAGES.get(value.lower(), value)
    return story


def _is_prose(element: Element) -> bool:
    """Whether an element is of the author's making: what classes it has is then no word of the archive's."""
    return any("userstuff" in _classes(ancestor) and ancestor.get("id") != "chapters" for ancestor in element.iterancestors())


def _mark_meta(meta: Element, page: Page, story: Story) -> None:
    """Keep the quotations of a box as summary and notes, each named by the line before it; leave out the rest but headings."""
    label = ""
    for child in meta:
        classes = _classes(child)
        if local(child) == "blockquote":
            kind = AsideKind.SUMMARY if "summary" in label.lower() else AsideKind.AUTHOR_NOTE
            page.asides[child] = Kept(kind, label)
            if label == "Summary":
                story.metadata.append(("summary", content(child)))
        elif "meta" in classes or child.get("id") == "endnotes" or (local(child) == "h2" and "heading" in classes):
            continue
        else:
            if local(child) == "p":
                label = content(child)
            page.dropped.add(child)


def _archive_live(root: Element, skin: Element, page: Page) -> Story:
    """A page saved from the browser: one chapter, or the whole work."""
    story = Story([skin])
    for element in root.iter():
        classes = _classes(element)
        tag = local(element)
        if tag == "dl" and {"work", "meta"} <= classes:
            story.metadata += _definitions(element)
        elif tag == "h2" and "title" in classes:
            story.title = content(element)
            page.dropped.add(element)
        elif tag == "h3" and "byline" in classes:
            story.author = content(element)
            page.dropped.add(element)
        elif "landmark" in classes or "byline" in classes or "association" in classes:
            page.dropped.add(element)
        elif "module" in classes and classes & {"summary", "notes"}:
            _mark_module(element, page, story)
    for name, value in story.metadata:
        if name == "language":
            story.language = LANGUAGES.get(value.lower(), value)
    return story


def _mark_module(module: Element, page: Page, story: Story) -> None:
    classes = _classes(module)
    of_chapter = any("chapter" in _classes(ancestor) for ancestor in module.iterancestors())
    label = "Summary" if "summary" in classes else "End Notes" if "end" in classes else "Notes"
    label = f"Chapter {label}" if of_chapter else label
    for child in module:
        if local(child) == "blockquote":
            kind = AsideKind.SUMMARY if "summary" in classes else AsideKind.AUTHOR_NOTE
            page.asides[child] = Kept(kind, label)
            if label == "Summary":
                story.metadata.append(("summary", content(child)))
        else:
            page.dropped.add(child)


def _definitions(listing: Element) -> list[tuple[str, str]]:
    """The pairs of a work's header: rating, fandom, tags, statistics."""
    found: list[tuple[str, str]] = []
    name = ""
    for element in listing:
        text = content(element)
        if local(element) == "dt":
            name = text.rstrip(":").lower()
            name = NAMES.get(name, name)
        elif name == "stats":
            nested = [pair for inner in element.iter("{*}dl", "dl") for pair in _definitions(inner)]
            found += nested or [(statistic.lower(), value) for statistic, value in STATISTIC.findall(text)]
        elif name and text:
            items = [content(item) for item in element.iter("{*}li", "li")]
            found.append((name, ", ".join(items) if items else text))
    return found


def _classes(element: Element) -> set[str]:
    return {name.rstrip("0123456789") for name in (element.get("class") or "").split()}


# FanFiction.net


def _fanfiction(root: Element, by_id: dict[str, Element], page: Page) -> Story:
    text = by_id["storytext"] if "storytext" in by_id else by_id["storycontent"]
    story = Story([text])
    top = by_id.get("profile_top")
    if top is not None:
        story.title = next((content(bold) for bold in top.iter("b")), "")
        story.author = next((content(link) for link in top.iter("a") if (link.get("href") or "").find("/u/") >= 0), "")
        styled = ((part, (part.get("style") or "").replace(" ", "")) for part in top.iter("div"))
        summary = next((content(part) for part, style in styled if "margin-top:2px" in style), "")
        if summary:
            story.metadata.append(("summary", summary))
        facts = next((content(part) for part in top.iter("span") if "xgray" in _classes(part)), "")
        story.metadata += _facts(facts)
    if "pre_story_links" in by_id:
        links = [content(link) for link in by_id["pre_story_links"].iter("a")]
        if links:
            story.metadata.append(("fandom", links[-1]))
    for select in root.iter("select"):
        if select.get("id") == "chap_select" or select.get("name") == "chapter":
            chosen = next((option for option in select.iter("option") if option.get("selected") is not None), None)
            if chosen is not None:
                story.chapter = OPTION_NUMBER.sub("", content(chosen), count=1)
            break
    for name, value in story.metadata:
        if name == "language":
            story.language = LANGUAGES.get(value.lower(), value)
    for bar in text.iter():
        if "a2a_kit" in _classes(bar) or "adsbygoogle" in _classes(bar):
            page.dropped.add(bar)
    return story


def _facts(line: str) -> list[tuple[str, str]]:
    """Read "Rated: Fiction T - English - Adventure - Chapters: 22 - Words: 114,414 - ...".

    >>> _facts("Rated: Fiction T - English - Drama/Angst - Words: 9,876 - id: 1")
    [('rating', 'Fiction T'), ('language', 'English'), ('genre', 'Drama/Angst'), ('words', '9,876'), ('id', '1')]
    """
    found: list[tuple[str, str]] = []
    nameless = ["language", "genre", "characters"]
    for part in line.split(" - "):
        name, colon, value = part.partition(":")
        if colon:
            name = name.strip().lower()
            found.append(("rating" if name == "rated" else name, value.strip()))
        elif part.strip() and nameless:
            found.append((nameless.pop(0), part.strip()))
    return found
