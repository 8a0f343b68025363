from __future__ import annotations

import pytest

from fabula.records import Anchor, AsideKind, Block, BlockKind, Note, ParagraphKind
from tests.text.books import book, chapters, made_of, prose, read, titles


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("CHAPTER I.", "CHAPTER II.", "CHAPTER III."),
        ("Chapter 1", "Chapter 2", "Chapter 3"),
        ("CHAPTER ONE", "CHAPTER TWO", "CHAPTER THREE"),
        ("Chapter the First", "Chapter the Second", "Chapter the Third"),
        ("THE FIRST CHAPTER", "THE SECOND CHAPTER", "THE THIRD CHAPTER"),
        ("STAVE I", "STAVE II", "STAVE III"),
        ("LETTER I", "LETTER II", "LETTER III"),
        ("Chap. I.", "Chap. II.", "Chap. III."),
        ("I", "II", "III"),
        ("I.", "II.", "III."),
        ("1", "2", "3"),
        ("1.", "2.", "3."),
        ("ONE", "TWO", "THREE"),
        ("_One_", "_Two_", "_Three_"),
        ("[ 1 ]", "[ 2 ]", "[ 3 ]"),
        ("- 1 -", "- 2 -", "- 3 -"),
    ],
)
def test_numbers_alone_are_chapters_where_they_run_through_the_book(first: str, second: str, third: str) -> None:
    """CHAPTER I. ¶ prose ¶ CHAPTER II. ¶ prose ¶ CHAPTER III. ¶ prose"""
    assert titles(book(first, second, third)) == [(1, ""), (2, ""), (3, "")]


@pytest.mark.parametrize(
    "form",
    [
        "Chapter {n}: {title}",
        "CHAPTER {n}. {title}",
        "Chapter {n} - {title}",
        "Chapter {n} — {title}",
        "CHAPTER {n} {title}",
        "{n}. {title}",
        "CHAPTER {n}\n{title}",
        "CHAPTER {n}\n\n{title}",
        "CHAPTER {n}.\n\n\n{title}",
        "{n}\n\n{title}",
        "ADVENTURE {n}. {title}",
        "  CHAPTER {n}\n\n  {title}",
    ],
)
def test_a_title_may_stand_beside_or_below_its_number(form: str) -> None:
    """Chapter 1: The Bridge"""
    names = ["The Bridge", "A Parcel from Abroad", "Eleven Spoons", "The Dog"]
    text = book(*(form.format(n=n, title=title) for n, title in enumerate(names, 1)))
    assert titles(text) == list(enumerate(names, 1))


def test_a_title_in_capitals_below_is_a_title() -> None:
    """CHAPTER I ¶ THE BRIDGE ¶ prose"""
    assert titles(book("CHAPTER I\n\nTHE BRIDGE", "CHAPTER II\n\nTHE DOG")) == [(1, "THE BRIDGE"), (2, "THE DOG")]


def test_a_title_of_two_lines_is_one_title() -> None:
    """CHAPTER I ¶ TREATS OF THE PLACE WHERE HE WAS BORN ⏎ AND OF HIS BIRTH"""
    long = "TREATS OF THE PLACE WHERE HE WAS BORN\nAND OF HIS BIRTH"
    assert titles(book(f"CHAPTER I\n\n{long}", "CHAPTER II\n\nTHE DOG"))[0] == (1, long.replace("\n", " "))


def test_a_long_title_goes_on_where_its_words_have_capitals() -> None:
    """Chapter 1: The Reverend Arthur Beebe, ⏎ Mr. Emerson, Miss Eleanor Lavish, and Miss Lucy Honeychurch Drive Out ..."""
    long = (
        "The Reverend Arthur Beebe,\nMr. Emerson, Mr. George Emerson, Miss Eleanor Lavish, Miss Charlotte Bartlett, and\n"
        "Miss Lucy Honeychurch Drive Out in Carriages to See a\nView; Italians Drive Them."
    )
    assert titles(book(f"Chapter 1: {long}", "Chapter 2: The Dog"))[0] == (1, long.replace("\n", " "))


