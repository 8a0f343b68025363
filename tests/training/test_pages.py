from __future__ import annotations

import tomllib

import pytest

from fabula.records import MentionKind
from training.corpora.marked_text import strip_marks
from training.corpora.pages import PAGES, Page, make_page, read_pages
from training.examples import CLASSES, example_of_page
from training.speakers.gold import page_passage
from training.speakers.passages import UNKNOWN, Label

ANNOTATED = (
    '{ann|Ann} was {=ann|a nurse}, and {bob|{ann|her} uncle Bob} knew it. {q1|"{ann|You} sew?"} {bob|he} asked.\n\n'
    '{q2|"No,"} {ann|she} said, {q2|"{ann+bob|we} don\'t."} {ann+bob|They} left {bob|Bob}s house. '
    '{q3|"Yours, {mary|M.}"} ended {letter|the letter}.'
)
TABLES = {
    "annotated": ANNOTATED,
    "characters": [
        {"id": "ann", "names": ["Ann"]},
        {"id": "bob", "names": ["Bob"]},
        {"id": "mary", "names": ["M."]},
        {"id": "letter", "names": []},
    ],
    "groups": [{"id": "both", "members": ["bob", "ann"]}],
    "quotes": {
        "q1": {"by": "bob", "to": ["ann"], "kind": "speech"},
        "q2": {"by": "ann", "to": ["bob"], "kind": "speech"},
        "q3": {"by": "mary", "kind": "writing"},
    },
}


@pytest.fixture
def page() -> Page:
    return make_page("page", TABLES)


def told(page: Page) -> list[tuple[str, str]]:
    return [(" ".join(page.words[m.span.start : m.span.end]), "+".join(sorted(m.who))) for m in page.mentions]


def test_every_mark_is_a_mention(page: Page) -> None:
    assert told(page)[:5] == [("Ann", "ann"), ("a nurse", "ann"), ("her uncle Bob", "bob"), ("her", "ann"), ("You", "ann")]


def test_a_group_is_its_members(page: Page) -> None:
    assert [who for words, who in told(page) if words in ("we", "They")] == ["both", "both"]


def test_a_name_in_somebody_elses_mention_names_nobody(page: Page) -> None:
    kinds = {words: m.kind for (words, _), m in zip(told(page), page.mentions, strict=True)}
    assert kinds["her uncle Bob"] is MentionKind.NAME and kinds["a nurse"] is MentionKind.NOMINAL
    other = make_page("p", {"annotated": "{ann|{bob|Bob}'s niece}", "characters": [{"id": "bob", "names": ["Bob"]}]})
    assert [m.kind for m in other.mentions] == [MentionKind.NOMINAL, MentionKind.NAME]


def test_a_mention_takes_whole_tokens(page: Page) -> None:
    assert ("Bobs", "bob") in told(page)


def test_attributes_are_no_links_but_say_of_whom(page: Page) -> None:
    mentions = example_of_page(page).mentions
    assert mentions is not None and mentions.people_only
    assert mentions.attributes == ((1, 0),) and mentions.chains[1] == -1 and mentions.chains[0] == mentions.chains[3] >= 0
    assert CLASSES[mentions.classes[0] - 1][0] is MentionKind.NAME


def test_parts_of_a_quotation_are_one_and_a_letter_has_no_speaker(page: Page) -> None:
    passage = page_passage(page)
    assert [len(parts) for parts in passage.quotes] == [1, 2, 1]
    assert passage.labels == (Label.GOLD, Label.GOLD, Label.NONE) and passage.speakers[2] == UNKNOWN
    assert passage.people[0] == passage.speakers[1] == passage.people[1]


def test_paragraphs_and_sentences_begin_with_tokens(page: Page) -> None:
    assert len(page.paragraphs) == 2 and page.paragraphs[0] == page.sentences[0] == 0
    assert page.words[page.paragraphs[1] : page.paragraphs[1] + 2] == ('"', "No")


@pytest.mark.parametrize("marked", ["{ann|Ann", "Ann}", "{Ann} left"])
def test_damaged_marks_are_told(marked: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        strip_marks(marked)


@pytest.mark.slow
def test_the_pages_are_sound() -> None:
    """Who is marked is listed, and each quotation too; every page yields mentions of more than one person."""
    pages = {page.id: page for page in read_pages()}
    assert len(pages) >= 50
    for path in PAGES.glob("*.toml"):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        text, marks = strip_marks(tables["annotated"])
        listed = {one["id"] for one in [*tables["characters"], *tables.get("groups", ())]}
        assert not {who for mark in marks if not mark.is_quote for who in mark.referents} - listed, path.name
        assert {mark.key for mark in marks if mark.is_quote} == set(tables.get("quotes", ())), path.name
        assert not set("{}|") & set(text), path.name
        assert len({mention.who for mention in pages[path.stem].mentions}) > 1, path.name
