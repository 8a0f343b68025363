"""Names of one person that no word of theirs connects."""

from __future__ import annotations

from collections.abc import Mapping

from fabula.lexicons.titles import TITLES
from fabula.readers.cast.aliases import link_aliases
from fabula.readers.cast.company import Company
from fabula.readers.cast.named_person import NameForm
from fabula.records import Gender

Counts = Mapping[tuple[str, str], int]
HER, HIM = Gender.FEMALE, Gender.MALE


def form(name: str, count: int, gender: Gender) -> NameForm:
    title, _, rest = name.partition(" ")
    title = title.rstrip(".")
    if title not in TITLES or not rest:
        title, rest = "", name
    told = TITLES.get(title, Gender.UNKNOWN)
    return NameForm(title, tuple(rest.lower().split()), count, gender if told is Gender.UNKNOWN else told)


def linked(
    *names: str | tuple[str, int] | tuple[str, int, Gender],
    known: tuple[tuple[str, str], ...] = (),
    near: Counts | None = None,
    together: Counts | None = None,
    near_at_all: Counts | None = None,
    together_at_all: Counts | None = None,
    joined: Counts | None = None,
    answered: Counts | None = None,
    likely: Counts | None = None,
    called: int = 0,
    called_by: Counts | None = None,
) -> list[set[str]]:
    """The pairs of names that are found to be one's. Names stand ten times and tell no gender if it is not said.

    answered: times that a name is called and another one answers; likely: with those in which no cue tells who does.
    called: how often each name is called; called_by: by whom.
    """
    told = [(name, 10, Gender.UNKNOWN) if isinstance(name, str) else (*name, Gender.UNKNOWN)[:3] for name in names]
    strings = [name for name, *_ in told]

    def numbers(counts: Counts | None, *, sort: bool = True) -> dict[tuple[int, int], int]:
        pairs = {(strings.index(one), strings.index(other)): n for (one, other), n in (counts or {}).items()}
        return {(min(pair), max(pair)) if sort else pair: n for pair, n in pairs.items()}

    company = Company(
        numbers(near),
        numbers(together),
        numbers(joined),
        numbers(answered, sort=False),
        numbers(likely if likely is not None else answered, sort=False),
        numbers(called_by, sort=False),
        numbers(near if near_at_all is None else near_at_all),
        numbers(together if together_at_all is None else together_at_all),
        numbers(None),
        dict.fromkeys(range(len(names)), called),
    )
    before = [(strings.index(one), strings.index(other)) for one, other in known]
    found = link_aliases([form(*one) for one in told], before, company)
    return [{strings[one], strings[other]} for one, other in found]


# --- nicknames


def test_a_nickname_is_the_only_ones_whose_name_it_is_short_for() -> None:
    """Margaret, Meg, Ann"""
    assert linked(("Margaret", 20), ("Meg", 10), "Ann") == [{"Margaret", "Meg"}]
    assert linked(("Margaret March", 20), ("Meg", 10)) == [{"Margaret March", "Meg"}]


def test_a_bill_is_no_robert() -> None:
    """Robert, Bill; Nelly, which is spelled Nellie, too"""
    assert linked(("Ellen", 20), "Nelly") == [{"Ellen", "Nelly"}]
    assert linked(("Robert", 20), "Bill") == []
    assert linked(("William", 20), "Bill") == [{"William", "Bill"}]


def test_a_nickname_of_two_is_nobodys() -> None:
    """Margaret Hale, Margaret Lee, Meg"""
    assert linked(("Margaret Hale", 20), ("Margaret Lee", 20), "Meg") == []


def test_a_nickname_of_the_other_gender_or_in_the_same_sentences_is_another_ones() -> None:
    """Robert, Bob, who are often together; Samuel, Sam who is a woman"""
    assert linked(("Robert", 20), "Bob") == [{"Robert", "Bob"}]
    assert linked(("Robert", 20), "Bob", near={("Robert", "Bob"): 10}, together={("Robert", "Bob"): 5}) == []
    assert linked(("Samuel", 20, HIM), ("Sam", 10, HER)) == []


