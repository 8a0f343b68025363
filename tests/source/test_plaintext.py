from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.records import AsideKind, BlockKind, Manuscript, Span
from fabula.source.plaintext import find_layout, read_plaintext

WRAPPED = """\
The carrier left the parcel with the miller's wife, and nobody asked
who had sent it, for the rain had begun, and the gutters ran on as if
they had not been told.

She counted the spoons twice, found eleven, and said nothing of it to
her brother, who was asleep.

"""


def read(text: str) -> Manuscript:
    return read_plaintext(text, file="story.txt", sha256="0")


def texts(text: str) -> list[str]:
    return [block.text for block in read(text).blocks]


def kinds(text: str) -> list[BlockKind]:
    return [block.kind for block in read(text).blocks]


# Paragraphs


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_line_ends_of_any_kind_are_read(end: str) -> None:
    """wrapped lines, \\r\\n"""
    assert texts(WRAPPED.replace("\n", end)) == texts(WRAPPED)


def test_wrapped_lines_are_joined_by_one_space() -> None:
    """The carrier left the parcel with the miller's wife, and nobody asked ⏎ who had sent it"""
    assert texts(WRAPPED)[1] == "She counted the spoons twice, found eleven, and said nothing of it to her brother, who was asleep."


def test_a_line_that_ends_in_the_hyphen_of_a_word_is_joined_without_a_space() -> None:
    """a grey- ⏎ headed man; two- ⏎ or three-fold"""
    text = WRAPPED + "There came in a tall and very silent man, who was grey-\nheaded, and with him two-\nor three-year-old dogs.\n"
    assert texts(text)[-1].endswith("who was grey-headed, and with him two- or three-year-old dogs.")


def test_a_paragraph_a_line_without_blank_lines_is_never_joined() -> None:
    """It was dark. ⏎ “Who is there?” ⏎ Nobody answered."""
    lines = ["It was dark on the stairs and nobody had lit the lamp.", "“Who is there?”", "Nobody answered.", "She went on."]
    assert texts("\n".join(lines)) == lines


def test_a_paragraph_a_line_with_blank_lines_is_never_joined() -> None:
    """long lines, blank lines between"""
    lines = ["It was dark on the stairs. " * 20, "“Who is there?”", "Nobody answered. " * 30]
    assert texts("\n\n".join(lines)) == [line.strip() for line in lines]


def test_paragraphs_that_only_an_indent_opens_are_parted() -> None:
    """The carrier left ... ⏎ who had sent it. ⏎    She counted"""
    one = (
        "   The carrier left the parcel with the miller's wife, and nobody\nasked who had sent it, for the rain had begun again.\n"
    )
    assert len(texts(one * 8)) == 8


def test_paragraphs_that_only_a_short_last_line_ends_are_parted() -> None:
    """wrapped lines, neither blank lines nor indents"""
    one = "The carrier left the parcel with the miller, and nobody asked him\nwho had sent it, for the rain began in the\nnight.\n"
    assert len(texts(one * 30)) == 30


def test_a_paragraph_with_a_first_line_indent_is_one_paragraph() -> None:
    """The carrier left ... ⏎ who had sent it ¶   She counted"""
    text = WRAPPED.replace("The carrier", "  The carrier").replace("She counted", "  She counted")
    assert kinds(text) == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_a_line_of_dialogue_in_an_indented_file_is_a_paragraph() -> None:
    """“No,” said Ann."""
    text = WRAPPED.replace("The carrier", "  The carrier").replace("She counted", "  She counted")
    assert kinds(text + "  “No,” said Ann.\n\n")[-1] is BlockKind.PARAGRAPH


def test_gap_and_indent_are_told() -> None:
    """four blank lines, three columns"""
    block = read(WRAPPED + "\n\n\n   THE DOG\n").blocks[-1]
    assert (block.gap, block.indent) == (4, 3)


def test_every_line_has_an_anchor() -> None:
    """wrapped lines"""
    block = read(WRAPPED).blocks[0]
    assert [(a.file, a.line) for a in block.anchors] == [("story.txt", 1), ("story.txt", 2), ("story.txt", 3)]
    assert [block.text[a.offset :].split()[0] for a in block.anchors] == ["The", "who", "they"]


@pytest.mark.parametrize("runs", [[["I am here,", "Tom."]], [["A line.", "Another line."]] * 20])
def test_few_or_whole_lines_are_not_taken_for_wrapped(runs: list[list[str]]) -> None:
    """A line. ⏎ Another line."""
    assert not find_layout(runs).wrapped


# Verse, insets, breaks


def test_indented_short_lines_are_verse_and_keep_their_ends() -> None:
    """Twinkle, twinkle, little bat! ⏎       How I wonder what you're at!"""
    block = read(WRAPPED + "    Twinkle, twinkle, little bat!\n      How I wonder what you're at!\n\n" + WRAPPED).blocks[2]
    assert (block.kind, block.text) == (BlockKind.VERSE, "Twinkle, twinkle, little bat!\nHow I wonder what you're at!")


