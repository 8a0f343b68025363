"""Who speaks each quotation: a small transformer over quotations, mentions and paragraphs, all of a window scored together.

Source: scorers that see all quotations and candidates at once, with additive attention, a "nobody" and a loss over all mentions
of the right speaker (ModernBERT-large on PDNC, 2026). Departs from them: the encoder is that of the pass; mentions are scored.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fabula.neural import conversation as layout
from fabula.neural.conversation import (
    Conversation,
    Mentions,
    SpeakerWindow,
    cut_speaker_windows,
    gather_vectors,
    lay_out,
)
from fabula.neural.heads.blocks import Norm, read_blocks, sum_tables
from fabula.neural.heads.parameters import Floats, Parameters, relu
from fabula.neural.segments import NO_LINKS, Links, Segment

MOST = 16  # mentions kept of a quotation; with fewer, somebody named often leaves no room for others
LEAST = -8.0  # log-odds of one that is kept


class SpeakerHead:
    """Scores of mentions as speakers; the parameters are those of `training.speakers.model`."""

    def __init__(self, parameters: Parameters) -> None:
        self._quote, self._mention = parameters.linear("quote"), parameters.linear("mention")
        self._paragraph = parameters.linear("paragraph")
        self._blocks = read_blocks(parameters)
        self._bias = sum_tables([parameters.array(f"bias_{name}", 2) for name in ("items", "turns", "paragraphs", "same")])
        self._norm = Norm.of(parameters, "norm")
        self._pair_quote, self._pair_mention = parameters.linear("pair_quote"), parameters.linear("pair_mention", bias=False)
        self._dot_quote, self._dot_mention = parameters.linear("dot_quote"), parameters.linear("dot_mention")
        self._near = sum_tables([parameters.array(f"near_{name}", 2) for name in ("words", "mentions")])
        self._far = sum_tables([parameters.array(f"far_{name}", 2) for name in ("paragraphs", "quotes", "places")])
        self._output = parameters.linear("output", bias=False)
        self._nobody_hidden, self._nobody = parameters.linear("nobody_hidden"), parameters.linear("nobody")

    def __call__(self, h: Floats, segment: Segment, mentions: Mentions, candidates: NDArray[np.bool_]) -> Links:
        """Score the mentions of a segment, of people only, as the speakers of its quotations; the best MOST of each are kept.

        h: [n_words, width]. candidates [m]: which are asked, those of `find_speakable` or of `find_named`.
        Rows are quotations, columns mentions; log-odds against nobody of them.
        """
        if not segment.quotes or not len(mentions.starts):
            return NO_LINKS
        own = np.flatnonzero(candidates)
        if not len(own):
            return NO_LINKS
        conversation = lay_out(segment, Mentions(*(column[own] for column in mentions)))
        inputs = self._embed(conversation, gather_vectors(h, conversation))
        rows, columns, scores = [], [], []
        for window in cut_speaker_windows(conversation):
            quotes, people, log_odds = self._score(conversation, window, inputs)
            best = np.argsort(-log_odds, 1, kind="stable")[:, :MOST]
            best.sort(1)
            kept = np.take_along_axis(log_odds, best, 1) > LEAST
            row, place = np.nonzero(kept)
            rows.append(quotes[row])
            columns.append(own[people[best[row, place]]])
            scores.append(log_odds[row, best[row, place]])
        return Links(
            np.concatenate(rows).astype(np.int32),
            np.concatenate(columns).astype(np.int32),
            np.concatenate(scores).astype(np.float32),
        )

    def _embed(self, conversation: Conversation, vectors: tuple[Floats, Floats, Floats]) -> Floats:
        """All items of the segment, in text order."""
        quote, mention, paragraph = (
            linear(np.concatenate([part.reshape(len(part), -1), flags], 1))
            for linear, part, flags in zip(
                (self._quote, self._mention, self._paragraph),
                vectors,
                (conversation.quote_flags, conversation.mention_flags, conversation.paragraph_flags),
                strict=True,
            )
        )
        items = np.empty((len(conversation.types), quote.shape[1]), np.float32)
        for kind, part in ((layout.QUOTE_ITEM, quote), (layout.MENTION_ITEM, mention), (layout.PARAGRAPH_ITEM, paragraph)):
            own = conversation.types == kind
            items[own] = part[conversation.indices[own]]
        return items

    def _score(
        self, conversation: Conversation, window: SpeakerWindow, inputs: Floats
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """The quotations taken from a window, its mentions, and their log-odds."""
        x = inputs[window.items]
        codes = layout.attention_codes(conversation, window.items)
        combined = np.ravel_multi_index(codes, layout.N_ATTENTION_CODES)
        bias = self._bias[combined].transpose(2, 0, 1)
        n_heads = len(bias) // len(self._blocks)
        for number, block in enumerate(self._blocks):
            x = block(x, bias[number * n_heads : (number + 1) * n_heads])
        x = self._norm(x)
        types, indices = conversation.types[window.items], conversation.indices[window.items]
        at_quotes = np.flatnonzero((types == layout.QUOTE_ITEM) & (indices >= window.first) & (indices < window.last))
        at_mentions = np.flatnonzero(types == layout.MENTION_ITEM)
        quotes, people = indices[at_quotes], indices[at_mentions]
        quote, mention = x[at_quotes], x[at_mentions]
        near, far = layout.pair_codes(conversation, quotes, people)
        hidden = self._near[near]
        hidden += self._far[far]
        hidden += self._pair_quote(quote)[:, None]
        hidden += self._pair_mention(mention)[None]
        scores = (relu(hidden).reshape(-1, hidden.shape[-1]) @ self._output.weight).reshape(hidden.shape[:2])
        scores += self._dot_quote(quote) @ self._dot_mention(mention).T * np.float32(hidden.shape[-1] ** -0.5)
        scores -= self._nobody(relu(self._nobody_hidden(quote)))
        return quotes, people, scores