def test_two_families_with_one_nickname_are_two() -> None:
    """William Sikes, Bill Sikes; William Sikes, Bill Hale"""
    assert linked(("William Sikes", 20), "Bill Sikes") == [{"William Sikes", "Bill Sikes"}]
    assert linked(("William Sikes", 20), "Bill Hale") == []
    assert linked(("Huckleberry Finn", 20), "Huck Finn") == [{"Huckleberry Finn", "Huck Finn"}]
    assert linked(("Huckleberry Finn", 20), "Huck Hale") == []
    assert linked(("Mary Ann Finn", 20), "Marya Finn") == []


def test_a_doctor_s_friends_have_a_nickname_for_him() -> None:
    """Dr. John Seward, Jack Seward"""
    assert linked(("Dr. John Seward", 20), "Jack Seward") == [{"Dr. John Seward", "Jack Seward"}]


def test_a_name_that_is_cut_short_is_called() -> None:
    """Ijeoma, Ije, who is called so; Ijeo is no shorter"""
    assert linked(("Ijeoma", 20), "Ije", called=10) == [{"Ijeoma", "Ije"}]
    assert linked(("Ijeoma", 20), "Ije") == linked(("Ijeoma", 20), "Ijeo", called=10) == []
    assert linked(("Ijeoma", 20), ("Ije", 30), called=30) == []
    assert linked(("Ijeoma", 20), ("Ijelle", 20), "Ije", called=10) == []


def test_who_is_mostly_ronnie_may_be_called_ronald() -> None:
    """Ronnie Staples, Ronald; Ronnie, Ronald"""
    assert linked(("Ronnie Staples", 20), ("Ronald", 2)) == [{"Ronnie Staples", "Ronald"}]
    assert linked(("Ronnie Staples", 20), ("Ronald Hale", 2)) == []


# --- a second family


def test_a_woman_who_takes_a_man_s_family_name_is_one() -> None:
    """Mina Murray, Mina Harker, Jonathan Harker, Mrs. Harker, Mina"""
    names = (("Mina Murray", 8, HER), ("Mina Harker", 20, HER), ("Jonathan Harker", 20, HIM), "Mrs. Harker", ("Mina", 90, HER))
    assert linked(*names) == [{"Mina Murray", "Mina Harker"}, {"Mina Murray", "Mina"}, {"Mina Murray", "Mrs. Harker"}]


def test_two_women_of_one_given_name_are_two_where_no_man_has_the_family_name_or_both() -> None:
    """Mina Murray, Mina Hale; Mina Murray, Mina Harker, whose fathers are Mr. Murray and Mr. Harker"""
    assert linked(("Mina Murray", 8, HER), ("Mina Hale", 20, HER)) == []
    women = ("Mina Murray", 8, HER), ("Mina Harker", 20, HER)
    assert linked(*women, ("Jonathan Harker", 20, HIM), ("Tom Murray", 20, HIM)) == []
    together = {("Mina Murray", "Mina Harker"): 3}
    assert linked(*women, ("Jonathan Harker", 20, HIM), near=together, together=together) == []


def test_a_miss_who_is_a_mrs_is_one_though_her_father_has_a_name() -> None:
    """Miss Rebecca Sharp, Mr. Sharp; Rebecca Crawley, Mrs. Rebecca Crawley, Rawdon Crawley"""
    men = ("Mr. Sharp", 3, HIM), ("Rawdon Crawley", 90, HIM)
    names = ("Miss Rebecca Sharp", 13), ("Rebecca Crawley", 4, HER), ("Mrs. Rebecca Crawley", 1, HER), *men
    known = (("Rebecca Crawley", "Mrs. Rebecca Crawley"),)
    assert linked(*names, known=known) == [{"Miss Rebecca Sharp", "Rebecca Crawley"}]
    assert linked(names[0], names[1], *men) == []


# --- a title with a given name


