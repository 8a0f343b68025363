-- One story. Offsets are code points into the text, which is the bodies of text_piece one after the other.
-- The application id ("fabu") and the user_version are set by tables.py; packing.py says how packed columns are coded.

CREATE TABLE book (           -- what the book is: title, author, language, words, sha256, source, format, layers, written_by
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE metadata (       -- what else the file says of itself, in its order
    position INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    value    TEXT NOT NULL
);

CREATE TABLE text_piece (     -- the text, cut at chapters
    start     INTEGER PRIMARY KEY,
    end       INTEGER NOT NULL,
    body      TEXT NOT NULL,
    words     INTEGER NOT NULL, -- tokens that hold a letter or a figure
    sentences BLOB NOT NULL,  -- packed spans, relative to start
    tokens    BLOB NOT NULL   -- packed spans, relative to start
);

CREATE TABLE structure (      -- one row: packed spans that are few
    paragraphs BLOB NOT NULL,
    kinds      BLOB NOT NULL, -- one letter a paragraph, the first of its kind
    emphasis   BLOB NOT NULL
);

CREATE TABLE chapter (
    number     INTEGER PRIMARY KEY,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    label      INTEGER NOT NULL,
    title      TEXT NOT NULL,
    heading    TEXT NOT NULL,
    part       INTEGER NOT NULL,
    part_title TEXT NOT NULL
);

CREATE TABLE source_file (    -- the files of the source that the text comes from
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE anchor (         -- the way back: from `position` on the text stands at this line of this file
    id       INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    file     INTEGER NOT NULL REFERENCES source_file,
    line     INTEGER NOT NULL,
    element  TEXT NOT NULL
);

CREATE TABLE note (           -- prefaces, footnotes, authors' notes: words of the book that are not its story
    id    INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL,
    title TEXT NOT NULL,
    body  TEXT NOT NULL,
    at    INTEGER NOT NULL    -- where in the text they stood
);

CREATE TABLE notice (         -- faults of the file or of its reading
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    message TEXT NOT NULL,
    start   INTEGER NOT NULL,
    end     INTEGER NOT NULL
);

CREATE TABLE packed (         -- records that are many: "mentions", "events", "tags" (the grammar of words); columns.py says how
    layer   TEXT NOT NULL,
    name    TEXT NOT NULL,    -- a field
    numbers BLOB NOT NULL,    -- what it is in each record, packed
    PRIMARY KEY (layer, name)
) WITHOUT ROWID;

CREATE TABLE segment (        -- what the reading model said of each segment of the text, for the next reading
    position INTEGER PRIMARY KEY,
    key      TEXT NOT NULL,   -- of the segment's words, the model and the runtime
    reading  BLOB NOT NULL
);

CREATE TABLE quote (
    id    INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL,
    parts TEXT NOT NULL       -- JSON [[start, end], ...]
);

CREATE TABLE attribution (    -- who says a quote, and to whom
    quote       INTEGER PRIMARY KEY REFERENCES quote,
    speaker     INTEGER NOT NULL, -- a mention's id
    addressees  TEXT NOT NULL,    -- JSON [mention's id, ...]
    cue_start   INTEGER,          -- NULL where no words say so
    cue_end     INTEGER,
    manner      TEXT NOT NULL,
    evidence    TEXT NOT NULL, -- JSON [[start, end], ...]
    reader      TEXT NOT NULL,
    probability REAL NOT NULL
);

CREATE TABLE identity (       -- that two characters are one, from `told_at` on
    id          INTEGER PRIMARY KEY,
    one         INTEGER NOT NULL,
    other       INTEGER NOT NULL,
    evidence    TEXT NOT NULL, -- JSON [[start, end], ...]
    reader      TEXT NOT NULL,
    probability REAL NOT NULL
);

CREATE TABLE gender_cue (
    id        INTEGER PRIMARY KEY,
    character INTEGER NOT NULL,
    gender    TEXT NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL
);

CREATE TABLE membership (     -- that a character is several, and that another one is of them
    id          INTEGER PRIMARY KEY,
    character   INTEGER NOT NULL,
    member      INTEGER NOT NULL,
    evidence    TEXT NOT NULL, -- JSON [[start, end], ...]
    reader      TEXT NOT NULL,
    probability REAL NOT NULL
);

CREATE TABLE narrator (       -- that a character tells the story, or a part of it, as "I"
    id          INTEGER PRIMARY KEY,
    character   INTEGER NOT NULL,
    evidence    TEXT NOT NULL, -- JSON [[start, end], ...]
    reader      TEXT NOT NULL,
    probability REAL NOT NULL
);

CREATE TABLE correction (     -- the user's corrections, in the order of NAME.fabula.toml when the story was last resolved
    position INTEGER PRIMARY KEY,
    said     TEXT NOT NULL,   -- JSON, the keys and values of that file
    why      TEXT NOT NULL    -- why it could not be applied; empty where it was
);

CREATE TABLE given (          -- what corrections say of characters beyond mentions and identities
    id        INTEGER PRIMARY KEY,
    what      TEXT NOT NULL,  -- "name", "gender", "group", "struck"; of a quotation "speaker", "addressees"
    character INTEGER,        -- before folding; null where words are struck out, and of quotations
    value     TEXT NOT NULL   -- the name; the gender; JSON [is a group, [members]]; JSON [start, end] of a mention that is nobody;
                              -- JSON [quotation, mention of the speaker or null]; JSON [quotation, [mentions of the addressees]]
);

-- Full-text search over paragraphs: rowid is the paragraph's index. Contentless: the words stay in text_piece alone.
CREATE VIRTUAL TABLE passage USING fts5(words, content = '', tokenize = "unicode61 remove_diacritics 2");
