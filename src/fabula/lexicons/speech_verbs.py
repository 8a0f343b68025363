"""Verbs that say that somebody speaks, with the manner they tell of.

Collected for this project from public-domain and present-day fiction; base form -> manner ("" where it says no more than "say").
Past forms are spelled out where they are irregular.
"""

# Verbs that hardly mean anything but speech when they stand beside a quotation.
MANNERS: dict[str, str] = {
    "say": "", "tell": "", "speak": "", "reply": "", "answer": "", "ask": "", "respond": "", "return": "", "rejoin": "",
    "add": "", "continue": "", "remark": "", "observe": "", "state": "", "repeat": "", "resume": "", "begin": "", "inquire": "",
    "enquire": "", "question": "", "demand": "demand", "declare": "declare", "announce": "announce", "explain": "",
    "suggest": "", "propose": "", "admit": "admit", "confess": "confess", "agree": "", "assent": "", "concede": "",
    "acknowledge": "", "affirm": "", "assure": "", "insist": "insist", "persist": "insist", "protest": "protest",
    "object": "protest", "argue": "", "urge": "urge", "beg": "beg", "plead": "plead", "implore": "plead", "entreat": "plead",
    "beseech": "plead", "pray": "beg", "command": "command", "order": "command", "direct": "command", "bid": "command",
    "warn": "warn", "caution": "warn", "threaten": "threaten", "promise": "", "swear": "swear", "vow": "swear",
    "curse": "swear", "exclaim": "exclaim", "cry": "cry", "shout": "shout", "yell": "shout", "scream": "scream",
    "shriek": "scream", "screech": "scream", "roar": "roar", "bellow": "roar", "thunder": "roar", "bawl": "shout",
    "holler": "shout", "call": "call", "hail": "call", "whisper": "whisper", "murmur": "murmur", "mutter": "mutter",
    "mumble": "mutter", "breathe": "whisper", "hiss": "hiss", "growl": "growl", "snarl": "growl", "snap": "snap",
    "bark": "bark", "grunt": "grunt", "groan": "groan", "moan": "moan", "whine": "whine", "whimper": "whimper", "sob": "sob",
    "wail": "wail", "sigh": "sigh", "gasp": "gasp", "pant": "gasp", "stammer": "stammer", "stutter": "stammer",
    "falter": "falter", "laugh": "laugh", "chuckle": "laugh", "giggle": "laugh", "snicker": "laugh", "grin": "laugh",
    "smile": "smile", "sneer": "sneer", "scoff": "sneer", "jeer": "sneer", "mock": "sneer", "taunt": "sneer", "tease": "tease",
    "joke": "tease", "quip": "tease", "drawl": "drawl", "croak": "croak", "rasp": "croak", "squeak": "squeak", "pipe": "squeak",
    "chirp": "chirp", "coo": "coo", "purr": "coo", "croon": "coo", "sing": "sing", "chant": "chant", "recite": "recite",
    "read": "read", "quote": "quote", "boom": "roar", "blurt": "blurt", "burst": "exclaim", "ejaculate": "exclaim",
    "snort": "snort", "sniff": "sniff", "spit": "snap", "rap": "snap", "retort": "retort", "counter": "retort",
    "interrupt": "interrupt", "interpose": "interrupt", "interject": "interrupt", "intervene": "interrupt",
    "venture": "venture", "hazard": "venture", "volunteer": "venture", "offer": "", "muse": "muse", "ponder": "muse",
    "reflect": "muse", "wonder": "muse", "reason": "muse", "speculate": "muse", "comment": "", "mention": "", "note": "",
    "point": "", "correct": "", "amend": "", "conclude": "", "finish": "", "end": "", "proceed": "", "pursue": "", "report": "",
    "relate": "", "recount": "", "narrate": "", "inform": "", "reveal": "", "disclose": "", "confide": "confide",
    "complain": "complain", "grumble": "grumble", "gripe": "grumble", "lament": "lament", "mourn": "lament", "soothe": "soothe",
    "comfort": "soothe", "reassure": "soothe", "encourage": "", "coax": "coax", "wheedle": "coax", "chide": "scold",
    "scold": "scold", "reprove": "scold", "rebuke": "scold", "reproach": "scold", "admonish": "scold", "accuse": "accuse",
    "charge": "accuse", "apologize": "apologize", "apologise": "apologize", "greet": "greet", "welcome": "greet", "advise": "",
    "counsel": "", "instruct": "", "remind": "", "prompt": "", "press": "", "contradict": "retort", "deny": "deny",
    "decline": "", "refuse": "refuse", "allow": "", "grant": "", "guess": "", "suppose": "", "predict": "", "prophesy": "",
    "pronounce": "", "proclaim": "declare", "assert": "declare", "aver": "declare", "avow": "declare", "maintain": "insist",
    "contend": "insist", "utter": "", "vouchsafe": "", "quoth": "", "gush": "gush", "enthuse": "gush", "marvel": "marvel",
    "gibber": "stammer", "splutter": "stammer", "sputter": "stammer", "gurgle": "gurgle", "wheeze": "wheeze", "lisp": "lisp",
    "babble": "babble", "prattle": "babble", "chatter": "babble", "drone": "drone", "intone": "intone", "grate": "growl",
    "rumble": "growl", "bleat": "bleat", "yelp": "yelp", "squeal": "squeal", "whoop": "shout", "cheer": "shout", "supply": "",
    "echo": "", "reiterate": "", "recommence": "", "vociferate": "shout", "expostulate": "protest", "remonstrate": "protest",
    "apostrophize": "", "soliloquize": "muse", "soliloquise": "muse", "opine": "", "deadpan": "", "query": "",
}  # fmt: skip

