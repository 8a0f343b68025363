"""Read a saved web page: the story without the site around it."""

from __future__ import annotations

import email
import email.policy
import re
from typing import NamedTuple

from fabula.records import Anchor, AsideKind, Block, BlockKind, Manuscript, Oddity
from fabula.source.apparatus import Document, find_apparatus
from fabula.source.markup import Element, attribute, content, local, parse_page
from fabula.source.prose import ProseWriter
from fabula.source.sites import Story, find_site_story
from fabula.source.walk import BLOCKS, HEADINGS, Kept, Page, italic_classes, walk_page

STORY_NAME = re.compile(
    r"(?:entry|post|article|story|chapter|page|main|reading|text|book)[-_]?(?:content|text|body|inner)|userstuff|storytext|fictext",
    re.IGNORECASE,
)
STORY_SHARE = 0.5  # of a page's words that are no links; an element with less is not where the story is
# Words in class or id of what a site puts around a story; the whole name, or a part of it between hyphens.
# fmt: off
AROUND = frozenset((
    "comments", "comment", "commentlist", "disqus", "respond", "sidebar", "nav", "navbar", "navigation", "navi", "menu",
    "breadcrumb", "breadcrumbs", "footer", "share", "sharing", "sharedaddy", "social", "related", "relatedposts", "recommended",
    "advert", "ads", "advertisement", "ad", "cookie", "cookies", "newsletter", "subscribe", "subscription", "pagination",
    "pager", "prevnext", "rating", "ratings", "review", "reviews", "login", "signup", "search", "searchform", "widget", "skip",
    "toolbar", "popup", "modal", "votes", "patreon", "donate", "kudos", "feedback", "postmeta", "metadata", "tags", "taglist",
    "buttons", "sitenav", "topnav", "post-meta", "entry-meta", "article-meta", "chapter-nav", "chapter-navigation",
    "author-bio", "author-info",
))
# fmt: on
COMMENTS = frozenset(("comments", "comment-list", "commentlist", "disqus_thread", "disqus", "respond", "reviews", "feedback"))
AROUND_SHARE = 0.4  # of a page's words; what holds more is the story, whatever it is called
AUTHOR_NOTE_CLASS = re.compile(r"(?:portlet-)?author'?s?[-_]?notes?(?:[-_]\w{0,20})?", re.IGNORECASE)
AUTHOR_NOTE = re.compile(r"\W{0,3}(?:A\s?/\s?N\b|AN\s?:|(?i:Author['’]?s?['’]? Notes?)\s?[:\-–—])")
PAGER = re.compile(
    r"\W*(?:(?:previous|prev|next|first|last|latest)(?: (?:chapter|page|post|entry|part))?|(?:table of )?contents|index|home|toc"
    r"|back(?: to (?:top|contents|index|the top|the story))?|top|chapter list|share|print|report(?: chapter)?|reply)\W*",
    re.IGNORECASE,
)
PAGER_LENGTH = 120  # code points
TITLE_META = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
AUTHOR_META = ("author", "dc.creator", "dcterms.creator", "article:author", "citation_author")
MORE_META = {"description": "description", "og:description": "description", "og:site_name": "site", "dc.date": "published"}


class _Head(NamedTuple):
    """What a page says of itself."""

    title: str
    author: str
    language: str
    metadata: tuple[tuple[str, str], ...]


def read_webpage(text: str, *, file: str, sha256: str) -> Manuscript:
    """The story of a page as blocks: navigation, comments and ratings are left out, summary and notes kept apart.

    text: the page, decoded. Pages of the archives that `fabula.source.sites` knows give all that their headers say; any other
    page is searched for the element that holds most of its prose. A chapter's title that only a menu of the site shows
    becomes a heading in the element "#chap_select".
    """
    root = parse_page(text)
    page = Page(file, italic_classes=italic_classes("\n".join(style.text or "" for style in root.iter("style"))))
    head = _read_head(root)
    story = find_site_story(root, page) or Story(_find_story(root, page))
    for part in story.parts:
        _mark_pagers(part, page)
    find_apparatus([Document(part, page) for part in story.parts])
    writer = ProseWriter(file)
    if story.chapter:
        heading = Block(BlockKind.HEADING, story.chapter, (Anchor(0, file, 0, "#chap_select"),), level=2)
        writer.blocks.append(heading)
    for part in story.parts:
        walk_page(part, page, writer)
    asides = list(writer.asides())
    for name, value in story.metadata:
        if name == "summary" and not any(aside.kind is AsideKind.SUMMARY and not aside.block for aside in asides):
            first = ProseWriter(file)
            first.add_aside(AsideKind.SUMMARY, value, "Summary")
            asides = [*first.asides(), *asides]
    known = {name for name, _ in story.metadata}
    return Manuscript(
        tuple(writer.blocks),
        "html",
        sha256,
        story.title or head.title,
        story.author or head.author,
        story.language or head.language,
        tuple(asides),
        (*story.metadata, *(pair for pair in head.metadata if pair[0] not in known)),
        tuple(writer.oddities) or (() if writer.blocks else (Oddity("empty", f"no prose was found in `{file}`"),)),
    )


