"""Who speaks, where the quotations and the names of the cast are given: PDNC's novels, the reading model's scores and the turns.

Given are each quotation's parts and, with `--gold-cast`, every place where an alias of a character is written, the longest
first. What is scored are the scores of mentions, added up by character, and what `fabula.readers.turns` makes of them.

    python -m evaluation.gold_speakers --data DIR --model FOLDER --gold-cast
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.pdnc_novels import IN_LITBANK, CueKind, GoldNovel, GoldPart, read_novels
from fabula.lexicons.patterns import CUE
from fabula.lexicons.titles import TITLES
from fabula.neural.conversation import NAME, NOMINAL, PRONOUN, Mentions, lay_out
from fabula.neural.segments import Links, Segment
from fabula.readers.cast.names import resolve_names
from fabula.readers.speakers import attribute_quotes
from fabula.readers.turns import Turn, decide_speakers, find_pronoun_cues
from fabula.records import Gender, Mention, MentionKind, MentionType, Paragraph, ParagraphKind, Quote, QuoteKind, Span, Text
from fabula.text.tokens import find_tokens

GENDER_EVIDENCE, TITLE_WEIGHT, TIMES_AS_MUCH = 3, 3, 2  # of a character's gender, as in `fabula.story.cast`
_MARKS = "“”‘’«»\"'`_"
_BLANK = re.compile(r"\r?\n[ \t]*(?:\r?\n[ \t]*)+")
_CUE_INSIDE = re.compile(r"[\"”](?P<told>\s[^\"“”]{2,120}?\s)[\"“](?=\S)")
FREE_WORDS = 4  # of a name, from which it is found whatever its capitals
CALL_FLAG = 4  # of a mention: called by name in a quotation

Scorer = Callable[[Segment, Mentions], Links]


@dataclass(frozen=True, slots=True)
class GivenNovel:
    """A novel with its gold quotations and names.

    text: paragraphs parted by blank lines. quotes: with their marks; parts: the gold parts of each. mentions: of the cast by name;
    people: whose each is, a number into `cast`.
    """

    gold: GoldNovel
    text: Text
    segment: Segment
    quotes: tuple[Quote, ...]
    parts: tuple[tuple[GoldPart, ...], ...]
    mentions: tuple[Mention, ...]
    people: tuple[int, ...]
    cast: tuple[str, ...]


def give_novel(gold: GoldNovel) -> GivenNovel:
    """A novel with its quotations and the places of its cast's names."""
    string = gold.text
    bounds = [0, *(edge for found in _BLANK.finditer(string) for edge in found.span()), len(string)]
    spans = [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if end > start]
    paragraphs = tuple(Paragraph(span, ParagraphKind.PROSE) for span in spans)
    sentences, tokens = find_tokens(string, paragraphs)
    text = Text(string, paragraphs, (), sentences, tokens)
    by_quote: dict[str, list[GoldPart]] = defaultdict(list)
    for part in gold.parts:
        by_quote[part.quote or f"{part.start}"].append(part)
    groups = sorted(by_quote.values(), key=lambda parts: parts[0].start)
    quotes: list[Quote] = []
    kept: list[tuple[GoldPart, ...]] = []
    ranges: list[tuple[tuple[int, int], ...]] = []
    for parts in groups:
        marked = tuple(span for part in parts for span in _with_marks(string, part))
        words = tuple((inside.start, inside.stop) for span in marked if (inside := _tokens_of(text, span)))
        if words:
            quotes.append(Quote(len(quotes), marked, QuoteKind.SPEECH))
            kept.append(tuple(parts))
            ranges.append(words)
    firsts = tuple(sorted({0, *(bisect_left(tokens.starts, span.start) for span in spans)} - {len(tokens)}))
    sentence_firsts = tuple(bisect_left(tokens.starts, start) for start in sentences.starts)
    segment = Segment(tuple(text.quote(token) for token in tokens), sentence_firsts, firsts, tuple(ranges))
    mentions, people = _find_names(gold, text)
    return GivenNovel(gold, text, segment, tuple(quotes), tuple(kept), mentions, people, tuple(c.name for c in gold.cast))


