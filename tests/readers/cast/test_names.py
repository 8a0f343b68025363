"""Which names are one person's."""

from __future__ import annotations

from dataclasses import replace

from fabula.readers.cast.name_words import parse_name
from fabula.readers.cast.names import resolve_names
from fabula.readers.quotes import find_quotes
from fabula.records import Chapter, Gender, Mention, MentionKind, MentionType, Span
from tests.passages import make_text


def people(passage: str, heading: str = "") -> list[set[str]]:
    """The names that are one person, for a passage under a heading whose names are written between [ and ]."""
    spans, plain = [], ""
    for piece in passage.split("["):
        name, bracket, rest = piece.partition("]")
        if bracket:
            spans.append((len(plain), len(plain) + len(name), name))
            plain += name + rest
        else:
            plain += piece
    text = make_text(plain)
    text = replace(text, chapters=(Chapter(1, Span(0, len(plain)), 1, heading, heading),))
    mentions = [Mention(i, Span(s, e), MentionKind.NAME, MentionType.PERSON, None) for i, (s, e, _) in enumerate(spans)]
    resolved, identities, _ = resolve_names(text, mentions)
    groups = {m.character: {text.quote(m.span)} for m in resolved}
    for mention in resolved:
        groups[mention.character].add(text.quote(mention.span))
    for identity in identities:
        one, other = groups[identity.one], groups[identity.other]
        one |= other
        for key, group in groups.items():
            if group is other:
                groups[key] = one
    unique: list[set[str]] = []
    for group in groups.values():
        if group not in unique:
            unique.append(group)
    return unique


def test_a_given_name_is_its_only_bearers() -> None:
    """Elizabeth Bennet ... Elizabeth"""
    assert people("[Elizabeth Bennet] came. [Elizabeth] sat.") == [{"Elizabeth Bennet", "Elizabeth"}]


def test_a_titled_family_name_is_the_only_fitting_member() -> None:
    """Fitzwilliam Darcy ... Mr. Darcy ... Darcy"""
    assert people("[Fitzwilliam Darcy] came. [Mr. Darcy] sat. [Darcy] ran.") == [{"Fitzwilliam Darcy", "Mr. Darcy", "Darcy"}]


def test_a_title_with_the_given_name_tells_who_mister_is_not() -> None:
    """Lydia Tull and Ambrose Tull, Miss Lydia, Mr. Tull"""
    both = "[Lydia Tull] sat. [Ambrose Tull] rose. "
    assert people(both + "[Miss Lydia] ran. [Mr. Tull] left.") == [{"Lydia Tull", "Miss Lydia"}, {"Ambrose Tull", "Mr. Tull"}]
    assert {"Mr. Tull"} in people(both + "[Mr. Tull] left.")


def test_a_slip_is_the_same_name() -> None:
    """Sgt Delacroix ... Delacroy"""
    assert people("[Delacroix] came. [Delacroix] sat. [Delacroy] ran.") == [{"Delacroix", "Delacroy"}]


def test_husband_and_wife_are_two() -> None:
    """Mr. Bennet and Mrs. Bennet"""
    assert people("[Mr. Bennet] and [Mrs. Bennet] sat.") == [{"Mr. Bennet"}, {"Mrs. Bennet"}]


def test_a_wife_named_by_her_husbands_name_is_not_he() -> None:
    """Mr. John Knightley and Mrs. John Knightley"""
    assert people("[Mr. John Knightley] sat. [Mrs. John Knightley] came. [John] ran.") == [
        {"Mr. John Knightley", "John"},
        {"Mrs. John Knightley"},
    ]


def test_a_family_name_that_several_share_is_left_apart() -> None:
    """Jane Bennet, Elizabeth Bennet, Miss Bennet"""
    assert people("[Jane Bennet] came. [Elizabeth Bennet] sat. [Miss Bennet] ran.") == [
        {"Jane Bennet"},
        {"Elizabeth Bennet"},
        {"Miss Bennet"},
    ]


