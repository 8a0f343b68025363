"""What people are shown."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.cli.terminal import Terminal, bold, columns, cut, escape_controls, one_line, quoted_for_shell, wrap

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
TEXTS = st.text(alphabet=st.characters(exclude_categories=()))
PRINTED = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Zl", "Zp")))


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@given(TEXTS)
def test_nothing_that_steers_a_terminal_is_shown(text: str) -> None:
    """\\x1b[31m \\u202e"""
    shown = escape_controls(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(c) in BIDI]
    assert escape_controls(shown) == shown


@given(PRINTED)
def test_what_is_only_printed_is_shown_as_it_is(text: str) -> None:
    """[bold] <script> 王 é"""
    assert escape_controls(text) == text


def test_joined_emoji_and_persian_stay_whole() -> None:
    """👩‍🚀 می‌خواهم ❤️"""
    assert escape_controls("👩\u200d🚀 می\u200cخواهم ❤\ufe0f") == "👩\u200d🚀 می\u200cخواهم ❤\ufe0f"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437", "utf-8", "koi8-r"])
@given(text=TEXTS)
def test_a_line_is_always_one_line_that_can_be_encoded(encoding: str, text: str) -> None:
    """→ 王 \\ud800"""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    Terminal(stream).line("x", text, "x")
    stream.flush()
    written = raw.getvalue()
    assert written.startswith(b"x")
    assert written.count(b"\n") == 1


def test_curly_quotes_become_straight_where_they_cannot_be_shown() -> None:
    """“Don’t — go…”"""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert Terminal(stream).shown("“Don’t — go…” é") == '"Don\'t -- go..." \\xe9'


@given(PRINTED, st.integers(4, 60))
def test_a_cut_text_fits(text: str, width: int) -> None:
    """It is a truth universally acknowledged"""
    text = one_line(text)
    assert columns(cut(text, width, "…")) <= width
    assert columns(text) > width or cut(text, width, "…") == text


@given(PRINTED, st.integers(4, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """It is a truth universally acknowledged"""
    text = one_line(text)
    lines = wrap(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_terminal_has_colour_unless_it_is_declined(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR, TERM=dumb"""
    for name, value in ((None, ""), ("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patched:
            if name:
                patched.setenv(name, value)
            screen = Screen()
            Terminal(screen).line(bold("Emma"))
            assert screen.getvalue() == ("Emma\n" if name else "\x1b[1mEmma\x1b[0m\n")


def test_a_file_has_no_colour() -> None:
    """fabula show STORY cast > FILE"""
    stream = io.StringIO()
    Terminal(stream).line(bold("Emma"))
    assert stream.getvalue() == "Emma\n"


def test_a_styled_piece_cannot_smuggle_an_escape() -> None:
    """\\x1b]0;title\\x07"""
    screen = Screen()
    Terminal(screen).line(bold("\x1b]0;title\x07"))
    assert screen.getvalue() == "\x1b[1m\\x1b]0;title\\x07\x1b[0m\n"


@pytest.mark.parametrize("width", ["80", "20", "0", "nonsense"])
def test_no_terminal_is_believed_to_be_narrower_than_40(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS=0"""
    monkeypatch.setenv("COLUMNS", width)
    assert Terminal(io.StringIO()).width in (80, 40)


@pytest.mark.skipif("os.name == 'nt'", reason="the shell is another")
@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("emma.fabula", "emma.fabula"),
        ("Mr. Hale", '"Mr. Hale"'),
        ("O’Hara d'Arcy", '"O’Hara d\'Arcy"'),
        ('The "Rat" $1', "'The \"Rat\" $1'"),
    ],
)
def test_a_word_is_quoted_as_the_shell_needs_it(word: str, typed: str) -> None:
    """fabula who emma.fabula "Mr. Hale" """
    assert quoted_for_shell(word) == typed
