"""The vocabulary: every record that the program's parts hand to one another. Frozen, and the standard library only."""

from fabula.records.events import Event, Participant, Reality, Role
from fabula.records.evidence import Evidence, Notice, Scope
from fabula.records.language import ROOT, Inventory, Link, Links, PackedSegment, TaggedWord, Tags, TextReading
from fabula.records.lemmas import apply_script
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
    Narrator,
)
from fabula.records.spans import Span, SpanList
from fabula.records.speech import Attribution, Quote, QuoteKind
from fabula.records.story import StoryRecords
from fabula.records.text import Book, Chapter, Location, Note, Paragraph, ParagraphKind, Text, locate

__all__ = [
    "ROOT",
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
    "Event",
    "Evidence",
    "Gender",
    "GenderCue",
    "Identity",
    "Inventory",
    "Link",
    "Links",
    "Location",
    "Manuscript",
    "Mention",
    "MentionKind",
    "MentionType",
    "NameKind",
    "Narrator",
    "Note",
    "Notice",
    "Oddity",
    "PackedSegment",
    "Paragraph",
    "ParagraphKind",
    "Participant",
    "Quote",
    "QuoteKind",
    "Reality",
    "Role",
    "Scope",
    "Span",
    "SpanList",
    "StoryRecords",
    "TaggedWord",
    "Tags",
    "Text",
    "TextReading",
    "apply_script",
    "locate",
]