def test_a_mans_title_does_not_fit_a_woman_of_the_family() -> None:
    """Caroline Bingley ... she; Mr. Bingley"""
    passage = "[Caroline Bingley] said she would. [Caroline] shook her head. [Caroline] rose and took her hat. [Mr. Bingley] came."
    assert {"Mr. Bingley"} in people(passage)


def test_a_rank_and_mister_are_one() -> None:
    """Dr. Kemp, Mr. Kemp, Kemp"""
    assert people("[Dr. Kemp] rose. [Mr. Kemp] sat. [Kemp] ran.") == [{"Dr. Kemp", "Mr. Kemp", "Kemp"}]


def test_mister_and_master_are_titles_of_one_man() -> None:
    """Fairway, Mister Fairway, Mr. Fairway; but not Mr. and Mrs. Fairway"""
    assert people("[Fairway] rose. [Mister Fairway] sat. [Mr. Fairway] ran. [Fairway] slept.")[0] >= {"Fairway", "Mister Fairway"}


def test_the_honourable_is_who_has_the_name() -> None:
    """The Honourable Arthur Holmwood, Arthur Holmwood"""
    assert people("[Honourable Arthur Holmwood] came. [Arthur Holmwood] sat.") == [
        {"Honourable Arthur Holmwood", "Arthur Holmwood"}
    ]


def test_initials_are_their_only_fitting_name() -> None:
    """James Marlow ... J. Marlow"""
    assert people("[James Marlow] came. [J. Marlow] signed.") == [{"James Marlow", "J. Marlow"}]
    two = "[Thomas Beresford] came. [Tommy Beresford] sat. [T. Beresford] signed."
    assert people(two) == [{"Thomas Beresford", "Tommy Beresford", "T. Beresford"}]
    assert {"T. Beresford"} in people(two.replace("Tommy", "Tim"))
    assert {"G. Wheeler"} in people("[Mrs. George Wheeler] came. [G. Wheeler] signed.")


def test_sir_goes_with_the_given_name() -> None:
    """Sir Thomas Bertram ... Sir Thomas ... Thomas"""
    assert people("[Sir Thomas Bertram] came. [Sir Thomas] sat. [Lady Bertram] slept.") == [
        {"Sir Thomas Bertram", "Sir Thomas"},
        {"Lady Bertram"},
    ]


def test_a_wife_named_by_her_husbands_name_is_not_he_whom_the_family_name_alone_means() -> None:
    """Mrs. Julius Beaufort, Julius Beaufort; Beaufort rose, and he ..."""
    passage = "[Mrs. Julius Beaufort] came. [Julius Beaufort] sat. [Beaufort] rose; he ran. [Beaufort] sat; he slept."
    assert people(passage) == [{"Mrs. Julius Beaufort"}, {"Julius Beaufort", "Beaufort"}]


def test_a_knight_is_called_by_his_title_and_never_without() -> None:
    """Sir John Middleton, John Dashwood; Sir John, John"""
    passage = "[Sir John Middleton] came. [John Dashwood] sat. [Sir John] ran. [John] left."
    assert people(passage) == [{"Sir John Middleton", "Sir John"}, {"John Dashwood", "John"}]


def test_an_identity_is_told_when_both_names_have_been_read() -> None:
    """Elizabeth ... (later) Elizabeth Bennet"""
    text = make_text("Elizabeth sat down. Then Elizabeth Bennet rose.")
    mentions = [Mention(i, Span(s, e), MentionKind.NAME, MentionType.PERSON, None) for i, (s, e) in enumerate([(0, 9), (25, 41)])]
    _, identities, _ = resolve_names(text, mentions)
    assert [i.evidence.told_at for i in identities] == [41]


