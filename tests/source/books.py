"""Small books in the formats that are ZIP archives, built in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from fabula.records import Block, BlockKind, Manuscript
from fabula.source.archive import Archive
from fabula.source.docx import read_docx
from fabula.source.epub import read_epub
from fabula.source.odt import read_odt
from fabula.source.webpage import read_webpage

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/>'
    "</rootfiles></container>"
)
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(files: Mapping[str, str | bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, text in files.items():
            writer.writestr(name, text)
    return data.getvalue()


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """An archive with something else in one of its files."""
    with zipfile.ZipFile(BytesIO(data)) as reader:
        files = {one: reader.read(one) for one in reader.namelist()}
    return archive({**files, name: files[name].decode().replace(old, new)})


def epub(
    pages: Mapping[str, str],
    *,
    nav: str = "",
    ncx: str = "",
    metadata: str = "<dc:title>The Book</dc:title><dc:creator>A. Writer</dc:creator><dc:language>en-GB</dc:language>",
    guide: str = "",
    more: Mapping[str, str | bytes] | None = None,
    linear: Mapping[str, str] | None = None,
) -> bytes:
    """pages: name -> what is in the body, in spine order. nav: the `<ol>` of its contents. ncx: its navPoints."""
    items = "".join(f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages))
    spine = "".join(f'<itemref idref="i{n}" linear="{(linear or {}).get(name, "yes")}"/>' for n, name in enumerate(pages))
    files: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    if nav:
        items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        files["OPS/nav.xhtml"] = f"{XHTML}<body>{nav}</body></html>"
    if ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        files["OPS/toc.ncx"] = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>'
    files["OPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine>{guide}</package>"
    )
    for name, body in pages.items():
        files[f"OPS/{name}"] = body if body.startswith("<?xml") else f"{XHTML}<body>{body}</body></html>"
    return archive({**files, **(more or {})})


def toc(*entries: tuple[str, str]) -> str:
    """Navigation with these (href, title)."""
    lines = "".join(f'<li><a href="{href}">{title}</a></li>' for href, title in entries)
    return f'<nav epub:type="toc"><ol>{lines}</ol></nav>'


def docx(body: str, *, styles: str = "", footnotes: str = "", core: str = "") -> bytes:
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
    }
    if styles:
        files["word/styles.xml"] = f"<w:styles {WORD}>{styles}</w:styles>"
    if footnotes:
        files["word/footnotes.xml"] = f"<w:footnotes {WORD}>{footnotes}</w:footnotes>"
    if core:
        files["docProps/core.xml"] = f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp>'
    return archive(files)


def run(text: str, properties: str = "") -> str:
    """A Word run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph_of(text: str) -> str:
    """A Word paragraph of one run."""
    return f"<w:p>{run(text)}</w:p>"


def odt(body: str, *, styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    names = " ".join(f'xmlns:{name}="{OPEN}{name}:1.0"' for name in ("office", "text", "style", "meta"))
    names += f' xmlns:fo="{OPEN}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {names}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def read_book(data: bytes) -> Manuscript:
    return read_epub(Archive(data, Path("book.epub")), sha256="")


def read_word(data: bytes) -> Manuscript:
    return read_docx(Archive(data, Path("book.docx")), sha256="")


def read_open(data: bytes) -> Manuscript:
    return read_odt(Archive(data, Path("book.odt")), sha256="")


def read_html(html: str) -> Manuscript:
    return read_webpage(html, file="page.html", sha256="")


def texts(manuscript: Manuscript) -> list[str]:
    return [block.text for block in manuscript.blocks]


def kinds(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in manuscript.blocks]


def headings(manuscript: Manuscript) -> list[str]:
    return [block.text for block in manuscript.blocks if block.kind is BlockKind.HEADING]


def emphasised(block: Block) -> list[str]:
    return [block.text[span.start : span.end] for span in block.emphasis]
