from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from training.corpora.alignment import CorpusToken, TokenSpan, Widened, align, count_moves

MOTHER_IN_LAW = [CorpusToken(form, form not in ("mother", "-", "in")) for form in "her mother - in - law".split()]


def test_hyphened_words_that_the_corpus_parts_are_one_of_ours() -> None:
    """her mother-in-law"""
    assert align([MOTHER_IN_LAW]).words() == ["her", "mother-in-law"]


def test_a_label_on_the_whole_word_moves_exactly_and_back() -> None:
    """her [mother-in-law]"""
    alignment = align([MOTHER_IN_LAW])
    moved = alignment.to_ours(TokenSpan(1, 6))
    assert moved == (TokenSpan(1, 2), True)
    assert alignment.to_theirs(moved.span) == (TokenSpan(1, 6), True)


def test_a_label_on_a_part_of_our_token_goes_to_the_whole() -> None:
    """her mother-in-[law]"""
    assert align([MOTHER_IN_LAW]).to_ours(TokenSpan(5, 6)) == (TokenSpan(1, 2), False)


def test_a_label_on_a_word_that_ours_part_takes_every_part() -> None:
    """[and/or] so"""
    alignment = align([[CorpusToken("and/or"), CorpusToken("so")]])
    assert alignment.words() == ["and", "/", "or", "so"]
    assert alignment.to_ours(TokenSpan(0, 1)) == (TokenSpan(0, 3), True)
    assert alignment.to_theirs(TokenSpan(2, 3)) == (TokenSpan(0, 1), False)


def test_sentences_stay_the_corpus_s_own() -> None:
    """Mr. / Hale slept. He woke."""
    alignment = align([[CorpusToken("Mr.")], [CorpusToken(form) for form in "Hale slept . He woke .".split()]])
    assert alignment.our_sentences == (TokenSpan(0, 1), TokenSpan(1, 7)) == alignment.their_sentences


def test_labels_that_grew_are_counted_with_their_words() -> None:
    """her [mother]-in-[law] [her]"""
    moves = count_moves(align([MOTHER_IN_LAW]), [TokenSpan(1, 2), TokenSpan(5, 6), TokenSpan(0, 1)])
    assert moves.n_labels == 3
    assert moves.widened == (Widened("mother", "mother-in-law"), Widened("law", "mother-in-law"))
    assert moves.n_merged == 1


def test_a_sentence_without_words_is_left_out() -> None:
    """(nothing) / Yes."""
    assert align([[], [CorpusToken("Yes", False), CorpusToken(".", False)], []]).string == "Yes."


forms = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C", "Mn", "Mc", "Me"]), min_size=1, max_size=6)
documents = st.lists(st.lists(st.builds(CorpusToken, forms, st.booleans()), min_size=1, max_size=8), min_size=1, max_size=4)


@given(documents, st.data())
def test_a_span_comes_back_whole_and_is_itself_if_it_moved_exactly(document: list[list[CorpusToken]], data: st.DataObject) -> None:
    """any words, any spaces"""
    alignment = align(document)
    n = len(alignment.theirs)
    assert alignment.their_words() == [token.form for sentence in document for token in sentence]
    start = data.draw(st.integers(0, n - 1))
    span = TokenSpan(start, data.draw(st.integers(start + 1, n)))
    moved = alignment.to_ours(span)
    back = alignment.to_theirs(moved.span).span
    assert back.start <= span.start < span.end <= back.end
    assert (back == span) or not moved.exact


@given(documents)
def test_our_tokens_lie_in_one_sentence_each_and_leave_none_out(document: list[list[CorpusToken]]) -> None:
    """any words, any spaces"""
    alignment = align(document)
    assert [number for sentence in alignment.our_sentences for number in range(*sentence)] == list(range(len(alignment.ours)))
    assert len(alignment.our_sentences) == len(alignment.their_sentences)
