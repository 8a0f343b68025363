"""Records that are many, as columns of packed numbers: mentions, events, the grammar of words. And back."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from fabula.records import (
    ROOT,
    Event,
    Evidence,
    Inventory,
    Mention,
    MentionKind,
    MentionType,
    NameKind,
    Participant,
    Reality,
    Role,
    Scope,
    Span,
    Tags,
)
from fabula.story.packing import (
    pack_numbers,
    pack_probabilities,
    pack_steps,
    unpack_numbers,
    unpack_probabilities,
    unpack_steps,
)

Columns = Mapping[str, bytes]
"""By the name of a field what it is in each record, packed. No columns: no records."""

# What the numbers stand for: a value's place. New values are added at the end, or the story's version rises.
_KINDS, _TYPES = tuple(MentionKind), tuple(MentionType)
_NAME_KINDS: tuple[NameKind | None, ...] = (None, *NameKind)
_REALITIES, _ROLES, _SCOPES = tuple(Reality), tuple(Role), tuple(Scope)


def pack_mentions(mentions: Sequence[Mention], before: Sequence[Mention] = ()) -> Columns:
    """before: those of which the columns are known already: columns that are the same as theirs are left out."""
    if not mentions:
        return {}
    known, found = _list_mentions(before), _list_mentions(mentions)
    packers = {"id": pack_steps, "start": pack_steps, "head": pack_steps}
    columns = {name: packers.get(name, pack_numbers)(numbers) for name, numbers in found.items() if known[name] != numbers}
    probabilities = [m.probability for m in mentions]
    if [m.probability for m in before] != probabilities:
        columns["probability"] = pack_probabilities(probabilities)
    return columns


def _list_mentions(mentions: Sequence[Mention]) -> dict[str, list[int]]:
    return {
        "id": [m.id for m in mentions],
        "start": [m.span.start for m in mentions],
        "length": [m.span.end - m.span.start for m in mentions],
        "kind": [_KINDS.index(m.kind) for m in mentions],
        "type": [_TYPES.index(m.type) for m in mentions],
        "character": [_or_none(m.character) for m in mentions],
        "name_kind": [_NAME_KINDS.index(m.name_kind) for m in mentions],
        "head": [_or_none(m.head) for m in mentions],
    }


def unpack_mentions(columns: Columns) -> tuple[Mention, ...]:
    if not columns:
        return ()
    rows = zip(
        unpack_steps(columns["id"]),
        unpack_steps(columns["start"]),
        unpack_numbers(columns["length"]),
        unpack_numbers(columns["kind"]),
        unpack_numbers(columns["type"]),
        unpack_numbers(columns["character"]),
        unpack_numbers(columns["name_kind"]),
        unpack_steps(columns["head"]),
        unpack_probabilities(columns["probability"]),
        strict=True,
    )
    return tuple(
        Mention(
            id_,
            Span(start, start + length),
            _KINDS[kind],
            _TYPES[type_],
            who - 1 if who else None,
            _NAME_KINDS[name_kind],
            head - 1 if head else None,
            probability,
        )
        for id_, start, length, kind, type_, who, name_kind, head, probability in rows
    )


def pack_events(events: Sequence[Event]) -> Columns:
    """Spans are kept from the trigger's start on."""
    if not events:
        return {}
    lemmas = list(dict.fromkeys(e.lemma for e in events))
    numbers = {lemma: n for n, lemma in enumerate(lemmas)}
    readers = list(dict.fromkeys(e.evidence.reader for e in events))
    parts = [(e.trigger.start, p) for e in events for p in e.participants]
    spans = [(e.trigger.start, s) for e in events for s in e.evidence.spans]
    return {
        "id": pack_steps(e.id for e in events),
        "start": pack_steps(e.trigger.start for e in events),
        "length": pack_numbers(e.trigger.end - e.trigger.start for e in events),
        "lemma": pack_numbers(numbers[e.lemma] for e in events),
        "lemmas": _pack_strings(lemmas),
        "reality": pack_numbers(_REALITIES.index(e.reality) for e in events),
        "scope": pack_numbers(_SCOPES.index(e.scope) for e in events),
        "participants": pack_numbers(len(e.participants) for e in events),
        "participant_role": pack_numbers(_ROLES.index(p.role) for _, p in parts),
        "participant_mention": pack_steps(_or_none(p.mention) for _, p in parts),
        **_pack_spans("participant", ((at, p.span) for at, p in parts)),
        "evidence": pack_numbers(len(e.evidence.spans) for e in events),
        **_pack_spans("evidence", spans),
        "reader": pack_numbers(readers.index(e.evidence.reader) for e in events),
        "readers": _pack_strings(readers),
        "probability": pack_probabilities(e.evidence.probability for e in events),
    }


