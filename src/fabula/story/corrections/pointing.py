"""From what is shown to what a correction says: people, mentions and quotations by words that stand in the text once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula.errors import CorrectionsError, NoSuchQuoteError
from fabula.records import Character, Mention, MentionKind, Place, Quote, SetAddressees, SetSpeaker, Span, Split, Who
from fabula.story.cast import fold_name
from fabula.story.corrections.people import is_somebody
from fabula.story.corrections.places import Misfit, find_words, quote_place, shorten
from fabula.story.story import StoryView
from fabula.text.normalize import fold_marks
from fabula.text.scopes import Scopes

MOST_TRIES = 200  # mentions of one person, of which one should be quotable

_BEST_FIRST = (MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN)


def point_at(view: StoryView, character: Character, mentions: Sequence[Mention] | None = None) -> Who:
    """A character by a name and one of the mentions, the first that can be quoted: if possible a name.

    mentions: of those of the character which may be quoted; None is all. Raises CorrectionsError where none can be.
    """
    place = next(_quotable(view, view.mentions_of(character) if mentions is None else mentions), None)
    if place is None:
        raise CorrectionsError(
            f"no mention of `{character.name}` can be quoted so that it is found again", "correct it in the book itself"
        )
    return Who(character.name, place)


def _quotable(view: StoryView, mentions: Sequence[Mention]) -> Iterator[Place]:
    ranked = sorted(mentions, key=lambda m: _BEST_FIRST.index(m.kind))
    for mention in ranked[:MOST_TRIES]:
        place = quote_place(view.text, view.chapters, mention.span)
        if find_words(view.text, view.chapters, place) == mention.span:
            yield place


def point_at_split(view: StoryView, character: Character, names: Sequence[str], passages: Sequence[str], name: str) -> Split:
    """What parts names, and mentions that passages hold, from a character.

    Raises CorrectionsError where a name is none of theirs, a passage does not hold one mention of them, or nothing would be left.
    """
    own = view.mentions_of(character)
    return point_at_part(view, character, own, names, [_mention_in(view, character, own, passage) for passage in passages], name)


def point_at_part(
    view: StoryView, character: Character, own: Sequence[Mention], names: Sequence[str], mentions: Sequence[Mention], name: str
) -> Split:
    """What parts names, and mentions, from a character; own: all mentions of the character.

    Raises CorrectionsError where a name is none of theirs, or nothing would be left.
    """
    keys = {fold_name(n): _one_line(n) for n in names}
    worn = {fold_name(view.quote(m.span)) for m in own}
    for key, typed in keys.items():
        if key not in worn:
            known = ", ".join(_one_line(n.text) for n in character.names)
            raise CorrectionsError(
                f"`{typed}` is no name of `{character.name}`", f"these are: {known}" if known else "give --mentions instead"
            )
    spans = {m.span for m in mentions}
    rest = [m for m in own if m.span not in spans and fold_name(view.quote(m.span)) not in keys]
    if not is_somebody(rest, own):
        raise CorrectionsError(
            f"nothing would be left of `{character.name}`", f"these are all the names: {', '.join(keys.values())}; keep one"
        )
    places = tuple(quote_place(view.text, view.chapters, m.span) for m in mentions)
    return Split(point_at(view, character, rest), tuple(keys.values()), places, name)


def _mention_in(view: StoryView, character: Character, own: Sequence[Mention], passage: str) -> Mention:
    """The one mention of a character that stands in a passage of the text."""
    span = _find_passage(view, passage)
    if isinstance(span, Misfit):
        hint = "copy some words of the book with the mention in them"
        raise CorrectionsError(f"`{_one_line(passage)}` {span}", hint if span is Misfit.GONE else "give more of the words round it")
    found = [m for m in own if _lies_in(m.span, span)]
    if len(found) != 1:
        said = f"mentions `{character.name}` {len(found)} times" if found else f"does not mention `{character.name}`"
        raise CorrectionsError(
            f"`{_one_line(passage)}` {said}", "give a passage with one mention" + (": fewer of the words" if found else "")
        )
    return found[0]


def _find_passage(view: StoryView, passage: str) -> Span | Misfit:
    """Where words stand, with marks of any kind."""
    return find_words(fold_marks(view.text), (), Place(fold_marks(_one_line(passage))))


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _one_line(words: str) -> str:
    return " ".join(words.split())


def find_quote(view: StoryView, asked: int | str) -> Quote:
    """A quotation by its id (12, "12" or "#12"), or by words that stand once in the text: in it, or with it and no other in them.

    Words of several of its parts need not have with them what stands between. Raises NoSuchQuoteError.
    """
    number = re.fullmatch(r"\s*#?([0-9]{1,9})\s*", str(asked))
    if number:
        quote = next((q for q in view.quotes if q.id == int(number[1])), None)
        if quote is None:
            raise NoSuchQuoteError(f"there is no quotation {number[1]}")
        return quote
    words = shorten(_one_line(str(asked)))
    span = _find_passage(view, str(asked))
    if span is Misfit.GONE:
        wanted = fold_marks(_one_line(str(asked)))
        interrupted = [q for q in view.quotes if len(q.parts) > 1 and wanted and wanted in fold_marks(_words_of(view, q))]
        if len(interrupted) == 1:
            return interrupted[0]
        span = Misfit.TWICE if interrupted else span
    if isinstance(span, Misfit):
        wanted = "give more of the words round it" if span is Misfit.TWICE else "copy some words of it from the book"
        raise NoSuchQuoteError(f"`{words}` {span}", f"{wanted}, or give its id, as `fabula show STORY quotes` has it")
    around = Scopes(view.quotes).innermost(span)
    if around is not None:
        return around.quote
    held = [q for q in view.quotes if any(part.overlaps(span) for part in q.parts)]
    outer = [q for q in held if not any(_is_within(q, other) for other in held)]
    if len(outer) != 1:
        raise NoSuchQuoteError(f"`{words}` holds {len(outer)} quotations" if outer else f"`{words}` is not in a quotation")
    return outer[0]


def _words_of(view: StoryView, quote: Quote) -> str:
    return _one_line(" ".join(view.quote(part) for part in quote.parts))


def _is_within(quote: Quote, other: Quote) -> bool:
    return quote is not other and any(_lies_in(quote.parts[0], part) for part in other.parts)


def point_at_quote(view: StoryView, quote: Quote) -> Place:
    """A quotation by the words of its first part. Raises CorrectionsError where they cannot be told from others like them."""
    place = quote_place(view.text, view.chapters, quote.parts[0])
    if find_words(view.text, view.chapters, place) != quote.parts[0]:
        raise CorrectionsError(
            f"quotation {quote.id}, `{shorten(place.words)}`, cannot be told from another one like it",
            "correct it in the book itself",
        )
    return place


def set_speaker(view: StoryView, quote: Quote, speaker: Character | None) -> SetSpeaker:
    """That a character says a quotation; None: that nobody is known to. Raises CorrectionsError where one cannot be quoted."""
    return SetSpeaker(point_at_quote(view, quote), None if speaker is None else point_at(view, speaker))


def set_addressees(view: StoryView, quote: Quote, addressees: Sequence[Character]) -> SetAddressees:
    """That these characters are spoken to in a quotation; none: that nobody is known to be. Raises CorrectionsError as above."""
    return SetAddressees(point_at_quote(view, quote), tuple(point_at(view, one) for one in addressees))
