"""Capitalised words that are not people's names, and words that betray a place. Lower case; collected for this project."""

CALENDAR = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep
    oct nov dec monday tuesday wednesday thursday friday saturday sunday christmas easter michaelmas whitsuntide lent advent
    lady-day midsummer halloween thanksgiving hogmanay candlemas martinmas lammas epiphany passover ramadan diwali
    """.split()
)

PEOPLES_AND_CREEDS = frozenset(
    """
    english englishman englishmen englishwoman french frenchman frenchmen frenchwoman german germans italian italians spanish
    spaniard spaniards scotch scotchman scottish scots scotsman irish irishman welsh welshman dutch dutchman russian russians
    american americans indian indians chinese japanese greek greeks roman romans turk turks turkish jew jews jewish christian
    christians christianity catholic catholics protestant protestants protestantism methodist baptist puritan quaker quakers
    mohammedan mahometan moslem moslems muslim muslims hindu hindus hindoo buddhist latin hebrew arabic arab arabs persian
    egyptian african asian european europeans austrian austrians polish pole poles swiss swede swedish danish dane norwegian
    hungarian portuguese mexican canadian australian british briton britons saxon norman celtic gypsy gipsy negro negroes
    victorian georgian elizabethan gothic sikh parsee bengali punjabi cossack cossacks tartar prussian prussians yankee
    """.split()
)

PLACES = frozenset(
    """
    england scotland ireland wales britain london paris rome europe america asia africa india china france germany italy spain
    russia austria prussia poland holland belgium switzerland sweden norway denmark greece turkey egypt canada australia japan
    mexico brazil portugal hungary vienna berlin moscow petersburg madrid lisbon dublin edinburgh glasgow liverpool manchester
    birmingham bristol oxford cambridge bath brighton york kent sussex essex surrey devonshire yorkshire lancashire derbyshire
    hampshire somersetshire hertfordshire dorset cornwall norfolk suffolk new-york boston chicago philadelphia washington
    california texas virginia thames seine rhine danube nile atlantic pacific mediterranean alps
    """.split()
)

OTHERS = frozenset(
    """
    i god gods lord heaven heavens hell providence nature bible gospel scripture church parliament government house court bar
    majesty highness grace lordship ladyship honour honor excellency worship sir madam ma'am miss mister mum mom dad mama mamma
    papa father mother yes no oh ah o eh aye nay yea lo pooh psst hm hmm ha huh wow hey alack farewell well why what when where
    who how which whose whom that this these those there here then now but and or if for so as at by in of on to the a an not
    nor never ever even although though unless until while whether since because however therefore meanwhile suddenly presently
    afterwards besides moreover let do don did does is are was were have has had would shall should can could may might must my
    your his her our their its it he she we they you me him us them thank thanks please good-bye goodbye hello hullo hallo hush
    alas hurrah bravo amen indeed perhaps ok okay chapter volume book part vol chap preface contents illustration note end finis
    prologue epilogue appendix north south east west northern southern eastern western street road lane bank state states empire
    kingdom republic university college academy sunday-school devil satan fate death time love truth justice liberty fortune
    reason science art poetry history nature's street park hall city first second third fourth fifth sixth seventh eighth ninth
    tenth one two three four five six seven eight nine ten poor dear old young little great good big tall very come go look see
    say tell give take make just only still yet again once doctor captain major colonel general professor king queen prince
    princess duke duchess count countess bishop judge mr mrs dr esq jr sr
    """.split()
)

NOT_NAMES = CALENDAR | PEOPLES_AND_CREEDS | OTHERS

# The last word of a name that is a place's or a thing's.
PLACE_ENDINGS = frozenset(
    """
    street road lane square hall park house abbey castle court place hill hills wood woods forest heath moor common farm bridge
    river creek lake sea ocean bay island islands mountain mountains mount valley vale county shire church chapel cathedral
    college school hospital hotel inn tavern station garden gardens green gate lodge cottage manor grange priory palace tower
    towers terrace crescent row buildings avenue alley yard wharf dock harbour harbor cape point head beach coast cave caves
    club theatre opera museum library bank company society times gazette post news town village city train express railway ship
    hms uss act bill war battle treaty day night eve week year morning evening league office ministry department market quay
    pier mill works
    """.split()
)


def is_a_people(noun: str) -> bool:
    """Whether "the" and a word, in lower case, name a whole people: the French, but not the Jew.

    >>> [is_a_people(noun) for noun in ("french", "irish", "chinese", "jew", "finish")]
    [True, True, True, False, False]
    """
    return noun in PEOPLES_AND_CREEDS and noun.endswith(("ch", "sh", "ese"))
