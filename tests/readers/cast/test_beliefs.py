from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.readers.cast.beliefs import (
    Belief,
    BeliefNetwork,
    WeighedLinks,
    find_owners,
    join_beliefs,
    learn_genders,
    weigh_links,
)
from fabula.readers.cast.binding import UNBOUND, Binding
from fabula.records import Gender
from tests.marked import mark

TOM, ANN = 0, 1
HE, SHE, NOTHING = Gender.MALE, Gender.FEMALE, Gender.UNKNOWN


def links(
    *rows: tuple[int, int, float], owners: Mapping[int, Sequence[int]] | None = None, binding: Binding = UNBOUND
) -> Mapping[int, WeighedLinks]:
    """Later mentions, earlier ones, log-odds."""
    found: dict[int, list[tuple[int, float]]] = {}
    for later, earlier, log_odds in sorted(rows):
        found.setdefault(later, []).append((earlier, log_odds))
    return weigh_links(found, owners or {}, binding)


def spread_beliefs(
    known: Sequence[int | None],
    by_words: Sequence[Gender],
    weighed: Mapping[int, WeighedLinks],
    genders: Mapping[int, Gender],
    new: Sequence[int | None] = (),
    said_by: Mapping[int, Belief] | None = None,
    apart: Mapping[int, Sequence[int]] | None = None,
) -> list[Belief]:
    return list(BeliefNetwork(weighed, by_words).spread(known, genders, new, said_by or {}, apart or {}))


def test_a_pronoun_takes_from_those_it_may_mean() -> None:
    """Tom ... Ann ... he, likelier Tom than Ann, perhaps neither"""
    beliefs = spread_beliefs([TOM, ANN, None], [NOTHING] * 3, links((2, 0, 2.0), (2, 1, 0.0)), {})
    assert beliefs[0] == {TOM: 1.0}
    assert 1 > beliefs[2][TOM] > beliefs[2][ANN] > 0
    assert sum(beliefs[2].values()) < 1


def test_doubt_adds_up_along_a_chain() -> None:
    """Tom ... he ... his"""
    beliefs = spread_beliefs([TOM, None, None], [NOTHING, HE, HE], links((1, 0, 1.0), (2, 1, 1.0)), {})
    assert beliefs[1][TOM] == pytest.approx(beliefs[2][TOM] ** 0.5)


def test_a_sharp_belief_is_in_the_likeliest_and_as_much_as_before() -> None:
    """Tom ... Ann ... somebody, likelier Tom than Ann, perhaps neither"""
    weighed = links((2, 0, 2.0), (2, 1, 0.0))
    soft, sharp = (BeliefNetwork(weighed, [NOTHING] * 3, sharpness=power).spread([TOM, ANN, None], {})[2] for power in (1.0, 3.0))
    assert sharp[TOM] / soft[TOM] > 1
    assert sum(sharp.values()) == pytest.approx(sum(soft.values()), abs=0.02)


def test_he_is_no_woman() -> None:
    """Ann ... Tom ... he, as likely either by the links"""
    beliefs = spread_beliefs([ANN, TOM, None], [NOTHING, NOTHING, HE], links((2, 0, 1.0), (2, 1, 1.0)), {ANN: SHE, TOM: HE})
    assert beliefs[2][TOM] > 0.75
    assert ANN not in beliefs[2]


def test_a_name_is_not_asked_whom_it_means() -> None:
    """Tom ... Ann, linked"""
    assert spread_beliefs([TOM, ANN], [NOTHING] * 2, links((1, 0, 9.0)), {}) == [{TOM: 1.0}, {ANN: 1.0}]


def test_a_mention_of_somebody_new_is_likelier_new_the_less_its_links_say() -> None:
    """Tom ... a young man, as likely nobody before as Tom; ... he, surely the young man"""
    new = [None, 7, None]
    beliefs = spread_beliefs([TOM, None, None], [NOTHING] * 3, links((1, 0, 0.0), (2, 1, 20.0)), {}, new)
    assert beliefs[1] == pytest.approx({7: 0.5, TOM: 0.5})
    assert beliefs[2] == pytest.approx({7: 0.5, TOM: 0.5}, abs=1e-3)