def test_the_first_paragraph_is_no_title() -> None:
    """CHAPTER I ¶ It rained. ¶ prose"""
    text = book("CHAPTER I\n\nIt rained.", "CHAPTER II\n\n“Come in!” said Ann.", "CHAPTER III")
    assert titles(text) == [(1, ""), (2, ""), (3, "")]


def test_a_shout_in_capitals_below_a_number_is_no_title() -> None:
    """CHAPTER I ¶ “TOM!” ¶ prose"""
    assert titles(book("CHAPTER I\n\n“TOM!”", "CHAPTER II", "CHAPTER III"))[0] == (1, "")


def test_summaries_that_open_every_chapter_are_titles() -> None:
    """CHAPTER I. ¶ The author gives some account of himself. He is shipwrecked. ¶ prose"""
    summary = "The author gives some account of himself and his family. He is shipwrecked, and swims for his life. Number {}."
    text = book(*(f"CHAPTER {n}.\n\n\n{summary.format(n)}" for n in ("I", "II", "III", "IV", "V", "VI")))
    assert [title for _, title in titles(text)] == [summary.format(n) for n in ("I", "II", "III", "IV", "V", "VI")]


def test_a_heading_right_above_its_prose_is_parted_from_it() -> None:
    """CHAPTER I ⏎ In the house ..."""
    text = read(book("CHAPTER I", "CHAPTER II", below="\n"))
    assert [c.heading for c in text.chapters] == ["CHAPTER I", "CHAPTER II"]
    assert text.quote(text.paragraphs[1].span).startswith("In the house")


def test_a_heading_on_one_line_with_its_prose_is_parted_from_it() -> None:
    """CHAPTER II. A week passed, and no news arrived ... (a paragraph a line)"""
    line = "A week passed, and no news arrived of the parcel. " + " ".join(prose(3).split())
    text = read(f"CHAPTER I.\n\n{line}\n\nCHAPTER II. {line}\n\nCHAPTER III.\n\n{line}\n")
    assert [c.heading for c in text.chapters] == ["CHAPTER I.", "CHAPTER II.", "CHAPTER III."]


def test_parts_hold_chapters_and_keep_their_headings() -> None:
    """PART I: MOSQUE ¶ CHAPTER I ... PART II: CAVES ¶ CHAPTER III"""
    found = chapters(book("PART I: MOSQUE\n\n\nCHAPTER I", "CHAPTER II", "PART II: CAVES\n\n\nCHAPTER III"))
    assert [(c.label, c.part, c.part_title) for c in found] == [
        (1, 1, "PART I: MOSQUE"),
        (2, 1, "PART I: MOSQUE"),
        (3, 2, "PART II: CAVES"),
    ]


def test_a_part_heading_belongs_to_the_chapter_that_it_precedes() -> None:
    """... ¶ PART II ¶ CHAPTER II"""
    text = read(book("PART I\n\nCHAPTER I", "PART II\n\nCHAPTER II"))
    assert text.quote(text.chapters[1].span).startswith("PART II\n\nCHAPTER II")


def test_parts_nest_the_outer_one_first() -> None:
    """VOLUME I ¶ BOOK I ¶ I ... BOOK II ¶ I ... VOLUME II ¶ BOOK I"""
    found = chapters(book("VOLUME I\n\nBOOK I\n\nI", "II", "BOOK II\n\nI", "II", "VOLUME II\n\nBOOK III\n\nI", "II"))
    assert [(c.label, c.part, c.part_title) for c in found] == [
        (1, 1, "VOLUME I, BOOK I"),
        (2, 1, "VOLUME I, BOOK I"),
        (1, 2, "VOLUME I, BOOK II"),
        (2, 2, "VOLUME I, BOOK II"),
        (1, 3, "VOLUME II, BOOK III"),
        (2, 3, "VOLUME II, BOOK III"),
    ]


