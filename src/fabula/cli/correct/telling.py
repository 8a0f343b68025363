"""What people are told of corrections: each in a line, what they changed, and which do not fit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from fabula import Story
from fabula.cli.terminal import Terminal, dim
from fabula.cli.views import counted
from fabula.records import Character, Gender, Outcome, Quote, QuoteSide
from fabula.story.corrections.file import corrections_beside
from fabula.story.corrections.sentences import describe

N_SHOWN = 12  # people before and after, of many that have changed
_INDENT = 8  # columns, of what stands beside the heads


def tell_changes(terminal: Terminal, before: Story, after: Story) -> None:
    """Write what has changed: the people, or else who says what, as they were and as they are."""
    old, new = _described(before), _described(after)
    were = [said for key, said in old.items() if new.get(key) != said]
    are = [said for key, said in new.items() if old.get(key) != said]
    if not were and not are:
        were, are = _voices(before, after)
    for head, people in (("before", were), ("now", are)) if were or are else (("now", ["as before"]),):
        more = [f"and {len(people) - N_SHOWN:,} more"] if len(people) > N_SHOWN else []
        terminal.paragraph("; ".join([*people[:N_SHOWN], *more]) or "nobody", head=dim(head), indent=_INDENT)


def _voices(before: Story, after: Story) -> tuple[list[str], list[str]]:
    """Of quotations that have changed, the people being the same: of one its voices, of more how many are whose."""
    changed = [(old, new) for old, new in zip(before.quotes, after.quotes, strict=True) if old != new]
    if len(changed) == 1:
        ((old, new),) = changed
        return [_describe_voice(before, old)], [_describe_voice(after, new)]
    spoken = [(Counter(q.speaker for q in s.quotes), Counter(to for q in s.quotes for to in q.addressees)) for s in (before, after)]
    names = {c.id: c.name for c in after.cast}
    counts = [{id_: f"{name} says {said[id_]:,}, hears {heard[id_]:,}" for id_, name in names.items()} for said, heard in spoken]
    differing = [id_ for id_ in names if counts[0][id_] != counts[1][id_]]
    return [counts[0][id_] for id_ in differing], [counts[1][id_] for id_ in differing]


def _describe_voice(story: Story, quote: Quote) -> str:
    to = ", ".join(story.cast.by_id(id_).name for id_ in quote.addressees)
    speaker = "unknown" if quote.speaker is None else story.cast.by_id(quote.speaker).name
    is_given = QuoteSide.SPEAKER in quote.corrected
    sure = " (as you say)" if is_given else "" if quote.speaker is None else f" ({quote.probability:.0%})"
    return f"{speaker}{sure}, to {to or 'unknown'}"


def _described(story: Story) -> dict[tuple[int, ...], str]:
    """Each character in a line, the most mentioned first, by the ids of the mentions."""
    mentions: dict[int | None, list[int]] = defaultdict(list)
    for mention in story.mentions:
        mentions[mention.character].append(mention.id)
    return {tuple(mentions[c.id]): _describe_person(story, c) for c in story.cast}


def _describe_person(story: Story, character: Character) -> str:
    said = [] if character.gender is Gender.UNKNOWN else [character.gender.value]
    if character.group:
        members = ", ".join(story.cast.by_id(id_).name for id_ in character.members)
        said.append(f"group: {members}" if members else "group")
    return f"{character.name} {character.n_mentions:,}" + (f" ({', '.join(said)})" if said else "")


def tell_unmatched(terminal: Terminal, outcomes: Sequence[Outcome], story: Path) -> None:
    """Write which corrections do not fit, and why; nothing if all do."""
    unmatched = [(number, o) for number, o in enumerate(outcomes, 1) if o.why]
    if not unmatched:
        return
    does, stay = ("does", "stays") if len(unmatched) == 1 else ("do", "stay")
    many = f"{len(unmatched):,} of {counted(len(outcomes), 'correction')}"
    terminal.paragraph(f"{many} {does} not fit the text, and {stay} unused in {corrections_beside(story).name}:")
    for number, outcome in unmatched:
        terminal.paragraph(f"{describe(outcome.correction)}: {outcome.why}", head=dim(f"  {number}"), indent=6)
    terminal.paragraph("mend the words there, or take it out, and run `fabula correct STORY`", head=dim("hint: "), indent=6)
