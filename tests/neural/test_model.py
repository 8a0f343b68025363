"""From a segment to a reading, with heads of random numbers: what holds whatever the weights are."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from fabula.errors import DamagedModelError
from fabula.neural.conversation import Mentions, find_named, find_speakable
from fabula.neural.encoder import FakeEncoder
from fabula.neural.heads.parameters import Parameters
from fabula.neural.model import MOST_LINKS, Model, keep_links
from fabula.neural.segments import NO_HEAD, Links, Segment
from fabula.neural.wordpieces import WordPieces
from tests.neural.made_up import INVENTORIES, VOCABULARY, make_arrays, make_config, make_model, make_segment, same_reading

PASSAGE = (
    "“ Have you seen the boat ? ” said Tom Hale . Mrs Reed wept . She had not seen it . ¶ The river took it , and Tom went home ."
)
LONG = " ".join([PASSAGE] * 12)


def test_a_reading_does_not_depend_on_its_neighbours() -> None:
    """Alone, and between others."""
    segments = [make_segment(passage) for passage in (PASSAGE, LONG, "Tom wept .", LONG + " Ann slept .", PASSAGE)]
    together = list(make_model().read_all(segments))
    alone = [make_model().read(segment) for segment in segments]
    assert all(map(same_reading, together, alone))
    assert same_reading(together[0], together[4])


def test_a_reading_does_not_depend_on_the_number_of_threads() -> None:
    segment = make_segment(LONG)
    one = make_model(threads=1).read(segment)
    assert len(one.starts) and len(one.antecedents.rows)
    assert same_reading(one, make_model(threads=3).read(segment))


def test_other_weights_say_something_else() -> None:
    """What the tests above compare is not empty."""
    segment = make_segment(LONG)
    assert not same_reading(make_model(0).read(segment), make_model(1).read(segment))


def test_every_sentence_is_a_tree_of_its_own_words() -> None:
    segment = make_segment(LONG)
    reading = make_model().read(segment)
    for start, end in pairwise([*segment.sentences, len(segment.words)]):
        heads = reading.heads[start:end]
        assert (heads == NO_HEAD).sum() == 1
        assert all(start <= head < end for head in heads if head != NO_HEAD)


def test_mentions_are_in_order_within_sentences_and_pairs_point_back() -> None:
    segment = make_segment(LONG)
    reading = make_model().read(segment)
    spans = list(zip(reading.starts.tolist(), (-reading.ends).tolist(), strict=True))
    assert spans == sorted(set(spans))
    firsts = np.array(segment.sentences)
    assert (np.searchsorted(firsts, reading.starts, side="right") == np.searchsorted(firsts, reading.ends - 1, side="right")).all()
    assert (reading.classes < len(INVENTORIES.classes)).all()
    for links in (reading.antecedents, reading.attributes):
        assert (links.columns < links.rows).all()
        pairs = list(zip(links.rows.tolist(), links.columns.tolist(), strict=True))
        assert pairs == sorted(set(pairs))


def test_mentions_that_are_given_are_kept_to() -> None:
    given = [(0, 12), (1, 3), (9, 11)]
    reading = make_model().read(make_segment(PASSAGE), mentions=given)
    assert list(zip(reading.starts.tolist(), reading.ends.tolist(), strict=True)) == given
    none = make_model().read(make_segment(PASSAGE), mentions=[])
    assert len(none.starts) == len(none.antecedents.rows) == 0


@pytest.mark.parametrize("passage", ["", ".", "Tom"])
def test_the_shortest_segments(passage: str) -> None:
    segment = make_segment(passage)
    reading = make_model().read(segment)
    assert len(reading.upos) == len(reading.heads) == len(reading.events) == len(segment.words)


def test_no_word_and_no_sentence() -> None:
    assert len(make_model().read(Segment((), ())).upos) == 0


def test_a_sentence_without_end_is_one_tree() -> None:
    """A thousand words without a stop."""
    words = " ".join(["she", "went", "on", "and"] * 250)
    reading = make_model().read(make_segment(words))
    assert (reading.heads == NO_HEAD).sum() == 1
    top = np.arange(1000)
    for _ in range(1000):
        top = np.where(reading.heads[top] == NO_HEAD, top, reading.heads[top])
    assert len(set(top.tolist())) == 1


def test_log_odds_are_such_as_half_precision_holds() -> None:
    reading = make_model().read(make_segment(LONG))
    for x in (reading.events, reading.probabilities, reading.antecedents.log_odds):
        assert x.dtype == np.float32
        assert (x == x.astype(np.float16)).all()


def test_a_reader_that_stops_early_leaves_nothing_behind() -> None:
    model = make_model()
    readings = model.read_all(make_segment(LONG) for _ in range(5))
    first = next(readings)
    readings.close()
    assert same_reading(model.read(make_segment(LONG)), first)


@pytest.mark.parametrize("name", ["parse.arc", "tags.upos.weight", "pairs.output.weight"])
def test_heads_without_a_parameter_are_damaged(name: str) -> None:
    arrays = {key: array for key, array in make_arrays().items() if key != name}
    with pytest.raises(DamagedModelError, match=name):
        Model(make_config(), "test", WordPieces(VOCABULARY), FakeEncoder(), Parameters(arrays))


def test_heads_that_do_not_fit_the_inventories_are_damaged() -> None:
    arrays = {**make_arrays(), "parse.relation.bias": np.zeros(7, np.float32)}
    with pytest.raises(DamagedModelError, match=r"parse\.relation\.bias has 7 entries where its inventory has 4"):
        Model(make_config(), "test", WordPieces(VOCABULARY), FakeEncoder(), Parameters(arrays))


def test_classes_in_another_order_are_damage() -> None:
    config = make_config()
    turned = msgspec.structs.replace(config.inventories, classes=config.inventories.classes[::-1])
    with pytest.raises(DamagedModelError, match="its classes of mentions are pronoun:organization"):
        make_model(config=msgspec.structs.replace(config, inventories=turned))


def test_of_a_mention_the_best_pairs_are_kept() -> None:
    """Two mentions with thirteen pairs each, some of them hopeless."""
    rows = np.repeat([3, 7], 13)
    columns = np.tile(np.arange(13), 2)
    log_odds = np.random.default_rng(5).permutation(26).astype(np.float32) - 4
    links = keep_links(rows, columns, log_odds, -2)
    for row in (3, 7):
        of_row = rows == row
        best = sorted(log_odds[of_row & (log_odds > -2)])[-MOST_LINKS:]
        kept = links.rows == row
        assert sorted(links.log_odds[kept]) == best
        assert links.columns[kept].tolist() == sorted(links.columns[kept].tolist())
        assert all(
            log_odds[of_row][column] == score for column, score in zip(links.columns[kept], links.log_odds[kept], strict=True)
        )


def test_speakers_are_sought_among_people_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first and the last person that the head is shown speak the first quotation; then only those are asked who are named."""
    shown: list[Mentions] = []
    asked: list[NDArray[np.bool_]] = []

    def ask(_h: object, _segment: Segment, mentions: Mentions, candidates: NDArray[np.bool_]) -> Links:
        shown.append(mentions)
        asked.append(candidates)
        last = len(mentions.starts) - 1
        return Links(np.zeros(2, np.int32), np.array([0, last], np.int32), np.array([2, 1], np.float32))

    model = make_model()
    monkeypatch.setattr(model, "_speakers", ask)
    reading = model.read(make_segment(LONG, quotes=[(0, 8)]))
    people = [m for m, class_ in enumerate(reading.classes.tolist()) if INVENTORIES.classes[class_].endswith(":person")]
    assert 2 <= len(people) < len(reading.starts)
    assert shown[0].starts.tolist() == reading.starts[people].tolist()
    assert shown[0].ends.tolist() == reading.ends[people].tolist()
    assert [INVENTORIES.classes[6 * kind] for kind in shown[0].kinds] == [INVENTORIES.classes[reading.classes[m]] for m in people]
    assert reading.speakers.columns.tolist() == [people[0], people[-1]]
    assert reading.speakers.log_odds.tolist() == [2, 1]
    segment = make_segment(LONG, quotes=[(0, 8)])
    assert [candidates.tolist() for candidates in asked] == [
        find_speakable(segment, shown[0]).tolist(),
        find_named(segment, shown[1]).tolist(),
    ]


def test_without_a_head_for_speakers_nobody_is_said_to_speak() -> None:
    assert len(make_model().read(make_segment(LONG, quotes=[(0, 8)])).speakers.rows) == 0