def test_parts_without_chapters_are_the_chapters() -> None:
    """PART I ¶ prose ¶ PART II ¶ prose"""
    assert [(c.label, c.part) for c in chapters(book("PART I", "PART II"))] == [(1, 0), (2, 0)]


def test_parts_of_another_kind_of_numerals_stand_above_the_chapters() -> None:
    """— I — ¶ [ 1 ] ... — II — ¶ [ 3 ]"""
    found = chapters(book("— I —\n\n[ 1 ]", "[ 2 ]", "— II —\n\n[ 3 ]", "[ 4 ]"))
    assert [(c.label, c.part) for c in found] == [(1, 1), (2, 1), (3, 2), (4, 2)]


def test_a_part_with_prose_of_its_own_is_a_chapter_too() -> None:
    """FIRST NARRATIVE ¶ CHAPTER I ... SECOND NARRATIVE ¶ prose ¶ THIRD NARRATIVE ¶ CHAPTER I"""
    found = chapters(book("FIRST NARRATIVE\n\nCHAPTER I", "CHAPTER II", "SECOND NARRATIVE", "THIRD NARRATIVE\n\nCHAPTER I"))
    assert [(c.heading, c.part) for c in found] == [
        ("CHAPTER I", 1),
        ("CHAPTER II", 1),
        ("SECOND NARRATIVE", 2),
        ("CHAPTER I", 3),
    ]


def test_numbered_sections_inside_one_story_are_no_chapters() -> None:
    """ADVENTURE I. A SCANDAL ¶ I. ¶ prose ¶ II. ¶ prose ¶ ADVENTURE II. THE LEAGUE ¶ prose"""
    text = book("ADVENTURE I. A SCANDAL\n\nI.", "II.", "III.", "ADVENTURE II. THE LEAGUE", "ADVENTURE III. A CASE")
    assert titles(text) == [(1, "A SCANDAL"), (2, "THE LEAGUE"), (3, "A CASE")]
    assert sum(p.kind is ParagraphKind.HEADING for p in read(text).paragraphs) == 6


def test_headings_that_change_their_form_midway_count_on() -> None:
    """ADVENTURE II. THE LEAGUE ... III. THE CARBUNCLE ... IV. THE BAND"""
    text = book("ADVENTURE I. A SCANDAL", "ADVENTURE II. THE LEAGUE", "III. THE CARBUNCLE", "IV. THE BAND", paragraphs=9)
    assert [label for label, _ in titles(text)] == [1, 2, 3, 4]


def test_prologue_and_epilogue_are_story() -> None:
    """PROLOGUE ¶ prose ¶ CHAPTER I ... EPILOGUE ¶ prose"""
    found = chapters(book("PROLOGUE", "CHAPTER I", "CHAPTER II", "EPILOGUE"))
    assert [(c.label, c.heading) for c in found] == [(0, "PROLOGUE"), (1, "CHAPTER I"), (2, "CHAPTER II"), (0, "EPILOGUE")]


def test_an_epilogue_after_the_parts_belongs_to_none() -> None:
    """PART I ¶ I ... PART II ¶ I ... EPILOGUE"""
    found = chapters(book("PART I\n\nI", "II", "PART II\n\nI", "II", "EPILOGUE"))
    assert [c.part for c in found] == [1, 1, 2, 2, 0]


def test_a_number_right_above_conclusion_takes_it_for_its_title() -> None:
    """CHAPTER III ¶ CONCLUSION ¶ prose"""
    assert titles(book("CHAPTER I", "CHAPTER II", "CHAPTER III\n\nCONCLUSION"))[-1] == (3, "CONCLUSION")


def test_a_misprinted_number_is_still_a_chapter_and_is_noticed() -> None:
    """CHAPTER II ... CHAPTER VI ... CHAPTER IV"""
    text = read(book("CHAPTER I", "CHAPTER II", "CHAPTER VI", "CHAPTER IV"))
    assert [c.label for c in text.chapters] == [1, 2, 6, 4]
    assert [(n.kind, text.quote(n.span)) for n in text.notices] == [("numbering", "CHAPTER VI")]


