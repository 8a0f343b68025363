"""Names by what the model sees in their places."""

from __future__ import annotations

from fabula.readers.name_votes import Votes, names_without_capitals, settle, vote
from fabula.records import Mention, MentionKind, MentionType, Span


def name(start: int, end: int, type_: MentionType = MentionType.PERSON, kind: MentionKind = MentionKind.NAME) -> Mention:
    return Mention(0, Span(start, end), kind, type_, None)


def test_a_name_is_a_persons_where_the_model_sees_one_in_half_of_its_places() -> None:
    """Selford, Selford; Ann, Ann"""
    votes = {"ann": Votes(person=1, n=2), "selford": Votes(person=1, other=3, n=4)}
    assert settle(frozenset(), votes) == {"ann"}


def test_a_name_of_the_rules_needs_fewer_places_but_some() -> None:
    """Ann, whom the model missed often; London, which it never takes for somebody"""
    votes = {"ann": Votes(person=1, n=5), "london": Votes(other=5, n=5), "bob": Votes(person=1, n=5)}
    assert settle(frozenset({"ann", "london"}), votes) == {"ann"}


def test_a_place_counts_for_the_name_that_shares_most_with_it() -> None:
    """[Mrs. [Reed]] of [Gateshead]"""
    read = [name(0, 9), name(5, 9), name(13, 22, MentionType.FACILITY)]
    votes = vote([("reed", Span(5, 9)), ("gateshead", Span(13, 22)), ("reed", Span(30, 34))], read)
    assert (votes["reed"].person, votes["reed"].n) == (1, 2)
    assert (votes["gateshead"].person, votes["gateshead"].other) == (0, 1)


def test_nominals_do_not_vote() -> None:
    """the King"""
    assert vote([("king", Span(4, 8))], [name(0, 8, kind=MentionKind.NOMINAL)])["king"].person == 0


def test_names_without_capitals_are_those_that_no_candidate_touches() -> None:
    """lyndsey and Lindsay"""
    read = [name(0, 7), name(12, 19), name(20, 26, MentionType.LOCATION)]
    assert [m.span for m in names_without_capitals(read, [Span(12, 19)])] == [Span(0, 7)]
