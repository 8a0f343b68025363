"""Irregular forms of English verbs, nouns, adjectives and adverbs, with what they are forms of. Collected for this project.

In lower case. A form that is also another word's ("found", "wound") stands here with the sense that stories use far more often;
where both are common ("lay", "more"), it does not.
"""

from __future__ import annotations

# Base form: past, participle and whatever else is not made by rule.
_VERBS = """
abide: abode; arise: arose arisen; awake: awoke awoken; bear: bore borne born; beat: beaten; become: became; befall: befell
befallen; beget: begot begat begotten; begin: began begun; behold: beheld; bend: bent; bereave: bereft; beseech: besought;
beset: beset; bespeak: bespoke bespoken; bestride: bestrode bestridden; betake: betook betaken; bid: bade bidden; bind:
bound; bite: bit bitten; bleed: bled; blow: blew blown; break: broke broken; breed: bred; bring: brought; build: built;
burn: burnt; buy: bought; catch: caught; choose: chose chosen; cleave: cleft clove cloven; cling: clung; clothe: clad; come:
came; creep: crept; deal: dealt; dig: dug; do: did done doth dost; draw: drew drawn; dream: dreamt; drink: drank drunk;
drive: drove driven; dwell: dwelt; eat: ate eaten; fall: fell fallen; feed: fed; feel: felt; fight: fought; find: found;
flee: fled; fling: flung; fly: flew flown; forbear: forbore forborne; forbid: forbade forbad forbidden; foresee: foresaw
foreseen; foretell: foretold; forget: forgot forgotten; forgive: forgave forgiven; forsake: forsook forsaken; freeze: froze
frozen; get: got gotten; gild: gilt; gird: girt; give: gave given; go: went gone goeth; grind: ground; grow: grew grown;
hang: hung; have: had hath hast; hear: heard; hew: hewn; hide: hid hidden; hold: held; keep: kept; kneel: knelt; know: knew
known; lead: led; lean: leant; leap: leapt; learn: learnt; leave: left; lend: lent; lie: lain lying; light: lit; lose: lost;
make: made; mean: meant; meet: met; mislead: misled; mistake: mistook mistaken; misunderstand: misunderstood; mow: mown;
outdo: outdid outdone; outgrow: outgrew outgrown; overcome: overcame; overhear: overheard; overtake: overtook overtaken;
overthrow: overthrew overthrown; pay: paid; plead: pled; repay: repaid; ride: rode ridden; ring: rang rung; rise: rose
risen; run: ran; say: said saith; see: saw seen; seek: sought; sell: sold; send: sent; sew: sewn; shake: shook shaken;
shear: shorn; shine: shone; shoe: shod; shoot: shot; show: shown; shrink: shrank shrunk shrunken; sing: sang sung; sink:
sank sunk sunken; sit: sat; slay: slew slain; sleep: slept; slide: slid; sling: slung; slink: slunk; smell: smelt; smite:
smote smitten; sow: sown; speak: spoke spoken spake; speed: sped; spell: spelt; spend: spent; spill: spilt; spin: spun;
spit: spat; spoil: spoilt; spring: sprang sprung; stand: stood; steal: stole stolen; stave: stove; stick: stuck; sting:
stung; stink: stank stunk; strew: strewn; stride: strode stridden; strike: struck stricken; string: strung; strive: strove
striven; swear: swore sworn; sweep: swept; swell: swollen; swim: swam swum; swing: swung; take: took taken; teach: taught;
tear: tore torn; tell: told; think: thought; thrive: throve thriven; throw: threw thrown; tread: trod trodden; undergo:
underwent undergone; understand: understood; undertake: undertook undertaken; undo: undid undone; uphold: upheld; wake: woke
woken; wear: wore worn; weave: wove woven; weep: wept; win: won; wind: wound; withdraw: withdrew withdrawn; withhold:
withheld; withstand: withstood; wring: wrung; write: wrote written; work: wrought; die: dying died dies; tie: tying; vie:
vying; untie: untying
"""
_NOUNS = """
man: men; woman: women; child: children; foot: feet; tooth: teeth; goose: geese; mouse: mice; louse: lice; ox: oxen; penny:
pence; die: dice; wife: wives; life: lives; knife: knives; leaf: leaves; loaf: loaves; half: halves; calf: calves; shelf:
shelves; self: selves; elf: elves; wolf: wolves; thief: thieves; sheaf: sheaves; scarf: scarves; hoof: hooves; wharf:
wharves; gentleman: gentlemen; gentlewoman: gentlewomen; policeman: policemen; postman: postmen; workman: workmen; seaman:
seamen; fisherman: fishermen; horseman: horsemen; nobleman: noblemen; countryman: countrymen; countrywoman: countrywomen;
clergyman: clergymen; tradesman: tradesmen; boatman: boatmen; coachman: coachmen; footman: footmen; huntsman: huntsmen;
kinsman: kinsmen; kinswoman: kinswomen; madman: madmen; milkman: milkmen; oarsman: oarsmen; salesman: salesmen; sportsman:
sportsmen; statesman: statesmen; watchman: watchmen; Englishman: Englishmen; Englishwoman: Englishwomen; Frenchman:
Frenchmen; Frenchwoman: Frenchwomen; Irishman: Irishmen; Scotchman: Scotchmen; Dutchman: Dutchmen; grandchild:
grandchildren; schoolchild: schoolchildren; stepchild: stepchildren; housewife: housewives; midwife: midwives; penknife:
penknives; bookshelf: bookshelves; werewolf: werewolves; dwarf: dwarves; phenomenon: phenomena; crisis: crises; basis:
bases; oasis: oases; thesis: theses
"""
_OTHERS = """
good: better best; bad: worse worst; far: farther farthest furthest; old: eldest
"""


def _read(table: str) -> dict[str, str]:
    rows = (row.split(":") for row in table.replace("\n", " ").split(";") if row.strip())
    return {form.lower(): base.strip() for base, forms in rows for form in forms.split()}


IRREGULAR_FORMS = {"VERB": _read(_VERBS), "NOUN": _read(_NOUNS), "ADJ": _read(_OTHERS)}
"""By the part of speech of Universal Dependencies: a form, and the lemma that it has."""