def test_gender_is_told_by_titles_and_pronouns_not_by_given_names() -> None:
    """Elizabeth sat down; Mr. Bell took his hat."""
    text = make_text("Elizabeth sat. Then Mr. Bell took his hat.")
    mentions = [Mention(i, Span(s, e), MentionKind.NAME, MentionType.PERSON, None) for i, (s, e) in enumerate([(0, 9), (20, 28)])]
    _, _, cues = resolve_names(text, mentions)
    assert [(c.character, c.gender, text.quote(c.span)) for c in cues] == [(1, Gender.MALE, "Mr. Bell"), (1, Gender.MALE, "his")]


def test_a_family_name_is_not_a_womans_because_she_alone_bears_it_in_full() -> None:
    """Catherine Heathcliff ... she; Heathcliff ... he"""
    passage = (
        "[Catherine] said she would. [Catherine] took her hat. [Catherine Heathcliff] rose. "
        "[Heathcliff] said he would. [Heathcliff] took his hat. [Heathcliff] shook his head."
    )
    assert {"Heathcliff"} in people(passage)


def test_a_daughter_is_not_her_mother() -> None:
    """Nancy Miller ... she; Mrs. Miller"""
    passage = "[Nancy Miller] took her hat. [Nancy] said she would. [Nancy] shook her head. [Mrs. Miller] sat."
    assert {"Mrs. Miller"} in people(passage)


def test_a_boy_who_is_called_by_his_given_name_is_not_mister() -> None:
    """Frank Whitney; Frank, Frank, ...; Frank and Mr. Whitney"""
    passage = "[Frank Whitney] came. " + "[Frank] ran. " * 10 + "[Frank] and [Mr. Whitney] sat. " * 2
    assert {"Mr. Whitney"} in people(passage)


def test_who_takes_turns_by_a_given_and_a_family_name_is_one() -> None:
    """Nikolay Rostov ... Ilya Rostov ... Nikolay Bolkonski ... Nikolay ... Rostov"""
    family = "[Nikolay Rostov] sat. [Ilya Rostov] sat. [Nikolay Bolkonski] sat. "
    turns = "\n\n[Nikolay] rose. [Rostov] ran." * 25
    assert {"Nikolay Rostov", "Nikolay", "Rostov"} in people(family + turns)
    beside = "\n\n[Nikolay] saw [Rostov]." * 50
    assert {"Nikolay"} in people(family + beside)


def test_a_bare_family_name_is_seldom_a_woman_s() -> None:
    """Nell Burton and her hat, Robert Burton, Burton"""
    women = "[Nell Burton] took her hat. [Nell Burton] lost her hat. "
    assert people(women + "[Robert Burton] sat. [Burton] ran.") == [{"Nell Burton"}, {"Robert Burton", "Burton"}]
    assert people(women + "[Burton] ran.") == [{"Nell Burton", "Burton"}]


def test_ranks_that_are_written_short_are_one() -> None:
    """Captain Vye, Cap'n Vye, Miss Vye; but a colonel is another one"""
    passage = "[Captain Vye] sat. [Cap'n Vye] ran. [Miss Vye] rose."
    assert people(passage) == [{"Captain Vye", "Cap'n Vye"}, {"Miss Vye"}]
    assert people(passage.replace("Cap'n", "Colonel")) == [{"Captain Vye"}, {"Colonel Vye"}, {"Miss Vye"}]


def test_a_title_that_is_often_used_is_not_of_somebody_who_is_hardly_named() -> None:
    """Jonathan ..., WILHELMINA HARKER, Mr. Harker"""
    passage = (
        "[Jonathan Harker] took his hat. " * 2 + "[Jonathan] ran. " * 12 + "[Wilhelmina Harker] sat. " + "[Mr. Harker] rose. " * 4
    )
    assert {"Wilhelmina Harker", "Mr. Harker"} not in people(passage)


def test_a_role_is_not_his_wife_s() -> None:
    """The Vicar ... Mrs. Vicar"""
    assert people("[Vicar] sat. " * 4 + "[Mrs. Vicar] rose.") == [{"Vicar"}, {"Mrs. Vicar"}]