def test_an_indented_letter_is_an_inset() -> None:
    """Dear Ann, I have sent the parcel by the carrier, and hope that it ⏎    will reach you"""
    letter = (
        "    I have sent the parcel by the carrier, and hope that it\n    will reach you before the rain, which is\n    near.\n\n"
    )
    block = read(WRAPPED + letter + WRAPPED).blocks[2]
    assert block.kind is BlockKind.INSET and "hope that it will reach" in block.text


@pytest.mark.parametrize(
    "sign",
    [
        "* * *",
        "***",
        "*****",
        "#",
        "~~~",
        "---",
        "-----",
        "oOo",
        "⁂",
        "* * * * *",
        "o0o",
        "---oOo---",
        "_____",
        "— — —",
        "• • •",
        ". . . . .",
    ],
)
def test_signs_on_a_line_of_their_own_are_breaks(sign: str) -> None:
    """* * *"""
    block = read(f"{WRAPPED}\n\n{sign}\n\n{WRAPPED}").blocks[2]
    assert (block.kind, block.text) == (BlockKind.BREAK, sign)


@pytest.mark.parametrize("line", ["“...”", "...", "?", "“—”", "X", "1984", "Oo!", "I"])
def test_other_short_lines_are_no_breaks(line: str) -> None:
    """“...”"""
    assert read(f"{WRAPPED}{line}\n\n{WRAPPED}").blocks[2].kind is BlockKind.PARAGRAPH


def test_a_break_right_below_a_paragraph_is_parted_from_it() -> None:
    """who was asleep. ⏎ ***"""
    assert kinds(WRAPPED.strip() + "\n***\n" + WRAPPED)[2] is BlockKind.BREAK


def test_a_line_that_underlines_a_heading_is_no_break() -> None:
    """CHAPTER I ⏎ ---------"""
    assert texts("CHAPTER I\n---------\n\n" + WRAPPED)[0] == "CHAPTER I"


# Marks


@pytest.mark.parametrize("mark", ["_", "*"])
def test_marks_of_emphasis_are_taken_out_and_kept_as_spans(mark: str) -> None:
    """She _had_ to go."""
    block = read(f"She {mark}had{mark} to go; {mark}she{mark}, of all people.").blocks[0]
    assert block.text == "She had to go; she, of all people."
    assert [block.text[a:b] for a, b in block.emphasis] == ["had", "she"]


def test_emphasis_runs_over_the_end_of_a_line() -> None:
    """_Vanity ⏎ Fair_"""
    block = read(WRAPPED.strip() + " He was reading again in _Vanity\nFair_ by the window.").blocks[-1]
    assert [block.text[a:b] for a, b in block.emphasis] == ["Vanity Fair"]
    assert block.text[block.anchors[-1].offset :].startswith("Fair by")


@pytest.mark.parametrize(
    "text", ["a_b and c_d", "2 * 3 * 4", "it cost *five pounds", "_ _ _ is", "snake_case_name here", "two ** stars"]
)
def test_marks_that_do_not_pair_at_the_edges_of_words_are_left(text: str) -> None:
    """snake_case_name"""
    assert texts(text) == [text] and not read(text).blocks[0].emphasis


def test_page_numbers_inside_and_between_paragraphs_are_taken_out() -> None:
    """the parcel {23} with; [Pg 24] on a line of its own"""
    text = WRAPPED.replace("parcel with", "parcel {23} with").replace("spoons twice", "spo[Pg 24]ons twice")
    assert texts(text) == texts(WRAPPED)


def test_a_page_number_between_the_halves_of_a_sentence_joins_them() -> None:
    """nobody asked ¶ [Pg 24] ¶ who had sent it"""
    page = "who had sent it, for the rain had begun, and the gutters ran on as\nif nobody had told them; nor did she ask\n\n{}\n\n"
    assert len(texts("".join(page.format(n) for n in range(1, 15)) + "why.")) == 1
    assert texts(f"{WRAPPED}Nobody asked\n\n[Illustration]\n\nwho had sent it.\n")[-1] == "Nobody asked who had sent it."


def test_pictures_are_taken_out_with_their_captions() -> None:
    """[Illustration: “She counted ¶ the spoons.”]"""
    manuscript = read(f"{WRAPPED}[Illustration: “She counted\n\nthe spoons.”]\n\n[Illustration]\n\n{WRAPPED}")
    assert len(manuscript.blocks) == 4
    assert [(a.kind, a.text, a.block) for a in manuscript.asides] == [(AsideKind.ILLUSTRATION, "“She counted\n\nthe spoons.”", 2)]