def page_of_mhtml(data: bytes) -> bytes | None:
    """The page inside a browser's "single file" (MHTML), re-encoded as UTF-8; None if there is none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    return None


def _read_head(root: Element) -> _Head:
    values: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            values.setdefault(name, value)
    titles = [content(element, 500) for element in root.iter("title") if local(element.getparent()) in ("head", "html", "body")]
    headings = [content(element, 500) for element in root.iter("h1")]
    title = next((values[name] for name in TITLE_META if name in values), titles[0] if titles else "")
    # "Emma, by Jane Austen" or "Emma | My site": where the only great heading is a part of it, that is the title.
    if len(headings) == 1 and 1 < len(headings[0]) < len(title) and headings[0].casefold() in title.casefold():
        title = headings[0]
    language = root.get("lang") or attribute(root, "lang") or values.get("content-language", "") or values.get("dc.language", "")
    more = {MORE_META[name]: value for name, value in values.items() if name in MORE_META}
    author = next((values[name] for name in AUTHOR_META if name in values and "://" not in values[name]), "")
    return _Head(title, author, language.strip(), tuple(more.items()))


# The story among a site's furniture


def _find_story(root: Element, page: Page) -> list[Element]:
    """The element that holds the story, after its heading if that stands outside; what they hold besides is marked in `page`."""
    body = next(root.iter("body"), root)
    sizes = _prose_sizes(body)
    whole = sizes[body]
    for element in body.iter():
        if element is not body and _is_around(element, sizes, whole):
            page.dropped.add(element)
        elif any(AUTHOR_NOTE_CLASS.fullmatch(name) for name in (element.get("class") or "").split()):
            page.asides[element] = Kept(AsideKind.AUTHOR_NOTE, "")
    left = whole - sum(sizes[element] for element in page.dropped if not _inside(element, page.dropped))
    story = body
    for element in body.iter():
        if not _is_story_element(element) or sizes[element] < STORY_SHARE * left or _inside(element, page.dropped):
            continue
        story = element  # the last one found is the innermost: an ancestor comes before its descendants
    return [story] if story is body else [*_heading_before(story, page), story]


def _heading_before(story: Element, page: Page) -> list[Element]:
    """The nearest heading above an element that has none of the first two levels itself."""
    if any(local(element) in ("h1", "h2") for element in story.iterdescendants()):
        return []
    for outer in (story, *story.iterancestors()):
        for before in outer.itersiblings(preceding=True):
            headings = [element for element in before.iter() if local(element) in ("h1", "h2", "h3")]
            shown = [one for one in headings if one not in page.dropped and not _inside(one, page.dropped) and content(one, 300)]
            if shown:
                return shown[-1:]
    return []


def _prose_sizes(body: Element) -> dict[Element, int]:
    """Code points of text outside links, for every element."""
    sizes: dict[Element, int] = {}
    order = list(body.iter())
    for element in order:
        own = 0 if local(element) in ("a", "script", "style", "option", "button") else len((element.text or "").strip())
        sizes[element] = own + sum(len((child.tail or "").strip()) for child in element)
    for element in reversed(order):
        parent = element.getparent()
        if parent is not None and parent in sizes and local(element) != "a":
            sizes[parent] += sizes[element]
    return sizes


def _is_around(element: Element, sizes: dict[Element, int], whole: int) -> bool:
    tag = local(element)
    if tag in HEADINGS or tag not in BLOCKS:
        return False
    if attribute(element, "type") or (element.get("role") or "").startswith("doc-"):
        return False  # a part of a book, marked as one
    small = sizes[element] <= AROUND_SHARE * whole
    if tag in ("nav", "footer", "form", "search"):
        return small
    if tag in ("header", "aside"):
        holds_title = any(local(child) in ("h1", "h2") for child in element.iterdescendants())
        return small and (not holds_title or any(local(child) == "nav" for child in element.iterdescendants()))
    names = [name.lower() for name in ((element.get("class") or "") + " " + (element.get("id") or "")).split()]
    if element.get("role") in ("navigation", "banner", "contentinfo", "complementary", "search"):
        return small
    if any(name in COMMENTS for name in names):
        return not any(local(child) == "h1" for child in element.iterdescendants())
    words = {word for name in names for word in (name, *re.split(r"[-_]+", name))}
    return small and not AROUND.isdisjoint(words)


def _is_story_element(element: Element) -> bool:
    if local(element) in ("article", "main") or element.get("role") in ("main", "article"):
        return True
    if element.get("itemprop") == "articleBody":
        return True
    names = ((element.get("class") or "") + " " + (element.get("id") or "")).split()
    return any(STORY_NAME.fullmatch(name) for name in names)


def _inside(element: Element, elements: set[Element]) -> bool:
    return any(ancestor in elements for ancestor in element.iterancestors())


def _mark_pagers(story: Element, page: Page) -> None:
    """Lines that only lead elsewhere ("Previous Chapter | Next Chapter"), and notes of the author in the text itself."""
    for element in story.iter():
        if local(element) not in ("p", "div", "center", "li", "td", "span", "table"):
            continue
        text = content(element, PAGER_LENGTH)
        if 0 < len(text) <= PAGER_LENGTH and _is_pager(element, text):
            page.dropped.add(element)
        elif local(element) == "p" and AUTHOR_NOTE.match(text):
            page.asides[element] = Kept(AsideKind.AUTHOR_NOTE, "")


def _is_pager(element: Element, text: str) -> bool:
    if not any(local(child) == "a" for child in element.iterdescendants()):
        return False
    return all(PAGER.fullmatch(piece) for piece in re.split(r"\s*[|·•/—–]\s*", text) if piece.strip())
