"""Write one book in six formats, read each back, and say where the blocks differ: `python -m evaluation.formats BOOK.txt`.

The book is read from plain text into a manuscript; small writers put its blocks into EPUB, DOCX, ODT, RTF, Markdown and HTML as a
word processor or converter would; `fabula.source` reads them again. What a format cannot carry is listed in `NOT_CARRIED` and
taken out of both sides before they are compared; every other difference is one of ours.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from pathlib import Path

from fabula.records import Block, BlockKind, Manuscript
from fabula.source import read_manuscript

NOT_CARRIED = """\
Recorded differences, the same for all six formats:
- the sign of a scene break: EPUB, HTML and Markdown have a rule for it, which reads back as a break whose sign is empty or "***";
- blank lines and indents before a paragraph: only plain text has them;
- the book's asides: only the story's blocks are written."""
HEADING = re.compile(r"(?:CHAPTER|ADVENTURE|BOOK|PART) |[IVXL]+\.(?:$| [A-Z]{3})")
HEADING_LENGTH = 120  # code points
SHOWN = 5  # differences a format


@dataclass(frozen=True, slots=True)
class Difference:
    """A block that came back otherwise; "" stands for one that is missing on that side."""

    number: int
    written: str
    read: str


@dataclass(frozen=True, slots=True)
class Row:
    """One format: how many blocks came back as they were, and those that did not."""

    format: str
    n_blocks: int
    differences: tuple[Difference, ...]


def evaluate(book: Path) -> list[Row]:
    """Compare the six formats of one book, block by block: kind, text, emphasis, the order of headings."""
    manuscript = read_manuscript(book)
    blocks = [_as_marked(block) for block in manuscript.blocks if block.text or block.kind is BlockKind.BREAK]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS.items():
            path = Path(folder) / f"book.{name}"
            path.write_bytes(write(blocks, manuscript))
            rows.append(Row(name, len(blocks), compare(blocks, read_manuscript(path).blocks)))
    return rows


def _as_marked(block: Block) -> Block:
    """A heading that plain text only shows by its look, as one by markup: the formats must carry those too."""
    if len(block.text) <= HEADING_LENGTH and HEADING.match(block.text):
        return replace(block, kind=BlockKind.HEADING, text=block.text.replace("\n", " "), level=2)
    return block


def compare(written: Sequence[Block], read: Sequence[Block]) -> tuple[Difference, ...]:
    """Where two rows of blocks differ, after what the formats cannot carry is set aside.

    A block too many or too few is one difference: the rows are lined up again by the next text that they share.
    """
    left, right = [_carried(block) for block in written], [_carried(block) for block in read]
    differences: list[Difference] = []
    i = j = 0
    while i < len(left) or j < len(right):
        if i < len(left) and j < len(right) and left[i] == right[j]:
            i, j = i + 1, j + 1
            continue
        gap = _next_shared(left, right, i, j)
        for k in range(max(gap)):
            one = str(left[i + k]) if k < gap[0] else ""
            other = str(right[j + k]) if k < gap[1] else ""
            differences.append(Difference(i + k, one, other))
        i, j = i + gap[0], j + gap[1]
    return tuple(differences)


Carried = tuple[str, str, tuple[str, ...]]


def _carried(block: Block) -> Carried:
    if block.kind is BlockKind.BREAK:
        return ("break", "", ())
    return (str(block.kind), block.text, tuple(block.text[span.start : span.end] for span in block.emphasis))


def _next_shared(left: list[Carried], right: list[Carried], i: int, j: int) -> tuple[int, int]:
    for size in range(1, 60):
        for a in range(size + 1):
            b = size - a
            if left[i + a : i + a + 2] == right[j + b : j + b + 2] and left[i + a : i + a + 1]:
                return a, b
    return len(left) - i, len(right) - j


# The writers. Each takes blocks and the manuscript that they are from, and gives the file's bytes.


def _inline(block: Block, start: str, end: str, encode: Callable[[str], str]) -> str:
    """A block's text with its emphasis between `start` and `end`."""
    pieces: list[str] = []
    at = 0
    for span in block.emphasis:
        pieces += [encode(block.text[at : span.start]), start, encode(block.text[span.start : span.end]), end]
        at = span.end
    return "".join(pieces) + encode(block.text[at:])


