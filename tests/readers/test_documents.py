"""Whose a document is."""

from __future__ import annotations

import pytest

from fabula.readers.documents import attribute_documents, find_headed, read_heading
from fabula.readers.quotes import find_quotes
from fabula.records import Mention, MentionKind, MentionType, QuoteKind, Span, Text
from tests.passages import make_text

HEADING = "Letter, Lucy Westenra to Mina Murray."


def said_words(line: str) -> tuple[str, str | None] | None:
    heading = read_heading(line)
    if heading is None:
        return None
    return line[slice(*heading.owner)], None if heading.to is None else line[slice(*heading.to)]


def written(passage: str, *names: str) -> list[tuple[str, str, str | None]]:
    """The beginning of each letter with its writer and its reader."""
    text = make_text(passage)
    quotes, _ = find_quotes(text)
    mentions = _name(text, names)
    by_id = {mention.id: text.quote(mention.span) for mention in mentions}
    starts = {quote.id: text.quote(quote.parts[0])[1:8] for quote in quotes}
    return [
        (starts[a.quote], by_id[a.speaker], by_id[a.addressees[0]] if a.addressees else None)
        for a in attribute_documents(text, quotes, mentions)
    ]


def _name(text: Text, names: tuple[str, ...]) -> list[Mention]:
    spans = sorted(Span(at, at + len(name)) for name in names for at in range(len(text.string)) if text.string.startswith(name, at))
    return [Mention(number, span, MentionKind.NAME, MentionType.PERSON, 0) for number, span in enumerate(spans)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (HEADING, ("Lucy Westenra", "Mina Murray")),
        ("Telegram, Seward, London, to Van Helsing, Amsterdam.", ("Seward, London,", "Van Helsing, Amsterdam")),
        ("Letter 2. Lucy to Mina", ("Lucy", "Mina")),
        ("DR. SEWARD’S DIARY", ("DR. SEWARD", None)),
        ("Extracted from the Diary of Hester Pinhorn", ("Hester Pinhorn", None)),
        ("He wrote a letter to Mina.", None),
    ],
)
def test_a_heading_says_whose_a_document_is(line: str, said: tuple[str, str | None] | None) -> None:
    """Letter, Lucy Westenra to Mina Murray."""
    assert said_words(line) == said


def test_a_letter_in_marks_is_whose_its_heading_says() -> None:
    """Letter, Lucy Westenra to Mina Murray. ¶ “17, Chatham Street. ¶ “My dearest Mina, ..."""
    passage = f"{HEADING} ¶ “17, Chatham Street. ¶ “My dear, I must say it rains. ¶ “Lucy.” ¶ “Go,” said Mina Murray."
    assert written(passage, "Lucy Westenra", "Mina Murray") == [("17, Cha", "Lucy Westenra", "Mina Murray")]
    text = make_text(passage)
    quotes, _ = find_quotes(text)
    assert [quote.kind for quote in quotes] == [QuoteKind.WRITING, QuoteKind.SPEECH]
    assert list(find_headed(text, quotes)) == [quotes[0].id]


def test_a_letter_goes_on_where_another_of_its_lines_is_marked_in_the_same_paragraph() -> None:
    """“P. S.--Mother sends her love. “P. P. S.--We are to be married.”"""
    passage = f"{HEADING} ¶ “17, Chatham Street. ¶ “P.S. Mother sends her love.” “P.P.S. We go.” ¶ “Go,” said Mina Murray."
    assert [writer for _, writer, _ in written(passage, "Lucy Westenra", "Mina Murray")] == ["Lucy Westenra"] * 2


def test_the_heading_of_a_letter_that_is_no_paragraph_above_it_says_nothing() -> None:
    """Letter, Lucy to Mina ¶ It rained. ¶ “Go.”"""
    assert written(f"{HEADING} ¶ It rained. ¶ “My dear, I must say it rains.”", "Lucy Westenra") == []


def test_a_letter_in_marks_is_whose_it_is_signed() -> None:
    """He handed her this letter: ¶ “My dear friend, ... ¶ “CAROLINE BINGLEY.”"""
    passage = "He handed her this letter: ¶ “My dear Friend,” ¶ “It rains.” ¶ “Yours ever, CAROLINE BINGLEY.” ¶ “Oh,” said Jane."
    assert {writer for _, writer, _ in written(passage, "CAROLINE BINGLEY", "Jane")} == {"CAROLINE BINGLEY"}
    assert len(written(passage, "CAROLINE BINGLEY", "Jane")) == 3
    assert written(passage.replace("BINGLEY.", "BINGLEY is here."), "CAROLINE BINGLEY", "Jane") == []
    assert written(passage, "Jane") == []