def test_an_uncle_is_who_has_the_given_name() -> None:
    """Tom Hale, Uncle Tom"""
    assert linked(("Tom Hale", 20), "Uncle Tom") == [{"Tom Hale", "Uncle Tom"}]
    assert linked(("Tom Hale", 20), ("Tom Lee", 20), "Uncle Tom") == []


def test_an_aunt_is_the_married_woman_of_a_family() -> None:
    """Mrs. Norris, Aunt Norris; Lady Bertram, Miss Bertram, Aunt Bertram; Mr. Reed, Master Reed, Uncle Reed"""
    assert linked(("Mrs. Norris", 20), "Aunt Norris") == [{"Mrs. Norris", "Aunt Norris"}]
    bertrams = ("Lady Bertram", 20), ("Mr. Bertram", 20), ("Miss Bertram", 20)
    assert linked(*bertrams, "Aunt Bertram") == [{"Lady Bertram", "Aunt Bertram"}]
    assert linked(("Mr. Reed", 20), ("Master Reed", 20), ("Mrs. Reed", 20), "Uncle Reed") == [{"Mr. Reed", "Uncle Reed"}]
    assert linked(("Lady Bertram", 20), ("Mrs. Bertram", 20), ("Mr. Bertram", 20), "Aunt Bertram") == []


def test_a_master_is_who_has_the_family_name() -> None:
    """Charley Bates, Master Bates"""
    assert linked(("Charley Bates", 20), "Master Bates") == [{"Charley Bates", "Master Bates"}]


def test_mister_and_mistress_go_with_given_names() -> None:
    """Thaddeus Sholto, Mr. Thaddeus; Rachel Lynde, Mrs. Rachel; but Mr. Thaddeus where another one has the family"""
    assert linked(("Thaddeus Sholto", 20, HIM), "Mr. Thaddeus") == [{"Thaddeus Sholto", "Mr. Thaddeus"}]
    assert linked(("Rachel Lynde", 20, HER), "Mrs. Rachel") == [{"Rachel Lynde", "Mrs. Rachel"}]
    assert linked(("Thaddeus Sholto", 20, HIM), "Mr. Thaddeus", ("Mrs. Thaddeus", 5, HER)) == []


def test_a_master_may_be_called_by_the_family_name_alone() -> None:
    """Charley Bates and Charles Bates, Master Bates and Bates"""
    names = (("Charley Bates", 40), ("Charles Bates", 6), "Master Bates", ("Bates", 2))
    nick, master = linked(*names, known=(("Master Bates", "Bates"),))
    assert nick == {"Charley Bates", "Charles Bates"}
    assert master == {"Charley Bates", "Master Bates"}


def test_a_miss_is_who_has_the_given_name() -> None:
    """Lucy Honeychurch, Miss Lucy"""
    assert linked(("Lucy Honeychurch", 20, HER), "Miss Lucy") == [{"Lucy Honeychurch", "Miss Lucy"}]


# --- a title with a family name


def test_a_miss_is_the_only_woman_of_her_family() -> None:
    """Jane Fairfax, Miss Fairfax"""
    assert linked(("Jane Fairfax", 20, HER), "Miss Fairfax") == [{"Jane Fairfax", "Miss Fairfax"}]
    assert linked(("Jane Fairfax", 20, HER), "Miss Bates") == []


def test_where_two_could_have_the_title_nobody_has_it() -> None:
    """Jane Bennet, Elizabeth Bennet, Miss Bennet"""
    assert linked(("Jane Bennet", 20, HER), ("Elizabeth Bennet", 30, HER), "Miss Bennet") == []


def test_where_two_could_have_the_title_the_one_who_answers_has_it() -> None:
    """“Miss Bennet, ...” ¶ “...,” said Jane."""
    names = (("Jane Bennet", 20, HER), ("Elizabeth Bennet", 30, HER), "Miss Bennet")
    answered = {("Miss Bennet", "Jane Bennet"): 5, ("Miss Bennet", "Elizabeth Bennet"): 2}
    assert linked(*names, answered=answered, called=10) == [{"Jane Bennet", "Miss Bennet"}]
    assert linked(*names, answered=answered, called=100) == []
    nearly = {**answered, ("Miss Bennet", "Elizabeth Bennet"): 4}
    assert linked(*names, answered=nearly, called=10) == []