def test_a_number_that_cannot_be_read_is_counted_from_its_neighbours() -> None:
    """CHAPTER II ... CHAPTER lIl ... CHAPTER IV"""
    text = read(book("CHAPTER I", "CHAPTER II", "CHAPTER 1I1", "CHAPTER IV"))
    assert [c.label for c in text.chapters] == [1, 2, 3, 4]
    assert [n.kind for n in text.notices] == ["numbering"]


def test_the_last_chapter_has_the_number_that_follows() -> None:
    """CHAPTER II ... CHAPTER THE LAST"""
    text = read(book("CHAPTER I.", "CHAPTER II.", "CHAPTER THE LAST"))
    assert [c.label for c in text.chapters] == [1, 2, 3] and not text.notices


def test_a_bare_numeral_missing_from_the_run_does_not_end_it() -> None:
    """I ... II ... IV ... V"""
    assert [c.label for c in chapters(book("I", "II", "IV", "V", "VI"))] == [1, 2, 4, 5, 6]


@pytest.mark.parametrize(
    "line",
    ["I", "NO ADMITTANCE", "1. Bread", "Chapter two was worse than the first.", "Part of it was lost.", "THE END OF A CHAPTER"],
)
def test_a_line_inside_a_chapter_divides_nothing(line: str) -> None:
    """prose ¶ NO ADMITTANCE ¶ prose"""
    text = book("CHAPTER I", "CHAPTER II") + f"\n\n{line}\n\n{prose(7)}"
    assert titles(text) == [(1, ""), (2, "")]


def test_a_numbered_list_is_no_run_of_chapters() -> None:
    """1. Bread. ¶ 2. Salt. ¶ 3. A rope. ¶ 4. Matches."""
    text = f"{prose(1)}\n\n1. Bread.\n\n2. Salt.\n\n3. A rope.\n\n4. Matches.\n\n{prose(2)}"
    assert titles(text) == [(0, "")]


def test_a_book_without_headings_is_one_chapter_and_loses_nothing() -> None:
    """prose"""
    text = read(prose(1, 20))
    assert len(text.chapters) == 1 and not text.notes
    assert text.string == prose(1, 20).replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")


def test_titles_without_numbers_divide_a_collection() -> None:
    """THE SISTERS ¶ prose ¶ AN ENCOUNTER ¶ prose ¶ ARABY"""
    assert [c.title for c in chapters(book("THE SISTERS", "AN ENCOUNTER", "ARABY", paragraphs=9))] == [
        "THE SISTERS",
        "AN ENCOUNTER",
        "ARABY",
    ]


def test_dates_divide_a_book_that_nothing_else_divides() -> None:
    """May 7th.--I love my garden. ... May 10th.--I knew nothing ..."""
    found = chapters("\n\n".join(f"May {n}th.--{prose(n)}" for n in (7, 10, 14, 16)))
    assert [c.title for c in found] == ["May 7th", "May 10th", "May 14th", "May 16th"]


def test_dates_in_a_book_with_chapters_divide_nothing() -> None:
    """CHAPTER I ¶ May 7th. ¶ prose"""
    text = book("CHAPTER I\n\nMay 7th.", "CHAPTER II\n\nMay 8th.", "CHAPTER III\n\nMay 9th.")
    assert [c.label for c in chapters(text)] == [1, 2, 3]


# What is not story


CONTENTS_FORMS = [
    "CONTENTS\n\nCHAPTER I. The Bridge\nCHAPTER II. The Dog\nCHAPTER III. Rain\n",
    "CONTENTS\n\nCHAPTER I. The Bridge\n\nCHAPTER II. The Dog\n\nCHAPTER III. Rain\n",
    "Table of Contents\n\n  I. The Bridge ....... 1\n II. The Dog ....... 17\nIII. Rain ....... 40\n",
    "CHAPTER I. The Bridge\n\nCHAPTER II. The Dog\n\nCHAPTER III. Rain\n",
    "Contents\n\nThe Bridge\n\nThe Dog\n\nRain\n",
]