def test_a_bracket_that_never_closes_stays() -> None:
    """[Illustration: a dog"""
    assert texts(f"{WRAPPED}[Illustration: a dog\n\n{WRAPPED}")[2] == "[Illustration: a dog"


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("[1]", "[Footnote 1: The miller's name was Hale.]"),
        ("[1]", "[1] The miller's name was Hale."),
        ("[*]", "[*] The miller's name was Hale."),
        ("*", "*The miller's name was Hale."),
        ("*;", "* The miller's name was Hale."),
        (" *", "* The miller's name was Hale."),
        ("[A]", "[Footnote A: The miller's name\nwas Hale.]"),
    ],
)
def test_a_footnote_is_kept_at_its_mark(mark: str, note: str) -> None:
    """the miller's[1] wife ... [1] The miller's name was Hale."""
    manuscript = read(WRAPPED.replace("wife,", f"wife,{mark}") + note + "\n\n" + WRAPPED)
    assert [b.text.replace("wife,;", "wife,") for b in manuscript.blocks] == texts(WRAPPED) * 2
    aside = manuscript.asides[0]
    assert (aside.kind, aside.text, aside.block) == (AsideKind.FOOTNOTE, "The miller's name was Hale.", 0)
    assert manuscript.blocks[0].text[: aside.offset].endswith("wife,")


def test_footnotes_at_the_end_belong_to_marks_in_order() -> None:
    """parcel[1] ... spoons[2] ... [1] Brown. ¶ [2] Silver."""
    text = WRAPPED.replace("parcel", "parcel[1]").replace("spoons", "spoons[2]") + "[1] Brown.\n\n[2] Silver.\n"
    assert [(a.text, a.block) for a in read(text).asides] == [("Brown.", 0), ("Silver.", 1)]


def test_a_mark_without_a_note_and_a_note_without_a_mark_stay() -> None:
    """the parcel[1] ... [2] Silver."""
    assert texts("The parcel[1] was brown.\n\n[2] Silver.\n") == ["The parcel[1] was brown.", "[2] Silver."]


def test_emphasis_stands_right_after_other_marks_are_cut() -> None:
    """the {23} _brown_ parcel[1] _again_"""
    block = read("Then {23} the _brown_ parcel[1] came _again_.\n\n[1] By post.\n").blocks[0]
    assert block.text == "Then the brown parcel came again." and block.emphasis == (Span(9, 14), Span(27, 32))


# About the file


@pytest.mark.parametrize(
    ("page", "title", "author"),
    [
        ("EMMA\n\nBy Jane Austen\n\n\n", "EMMA", "Jane Austen"),
        ("Persuasion\n\nby\n\nJane Austen\n\n(1818)\n\n", "Persuasion", "Jane Austen"),
        ("Title: The Invisible Man\nAuthor: H. G. Wells\n\n", "The Invisible Man", "H. G. Wells"),
        ("", "", ""),
        ("It was dark.\n\nBy noon it was light.\n\n", "", ""),
    ],
)
def test_title_and_author_are_read_from_the_first_lines(page: str, title: str, author: str) -> None:
    """EMMA ¶ By Jane Austen"""
    manuscript = read(page + WRAPPED)
    assert (manuscript.title, manuscript.author) == (title, author)


def test_an_empty_file_has_no_blocks() -> None:
    """(nothing)"""
    assert read("").blocks == read(" \n\n\t\r\n\f").blocks == ()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["It rained,", "and _it", "stayed_ dry.", "", "   Tom", "***", "[1]", "[1] A note.", "{4}", "“No.”", "\tX", "* a", "_"]
        )
    )
)
def test_nothing_but_marks_is_lost(lines: list[str]) -> None:
    """any lines"""
    manuscript = read("\n".join(lines))
    kept = "".join(b.text for b in manuscript.blocks) + "".join(a.text for a in manuscript.asides)
    marks = str.maketrans("", "", "_*[]{}14 \n\t")
    assert sorted(kept.translate(marks)) == sorted("".join(lines).translate(marks))
    for block in manuscript.blocks:
        assert block.text == block.text.strip() and block.anchors[0].offset == 0
        assert all(a.offset <= b.offset for a, b in pairwise(block.anchors))
        assert all(0 <= span.start < span.end <= len(block.text) for span in block.emphasis)


@pytest.mark.parametrize("piece", ["word ", "_a ", "*a ", "[1 ", "[Illustration ", "“a” {1 ", "a\u00a0 ", "_*[{"])
def test_one_endless_line_is_read_in_linear_time(piece: str) -> None:
    """a million characters, one line"""
    start = time.perf_counter()
    read(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - start < 5  # a tenth of a second on a laptop


@pytest.mark.parametrize("line", ["[Illustration: a", "[Footnote 1: a", "a[1]", "[1] a", "* * *", "7"])
def test_many_lines_of_one_kind_are_read_in_linear_time(line: str) -> None:
    """twenty thousand lines"""
    start = time.perf_counter()
    read(f"{line}\n\n" * 20_000)
    assert time.perf_counter() - start < 8
