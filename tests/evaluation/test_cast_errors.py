from __future__ import annotations

from pathlib import Path

from evaluation.cast_errors import find_errors, format_errors
from evaluation.pdnc_novels import GoldCharacter, GoldNovel
from fabula import Story
from tests.stories import make_records

GOLD = GoldNovel(
    "Passage",
    Path("novel_text.txt"),
    "",
    (
        GoldCharacter("Tom Hale", "major", ("Tom Hale", "Tom", "Mr. Hale")),
        GoldCharacter("Ann Hale", "intermediate", ("Ann Hale", "Ann", "Mrs. Hale")),
        GoldCharacter("the maid", "intermediate", ("the maid",)),
        GoldCharacter("a boy", "minor", ("a boy",)),
    ),
    None,
    (),
)
TEXT = "Tom came. Tom sat. Mr. Hale read. Ann slept. Tom and Mrs. Hale ate. " + "London was far. " * 5
PEOPLE: dict[str, tuple[str, ...]] = {"Tom": (), "Mr. Hale": (), "Ann": ("Mrs. Hale",), "London": ()}


def test_the_false_the_parted_and_the_missed_are_told() -> None:
    """Tom three times, Mr. Hale once apart; London five times; the maid nowhere"""
    errors = find_errors(GOLD, Story.from_records(make_records(TEXT, people=PEOPLE)).cast)
    assert [one.name for one in errors.false] == ["London"]
    [parted] = errors.pieces
    assert (parted.name, parted.pieces) == ("Tom Hale", 1 / (0.75**2 + 0.25**2))
    assert [(one.character.name, one.share, [(n.text, n.count) for n in one.names]) for one in parted.holdings] == [
        ("Tom", 0.75, [("Tom", 3)]),
        ("Mr. Hale", 0.25, [("Mr. Hale", 1)]),
    ]
    assert [(one.name, one.holdings) for one in errors.missed] == [("the maid", ())]
    assert errors.fused == ()


def test_the_fused_are_told_and_one_of_them_is_missed() -> None:
    """Tom and Ann as one, with Mrs. Hale"""
    cast = Story.from_records(make_records(TEXT, people={"Tom": ("Mr. Hale", "Ann", "Mrs. Hale")})).cast
    errors = find_errors(GOLD, cast)
    [fused] = errors.fused
    assert (fused.stands_for, fused.n_wrong) == ("Tom Hale", 2)
    assert [(owner, [n.text for n in names]) for owner, names in fused.names] == [
        ("Tom Hale", ["Tom", "Mr. Hale"]),
        ("Ann Hale", ["Ann", "Mrs. Hale"]),
    ]
    assert [one.name for one in errors.missed] == ["Ann Hale", "the maid"]


def test_a_name_that_two_share_fuses_nobody() -> None:
    """Hale is either's"""
    both = tuple(GoldCharacter(f"{name} Hale", "major", (f"{name} Hale", name, "Hale")) for name in ("Tom", "Ann"))
    gold = GoldNovel("Passage", Path("a"), "", both, None, ())
    assert (
        find_errors(gold, Story.from_records(make_records("Tom Hale sat. Hale slept.", people={"Tom Hale": ("Hale",)})).cast).fused
        == ()
    )


def test_all_are_shown_with_their_names_and_the_false_where_they_stand() -> None:
    """as above"""
    story = Story.from_records(make_records(TEXT, people=PEOPLE))
    shown = format_errors(find_errors(GOLD, story.cast), story)
    assert "false: characters that are nobody of the cast (1)\n  London (#4): London 5\n      … " in shown
    assert "Mrs. Hale ate. ⟦London⟧ was far." in shown
    assert "  Tom Hale (major): 1.60 pieces\n        75 % in Tom (#0): Tom 3\n" in shown
    assert "missed (1)\n  the maid (intermediate): nobody has a name of theirs" in shown