def test_mister_is_not_who_is_known_by_his_wife() -> None:
    """John Knightley, Mrs. John Knightley ten times: Mr. Knightley is his brother"""
    john = "[John Knightley] took his hat. " * 3 + "[Mr. Knightley] sat. "
    assert {"John Knightley", "Mr. Knightley"} in people(john + "[Mrs. John Knightley] rose. " * 9)
    assert {"Mr. Knightley"} in people(john + "[Mrs. John Knightley] rose. " * 10)


def test_a_rank_is_his_who_has_it_before_his_name_in_full_and_he_is_not_mister() -> None:
    """Captain Frederick Tilney, Frederick, Captain Tilney; Mr. Tilney"""
    passage = "[Captain Frederick Tilney] came. " + "[Frederick] sat. " * 10 + "[Captain Tilney] rose. " + "[Mr. Tilney] left. " * 3
    assert people(passage) == [{"Captain Frederick Tilney", "Frederick", "Captain Tilney"}, {"Mr. Tilney"}]


def test_a_countess_is_madame() -> None:
    """Ellen Olenska, Madame Olenska, Countess Olenska"""
    passage = "[Ellen Olenska] sat. [Madame Olenska] rose. [Countess Olenska] left."
    assert people(passage) == [{"Ellen Olenska", "Madame Olenska", "Countess Olenska"}]
    assert {"Lady Olenska"} in people(passage.replace("Countess", "Lady"))


def test_miss_is_not_a_nickname_of_who_is_called_by_her_given_name() -> None:
    """Elizabeth Bennet, Elizabeth; Miss Eliza Bennet; Miss Bennet: her elder sister Jane"""
    passage = "[Elizabeth Bennet] sat. [Jane Bennet] came. [Elizabeth] rose. " * 10 + "[Miss Eliza Bennet] ran. " * 2
    assert {"Jane Bennet", "Miss Bennet"} in people(passage + "[Miss Bennet] left.")


def test_a_parson_is_mister() -> None:
    """Mr. Glennie, Parson Glennie"""
    assert people("[Mr. Glennie] sat. [Parson Glennie] rose.") == [{"Mr. Glennie", "Parson Glennie"}]


def test_a_farmer_is_who_has_the_name_without_it() -> None:
    """Gabriel Oak, Oak, Farmer Oak"""
    oak = "[Gabriel Oak] took his hat. [Gabriel Oak] took his crook. [Oak] sat. "
    assert people(oak + "[Farmer Oak] rose.") == [{"Gabriel Oak", "Oak", "Farmer Oak"}]


def test_a_name_drawn_out_is_the_name() -> None:
    """Bathsheba, Bath-sheba; Mary-Ann, whom the book writes so alone"""
    assert people("[Bathsheba] sat. [Bath-sheba] rose. [Mary-Ann] ran.") == [{"Bathsheba", "Bath-sheba"}, {"Mary-Ann"}]


def test_a_title_in_capitals_is_a_title() -> None:
    """Mr. Heathcliff, MR. HEATHCLIFF; Don, who is no don"""
    assert parse_name("MR. HEATHCLIFF") == ("Mr", ("heathcliff",))
    assert parse_name("DON") == ("", ("don",))
    assert parse_name("mister Don") == ("", ("mister", "don"))


def test_a_professor_is_mister() -> None:
    """Friedrich Bhaer, Mr. Bhaer, Professor Bhaer"""
    passage = "[Friedrich Bhaer] took his hat. " * 2 + "[Mr. Bhaer] sat. " * 2 + "[Professor Bhaer] rose."
    assert people(passage) == [{"Friedrich Bhaer", "Mr. Bhaer", "Professor Bhaer"}]


