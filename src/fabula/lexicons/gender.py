"""Words that say of whom they speak: pronouns by person and gender, nouns that only men or only women are called."""

from __future__ import annotations

from enum import StrEnum

from fabula.records import Gender


class Person(StrEnum):
    """What a pronoun, or a noun that stands for one, agrees with."""

    UNKNOWN = "unknown"
    I = "i"  # noqa: E741  # the pronoun
    WE = "we"
    YOU = "you"
    HE = "he"
    SHE = "she"
    IT = "it"
    THEY = "they"


_FORMS = {
    Person.I: "i me my mine myself meself",
    Person.WE: "we us our ours ourselves ourself 's",
    Person.YOU: "you your yours yourself yourselves thou thee thy thine thyself tha tha' thysel thysen ye ya yo' yer u ur",
    Person.HE: "he him his himself hisself 'im 'e",
    Person.SHE: "she her hers herself 'er",
    Person.IT: "it its itself 't",
    Person.THEY: "they them their theirs themselves themself 'em",
}
PRONOUN_PERSONS = {form.replace("'", mark): person for person, forms in _FORMS.items() for form in forms.split() for mark in "'’"}
"""Lower-case form to person; dialect and texting included."""

GENDERS = {Person.HE: Gender.MALE, Person.SHE: Gender.FEMALE}
"""What the persons that tell a gender tell."""

# English nouns whose sense includes the sex of a person: the family, titles and ranks, and pairs such as "actor, actress" where
# the second is marked (the unmarked first is left out: an actor, a host or a heir may be a woman).
MALE_NOUNS = frozenset(
    """man boy gentleman fellow lad chap bloke guy father dad daddy papa pa brother son uncle nephew grandfather grandpa grandson
    husband widower bridegroom groom bachelor stepfather stepson stepbrother godfather godson king prince duke earl baron count
    emperor lord sultan tsar czar monk friar abbot priest butler footman valet policeman fireman postman salesman milkman
    countryman nobleman clergyman fisherman horseman huntsman seaman workman foreman tradesman sportsman schoolboy bishop
    sir squire knight father-in-law son-in-law brother-in-law wizard patriarch""".split()
)
FEMALE_NOUNS = frozenset(
    """woman girl lady lass gal maiden damsel mother mum mom mummy mommy mama mamma ma sister daughter aunt auntie aunty niece
    grandmother grandma granny granddaughter wife widow bride spinster stepmother stepdaughter stepsister godmother goddaughter
    queen princess duchess countess baroness empress nun abbess maid housemaid chambermaid parlourmaid milkmaid waitress
    actress hostess heiress governess mistress housekeeper nursemaid schoolgirl gentlewoman noblewoman countrywoman charwoman
    washerwoman landlady seamstress laundress sorceress witch goddess mother-in-law daughter-in-law sister-in-law matron dame
    matriarch""".split()
)

# What stands before a noun that tells of somebody new.
INDEFINITE = frozenset({"a", "an", "another", "some", "one"})

# Nouns that mean several people without the ending of a plural.
_SEVERAL_NOUNS = frozenset(
    """family household couple pair trio party company crowd group band gang crew troop team mob throng audience congregation
    assembly committee council jury board society public world people folk police army regiment nobility gentry clergy others
    men women children brethren gentlemen ladies""".split()
)


def means_several(noun: str) -> bool:
    """Whether a noun, in lower case, means several people."""
    return noun in _SEVERAL_NOUNS or (noun.endswith("s") and not noun.endswith(("ss", "us")))


# What a man or a woman is called instead of a name. (The reading model has learned what a noun says without these.)
MALE_ADDRESS = frozenset("""mister master sire monsieur signor señor senor herr lordship milord guv guvnor massa sahib""".split())
FEMALE_ADDRESS = frozenset(
    """miss missis missus missy ma'am mam marm madam madame mademoiselle signora signorina señora senora señorita senorita frau
    fräulein fraulein ladyship milady mem-sahib begum""".split()
)

# Relatives of whom a person has only one (but for the dead and the married again).
ONLY_RELATIVES = {
    **dict.fromkeys("mother mamma mama mammy mum mom mummy mommy ma".split(), "mother"),
    **dict.fromkeys("father papa pa dad daddy".split(), "father"),
    "wife": "wife",
    "husband": "husband",
}