@pytest.mark.parametrize("contents", CONTENTS_FORMS)
def test_a_table_of_contents_is_no_list_of_chapters(contents: str) -> None:
    """CONTENTS ¶ CHAPTER I. The Bridge ... 1 ¶ CHAPTER II. The Dog ... 17"""
    text = read(
        f"THE PARCEL\n\nby Ann Other\n\n\n{contents}\n\n\n"
        + book("CHAPTER I. The Bridge", "CHAPTER II. The Dog", "CHAPTER III. Rain")
    )
    assert [(c.label, c.title) for c in text.chapters] == [(1, "The Bridge"), (2, "The Dog"), (3, "Rain")]
    assert text.string.startswith("CHAPTER I. The Bridge\n\nIn the house")
    assert all(note.kind is AsideKind.FRONT for note in text.notes)


def test_a_table_of_contents_before_numbers_alone() -> None:
    """CONTENTS ¶ I ¶ II ¶ III ¶ I ¶ prose"""
    text = read("CONTENTS\n\nI\n\nII\n\nIII\n\n\n\n" + book("I", "II", "III"))
    assert [c.label for c in text.chapters] == [1, 2, 3] and text.string.startswith("I\n\nIn the house")


def test_title_page_and_dedication_are_kept_as_notes() -> None:
    """THE PARCEL ¶ by Ann Other ¶ To my sister ¶ CHAPTER I"""
    text = read("THE PARCEL\n\nby Ann Other\n\nTo my sister\n\n\n" + book("CHAPTER I", "CHAPTER II"))
    assert text.notes == (Note(AsideKind.FRONT, "", "THE PARCEL\n\nby Ann Other\n\nTo my sister", 0),)
    assert text.chapters[0].span.start == 0


@pytest.mark.parametrize("title", ["PREFACE", "The Preface", "INTRODUCTION", "To the Reader", "AUTHOR'S NOTE", "Foreword"])
def test_a_preface_is_kept_apart(title: str) -> None:
    """PREFACE ¶ prose ¶ CHAPTER I"""
    text = read(f"{title}\n\n{prose(9)}\n\n\n\n" + book("CHAPTER I", "CHAPTER II"))
    assert [(note.kind, note.title) for note in text.notes] == [(AsideKind.PREFACE, title)]
    assert len(text.chapters) == 2


def test_unheaded_prose_before_the_first_number_is_story() -> None:
    """THE TURN OF THE SCREW ¶ prose ¶ I ¶ prose ¶ II ¶ prose"""
    text = read(f"THE TURN\n\n{prose(9)}\n\n\n\n" + book("I", "II", "III"))
    assert [c.label for c in text.chapters] == [0, 1, 2, 3]
    assert [(note.kind, note.text) for note in text.notes] == [(AsideKind.FRONT, "THE TURN")]


@pytest.mark.parametrize("end", ["THE END", "FINIS.", "The End.", "* THE END *"])
def test_the_end_is_no_story(end: str) -> None:
    """prose ¶ THE END"""
    text = read(book("CHAPTER I", "CHAPTER II") + f"\n\n{end}\n")
    assert "END" not in text.string.upper().split("\n\n")[-1] and "FINIS" not in text.string
    assert [note.kind for note in text.notes] == [AsideKind.BACK]


def test_the_end_in_quotation_marks_is_story() -> None:
    """prose ¶ “FINIS.” ¶ prose"""
    assert "“FINIS.”" in read(book("CHAPTER I", "CHAPTER II\n\n“FINIS.”")).string


def test_the_end_of_a_volume_is_no_story_and_no_chapter() -> None:
    """... ¶ END OF VOLUME I ¶ VOLUME II ¶ CHAPTER I"""
    text = read(
        book("VOLUME I\n\nCHAPTER I", "CHAPTER II") + "\n\nEND OF VOLUME I\n\n\n\n" + book("VOLUME II\n\nCHAPTER I", "CHAPTER II")
    )
    assert [(c.part, c.label) for c in text.chapters] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert "END OF" not in text.string


