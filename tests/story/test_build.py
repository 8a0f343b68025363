from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from fabula.errors import EmptySourceError, ModelMissingError, NotReadError, SourceMissingError
from fabula.records import Gender, MentionKind, NotAPerson, Place, Rename, SetGender, SetSpeaker, Who
from fabula.story.build import Correctable, read_records
from fabula.story.corrections.places import quote_place
from fabula.story.progress import STAGES
from fabula.story.store import read_pass_cache, write_story
from fabula.story.story import Story
from tests.models import FakeModel

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))

ENGLISH = (
    "“I will go to the house,” said Tom Hale, and he went out of the room and down the stairs to the street with his hat "
    "in his hand.\n\n"
)


NAMED = ("quotes", "mentions", "cast", "speakers")
READ = ("quotes", "tags", "mentions", "cast", "events", "speakers")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A page of English."""
    path = tmp_path / "page.txt"
    path.write_text(ENGLISH * 3)
    return path


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_book_that_is_read_twice_gives_the_same_records(path: Path) -> None:
    """The examples"""
    assert read_records(path) == read_records(path)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_records_lie_in_the_text_and_are_numbered_in_its_order(path: Path) -> None:
    """The examples"""
    records = read_records(path)
    length = len(records.text.string)
    assert [m.id for m in records.mentions] == list(range(len(records.mentions)))
    assert [q.id for q in records.quotes] == list(range(len(records.quotes)))
    assert all(0 <= m.span.start < m.span.end <= length for m in records.mentions)
    assert [q.span.end for q in records.quotes] == sorted(q.span.end for q in records.quotes)
    assert {a.speaker for a in records.attributions} <= {m.id for m in records.mentions}


@pytest.mark.parametrize(("model", "layers"), [(None, NAMED), (FakeModel(), READ)], ids=["rules", "model"])
def test_the_stages_are_told_as_they_begin(book: Path, model: FakeModel | None, layers: tuple[str, ...]) -> None:
    """A page of English, with a model and without"""
    seen: list[tuple[str, float]] = []
    records = read_records(book, progress=lambda *told: seen.append(told), model=model, runs_the_pass=False)
    begun = [stage for stage, share in seen if share == 0]
    assert tuple(begun) == tuple(s for s in STAGES if model or s not in ("language", "events", "speakers"))
    assert records.layers == layers
    if model:
        shares = [share for stage, share in seen if stage == "language"]
        assert shares == sorted(shares)
        assert shares[-1] == 1


# --- what the reading model adds


def test_without_a_model_nothing_is_said_that_only_it_can_tell(book: Path) -> None:
    """A page of English"""
    records = read_records(book, runs_the_pass=False)
    assert (records.tags, records.events, records.segments) == (None, (), ())
    assert {m.kind for m in records.mentions} == {MentionKind.NAME}


def test_the_model_adds_mentions_events_and_grammar_and_leaves_the_names_and_the_speakers_as_they_are(book: Path) -> None:
    """“I will go to the house,” said Tom Hale, and he went out of the room"""
    plain, read = read_records(book, runs_the_pass=False), read_records(book, model=FakeModel())
    with Story.from_records(plain) as one, Story.from_records(read) as other:
        assert [(c.name, c.names) for c in one.cast] == [(c.name, c.names) for c in other.cast]
        assert one.quotes == other.quotes
        assert {other.quote(m.span) for m in other.mentions} == {"I", "he", "Tom Hale", "house", "room", "street"}
        assert [m.id for m in other.mentions] == list(range(len(other.mentions)))
        assert [m.span for m in other.mentions] == sorted(m.span for m in other.mentions)
        assert len(other.tags or ()) == len(other.tokens)
        first = other.events[0]
        assert (other.quote(first.trigger), first.scope) == ("said", "narration")


def test_the_model_s_pronouns_are_mentions_of_who_speaks(book: Path) -> None:
    """“I will go to the house,” said Tom Hale, thrice"""
    with Story.from_records(read_records(book, model=FakeModel())) as story:
        [tom] = story.cast
        assert [story.quote(m.span) for m in story.mentions_of(tom)] == ["I", "Tom Hale"] * 3
        assert tom.n_mentions == 6


def test_a_participant_is_the_mention_that_its_word_heads(book: Path) -> None:
    """and he went"""
    read = read_records(book, model=FakeModel())
    went = next(e for e in read.events if e.lemma == "went")
    (participant,) = went.participants
    assert participant.mention is not None
    assert read.text.quote(read.mentions[participant.mention].span) == read.text.quote(participant.span) == "he"


def test_passages_that_have_not_changed_are_not_read_again(book: Path, tmp_path: Path) -> None:
    """A page of English; then its second paragraph rewritten"""
    story, first, second = tmp_path / "a.fabula", FakeModel(), FakeModel()
    write_story(read_records(book, model=first), story)
    assert first.asked
    paragraphs = book.read_text().split("\n\n")
    book.write_text("\n\n".join([paragraphs[0], "He went home.", *paragraphs[2:]]))
    again = read_records(book, model=second, cache=read_pass_cache(story))
    assert second.asked == ["He went home."]
    assert again == read_records(book, model=FakeModel())


def test_a_story_that_is_corrected_is_what_its_book_is_read_to_with_the_corrections(book: Path) -> None:
    """A page of English: Tom Hale is Keziah, a woman; there is no Ann"""
    corrections = (Rename(Who("Tom Hale"), "Keziah"), SetGender(Who("Tom Hale"), Gender.FEMALE), NotAPerson(Who("Ann")))
    for model in (None, FakeModel()):
        plain = read_records(book, model=model, runs_the_pass=False)
        again = FakeModel()
        correctable = Correctable(plain, model=again)
        corrected = correctable.correct(corrections)
        assert corrected == read_records(book, model=model, runs_the_pass=False, corrections=corrections)
        assert [o.why for o in corrected.corrections] == ["", "", "nobody is called `Ann`"]
        assert not again.asked
        for known in (correctable, Correctable(corrected, model=again)):
            known.records = corrected
            assert known.correct(()) == plain
            known.records = plain
            assert known.correct(corrections) == corrected


def test_who_speaks_is_corrected_without_resolving_anybody_anew(book: Path) -> None:
    """“I will go to the house,” said Tom Hale, and “I will go to the street,”: nobody is known to have said that"""
    book.write_text(ENGLISH + ENGLISH.replace("to the house", "to the street"))
    plain = read_records(book, model=FakeModel())
    place = quote_place(plain.text.string, plain.text.chapters, plain.quotes[1].parts[0])
    wrong, right = SetSpeaker(Place("Never"), None), SetSpeaker(place, None)
    again = FakeModel()
    corrected = Correctable(plain, model=again).correct((wrong, right))
    assert corrected == read_records(book, model=FakeModel(), corrections=(wrong, right))
    assert [o.why for o in corrected.corrections] == ["`Never` does not stand in the text", ""]
    assert corrected.mentions is plain.mentions
    with Story.from_records(corrected) as story:
        assert [q.speaker is None for q in story.quotes] == [False, True]
    both = (*(o.correction for o in corrected.corrections), Rename(Who("Tom Hale"), "Keziah"))
    assert Correctable(corrected, model=again).correct(both) == read_records(book, model=FakeModel(), corrections=both)


def test_a_story_whose_people_were_not_read_cannot_be_corrected(book: Path) -> None:
    """Quotations only"""
    with pytest.raises(NotReadError):
        Correctable(replace(read_records(book, runs_the_pass=False), layers=("quotes",)))


def test_a_package_without_its_model_says_so(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No weights where they should be"""
    monkeypatch.setattr("fabula.neural.model.SHIPPED", tmp_path / "nowhere")
    with pytest.raises(ModelMissingError):
        read_records(book, runs_the_pass=True)


