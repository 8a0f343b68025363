"""The vocabulary: every record that the program's parts hand to one another. Frozen, and the standard library only."""

from fabula.records.evidence import Evidence, Notice, Scope
from fabula.records.manuscript import Anchor, Aside, AsideKind, Block, BlockKind, Manuscript, Oddity
from fabula.records.people import (
    Character,
    CharacterName,
    Gender,
    GenderCue,
    Identity,
    Mention,
    MentionKind,
    MentionType,
    NameKind,
)
from fabula.records.spans import Span, SpanList
from fabula.records.speech import Attribution, Quote, QuoteKind
from fabula.records.story import StoryRecords
from fabula.records.text import Book, Chapter, Location, Note, Paragraph, ParagraphKind, Text, locate

__all__ = [
    "Anchor",
    "Aside",
    "AsideKind",
    "Attribution",
    "Block",
    "BlockKind",
    "Book",
    "Chapter",
    "Character",
    "CharacterName",
    "Evidence",
    "Gender",
    "GenderCue",
    "Identity",
    "Location",
    "Manuscript",
    "Mention",
    "MentionKind",
    "MentionType",
    "NameKind",
    "Note",
    "Notice",
    "Oddity",
    "Paragraph",
    "ParagraphKind",
    "Quote",
    "QuoteKind",
    "Scope",
    "Span",
    "SpanList",
    "StoryRecords",
    "Text",
    "locate",
]