def _with_marks(string: str, part: GoldPart) -> list[Span]:
    """A part with its marks; several where the annotators left a cue inside ("Go," said Tom. "Now.")."""
    start, end = part.start, part.end
    while start > 0 and string[start - 1] in _MARKS:
        start -= 1
    while end < len(string) and string[end] in _MARKS:
        end += 1
    cuts = [found.span() for found in _CUE_INSIDE.finditer(string, part.start, part.end) if CUE.search(found["told"])]
    edges = [start, *(edge for first, last in cuts for edge in (first + 1, last - 1)), end]
    return [Span(begin, stop) for begin, stop in zip(edges[::2], edges[1::2], strict=True)]


def _tokens_of(text: Text, span: Span) -> range:
    first = bisect_right(text.tokens.ends, span.start)
    return range(first, max(first, bisect_left(text.tokens.starts, span.end)))


def _find_names(gold: GoldNovel, text: Text) -> tuple[tuple[Mention, ...], tuple[int, ...]]:
    """Every place of an alias, the longest first, and the narrator's "I" outside quotations."""
    owners = {alias: at for at, c in enumerate(gold.cast) if c.is_person for alias in c.aliases}
    owners = {alias: at for alias, at in owners.items() if alias.strip("_").lower() != "narr" and len(alias) > 1}
    longest_first = sorted(owners, key=lambda alias: (-len(alias), alias))
    patterns = [_pattern(alias) for alias in longest_first]
    folded = {_fold(alias): at for alias, at in owners.items()}
    found: list[tuple[Span, int, MentionKind]] = []
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text.string):
        kind = MentionKind.NAME if re.search(r"\b[A-Z]", match[0].removeprefix("The ")) else MentionKind.NOMINAL
        found.append((Span(*match.span()), folded[_fold(match[0])], kind))
    if gold.narrator is not None:
        narrator = next(at for at, c in enumerate(gold.cast) if c.name == gold.narrator)
        outside = _outside(gold)
        found += [
            (Span(*m.span()), narrator, MentionKind.PRONOUN) for m in re.finditer(r"\bI\b", text.string) if outside(m.start())
        ]
        found.sort(key=lambda item: item[0])
    mentions = tuple(Mention(i, span, kind, MentionType.PERSON, None) for i, (span, _, kind) in enumerate(found))
    return mentions, tuple(person for _, person, _ in found)


def _pattern(alias: str) -> str:
    """Of the places of an alias: "The Invisible Man" is also "the invisible man"; a title alone stands before no other name."""
    pattern = re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(alias)).replace("'", "['’]")
    if _is_folded(alias):
        return f"(?i:{pattern})"
    return rf"{pattern}(?!\.?\s+[A-Z])" if alias in TITLES else pattern


def _fold(name: str) -> str:
    folded = " ".join(name.replace("’", "'").split())
    return folded.lower() if _is_folded(folded) else folded


def _is_folded(name: str) -> bool:
    """Whether capitals are no matter: "The Invisible Man", "Mr. Van Der Luyden"."""
    return name.lower().startswith("the ") or len(name.split()) >= FREE_WORDS