def _xml(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")


def _html_blocks(blocks: Sequence[Block]) -> list[str]:
    written: list[str] = []
    for block in blocks:
        text = _inline(block, "<i>", "</i>", _xml)
        if block.kind is BlockKind.HEADING:
            written.append(f"<h{min(block.level, 6)}>{text}</h{min(block.level, 6)}>")
        elif block.kind is BlockKind.BREAK:
            written.append("<hr/>")
        elif block.kind is BlockKind.INSET:
            written.append(f"<blockquote><p>{text}</p></blockquote>")
        elif block.kind is BlockKind.VERSE:
            written.append(f'<div class="poem"><p>{text}</p></div>')
        else:
            written.append(f"<p>{text}</p>")
    return written


def write_html(blocks: Sequence[Block], book: Manuscript) -> bytes:
    head = f'<head><meta charset="utf-8"/><title>{_xml(book.title)}</title></head>'
    body = "\n".join(_html_blocks(blocks))
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body>\n{body}\n</body></html>'.encode()


def write_epub(blocks: Sequence[Block], book: Manuscript) -> bytes:
    """An EPUB 3 of files of a hundred blocks, wherever they fall: chapters run on over files."""
    pages = [_html_blocks(blocks[at : at + 100]) for at in range(0, len(blocks), 100)]
    names = [f"part{number}.xhtml" for number in range(1, len(pages) + 1)]
    manifest = "".join(f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names))
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(names)))
    metadata = f"<dc:title>{_xml(book.title)}</dc:title><dc:creator>{_xml(book.author)}</dc:creator><dc:language>en</dc:language>"
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f'<manifest>{manifest}<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        f"<spine>{spine}</spine></package>",
        "OPS/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        '<nav epub:type="toc"><ol></ol></nav></body></html>',
    }
    for name, page in zip(names, pages, strict=True):
        files[f"OPS/{name}"] = (
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{"".join(page)}</body></html>'
        )
    return _zip(files)


def write_docx(blocks: Sequence[Block], _: Manuscript) -> bytes:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def runs(block: Block) -> str:
        def run(properties: str) -> Callable[[str], str]:
            def encode(text: str) -> str:
                lines = [f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in text.split("\n")]
                return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>" if text else ""

            return encode

        plain, slanted = run(""), run("<w:rPr><w:i/></w:rPr>")
        pieces: list[str] = []
        at = 0
        for span in block.emphasis:
            pieces += [plain(block.text[at : span.start]), slanted(block.text[span.start : span.end])]
            at = span.end
        return "".join(pieces) + plain(block.text[at:])

    styles = {BlockKind.INSET: "Quote", BlockKind.VERSE: "Verse"}
    names = {**{f"Heading{n}": f"heading {n}" for n in range(1, 7)}, "Quote": "Quote", "Verse": "Verse"}
    style_sheet = [
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in names.items()
    ]
    paragraphs: list[str] = []
    for block in blocks:
        style = f"Heading{min(block.level, 6)}" if block.kind is BlockKind.HEADING else styles.get(block.kind, "")
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        text = "<w:r><w:t>* * *</w:t></w:r>" if block.kind is BlockKind.BREAK else runs(block)
        paragraphs.append(f"<w:p>{properties}{text}</w:p>")
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return _zip(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {namespace}><w:body>{''.join(paragraphs)}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {namespace}>{''.join(style_sheet)}</w:styles>",
        }
    )


def write_odt(blocks: Sequence[Block], _: Manuscript) -> bytes:
    def encode(text: str) -> str:
        return escape(text, quote=False).replace("\n", "<text:line-break/>")

    styles = {BlockKind.INSET: "Quotations", BlockKind.VERSE: "Verse"}
    paragraphs: list[str] = []
    for block in blocks:
        text = _inline(block, '<text:span text:style-name="T1">', "</text:span>", encode)
        if block.kind is BlockKind.HEADING:
            paragraphs.append(f'<text:h text:outline-level="{block.level}">{text}</text:h>')
        elif block.kind is BlockKind.BREAK:
            paragraphs.append("<text:p>* * *</text:p>")
        else:
            paragraphs.append(f'<text:p text:style-name="{styles.get(block.kind, "Standard")}">{text}</text:p>')
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:text="{names}text:1.0" xmlns:style="{names}style:1.0" '
        f'xmlns:fo="{names}xsl-fo-compatible:1.0"><office:automatic-styles><style:style style:name="T1" style:family="text">'
        '<style:text-properties fo:font-style="italic"/></style:style></office:automatic-styles>'
        f"<office:body><office:text>{''.join(paragraphs)}</office:text></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"/>'
    return _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "META-INF/manifest.xml": manifest})