@pytest.mark.parametrize("title", ["APPENDIX", "Transcriber's Notes", "NOTES", "INDEX", "About the Author"])
def test_back_matter_is_kept_apart(title: str) -> None:
    """prose ¶ APPENDIX ¶ words"""
    text = read(
        book("CHAPTER I", "CHAPTER II", "CHAPTER III") + f"\n\n\n\n{title}\n\nSpelling was left as it was found in the print.\n"
    )
    assert [(note.kind, note.title) for note in text.notes] == [(AsideKind.BACK, title)]
    assert "Spelling" not in text.string


def test_much_prose_after_the_end_stays_in() -> None:
    """THE END ¶ as much prose again"""
    text = read(book("CHAPTER I", "CHAPTER II") + f"\n\nTHE END\n\n{prose(5, 12)}")
    assert "In the house number 5-11" in text.string


# Markup


def block(kind: BlockKind, text: str, level: int = 0) -> Block:
    return Block(kind, text, (Anchor(0, "book.html", 1),), level)


def marked(*headings: tuple[int, str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for n, (level, title) in enumerate(headings):
        blocks.append(block(BlockKind.HEADING, title, level))
        blocks += [block(BlockKind.PARAGRAPH, " ".join(p.split())) for p in prose(n).split("\n\n")]
    return tuple(blocks)


def test_headings_of_one_level_are_chapters() -> None:
    """<h1>Arrival</h1> <p>... <h1>The Dog</h1> <p>..."""
    assert [c.title for c in made_of(*marked((1, "Arrival"), (1, "The Dog"), (1, "Rain"))).chapters] == [
        "Arrival",
        "The Dog",
        "Rain",
    ]


def test_the_books_title_above_the_chapters_is_no_chapter() -> None:
    """<h1>The Parcel</h1> <h2>Arrival</h2> <p>... <h2>The Dog</h2> <p>..."""
    text = made_of(block(BlockKind.HEADING, "The Parcel", 1), *marked((2, "Arrival"), (2, "The Dog")))
    assert [c.title for c in text.chapters] == ["Arrival", "The Dog"]


def test_headings_without_prose_above_chapters_are_parts() -> None:
    """<h1>The Parcel</h1> <h1>Spring</h1> <h2>Arrival</h2> <p>..."""
    text = made_of(
        block(BlockKind.HEADING, "Spring", 1),
        *marked((2, "Arrival"), (2, "The Dog")),
        block(BlockKind.HEADING, "Autumn", 1),
        *marked((2, "Rain"), (2, "Letters")),
    )
    assert [(c.title, c.part_title) for c in text.chapters][2:] == [("Rain", "Autumn"), ("Letters", "Autumn")]


def test_an_unnumbered_heading_among_numbered_ones_is_a_chapter() -> None:
    """<h2>Chapter 1</h2> ... <h2>Chapter 2</h2> ... <h2>The Fox</h2> ... <h2>Chapter 3</h2>"""
    text = made_of(*marked((2, "Chapter 1"), (2, "Chapter 2"), (2, "The Fox"), (2, "Chapter 3")))
    assert [(c.label, c.title) for c in text.chapters] == [(1, ""), (2, ""), (0, "The Fox"), (3, "")]


def test_deeper_headings_are_sections() -> None:
    """<h2>Chapter 1</h2> ... <h3>At the mill</h3> ..."""
    text = made_of(*marked((2, "Chapter 1"), (3, "At the mill"), (2, "Chapter 2")))
    assert [c.label for c in text.chapters] == [1, 2]
    assert ParagraphKind.HEADING in [p.kind for p in text.paragraphs if text.quote(p.span) == "At the mill"]


def test_a_single_heading_makes_one_chapter() -> None:
    """<h1>The Dog</h1> <p>..."""
    text = made_of(*marked((1, "The Dog")))
    assert [(c.title, c.heading) for c in text.chapters] == [("The Dog", "The Dog")]
