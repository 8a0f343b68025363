"""Titles that stand before a person's name, with the gender that they tell of. Collected for this project."""

from __future__ import annotations

from fabula.records import Gender

_F, _M, _U = Gender.FEMALE, Gender.MALE, Gender.UNKNOWN

# Without the stop, as capitalised in prose.
TITLES: dict[str, Gender] = {
    "Mr": _M, "Mister": _M, "Mrs": _F, "Missus": _F, "Missis": _F, "Mis'ess": _F, "Ms": _F, "Miss": _F, "Misses": _F,
    "Mesdames": _F, "Messrs": _M, "Master": _M, "Mistress": _F, "Madame": _F, "Madam": _F, "Mme": _F, "Mlle": _F,
    "Mademoiselle": _F, "Monsieur": _M, "Mx": _U, "Sir": _M,
    "Lord": _M, "Lady": _F, "Dame": _F, "Dr": _U, "Doctor": _U, "Professor": _U, "Prof": _U, "Captain": _U, "Capt": _U,
    "Cap'n": _U, "Major": _U, "Maj": _U, "Colonel": _U, "Col": _U, "General": _U, "Gen": _U, "Lieutenant": _U, "Lieut": _U,
    "Lt": _U, "Sergeant": _U, "Sgt": _U, "Corporal": _U, "Private": _U, "Admiral": _U, "Commodore": _U, "Commander": _U,
    "Father": _M, "Mother": _F, "Brother": _M, "Sister": _F, "Aunt": _F, "Auntie": _F, "Uncle": _M, "Cousin": _U, "Grandma": _F,
    "Grandpa": _M, "Granny": _F, "Gran": _F, "Grandmother": _F, "Grandfather": _M, "Rev": _U, "Reverend": _U, "Bishop": _U,
    "Archbishop": _U, "Deacon": _U, "Canon": _U, "Judge": _U, "Justice": _U, "Squire": _M, "Nurse": _U, "King": _M, "Queen": _F,
    "Prince": _M, "Princess": _F, "Count": _M, "Countess": _F, "Duke": _M, "Duchess": _F, "Earl": _M, "Baron": _M,
    "Baroness": _F, "Marquis": _M, "Marquess": _M, "Marquise": _F, "Marchioness": _F, "Viscount": _M, "Viscountess": _F,
    "Emperor": _M, "Empress": _F, "Tsar": _M, "Czar": _M, "Tsarina": _F, "Inspector": _U, "Constable": _U, "Detective": _U,
    "Officer": _U, "Sheriff": _U, "President": _U, "Senator": _U, "Governor": _U, "Mayor": _U, "Ambassador": _U, "Herr": _M,
    "Frau": _F, "Fräulein": _F, "Fraulein": _F, "Signor": _M, "Signora": _F, "Signorina": _F, "Señor": _M, "Señora": _F,
    "Señorita": _F, "Senor": _M, "Senora": _F, "Don": _M, "Doña": _F, "Abbé": _M, "Abbe": _M, "Chevalier": _M, "Saint": _U,
    "St": _U, "Parson": _U, "Honourable": _U, "Honorable": _U, "Hon": _U,
    "Pope": _M, "Rabbi": _U, "Agent": _U, "Chief": _U, "Coach": _U, "Goodman": _M, "Goody": _F, "Gaffer": _M, "Dom": _M,
    "Farmer": _U, "Shepherd": _U, "Neighbour": _U, "Neighbor": _U, "Widow": _F,
    "Massa": _M, "Mester": _M, "Mestur": _M, "Mas'r": _M, "Marse": _M, "Comrade": _U, "Citizen": _U, "Sahib": _M, "Begum": _F,
}  # fmt: skip

# Titles that are written small as well: "her aunt Norris".
WRITTEN_SMALL: dict[str, str] = {"aunt": "Aunt", "auntie": "Auntie", "uncle": "Uncle"}

# What somebody is called by a trade or as a fellow, and who is so called has no other title for it.
CALLINGS = frozenset({"Farmer", "Shepherd", "Neighbour", "Neighbor", "Comrade", "Citizen"})

# Titles of a wife, by her husband's family name.
WIVES = frozenset({"Mrs", "Missus", "Missis", "Mis'ess", "Madame", "Mme"})

# Titles that say of what rank or office somebody is, and not of which sex.
RANKS = frozenset(title for title, gender in TITLES.items() if gender is Gender.UNKNOWN and title not in CALLINGS)

# Titles that one person may bear together.
LEARNED = frozenset({"Dr", "Doctor", "Prof", "Professor", "Rev", "Reverend", "Parson"})

# Titles that stand before a given name as well as before a family name.
WITH_GIVEN_NAME = frozenset(
    """
    Sir Dame Lady Lord Aunt Auntie Uncle Cousin Father Mother Brother Sister Grandma Grandpa Granny Gran Grandmother Grandfather
    King Queen Prince Princess Emperor Empress St Saint Pope Don Doña Dom Master Nurse Tsar Czar Count Countess Baron Captain
    Madame Miss Honourable Honorable Hon
    """.split()
)

# Titles that may have a stop behind them; behind any other a sentence ends ("He bowed to the Count. He ...").
WITH_STOP = frozenset("Mr Mrs Ms Mx Messrs Mme Mlle Dr Prof Capt Maj Col Gen Lieut Lt Sgt Rev Hon St".split())

# Short titles, and what they are short for.
SHORT_TITLES: dict[str, str] = {
    "Dr": "Doctor", "Prof": "Professor", "Capt": "Captain", "Cap'n": "Captain", "Maj": "Major", "Col": "Colonel", "Gen": "General",
    "Lieut": "Lieutenant", "Lt": "Lieutenant", "Sgt": "Sergeant", "Rev": "Reverend", "Mme": "Madame", "Mlle": "Mademoiselle",
    "Auntie": "Aunt", "Abbe": "Abbé", "Senor": "Señor", "Senora": "Señora", "Fraulein": "Fräulein",
}  # fmt: skip

# Titles of an office or a rank, by which alone somebody is meant who bears it: "the general". Word -> the title in full.
_OFFICES = frozenset(
    """
    Doctor Professor Captain Major Colonel General Lieutenant Sergeant Corporal Admiral Commodore Commander Reverend Parson Bishop
    Archbishop Deacon Canon Judge Squire King Queen Prince Princess Count Countess Duke Duchess Earl Baron Baroness Marquis
    Marquess Marquise
    Marchioness Viscount Viscountess Emperor Empress Tsar Czar Tsarina Inspector Constable Detective Sheriff President Senator
    Governor Mayor Ambassador Rabbi Abbé Chevalier
    """.split()
)
OFFICES = {title.lower(): full for title in TITLES if (full := SHORT_TITLES.get(title, title)) in _OFFICES}
