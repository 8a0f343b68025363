"""Corrections: what a page asks for, as what the user's file says of it; and those that stand there."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.records import (
    Correction,
    Gender,
    Grouping,
    Mention,
    Merge,
    NotAPerson,
    Place,
    Rename,
    SetAddressees,
    SetGender,
    SetSpeaker,
    Span,
    Who,
)
from fabula.story.corrections.file import corrections_beside, read_corrections
from fabula.story.corrections.pointing import point_at, point_at_part, point_at_quote
from fabula.story.corrections.sentences import line_of
from fabula.web.faults import NotUnderstoodError
from fabula.web.lens import Lens
from fabula.web.payloads import (
    AddresseesAsked,
    Asked,
    CorrectionsAnswer,
    GenderAsked,
    GroupAsked,
    MergeAsked,
    NotAPersonAsked,
    RenameAsked,
    SpeakerAsked,
    SplitAsked,
)

LONGEST_NAME = 200  # code points


def make_correction(lens: Lens, asked: Asked) -> Correction:
    """What is asked for as a correction. People and places are quoted from the whole text, however far it has been read.

    Raises NotUnderstoodError; LookupFailedError where nobody has an id; CorrectionsError where it cannot be said.
    """
    match asked:
        case MergeAsked(characters=(one, other)):
            if one == other:
                raise NotUnderstoodError("a merge needs two people")
            return Merge(_who(lens, one), _who(lens, other))
        case SplitAsked():
            return _split(lens, asked)
        case RenameAsked(character=id_):
            return Rename(_who(lens, id_), _name(asked.name))
        case NotAPersonAsked(character=id_):
            return NotAPerson(_who(lens, id_))
        case GenderAsked(character=id_):
            if asked.gender not in list(Gender):
                raise NotUnderstoodError(f"`{asked.gender}` is no gender", "it is female, male or unknown")
            return SetGender(_who(lens, id_), Gender(asked.gender))
        case GroupAsked(character=id_, members=None):
            return Grouping(_who(lens, id_), is_group=False)
        case GroupAsked(character=id_, members=members):
            return Grouping(_who(lens, id_), tuple(_who(lens, member) for member in members or ()))
        case SpeakerAsked(quote=id_, speaker=speaker):
            return SetSpeaker(_quote(lens, id_), None if speaker is None else _who(lens, speaker))
        case AddresseesAsked(quote=id_, addressees=addressees):
            return SetAddressees(_quote(lens, id_), tuple(_who(lens, one) for one in addressees))


def _who(lens: Lens, id_: int) -> Who:
    character = lens.character(id_)
    return point_at(lens.story, character, lens.view.mentions_of(character))


def _quote(lens: Lens, id_: int) -> Place:
    return point_at_quote(lens.story, lens.quote(id_))


def _name(name: str) -> str:
    """In one line. Raises NotUnderstoodError."""
    name = " ".join(name.split())
    if not name:
        raise NotUnderstoodError("a name cannot be empty")
    if len(name) > LONGEST_NAME:
        raise NotUnderstoodError(f"that name is too long: no more than {LONGEST_NAME} characters are kept")
    return name


def _split(lens: Lens, asked: SplitAsked) -> Correction:
    if not asked.names and not asked.mentions:
        raise NotUnderstoodError("a split needs names or mentions that are somebody else's")
    character = lens.character(asked.character)
    own = lens.view.mentions_of(character)
    return point_at_part(
        lens.story, character, own, asked.names, _mentions(own, asked), _name(asked.called) if asked.called else ""
    )


def _mentions(own: Sequence[Mention], asked: SplitAsked) -> list[Mention]:
    at = {m.span: m for m in own}
    spans = [Span(*span) for span in asked.mentions]
    for span in spans:
        if span not in at:
            raise NotUnderstoodError(f"no mention of this person stands from {span.start} to {span.end}")
    return [at[span] for span in spans]


def list_corrections(lens: Lens) -> CorrectionsAnswer:
    """What stands in the user's file, and what became of it. Raises CorrectionsFileError.

    The user's own words, which may name people who have not been met.
    """
    path = lens.story.path
    standing = read_corrections(corrections_beside(path)) if path is not None else ()
    tried = {o.correction: o.why for o in lens.story.corrections}
    items = tuple(line_of(number, c, tried.get(c)) for number, c in enumerate(standing, 1))
    return CorrectionsAnswer(items, bool(items))
