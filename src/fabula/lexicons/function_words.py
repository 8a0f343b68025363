"""The commonest words of English, by which a text is known to be English. Lower case; collected for this project."""

FUNCTION_WORDS = frozenset(
    """
    the and to of a i in was that he it you his her she with had as for at not be on him have but they is all said my me so this
    we were what from by there no when one which if would who or an them been out up then could are do your into their now did
    will about like more its some only down over
    """.split()
)