def test_a_husband_of_whom_little_is_told_is_not_his_wife() -> None:
    """John Brooke and his hat, Mrs. John Brooke; but Rachel Lynde and her hat, Mrs. Rachel Lynde"""
    assert {"Mrs. John Brooke"} in people("[John Brooke] took his hat. [Mrs. John Brooke] sat.")
    assert people("[Rachel Lynde] took her hat. [Mrs. Rachel Lynde] sat.") == [{"Rachel Lynde", "Mrs. Rachel Lynde"}]


def test_mister_is_not_who_may_be_a_woman_and_is_known_by_the_given_name() -> None:
    """Clara Peggotty, Clara; Mr. Peggotty: her brother"""
    passage = "[Clara Peggotty] sat. " + "[Clara] ran. " * 10 + "[Clara] met [Mr. Peggotty]. " * 8
    assert {"Mr. Peggotty"} in people(passage + "[Mr. Peggotty] rose. " * 60)
    assert {"Mr. Peggotty"} not in people(passage.replace("[Clara] ran. ", "") + "[Mr. Peggotty] rose. " * 60)


def test_a_title_in_capitals_is_a_title_and_a_rank_alone_is_a_name() -> None:
    """“I should say MAJOR Dobbin.” The Chief Inspector; Chief Inspector Heat"""
    assert parse_name("MAJOR Dobbin") == ("Major", ("dobbin",))
    assert parse_name("Chief Inspector") == ("", ("inspector",))


def test_a_doctor_is_not_who_is_often_called_by_the_given_name() -> None:
    """Dr. Marjoribanks; Thomas Marjoribanks, Thomas: his nephew"""
    passage = "[Thomas Marjoribanks] sat. [Dr. Marjoribanks] rose. " * 15 + "[Thomas] saw [Dr. Marjoribanks]. " * 10
    assert {"Dr. Marjoribanks"} in people(passage + "[Dr. Marjoribanks] ran. " * 5)


def test_a_comrade_is_no_woman_of_the_name() -> None:
    """Winnie Verloc, Mr. Verloc, Comrade Verloc"""
    passage = "[Winnie Verloc] sat. " + "[Winnie] met [Mr. Verloc]. " * 10 + "[Mr. Verloc] ran. " * 40 + "[Comrade Verloc] left."
    assert {"Mr. Verloc", "Comrade Verloc"} in people(passage)


def test_a_given_name_is_whose_it_was_before_there_was_another() -> None:
    """Charles Musgrove, Charles; then Charles Hayter, who is named so far more often"""
    charles = "[Charles Musgrove] came. " + "[Charles] sat. " * 3
    hayter = "[Charles Hayter] rose. " * 9
    assert {"Charles Musgrove", "Charles"} in people(charles + hayter)
    assert {"Charles Hayter", "Charles"} in people(hayter + charles)


def test_madame_is_nobody_who_is_often_called_by_the_given_name_and_may_be_a_man() -> None:
    """Robert Lebrun, Robert; Madame Lebrun: his mother"""
    robert = "[Robert Lebrun] sat. " + "[Robert] sat. [Madame Lebrun] rose. " * 10
    assert {"Madame Lebrun"} in people(robert)
    assert {"Madame Lebrun", "Adele Lebrun"} in people("[Adele Lebrun] sat. [Madame Lebrun] rose.")


def test_a_heading_may_say_whose_two_names_are() -> None:
    """Miss Lucy Honeychurch Drives Out ¶ Lucy ... Miss Honeychurch"""
    passage = "[Lucy] came. [Miss Honeychurch] sat."
    assert people(passage) == [{"Lucy"}, {"Miss Honeychurch"}]
    assert people(passage, "Miss Lucy Honeychurch Drives Out") == [{"Lucy", "Miss Honeychurch"}]