def test_a_book_without_a_title_is_called_as_its_file_or_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """the_weir.txt; a folder My Story of chapters, also where it is the current one"""
    folder = tmp_path / "My Story"
    folder.mkdir()
    for name in ("ch1.md", "ch2.md"):
        (folder / name).write_text(ENGLISH)
    (tmp_path / "the_weir.txt").write_text(ENGLISH)
    assert read_records(tmp_path / "the_weir.txt").book.title == "the weir"
    monkeypatch.chdir(folder)
    books = [read_records(path).book for path in (folder, Path(), Path("../My Story"))]
    assert {(b.title, b.source) for b in books} == {("My Story", "My Story")}


@pytest.mark.skipif(os.name != "posix", reason="POSIX only")
def test_a_book_whose_name_is_no_utf_8_can_be_saved(tmp_path: Path) -> None:
    """caf\\xe9.txt, alone and in a folder, as an old disk has it"""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in (b"caf\xe9.txt", b"ch2.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(ENGLISH)
    for path in (folder, *folder.iterdir()):
        with Story.from_records(read_records(path)) as story:
            story.save(tmp_path / "a.fabula")
            assert "Tom Hale" in story.text
            assert story.locate(0).file


def test_a_book_in_another_language_is_read_as_far_as_that_goes_and_says_so(tmp_path: Path) -> None:
    """German"""
    (tmp_path / "a.txt").write_text(
        "„Ich gehe jetzt nach Hause“, sagte der alte Mann und nahm seinen Hut von der Wand.\n\n" * 20, encoding="utf-8"
    )
    records = read_records(tmp_path / "a.txt")
    assert records.layers == ("quotes",)
    assert [n.kind for n in records.text.notices if n.kind == "language"] == ["language"]
    assert not records.mentions


@pytest.mark.parametrize("content", ["", "   \n\n", "* * *\n\n* * *\n", "...!?"])
def test_a_book_without_prose_is_refused(tmp_path: Path, content: str) -> None:
    """Nothing, or nothing but stars"""
    (tmp_path / "a.txt").write_text(content)
    with pytest.raises(EmptySourceError):
        read_records(tmp_path / "a.txt")


def test_a_book_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """nowhere.txt"""
    with pytest.raises(SourceMissingError):
        read_records(tmp_path / "nowhere.txt")