def test_a_mother_and_her_daughter_are_two() -> None:
    """Mrs. Hale, Margaret Hale; around each other in 39 sentences, and in 40 without ever being together in one"""
    names = (("Margaret Hale", 20, HER), ("Margaret", 70, HER), ("Mrs. Hale", 50))
    pair, known = ("Margaret Hale", "Mrs. Hale"), (("Margaret Hale", "Margaret"),)
    assert linked(*names, known=known) == []
    assert linked(*names, known=known, near={pair: 39}) == []
    assert linked(*names, known=known, near={pair: 40}) == [set(pair)]
    assert linked(*names, known=known, near={pair: 40}, together={pair: 3}) == []


def test_a_woman_who_is_hardly_called_by_her_given_name_is_a_mother() -> None:
    """Susan Sowerby, Mrs. Sowerby"""
    pair, known = ("Susan Sowerby", "Mrs. Sowerby"), (("Susan Sowerby", "Susan"),)
    assert linked(("Susan Sowerby", 20, HER), ("Susan", 4, HER), ("Mrs. Sowerby", 20), known=known, near={pair: 8}) == [set(pair)]
    assert linked(("Susan Sowerby", 20, HER), ("Susan", 5, HER), ("Mrs. Sowerby", 20), known=known, near={pair: 8}) == []


def test_a_father_and_his_son_are_two() -> None:
    """Mr. Hale, Frederick Hale; who take turns, they are one"""
    names = (("Frederick Hale", 90, HIM), ("Mr. Hale", 50))
    pair = ("Frederick Hale", "Mr. Hale")
    assert linked(*names) == []
    assert linked(*names, near={pair: 8}) == [set(pair)]
    assert linked(*names, near={pair: 8}, together={pair: 1}) == []
    assert linked(*names, answered={("Mr. Hale", "Frederick Hale"): 2}) == [set(pair)]


def test_a_name_of_speech_is_who_is_around_and_never_in_one_sentence_with_it() -> None:
    """Leonard Bast, Mr. Bast, as he is called; around in 30 sentences of speech and narration"""
    names, pair = (("Leonard Bast", 90, HIM), ("Mr. Bast", 50)), ("Leonard Bast", "Mr. Bast")
    assert linked(*names, near_at_all={pair: 29}) == []
    assert linked(*names, near_at_all={pair: 30}) == [set(pair)]
    assert linked(*names, near_at_all={pair: 30}, together_at_all={pair: 1}) == []


def test_a_miss_is_no_married_woman_and_a_doctor_no_captain() -> None:
    """Mrs. Jane Fairfax, Miss Fairfax; Captain Tom Hale, Dr. Hale"""
    assert linked(("Mrs. Jane Fairfax", 20), "Miss Fairfax") == []
    assert linked(("Captain Tom Hale", 20), "Dr. Hale", near={("Captain Tom Hale", "Dr. Hale"): 50}) == []


def test_a_boy_who_is_called_master_is_not_mister() -> None:
    """Colin Craven, Master Colin, Mr. Craven; around each other, but never together"""
    near = {("Colin Craven", "Mr. Craven"): 11}
    known = (("Colin Craven", "Master Colin"),)
    names = (("Colin Craven", 300, HIM), ("Mr. Craven", 40))
    assert linked(*names, ("Master Colin", 2), known=known, near=near) == [{"Colin Craven", "Mr. Craven"}]
    assert linked(*names, ("Master Colin", 3), known=known, near=near) == []


def test_a_boy_is_not_his_father_whoever_answers() -> None:
    """Master Frederick, “Frederick, ...” ¶ “...,” said Mr. Hale"""
    names, known = (("Frederick", 90, HIM), ("Mr. Hale", 200)), (("Frederick", "Master Frederick"),)
    answered = {("Frederick", "Mr. Hale"): 4}
    assert linked(*names, ("Master Frederick", 2), known=known, answered=answered, called=10) == [{"Frederick", "Mr. Hale"}]
    assert linked(*names, ("Master Frederick", 3), known=known, answered=answered, called=10) == []