def write_rtf(blocks: Sequence[Block], _: Manuscript) -> bytes:
    def encode(text: str) -> str:
        pieces: list[str] = []
        for character in text:
            if character == "\n":
                pieces.append("\\line ")
            elif character in "\\{}":
                pieces.append("\\" + character)
            elif character < "\x80":
                pieces.append(character)
            else:
                units = character.encode("utf-16-le")
                for at in range(0, len(units), 2):
                    code = int.from_bytes(units[at : at + 2], "little")
                    pieces.append(f"\\u{code - 0x10000 if code > 0x7FFF else code}?")
        return "".join(pieces)

    styles = {BlockKind.INSET: 11, BlockKind.VERSE: 12}
    paragraphs: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.BREAK:
            paragraphs.append("\\pard\\plain * * *\\par")
            continue
        number = min(block.level, 6) if block.kind is BlockKind.HEADING else styles.get(block.kind, 0)
        style = f"\\s{number}" if number else ""
        text = _inline(block, "{\\i ", "}", encode)
        paragraphs.append(f"\\pard\\plain{style} {text}\\par")
    sheet = "".join(f"{{\\s{n} heading {n};}}" for n in range(1, 7)) + "{\\s11 Quote;}{\\s12 Verse;}"
    body = "\n".join(paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\uc1{{\\stylesheet{{Normal;}}{sheet}}}\n{body}\n}}".encode("ascii")


def write_markdown(blocks: Sequence[Block], _: Manuscript) -> bytes:
    def encode(text: str) -> str:
        for sign in "\\`*_[]<>#&~^|$":
            text = text.replace(sign, f"\\{sign}")
        lines = text.split("\n")
        return "\\\n".join(lines)

    def start(text: str) -> str:
        """A dash or a number at the start of a paragraph would make it a list."""
        if text[:1] in "-+=":
            return f"\\{text}"
        digits = len(text) - len(text.lstrip("0123456789"))
        return f"{text[:digits]}\\{text[digits:]}" if digits and text[digits : digits + 1] in (".", ")") else text

    paragraphs: list[str] = []
    for block in blocks:
        text = start(_inline(block, "*", "*", encode))
        if block.kind is BlockKind.HEADING:
            paragraphs.append(f"{'#' * min(block.level, 6)} {text}")
        elif block.kind is BlockKind.BREAK:
            paragraphs.append("***")
        elif block.kind is BlockKind.INSET:
            paragraphs.append(f"> {text}")
        else:
            paragraphs.append(text)
    return ("\n\n".join(paragraphs) + "\n").encode()


def _zip(files: dict[str, str]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


WRITERS: dict[str, Callable[[Sequence[Block], Manuscript], bytes]] = {
    "epub": write_epub,
    "docx": write_docx,
    "odt": write_odt,
    "rtf": write_rtf,
    "md": write_markdown,
    "html": write_html,
}


def table(name: str, rows: Sequence[Row]) -> str:
    """A Markdown table of one book, and the first differences."""
    lines = [f"{name}", "", "| format | blocks | same | different |", "|---|---|---|---|"]
    lines += [f"| {r.format} | {r.n_blocks} | {r.n_blocks - len(r.differences)} | {len(r.differences)} |" for r in rows]
    for row in rows:
        for difference in row.differences[:SHOWN]:
            lines += ["", f"{row.format}, block {difference.number}:"]
            lines += [f"  written {difference.written[:300]}", f"  read    {difference.read[:300]}"]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write a book in six formats and compare what is read back.")
    parser.add_argument("book", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    bad = 0
    for book in options.book:
        rows = evaluate(book)
        bad += sum(len(row.differences) for row in rows)
        print(table(book.name, rows), end="\n\n")
    print(NOT_CARRIED)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
