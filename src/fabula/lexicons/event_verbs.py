"""Classes of verbs, adjectives and adverbs that say whether something happens, where the parse alone cannot tell.

Lemmas; collected for this project. To a parse "wanted to go" and "managed to go" are alike.
"""

# What stands in an infinitive below these is meant, tried, ordered, not done.
INTENDING = frozenset(
    """
    want wish try attempt plan intend mean hope decide resolve determine propose seek desire long yearn crave prepare aim endeavour
    endeavor strive struggle contrive threaten promise vow swear pledge offer agree consent undertake choose prefer expect need
    aspire conspire plot hesitate like love ask beg implore entreat beseech urge order command bid tell persuade advise invite
    encourage request require instruct direct forbid warn entice tempt incline
    anxious eager ready willing determined resolved inclined about bound likely desirous impatient keen
    """.split()
)
# What stands in an infinitive below these does not happen; nor does what is "from" below the second.
NOT_DOING = frozenset("fail refuse decline neglect forget omit forbear".split())
KEEPING_FROM = frozenset("keep stop prevent hinder dissuade refrain deter save".split())
# What stands in a complement of these is remembered.
REMEMBERING = frozenset("remember recall recollect reminisce".split())
# A clause that is the object of these is somebody's guess, wish or dream.
SUPPOSING = frozenset(
    """
    hope wish suppose imagine dream fancy wonder doubt pretend expect guess fear think believe assume suspect presume conceive
    conjecture
    """.split()
)
CONDITIONAL_MARKS = frozenset("if unless whether lest".split())
MODALS = frozenset("would could might may should must can ought".split())
FUTURE = frozenset("will shall".split())
# What is usual. "never" is a negation.
HABITUAL_ADVERBS = frozenset(
    """
    always often usually sometimes generally seldom rarely frequently occasionally ordinarily commonly invariably constantly
    habitually regularly normally daily nightly weekly
    """.split()
)
HABITUAL_ADJECTIVES = frozenset("wont accustomed used".split())
NEGATIONS = frozenset("not never n't nor neither".split())
# Verbs that in the present tense tell how things stand, not what is done again and again.
STATIVE = frozenset(
    """
    be have know think believe love like hate want wish need seem appear look mean suppose understand remember forget hope fear
    doubt own possess belong contain consist depend deserve differ exist matter owe resemble lie stand stay remain cost fit
    concern involve include lack prefer realize realise recognize recognise agree regard consider care feel see hear
    """.split()
)