def test_a_squire_is_the_head_of_the_house() -> None:
    """Godfrey Cass, Squire Cass; who take turns like one"""
    names, pair = (("Godfrey Cass", 90, HIM), "Squire Cass"), ("Godfrey Cass", "Squire Cass")
    assert linked(*names, near={pair: 50}) == []


def test_a_miss_is_not_who_stands_beside_her() -> None:
    """Matty Jenkyns, Miss Jenkyns: her elder sister"""
    names, pair = (("Matty Jenkyns", 90, HER), "Miss Jenkyns"), ("Matty Jenkyns", "Miss Jenkyns")
    assert linked(*names, near={pair: 50}, together={pair: 4}) == [set(pair)]
    assert linked(*names, near={pair: 50}, together={pair: 5}) == []


def test_the_eldest_daughter_is_miss_without_her_given_name() -> None:
    """Jane Bennet, Elizabeth Bennet and Miss Elizabeth, Miss Bennet: who is Jane, even if Elizabeth answers"""
    names = (("Jane Bennet", 20, HER), ("Elizabeth Bennet", 30, HER), ("Miss Elizabeth", 2), "Miss Bennet")
    known = (("Elizabeth Bennet", "Miss Elizabeth"),)
    assert linked(*names, known=known) == [{"Jane Bennet", "Miss Bennet"}]
    answered = {("Miss Bennet", "Elizabeth Bennet"): 5}
    assert linked(*names, known=known, answered=answered, called=10) == [{"Jane Bennet", "Miss Bennet"}]


def test_a_younger_daughter_is_miss_where_she_mostly_answers() -> None:
    """Thea Kronborg, Miss Thea; Tillie Kronborg, her aunt; “Miss Kronborg, ...” ¶ “...” beside which Thea stands"""
    names = (("Thea Kronborg", 90, HER), ("Miss Thea", 5), ("Tillie Kronborg", 30, HER), "Miss Kronborg")
    known, pair = (("Thea Kronborg", "Miss Thea"),), ("Miss Kronborg", "Thea Kronborg")
    assert linked(*names, known=known, likely={pair: 6}, answered={}, called=10) == [set(pair)]
    assert linked(*names, known=known, likely={pair: 5}, answered={}, called=10) == [{"Tillie Kronborg", "Miss Kronborg"}]


def test_a_wife_is_nobody_who_is_miss_of_the_same_family() -> None:
    """Fanny Price, Miss Price; Mrs. Price: her mother"""
    names = (("Fanny Price", 900, HER), ("Miss Price", 42), ("Mrs. Price", 30))
    known, pair = (("Fanny Price", "Miss Price"),), ("Fanny Price", "Mrs. Price")
    assert linked(*names, known=known, near={pair: 60}) == []
    assert linked(names[0], names[2], near={pair: 60}) == [set(pair)]


def test_of_several_of_a_family_one_is_around_far_more_often() -> None:
    """Archer, Mr. Archer; Newland Archer, May Archer, of whom no pronoun tells that she is a woman"""
    names, pair, other = (
        (("Newland Archer", 90, HIM), "May Archer", "Mr. Archer"),
        ("Newland Archer", "Mr. Archer"),
        ("May Archer", "Mr. Archer"),
    )
    assert linked(*names, near={pair: 40, other: 13}) == [set(pair)]
    assert linked(*names, near={pair: 40, other: 14}) == []
    assert linked(*names, near={pair: 39, other: 13}) == []


def test_an_officer_is_promoted() -> None:
    """Captain Dobbin, Major Dobbin, William Dobbin"""
    names, pair = (("William Dobbin", 90, HIM), ("Captain Dobbin", 30), ("Major Dobbin", 20)), ("William Dobbin", "Major Dobbin")
    known = (("William Dobbin", "Captain Dobbin"),)
    assert linked(*names, known=known, near={pair: 40}) == [set(pair)]
    assert linked(*names, known=known, near={pair: 39}) == []
    assert linked(*names[:2], ("Doctor Dobbin", 20), known=known, near={("William Dobbin", "Doctor Dobbin"): 40}) == []


