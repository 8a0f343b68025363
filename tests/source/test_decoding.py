"""From bytes to text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.source.decoding import decode

PATH = Path("book.txt")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("“Don’t,” said Zoë.".encode(), "“Don’t,” said Zoë."),
        ("“Don’t,” said Zoë.".encode("utf-8-sig"), "“Don’t,” said Zoë."),
        ("“Don’t,” said Zoë.".encode("utf-16"), "“Don’t,” said Zoë."),
        ("“Don’t,” said Zoë, and it was long enough.".encode("utf-16-le"), "“Don’t,” said Zoë, and it was long enough."),
        ("“Don’t,” said Zoë.".encode("utf-32"), "“Don’t,” said Zoë."),
        (b"line one\r\nline two\rline three\n", "line one\r\nline two\rline three\n"),
    ],
)
def test_unicode_is_read_as_it_is(data: bytes, text: str) -> None:
    """“Don’t,” said Zoë."""
    assert decode(data, PATH)[0] == text


def test_strict_utf8_has_nothing_odd() -> None:
    """ﬁrst ½ “quoted” ’tis naïve — café…"""
    assert decode("ﬁrst ½ “quoted” ’tis naïve — café… ＷＩＤＥ e\u0301".encode(), PATH) == (
        "ﬁrst ½ “quoted” ’tis naïve — café… ＷＩＤＥ e\u0301",
        (),
    )


def test_windows_1252_is_taken_before_its_neighbours_and_noticed() -> None:
    """“Don’t — œuvre,” she said."""
    text, oddities = decode("“Don’t — œuvre,” she said.".encode("cp1252"), PATH)
    assert text == "“Don’t — œuvre,” she said."
    assert [oddity.kind for oddity in oddities] == ["encoding"]


def test_the_old_macintosh_is_known_by_its_apostrophe() -> None:
    """“I don’t know.”"""
    assert decode("“I don’t know.”".encode("mac_roman"), PATH)[0] == "“I don’t know.”"


def test_utf8_with_a_foreign_byte_keeps_the_rest() -> None:
    """“It’s” “so” caf\\xe9"""
    text, oddities = decode("“It’s” “so” ".encode() + b"caf\xe9", PATH)
    assert text == "“It’s” “so” café"
    assert oddities


def test_a_page_is_read_as_it_declares() -> None:
    """<meta charset="windows-1251">Князь"""
    data = '<html><meta charset="windows-1251"><p>Князь Prince</p>'.encode("cp1251")
    assert "Князь" in decode(data, PATH)[0]


def test_a_page_that_declares_latin1_but_is_utf8_is_utf8() -> None:
    """<meta charset="iso-8859-1">“Yes”"""
    text, oddities = decode('<html><meta charset="iso-8859-1"><p>“Yes”</p>'.encode(), PATH)
    assert "“Yes”" in text
    assert oddities


def test_prose_that_speaks_of_a_charset_declares_nothing() -> None:
    """The page said <meta charset="utf-16">. “Odd.”"""
    assert decode('The page said <meta charset="utf-16">. “Odd.”'.encode(), PATH)[0].endswith("“Odd.”")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Itâ€™s a cafÃ©, sheâ€™d said.", "It’s a café, she’d said."),
        ("â€œYes,â€\x9d he said.", "“Yes,” he said."),
        ("He said \x93Yes\x94 and \x97 no.", "He said “Yes” and — no."),
    ],
)
def test_mojibake_is_repaired_and_noticed(broken: str, whole: str) -> None:
    """Itâ€™s a cafÃ©"""
    text, oddities = decode(broken.encode(), PATH)
    assert text == whole
    assert [oddity.kind for oddity in oddities] == ["mojibake"]


@pytest.mark.parametrize("good", ["¶ and § are signs", "SÃO PAULO", "Åse “Å” Ångström", "L’ÉTÉ À PARIS", "voilà — là"])
def test_good_text_is_left_alone(good: str) -> None:
    """SÃO PAULO"""
    assert decode(good.encode(), PATH) == (good, ())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff\0", max_codepoint=0x7F)))
def test_ascii_comes_back_unchanged(text: str) -> None:
    """any ASCII"""
    assert decode(text.encode(), PATH) == (text, ())


@given(st.binary(max_size=300))
def test_any_bytes_give_text(data: bytes) -> None:
    """any bytes"""
    assert isinstance(decode(data, PATH)[0], str)


def test_a_long_line_of_garbled_text_is_repaired_quickly() -> None:
    """one line of 3 MB"""
    start = time.perf_counter()
    text, _ = decode(("Itâ€™s late. " * 200_000).encode(), PATH)
    assert text.startswith("It’s late. It’s")
    assert time.perf_counter() - start < 20