# Verbs of thought; all but "think" say as often that somebody speaks.
THOUGHT = frozenset("think muse reflect wonder ponder reason soliloquize soliloquise".split())
# Verbs of writing: letters, notes, signs.
WRITING = frozenset("write scrawl scribble pen sign type print read".split())

IRREGULAR_PAST: dict[str, str] = {
    "said": "say", "told": "tell", "spoke": "speak", "began": "begin", "begun": "begin", "swore": "swear", "cried": "cry",
    "replied": "reply", "sang": "sing", "spat": "spit", "thought": "think", "wrote": "write", "written": "write", "bade": "bid",
    "bid": "bid", "burst": "burst", "quoth": "quoth", "read": "read", "besought": "beseech", "spake": "speak", "sez": "say",
    "sed": "say", "sayd": "say", "denied": "deny", "implied": "imply", "prophesied": "prophesy",
}  # fmt: skip


def _inflect(base: str) -> dict[str, str]:
    """Past, third person and -ing form of a regular verb.

    >>> sorted(_inflect("snap"))
    ['snap', 'snapped', 'snapping', 'snaps']
    """
    doubled = base + base[-1] if base in _DOUBLING else base
    stem = base[:-1] if base.endswith("e") else doubled
    third = (
        base[:-1] + "ies"
        if base.endswith("y") and base[-2] not in "aeiou"
        else base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    )
    past = base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeiou" else stem + "ed"
    return dict.fromkeys((base, third, past, stem + "ing"), base)


_DOUBLING = frozenset("snap rap beg sob grin quip chat admit bid".split())
_NO_REGULAR_PAST = frozenset("say tell speak begin swear sing spit think write bid burst quoth read beseech".split())

FORMS: dict[str, str] = {}
"""Inflected form -> base form, lower case, of every verb of speech, thought and writing."""
for _base in sorted({*MANNERS, *THOUGHT, *WRITING} - {"quoth"}):
    for _form, _lemma in _inflect(_base).items():
        if not (_base in _NO_REGULAR_PAST and _form.endswith("ed")):
            FORMS.setdefault(_form, _lemma)
FORMS.update(IRREGULAR_PAST)

PAST_FORMS = frozenset(f for f, base in FORMS.items() if (f.endswith("ed") and f != base) or f in IRREGULAR_PAST)
