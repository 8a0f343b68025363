"""Words that end in a full stop without ending a sentence.

Collected for this project from English prose of three centuries; lower case, without the stop.
"""

# Always followed by a name or a number: a stop after them never ends a sentence.
LEADING = frozenset(
    """
    mr mrs ms mx messrs mdlle mlle mme mssrs mons dr drs prof rev revd fr sr jr st ste hon gen col lt capt cpt cdr cmdr adm maj
    sgt serg pvt cpl insp supt det gov sen rep pres amb atty msgr bros no nos vol vols ch chap fig figs pp vs viz cf ca eg ie
    esq mt ft
    """.split()
)

# May end a sentence: they do where a capital follows.
TRAILING = frozenset(
    """
    etc co ltd inc corp dept univ ave blvd rd jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat approx
    """.split()
)