def test_whom_a_heading_lists_are_two() -> None:
    """Mr. Emerson and Mr. George Emerson Drive Out ¶ Mr. George Emerson ... Mr. Emerson"""
    passage = "[Mr. George Emerson] came. [Mr. Emerson] sat."
    assert people(passage) == [{"Mr. George Emerson", "Mr. Emerson"}]
    assert people(passage, "Mr. Emerson and Mr. George Emerson Drive Out") == [{"Mr. George Emerson"}, {"Mr. Emerson"}]


def test_a_word_is_rather_the_family_name_of_an_officer_than_a_given_name_that_is_used_once() -> None:
    """Fitzwilliam Darcy ... Colonel Fitzwilliam ... Fitzwilliam"""
    passage = "[Fitzwilliam Darcy] wrote. " + "[Colonel Fitzwilliam] came. " * 3 + "[Fitzwilliam] smiled."
    assert people(passage) == [{"Fitzwilliam Darcy"}, {"Colonel Fitzwilliam", "Fitzwilliam"}]
    assert people("[Fitzwilliam Darcy] wrote. [Colonel Fitzwilliam] came. [Fitzwilliam] smiled.")[0] == {
        "Fitzwilliam Darcy",
        "Fitzwilliam",
    }


def test_saint_is_a_part_of_a_given_name() -> None:
    """St. John Rivers ... St. John ... Mr. St. John ... John Reed ... John"""
    passage = "[St. John Rivers] came. [John Reed] sat. [St. John] ran. [John] rose. [Mr. St. John] left."
    assert people(passage) == [{"St. John Rivers", "St. John", "Mr. St. John"}, {"John Reed", "John"}]


def test_who_is_named_in_full_as_mister_is_no_doctor() -> None:
    """Mr. Archibald Craven ... Dr. Craven ... Mr. Craven"""
    passage = "[Mr. Archibald Craven] came. [Mr. Archibald Craven] sat. [Dr. Craven] ran. [Mr. Craven] rose."
    assert people(passage) == [{"Mr. Archibald Craven", "Mr. Craven"}, {"Dr. Craven"}]
    assert people(passage.replace("[Mr. Archibald Craven] sat. ", "")) == [{"Mr. Archibald Craven", "Mr. Craven", "Dr. Craven"}]


def test_a_title_tells_the_gender_of_a_given_name_against_a_few_pronouns() -> None:
    """Rosamond Oliver ... Miss Rosamond ... Rosamond. He ... Mr. Oliver"""
    passage = "[Rosamond Oliver] sat. [Mr. Oliver] came. " + "[Rosamond] saw that he came. " * 3
    assert people(passage) == [{"Rosamond Oliver", "Mr. Oliver", "Rosamond"}]
    assert people(passage + "[Miss Rosamond] rose.") == [{"Rosamond Oliver", "Rosamond", "Miss Rosamond"}, {"Mr. Oliver"}]


def test_mester_goes_with_a_given_name() -> None:
    """Colin Craven ... Colin ... Mester Colin"""
    assert people("[Colin Craven] sat. [Colin] rose. [Mester Colin] left.") == [{"Colin Craven", "Colin", "Mester Colin"}]


def test_mister_is_not_who_bears_the_family_name_once_and_a_given_name_that_others_have() -> None:
    """Catherine Earnshaw ... Catherine Heathcliff ... Mr. Heathcliff"""
    passage = "[Catherine Earnshaw] sat. [Catherine Heathcliff] rose. " + "[Mr. Heathcliff] came. " * 4
    assert people(passage) == [{"Catherine Earnshaw"}, {"Catherine Heathcliff"}, {"Mr. Heathcliff"}]
    assert people(passage.replace("[Catherine Earnshaw] sat. ", "")) == [{"Catherine Heathcliff", "Mr. Heathcliff"}]


def test_an_officer_who_stands_beside_a_man_of_the_family_is_his_father() -> None:
    """Albert Fussell and Colonel Fussell came."""
    passage = "[Albert Fussell] sat. It rained. [Colonel Fussell] rose."
    assert people(passage) == [{"Albert Fussell", "Colonel Fussell"}]
    beside = "[Albert Fussell] sat while the others left, and [Colonel Fussell] rose."
    assert people(beside) == [{"Albert Fussell"}, {"Colonel Fussell"}]