def test_somebody_new_without_a_link_is_surely_new_and_a_name_never_is() -> None:
    """Tom ... an old woman"""
    assert spread_beliefs([TOM, None], [NOTHING] * 2, {}, {}, [None, 7]) == [{TOM: 1.0}, {7: 1.0}]


def test_pronouns_tell_the_gender_of_whom_they_mean() -> None:
    """four times "she" that may be Ann, once Tom; Tom's is known"""
    beliefs = [{ANN: 0.9, TOM: 0.1}] * 4 + [{TOM: 1.0}]
    assert learn_genders(beliefs, [SHE] * 4 + [NOTHING], {TOM: HE}) == {TOM: HE, ANN: SHE}
    assert learn_genders(beliefs[:2], [SHE] * 2, {}) == {}
    assert learn_genders(beliefs[:4] * 2, [SHE] * 4 + [HE] * 4, {}) == {}


def test_two_witnesses_agree_upon_whom_both_name() -> None:
    """one says Tom or Ann, the other Ann"""
    joined = join_beliefs({TOM: 0.6, ANN: 0.4}, {ANN: 0.5})
    assert joined[ANN] > joined[TOM]
    assert sum(joined.values()) == pytest.approx(1)
    assert join_beliefs({}, {}) == {}


@given(st.lists(st.tuples(st.sampled_from([None, TOM, ANN]), st.sampled_from([HE, SHE, NOTHING])), max_size=12), st.data())
def test_a_belief_is_never_more_than_certain(mentions: Sequence[tuple[int | None, Gender]], data: st.DataObject) -> None:
    """any links"""
    n = len(mentions)
    pairs = [(later, earlier) for later in range(n) for earlier in range(later)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    scored = [(later, earlier, data.draw(st.floats(-8, 40))) for later, earlier in chosen]
    known, pronouns = [person for person, _ in mentions], [gender for _, gender in mentions]
    beliefs = spread_beliefs(known, pronouns, links(*scored), {TOM: HE, ANN: SHE})
    assert all(0 <= p <= 1 + 1e-9 for belief in beliefs for p in belief.values())
    assert all(sum(belief.values()) <= 1 + 1e-9 for belief in beliefs)


KNOWN = st.sampled_from([None, None, TOM, ANN])
GENDERS = st.dictionaries(st.sampled_from([TOM, ANN, 7, 8]), st.sampled_from([HE, SHE]))


@given(st.integers(1, 12), st.data())
def test_an_answer_does_not_depend_on_what_was_asked_before(n: int, data: st.DataObject) -> None:
    """any links and owners, some questions on end, each with any speakers and mentions that are somebody else"""
    pairs = [(later, earlier) for later in range(n) for earlier in range(later)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    scored = [(later, earlier, data.draw(st.floats(-4, 8))) for later, earlier in chosen]
    owned = data.draw(st.dictionaries(st.integers(0, n - 1), st.integers(1, 3)))
    owners = {row: range(row + 1, min(n, row + 1 + many)) for row, many in owned.items()}
    words = data.draw(st.lists(st.sampled_from([HE, SHE, NOTHING]), min_size=n, max_size=n))
    bound = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    by_grammar = {row: tuple(earlier for later, earlier in bound if later == row) for row, _ in bound}
    weighed = links(*scored, owners=owners, binding=UNBOUND._replace(apart=by_grammar))
    asked = BeliefNetwork(weighed, words)
    for number in (0, 1, 0, 2):
        known = data.draw(st.lists(KNOWN, min_size=n, max_size=n))
        new = data.draw(st.lists(st.sampled_from([None, 7, 8]), min_size=n, max_size=n))
        genders = data.draw(GENDERS)
        said_by = data.draw(st.dictionaries(st.integers(0, n - 1), st.sampled_from([{TOM: 0.9}, {ANN: 0.5}])))
        others = st.lists(st.integers(0, n - 1), max_size=3, unique=True)
        apart = data.draw(st.dictionaries(st.integers(0, n - 1), others, max_size=3))
        again = [*asked.spread(known, genders, new, said_by, apart, number=number)]
        assert again == spread_beliefs(known, words, weighed, genders, new, said_by, apart)


def test_who_is_apart_is_no_antecedent_and_somebody_else() -> None:
    """Tom ... Ann ... he, surely Tom ... him, by the links "he", by the grammar of the sentence another one"""
    rows = [(2, 0, 9.0), (3, 2, 4.0), (3, 0, 2.0), (3, 1, 1.0)]
    known = [TOM, ANN, None, None]
    assert spread_beliefs(known, [NOTHING] * 4, links(*rows), {})[3][TOM] > 0.9
    bound = spread_beliefs(known, [NOTHING] * 4, links(*rows, binding=UNBOUND._replace(apart={3: (2,)})), {})[3]
    assert bound[ANN] > 0.8 > bound.get(TOM, 0.0)


def test_the_subject_of_a_clause_is_likelier() -> None:
    """Tom ... Ann ... her or his, as likely either by the links"""
    bound = links((2, 0, 1.0), (2, 1, 1.0), binding=UNBOUND._replace(subjects={2: (1,)}))
    belief = spread_beliefs([TOM, ANN, None], [NOTHING] * 3, bound, {})[2]
    assert belief[ANN] > 2 * belief[TOM]


def test_who_says_it_is_somebody_else() -> None:
    """Tom ... Ann ... “he”, as likely either by the links"""
    asked = [TOM, ANN, None], [NOTHING] * 3, links((2, 0, 1.0), (2, 1, 1.0))
    assert spread_beliefs(*asked, {}, (), {2: {TOM: 1.0}})[2][ANN] > 0.8


def test_who_is_in_a_mention_is_asked_before_it_and_it_means_somebody_else() -> None:
    """Tom ... his father ... his, both as likely Tom: "his" is, and so his father is new"""
    beliefs = spread_beliefs(
        [TOM, None, None], [NOTHING, NOTHING, HE], links((1, 0, 3.0), (2, 0, 9.0), owners={1: [2]}), {}, [None, 7, None]
    )
    assert beliefs[2][TOM] > 0.9
    assert beliefs[1][7] > 0.5 > beliefs[1].get(TOM, 0.0)
    assert sum(beliefs[1].values()) == pytest.approx(1.0, abs=0.02)


def test_what_a_mention_begins_with_is_another_one_but_where_it_is_its_own_head() -> None:
    """his father; Tom, the smith"""
    marked = mark("[[His] father] saw [0 Tom].")
    assert find_owners(marked.mentions) == {0: (1,)}
    same = mark("[[0 Tom] Hale] saw [1 Ann].")
    assert find_owners([replace(m, head=1) if m.id < 2 else m for m in same.mentions]) == {}


def test_whoever_is_likely_whose_friend_he_is_is_not_the_friend() -> None:
    """Tom ... his, likely Tom's ... his friend, whom the links say to be Tom, else somebody new"""
    rows = (1, 0, 0.5), (2, 0, 3.0)
    known, gender = [TOM, None, None], [NOTHING] * 3
    friend = spread_beliefs(known, gender, links(*rows, owners={2: [1]}), {}, [None, None, 7])[2]
    assert friend[7] > friend.get(TOM, 0.0)
    doubtful = spread_beliefs(known, gender, links((1, 0, -0.5), (2, 0, 3.0), owners={2: [1]}), {}, [None, None, 7])[2]
    assert doubtful[TOM] > doubtful[7]


def test_a_mention_is_not_whom_a_name_names_that_is_somebody_else_s() -> None:
    """Tom ... Ann ... the keeper, whom the links say to be Tom, but who is not he; nor does a later mention without a name count"""
    weighed = links((2, 0, 3.0), (2, 1, 1.0), (3, 0, 9.0))
    known, words = [TOM, ANN, None, None], [NOTHING] * 4
    one = spread_beliefs(known, words, weighed, {})[2]
    other = spread_beliefs(known, words, weighed, {}, (), {}, {2: [0]})[2]
    assert one[TOM] > one[ANN]
    assert other[ANN] > other[TOM]
    assert spread_beliefs(known, words, weighed, {}, (), {}, {2: [3]}) == spread_beliefs(known, words, weighed, {})