def unpack_events(columns: Columns) -> tuple[Event, ...]:
    if not columns:
        return ()
    lemmas, readers = _unpack_strings(columns["lemmas"]), _unpack_strings(columns["readers"])
    starts = unpack_steps(columns["start"])
    n_parts, n_spans = unpack_numbers(columns["participants"]), unpack_numbers(columns["evidence"])
    parts = zip(
        unpack_numbers(columns["participant_role"]),
        _unpack_spans("participant", columns, starts, n_parts),
        unpack_steps(columns["participant_mention"]),
        strict=True,
    )
    spans = _unpack_spans("evidence", columns, starts, n_spans)
    rows = zip(
        unpack_steps(columns["id"]),
        starts,
        unpack_numbers(columns["length"]),
        unpack_numbers(columns["lemma"]),
        n_parts,
        unpack_numbers(columns["reality"]),
        unpack_numbers(columns["scope"]),
        n_spans,
        unpack_numbers(columns["reader"]),
        unpack_probabilities(columns["probability"]),
        strict=True,
    )
    return tuple(
        Event(
            id_,
            Span(start, start + length),
            lemmas[lemma],
            tuple(Participant(_ROLES[role], span, who - 1 if who else None) for role, span, who in islice(parts, n_here)),
            _REALITIES[reality],
            _SCOPES[scope],
            Evidence(tuple(islice(spans, n_words)), readers[reader], probability or 0.0),
        )
        for id_, start, length, lemma, n_here, reality, scope, n_words, reader, probability in rows
    )


def pack_tags(tags: Tags | None) -> Columns:
    """A head is kept as how far off it is; 0 is a root."""
    if tags is None:
        return {}
    return {
        "inventory": zlib.compress(json.dumps(tags.inventory).encode("utf-8"), 6),
        "upos": pack_numbers(tags.upos),
        "feats": pack_numbers(tags.feats),
        "lemma": pack_numbers(tags.lemmas),
        "head": pack_numbers(0 if head == ROOT else head - token for token, head in enumerate(tags.heads)),
        "relation": pack_numbers(tags.relations),
    }


def unpack_tags(columns: Columns) -> Tags | None:
    """Raises ValueError where the numbers cannot be those of any text."""
    if not columns:
        return None
    inventory = Inventory(*(tuple(map(str, names)) for names in json.loads(zlib.decompress(columns["inventory"]))))
    upos, feats, lemmas, relations = (unpack_numbers(columns[name]) for name in ("upos", "feats", "lemma", "relation"))
    heads = array("i", (token + off if off else ROOT for token, off in enumerate(unpack_numbers(columns["head"]))))
    for numbers, names in zip((upos, feats, lemmas, relations), inventory, strict=True):
        if len(numbers) != len(heads) or max(numbers, default=-1) >= len(names):
            raise ValueError("tags that fit no inventory")
    if any(not ROOT <= head < len(heads) for head in heads):
        raise ValueError("a head outside the text")
    return Tags(
        inventory,
        bytes(upos.tolist()),
        bytes(feats.tolist()),
        array("H", lemmas.tolist()),
        heads,
        bytes(relations.tolist()),
    )


def _or_none(number: int | None) -> int:
    return 0 if number is None else number + 1


def _pack_spans(name: str, spans: Iterable[tuple[int, Span]]) -> Columns:
    listed = list(spans)
    return {
        f"{name}_start": pack_numbers(span.start - at for at, span in listed),
        f"{name}_length": pack_numbers(span.end - span.start for _, span in listed),
    }


def _unpack_spans(name: str, columns: Columns, starts: Sequence[int], counts: Sequence[int]) -> Iterator[Span]:
    """All of them, one event's after the other's: `counts` has how many each has."""
    from_ = (start for start, n in zip(starts, counts, strict=True) for _ in range(n))
    off, length = unpack_numbers(columns[f"{name}_start"]), unpack_numbers(columns[f"{name}_length"])
    return (Span(at + o, at + o + n) for at, o, n in zip(from_, off, length, strict=True))


def _pack_strings(strings: Sequence[str]) -> bytes:
    return zlib.compress(json.dumps(strings).encode("utf-8"), 6)


def _unpack_strings(packed: bytes) -> list[str]:
    strings = json.loads(zlib.decompress(packed))
    if not isinstance(strings, list) or not all(isinstance(s, str) for s in strings):
        raise ValueError("no strings")
    return strings