def test_mister_is_nobody_of_two_of_whom_little_is_known() -> None:
    """John Thornton, John Boucher, Hannah Thornton ... Mr. Thornton"""
    passage = "[John Thornton] sat. [John Boucher] rose. [Hannah Thornton] left. " + "[Mr. Thornton] came. " * 4
    assert {"Hannah Thornton"} in people(passage)
    assert {"Hannah Thornton", "Mr. Thornton"} in people(passage.replace("[John Thornton] sat. ", ""))


def test_the_family_name_alone_is_no_lady_s() -> None:
    """Lady Bertram four times, Mr. Bertram twice, Maria Bertram, Bertram"""
    passage = "[Lady Bertram] sat. " * 4 + "[Mr. Bertram] rose. " * 2 + "[Miss Maria Bertram] ran. [Bertram] left."
    assert {"Mr. Bertram", "Bertram"} in people(passage)


def test_the_pronouns_that_likely_mean_a_name_go_before_the_next_ones() -> None:
    """Kim came. She sat. Kim ... he"""
    text = make_text("Kim came. She sat. Kim left. She slept.")
    spans = [Span(0, 3), Span(19, 22)]
    mentions = [Mention(at, span, MentionKind.NAME, MentionType.PERSON, None) for at, span in enumerate(spans)]
    _, _, cues = resolve_names(text, mentions)
    assert [cue.gender for cue in cues] == [Gender.FEMALE] * 2
    _, _, cues = resolve_names(text, mentions, likely_genders={spans[1]: [(Gender.MALE, Span(29, 32))]})
    assert [(cue.gender, cue.span) for cue in cues] == [(Gender.MALE, Span(29, 32))]


def test_a_pronoun_behind_a_name_in_speech_is_no_sign() -> None:
    """“Kim!” he cried."""
    text = make_text("“Come, Kim, now!” ¶ Kim left. She slept.")
    spans = [Span(7, 10), Span(19, 22)]
    mentions = [Mention(at, span, MentionKind.NAME, MentionType.PERSON, None) for at, span in enumerate(spans)]
    quotes, _ = find_quotes(text)
    _, _, cues = resolve_names(text, mentions, quotes)
    assert [cue.span.start > 19 for cue in cues] == [True]


def test_miss_is_who_is_far_more_often_named_of_two() -> None:
    """Blanche Ingram, Blanche, Mary Ingram ... Miss Ingram"""
    passage = "[Blanche Ingram] sat. She ran. " * 2 + "[Blanche] sat. She ran. " * 2 + "[Mary Ingram] rose. She left. " * 2
    assert {"Blanche Ingram", "Blanche", "Miss Ingram"} not in people(passage + "[Miss Ingram] came.")
    assert {"Blanche Ingram", "Blanche", "Miss Ingram"} in people("[Blanche] sat. She ran. " * 4 + passage + "[Miss Ingram] came.")


def test_miss_is_no_married_woman() -> None:
    """May Welland six times, May Archer twice, Janey Archer ... Miss Archer"""
    passage = (
        "[May Welland] sat. She ran. " * 6 + "[May Archer] sat. She ran. " * 2 + "[Janey Archer] sat. She ran. [Miss Archer] came."
    )
    assert {"Janey Archer", "Miss Archer"} in people(passage)
    assert {"Janey Archer", "Miss Archer"} not in people(passage.replace("May Welland", "Jane Welland"))


def test_a_lady_is_no_daughter() -> None:
    """Cassandra Otway, Lady Otway"""
    passage = "[Cassandra Otway] sat. She ran. [Lady Otway] rose."
    assert people(passage) == [{"Cassandra Otway"}, {"Lady Otway"}]
