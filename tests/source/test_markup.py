"""Parsing markup that nobody vouches for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fabula.errors import DamagedSourceError
from fabula.source.markup import attribute, content, line_of, local, parse_page, parse_xhtml, parse_xml


def test_named_entities_work_without_a_document_type() -> None:
    """&nbsp;&mdash;&lt;"""
    assert "".join(parse_xhtml("<p>a&nbsp;b&mdash;c &lt; d</p>").itertext()) == "a\u00a0b—c < d"


def test_an_unknown_entity_is_kept_as_it_is_written() -> None:
    """&hero; left."""
    assert content(parse_xhtml("<p>&hero; left.</p>")) == "&hero; left."


def test_entities_of_its_own_do_not_grow() -> None:
    """<!ENTITY b "&a;&a;&a;">"""
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>'
    assert content(parse_xhtml(bomb)) == "&b;"
    assert content(parse_xml(bomb, Path("a"), "a")) == "&b;"


def test_entities_fetch_nothing() -> None:
    """<!ENTITY a SYSTEM "file:///etc/hostname">"""
    assert content(parse_xhtml('<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hostname">]><p>&a;</p>')) == "&a;"


def test_lines_are_those_of_the_file() -> None:
    """a document type over three lines"""
    root = parse_xhtml('<!DOCTYPE html\nPUBLIC "x"\n"y">\n<html>\n<p>hello</p></html>')
    assert [line_of(p) for p in root.iter("p")] == [5]


def test_broken_xhtml_is_read_as_html_and_keeps_empty_elements_empty() -> None:
    """<title/><p>One<br>Two <a id="x"/>three & four</p>"""
    root = parse_xhtml('<html><head><title/></head><body><p>One<br>Two <a id="x"/>three & four</p></body></html>')
    assert content(root) == "OneTwo three & four"
    assert [local(element) for element in root.iter()][-1] == "a"


def test_a_hundred_thousand_nested_elements_lose_no_word() -> None:
    """<div><div><div>...hello...</div></div></div><p>after</p>"""
    root = parse_page("<body>" + "<div>" * 100_000 + "hello" + "</div>" * 100_000 + "<p>after</p></body>")
    assert content(root).split() == ["helloafter"] or content(root) == "hello after"


def test_unclosed_tags_of_old_pages_lose_no_word() -> None:
    """<font><i>text<font><i>text"""
    assert content(parse_page("<body>" + "<font><i>text " * 5_000)).count("text") == 5_000


def test_a_long_text_is_not_cut() -> None:
    """12 MB in one element"""
    start = time.perf_counter()
    assert len("".join(parse_xhtml(f"<p>{'word ' * 2_400_000}</p>").itertext())) == 12_000_000
    assert time.perf_counter() - start < 10


def test_an_attribute_is_found_by_its_local_name() -> None:
    """epub:type="toc" """
    root = parse_xhtml('<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"/>')
    assert attribute(root, "type") == "toc"
    assert attribute(parse_page('<nav epub:type="toc">x</nav>').find(".//nav"), "type") == "toc"


def test_broken_xml_says_which_file() -> None:
    """<package>"""
    with pytest.raises(DamagedSourceError, match=r"book\.opf"):
        parse_xml("<package>", Path("a.epub"), "book.opf")