def test_who_is_called_by_a_nickname_is_he_of_the_name_in_full() -> None:
    """“Frank, ...” ¶ “...,” said Sergeant Troy. Francis Troy"""
    names, answered = (("Sergeant Troy", 90, HIM), ("Frank", 20), ("Francis Troy", 5, HIM)), {("Frank", "Sergeant Troy"): 4}
    assert linked(*names, answered=answered, called=9) == [{"Sergeant Troy", "Frank"}, {"Sergeant Troy", "Francis Troy"}]


def test_who_answers_under_another_family_s_name_does_not_stand_in_the_way() -> None:
    """“Miss Fairfax, ...” ¶ “...,” said Emma; Emma Woodhouse, Jane Fairfax"""
    names = (("Jane Fairfax", 20, HER), ("Emma Woodhouse", 30, HER), "Miss Fairfax")
    answered = {("Miss Fairfax", "Emma Woodhouse"): 5}
    assert linked(*names, answered=answered, called=8) == [{"Jane Fairfax", "Miss Fairfax"}]


# --- those who call each other


def test_two_names_without_a_word_in_common_are_one_where_the_one_answers_for_the_other() -> None:
    """“Mr. Vyse, ...” ¶ “...,” said Cecil."""
    names = ("Mr. Vyse", ("Cecil", 30, HIM), ("Freddy", 20, HIM))
    answered = {("Mr. Vyse", "Cecil"): 3}
    assert linked(*names, answered=answered, called=8) == [{"Mr. Vyse", "Cecil"}]
    assert linked(*names, answered={("Mr. Vyse", "Cecil"): 2}, called=8) == []
    assert linked(*names, answered={**answered, ("Mr. Vyse", "Freddy"): 3}, called=8) == []
    assert linked(*names, answered=answered, called=8, joined={("Mr. Vyse", "Cecil"): 2}) == []


def test_nobody_answers_to_the_name_that_he_calls_or_stands_beside() -> None:
    """“Mr. Carey, ...” ¶ “...,” said Philip; Philip saw Mr. Carey."""
    names, pair = (("Philip", 90, HIM), ("Mr. Carey", 90)), ("Mr. Carey", "Philip")
    answered, near = {pair: 5}, {pair: 99}
    assert linked(*names, answered=answered, called=10, near=near, together={pair: 9}) == [set(pair)]
    assert linked(*names, answered=answered, called=10, near=near, together={pair: 10}) == []
    assert linked(*names, answered=answered, called=10, near=near, called_by={pair: 5}) == []


def test_miss_with_a_given_name_bears_no_family_s() -> None:
    """“Miss Tuppence, ...” ¶ “...,” said Tuppence; “Albert, ...”: two given names"""
    names = (("Tuppence", 90, HER), ("Miss Tuppence", 20), "Albert")
    answered = {("Albert", "Tuppence"): 9}
    assert linked(*names, answered=answered, called=9) == [{"Tuppence", "Miss Tuppence"}]


def test_two_given_names_are_two_whoever_answers() -> None:
    """“Lucy, ...” ¶ “...,” said Cecil."""
    assert linked("Lucy", "Cecil", answered={("Lucy", "Cecil"): 9}, called=9) == []


def test_who_likely_answers_must_do_so_more_often() -> None:
    """“Uncle Trevor, ...” ¶ “...” beside which Mr. Hilbery stands"""
    names, pair = (("Mr. Hilbery", 50, HIM), "Uncle Trevor"), ("Uncle Trevor", "Mr. Hilbery")
    assert linked(*names, answered={}, likely={pair: 3}, called=10) == [set(pair)]
    assert linked(*names, answered={}, likely={pair: 3}, called=11) == []
    assert linked(*names, answered={pair: 3}, likely={}, called=11) == [set(pair)]