def _outside(gold: GoldNovel) -> Callable[[int], bool]:
    starts, ends = [p.start for p in gold.parts], [p.end for p in gold.parts]

    def outside(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at < 0 or offset >= ends[at]

    return outside


def word_mentions(novel: GivenNovel) -> Mentions:
    """The novel's mentions in words."""
    kinds = {MentionKind.NAME: NAME, MentionKind.NOMINAL: NOMINAL, MentionKind.PRONOUN: PRONOUN}
    ranges = [_tokens_of(novel.text, m.span) for m in novel.mentions]
    return Mentions(
        np.asarray([r.start for r in ranges], np.int64),
        np.asarray([max(r.stop, r.start + 1) for r in ranges], np.int64),
        np.asarray([kinds[m.kind] for m in novel.mentions], np.int64),
    )


def find_genders(novel: GivenNovel) -> dict[int, Gender]:
    """Of each character, by the titles of the names and the pronouns that follow them."""
    named = [m for m in novel.mentions if m.kind is MentionKind.NAME]
    resolved, _, cues = resolve_names(novel.text, named)
    owners: dict[int, Counter[int]] = defaultdict(Counter)
    for mention in resolved:
        if mention.character is not None:
            owners[mention.character][novel.people[mention.id]] += 1
    counts: Counter[tuple[int, Gender]] = Counter()
    names = {m.span for m in named}  # the cue of a title is the name's own span
    for cue in cues:
        person = owners[cue.character].most_common(1)[0][0]
        counts[person, cue.gender] += TITLE_WEIGHT if cue.span in names else 1
    genders: dict[int, Gender] = {}
    for person in set(novel.people):
        female, male = counts[person, Gender.FEMALE], counts[person, Gender.MALE]
        if max(female, male) >= GENDER_EVIDENCE and max(female, male) > TIMES_AS_MUCH * min(female, male):
            genders[person] = Gender.FEMALE if female > male else Gender.MALE
    return genders


def add_up(n_quotes: int, links: Links, people: Sequence[int]) -> list[dict[int, float]]:
    """The probability of each person to speak each quotation: of all their mentions together, nobody's taking its share."""
    odds: list[dict[int, float]] = [{} for _ in range(n_quotes)]
    for row, column, log_odds in zip(links.rows.tolist(), links.columns.tolist(), links.log_odds.tolist(), strict=True):
        person = people[column]
        odds[row][person] = odds[row].get(person, 0.0) + float(np.exp(min(log_odds, 30.0)))
    return [{person: value / (1 + sum(own.values())) for person, value in own.items()} for own in odds]


def make_turns(novel: GivenNovel, links: Links, mentions: Mentions) -> list[Turn]:
    """What is known of each quotation: cues by rules, the model's scores, whom it calls."""
    probabilities = add_up(len(novel.quotes), links, novel.people)
    said = {a.quote: novel.people[a.speaker] for a in attribute_quotes(novel.text, novel.quotes, novel.mentions)}
    pronouns = find_pronoun_cues(novel.text, novel.quotes)
    narrator = frozenset(at for at, name in enumerate(novel.cast) if name == novel.gold.narrator)
    conversation = lay_out(novel.segment, mentions)
    called: dict[int, set[int]] = defaultdict(set)
    for at in np.flatnonzero(conversation.mention_flags[:, CALL_FLAG]).tolist():
        called[int(conversation.inside[mentions.starts[at]])].add(novel.people[at])
    paragraphs = novel.segment.paragraphs
    return [
        Turn(
            probabilities[quote.id],
            bisect_right(paragraphs, novel.segment.quotes[quote.id][0][0]) - 1,
            said.get(quote.id),
            Gender.UNKNOWN if quote.id in said else pronouns.get(quote.id, Gender.UNKNOWN),
            # Nor is a narrator "he".
            frozenset(called[quote.id]) | (narrator if quote.id in pronouns else frozenset()),
        )
        for quote in novel.quotes
    ]


@dataclass(frozen=True, slots=True)
class SpeakerCounts:
    """Parts of quotations whose speaker is one person, and those given right, by kind of cue."""

    known: Mapping[CueKind | None, int]
    right: Mapping[CueKind | None, int]

    def __add__(self, other: SpeakerCounts) -> SpeakerCounts:
        return SpeakerCounts(Counter(self.known) + Counter(other.known), Counter(self.right) + Counter(other.right))

    def accuracy(self, kind: CueKind | None = None) -> float:
        """In per cent; kind: None for all together."""
        kinds = [kind] if kind else list(self.known)
        return 100 * sum(self.right.get(k, 0) for k in kinds) / max(1, sum(self.known.get(k, 0) for k in kinds))


def count_speakers(novel: GivenNovel, speakers: Sequence[int | None]) -> SpeakerCounts:
    """Count part by part, as `evaluation.pdnc` does; speakers: of each quotation, a number into the cast."""
    known: Counter[CueKind | None] = Counter()
    right: Counter[CueKind | None] = Counter()
    persons = {c.name for c in novel.gold.cast if c.is_person}
    for parts, speaker in zip(novel.parts, speakers, strict=True):
        for part in parts:
            if part.speaker in persons:
                known[part.cue] += 1
                right[part.cue] += speaker is not None and novel.cast[speaker] == part.speaker
    return SpeakerCounts(known, right)


def score_novel(novel: GivenNovel, scorer: Scorer) -> tuple[SpeakerCounts, SpeakerCounts]:
    """Counts of the model alone, and with cues and turns."""
    mentions = word_mentions(novel)
    links = scorer(novel.segment, mentions)
    turns = make_turns(novel, links, mentions)
    alone = [max(turn.people, key=turn.people.__getitem__, default=None) for turn in turns]
    decided = [d.person for d in decide_speakers(turns, find_genders(novel))]
    return count_speakers(novel, alone), count_speakers(novel, decided)


def report(rows: Iterable[tuple[str, SpeakerCounts]]) -> str:
    """A line for each: explicit, anaphoric, implicit, all; how many parts."""
    lines = [f"{'':34}{'explicit':>9}{'anaphoric':>10}{'implicit':>9}{'all':>7}{'parts':>8}"]
    for name, counts in rows:
        kinds = "".join(f"{counts.accuracy(kind):{width}.1f}" for kind, width in zip(CueKind, (9, 10, 9), strict=True))
        lines.append(f"{name:34}{kinds}{counts.accuracy():7.1f}{sum(counts.known.values()):8,}")
    return "\n".join(lines)


def open_scorer(folder: Path) -> Scorer:
    """The reading model in a weights folder, as a scorer of names."""
    from fabula.neural.encoder import cut_segment
    from fabula.neural.heads.speakers import SpeakerHead
    from fabula.neural.session import OnnxEncoder, read_weights

    weights = read_weights(folder)
    encoder, head = OnnxEncoder(weights.encoder), SpeakerHead(weights.parameters.of("speakers"))

    def score(segment: Segment, mentions: Mentions) -> Links:
        pieces = cut_segment(segment, weights.pieces, window=weights.config.window, context=weights.config.context)
        h = np.concatenate([pieces.word_vectors(w, encoder(*pieces.inputs(w))) for w in pieces.windows])
        every: NDArray[np.bool_] = np.ones(len(mentions.starts), np.bool_)
        return head(h, segment, mentions, every)

    return score


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="evaluation.gold_speakers", description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--model", type=Path, required=True, help="a weights folder")
    parser.add_argument("--gold-cast", action="store_true", required=True, help="the cast's names are given")
    parser.add_argument("--novels", nargs="*", default=None, help="PDNC's names of the novels; none: all")
    given = parser.parse_args(arguments)
    scorer = open_scorer(given.model)
    nothing = SpeakerCounts({}, {})
    sums = dict.fromkeys(("in LitBank", "not in LitBank", "all"), (nothing, nothing))
    rows: list[tuple[str, SpeakerCounts]] = []
    for gold in read_novels(given.data / "pdnc"):
        if given.novels is not None and gold.name not in given.novels:
            continue
        alone, decided = score_novel(give_novel(gold), scorer)
        rows.append((gold.name, decided))
        for name in ("in LitBank" if gold.name in IN_LITBANK else "not in LitBank", "all"):
            sums[name] = (sums[name][0] + alone, sums[name][1] + decided)
    for name, (alone, decided) in sums.items():
        if decided.known:
            rows += [(f"{name}, the model alone", alone), (name, decided)]
    print(report(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