def test_who_likely_answers_does_not_tell_brothers_apart() -> None:
    """Tom Bertram, Edmund Bertram; “Mr. Bertram, ...” ¶ “...” beside which Edmund stands"""
    brothers, pair = (("Tom Bertram", 50, HIM), ("Edmund Bertram", 50, HIM), "Mr. Bertram"), ("Mr. Bertram", "Edmund Bertram")
    assert linked(*brothers, answered={}, likely={pair: 4}, called=7) == []
    assert linked(*brothers, answered={pair: 4}, called=7) == [set(pair)]


# --- roles


def test_a_role_is_the_only_ones_who_bears_the_title() -> None:
    """Major Callendar, the Major; Dr. Aziz, the Doctor"""
    assert linked(("Major Callendar", 20), "Major") == [{"Major Callendar", "Major"}]
    assert linked(("Dr. Aziz", 20), "Doctor") == [{"Dr. Aziz", "Doctor"}]


def test_a_role_may_be_said_with_mister() -> None:
    """Sergeant Cuff, the Sergeant, Mr. Sergeant"""
    known = (("Sergeant", "Mr. Sergeant"),)
    assert linked(("Sergeant Cuff", 20), "Sergeant", ("Mr. Sergeant", 1), known=known) == [{"Sergeant Cuff", "Sergeant"}]


def test_a_role_of_two_is_nobodys_unless_one_is_far_more_often_named() -> None:
    """Major Callendar, Major Hale, the Major"""
    assert linked(("Major Callendar", 20), ("Major Hale", 19), "Major") == []
    assert linked(("Major Callendar", 60), ("Major Hale", 19), "Major") == [{"Major Callendar", "Major"}]


def test_a_title_that_one_bears_once_in_a_while_is_no_role() -> None:
    """Jane Fairfax, once Lieut. Fairfax; the Lieutenant"""
    assert linked(("Jane Fairfax", 50), ("Lieut. Fairfax", 1), "Lieutenant", known=(("Jane Fairfax", "Lieut. Fairfax"),)) == []


def test_a_title_that_one_alone_bears_a_few_times_is_a_role_though_the_name_mostly_stands_without_it() -> None:
    """Van Helsing, Professor Van Helsing, the Professor; but Alexander is Emperor as well as Napoleon"""
    professor = (("Van Helsing", 300), ("Professor Helsing", 9), "Professor")
    one = ("Van Helsing", "Professor Helsing")
    assert linked(*professor, known=(one,)) == [{"Van Helsing", "Professor"}]
    emperors = (("Napoleon", 500), ("Emperor Napoleon", 20), ("Alexander", 90), ("Emperor Alexander", 3), "Emperor")
    assert linked(*emperors, known=(("Napoleon", "Emperor Napoleon"), ("Alexander", "Emperor Alexander"))) == []


def test_the_emperor_is_of_two_the_one_who_takes_turns_with_him() -> None:
    """Emperor Alexander, the Emperor; Emperor Napoleon, who stands beside the Emperor"""
    emperors = (("Emperor Alexander", 20), ("Emperor Napoleon", 20), "Emperor")
    around = {("Emperor Alexander", "Emperor"): 50, ("Emperor Napoleon", "Emperor"): 50}
    beside = {("Emperor Napoleon", "Emperor"): 5}
    assert linked(*emperors, near=around, together=beside) == [{"Emperor Alexander", "Emperor"}]
    assert linked(*emperors, near=around) == []


def test_a_sovereign_is_who_has_his_name_and_no_other() -> None:
    """Emperor Alexander, Alexander; but Prince Andrey and Andrey are not told so"""
    assert linked("Emperor Alexander", "Alexander") == [{"Emperor Alexander", "Alexander"}]
    assert linked("Emperor Alexander", "Alexander", joined={("Emperor Alexander", "Alexander"): 2}) == []
    assert linked("Prince Andrey", "Andrey") == []


# --- pet forms of a family name


def test_a_family_name_made_familiar_is_its_bearer() -> None:
    """Charlie Ladd, Laddy"""
    assert linked(("Charlie Ladd", 20), "Laddy") == [{"Charlie Ladd", "Laddy"}]


def test_a_name_that_is_more_than_a_familiar_one_or_stands_beside_the_other_is_another() -> None:
    """Charlie Ladd, Laddie Hale; Laddy, who is named more often; Charlie Ladd and Laddy"""
    assert linked(("Charlie Ladd", 20), "Laddie Hale") == []
    assert linked(("Charlie Ladd", 5), "Laddy") == []
    assert linked(("Charlie Ladd", 20), "Laddy", joined={("Charlie Ladd", "Laddy"): 2}) == []


# --- titles of the married and the unmarried


def test_a_miss_is_the_foremost_woman_of_the_family_where_they_take_turns() -> None:
    """Laura Fairlie, Eleanor Fairlie, Miss Fairlie"""
    women = (("Laura Fairlie", 60, HER), ("Eleanor Fairlie", 5, HER), ("Miss Fairlie", 20))
    around = {("Laura Fairlie", "Miss Fairlie"): 20}
    assert linked(*women, near=around) == [{"Laura Fairlie", "Miss Fairlie"}]
    assert linked(*women) == []
    assert linked(*women, near=around, together={("Laura Fairlie", "Miss Fairlie"): 2}) == []


def test_a_wife_was_a_miss_of_the_name_that_she_was_born_with() -> None:
    """Laura Fairlie, Lady Glyde, Miss Fairlie; but Miss Glyde is another one"""
    laura = (("Laura Fairlie", 20, HER), ("Lady Glyde", 20))
    known = (("Laura Fairlie", "Lady Glyde"),)
    assert linked(*laura, "Miss Fairlie", known=known) == [{"Laura Fairlie", "Miss Fairlie"}]
    assert linked(*laura, "Miss Glyde", known=known) == []


def test_a_miss_of_the_only_family_is_not_its_wife() -> None:
    """Sibyl Vane, Miss Sibyl, Mrs. Vane"""
    around = {("Mrs. Vane", "Sibyl Vane"): 50}
    vane = (("Sibyl Vane", 80, HER), ("Mrs. Vane", 6))
    known = (("Sibyl Vane", "Miss Sibyl"),)
    assert linked(*vane, near=around) == [{"Sibyl Vane", "Mrs. Vane"}]
    assert linked(*vane, ("Miss Sibyl", 2), near=around, known=known) == []
    assert linked(*vane, ("Miss Sibyl", 1), near=around, known=known) == [{"Sibyl Vane", "Mrs. Vane"}]


def test_a_father_is_not_he_who_is_called_by_the_family_name_alone() -> None:
    """Dick Gale, Gale, Mr. Gale: both around, once together"""
    gale = (("Dick Gale", 40, HIM), ("Gale", 90, HIM), ("Mr. Gale", 20))
    around, beside = {("Gale", "Mr. Gale"): 50}, {("Gale", "Mr. Gale"): 1}
    assert linked(*gale, known=(("Dick Gale", "Gale"),), near=around, together=beside) == []
    assert linked(*gale, known=(("Dick Gale", "Gale"),), near=around) == [{"Dick Gale", "Mr. Gale"}]


def test_madam_goes_with_a_given_name() -> None:
    """Mina Harker, Madam Mina"""
    assert linked(("Mina Harker", 20, HER), "Madam Mina") == [{"Mina Harker", "Madam Mina"}]


def test_what_is_known_is_not_told_again() -> None:
    """Margaret and Meg, linked before"""
    assert linked(("Margaret", 20), "Meg", known=(("Margaret", "Meg"),)) == []


def test_who_answers_where_the_professor_is_called_is_he_if_he_is_one() -> None:
    """the Professor, Professor de Worms, Dr. Bull, who speaks next time and again"""
    names = (("Professor", 20), ("Professor de Worms", 10), ("Dr. Bull", 30))
    answered = {("Professor", "Dr. Bull"): 20}
    assert linked(*names, answered=answered, called=20) == [{"Professor", "Professor de Worms"}]
