"""All ways to read a word as a stem with endings: every legal chain of the slots, right to left.

    noun:  stem (-лық | participle | -у) plural possessive case
    verb:  stem negation ending

Nothing is decided here; `stem.py` chooses by the stem lexicon. Words come and go as fold keys. A reading may
put letters back that an ending changed: кітабы → кітап, халқы → халық, журналисі → журналист, дамиды → дамы,
тауып → тап.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from .suffixes import VOWELS, Cut, Slot, elided, kept, slot

Kind = Literal["noun", "verb", "maybe", "act"]
Rules = tuple[str, ...]

_PLACE_TAIL = "ги"  # stands in every word that has endings after -дағы
_SHORT_STEMS = frozenset(("су", "ту", "бу", "би", "ми", "ки", "жу", "ку", "же", "де"))
_DEVOICED = {"б": "п", "г": "к"}
_RESTORED_T = -0.2  # gain of a т put back after с
_WEAK_POSSESSIVE_AFTER = frozenset("шлтдг")  # stems end in -ші, -лі, -ті, -ғы of their own more often than not
_WEAK_POSSESSIVE = -0.6
_RESTORED_I = -0.1  # of two verbs that -у may come from, the one that ends in a consonant is likelier


class Candidate(NamedTuple):
    """One reading.

    kind: `noun`; `verb`; `maybe`, a verb by an ending that is as often the end of a noun (қала: қал- + а), so
        that its verb must be much better known than the noun; or `act`, a verbal noun in -у, which is read so
        only where the lexicon knows its verb.
    stem: the noun or verb without endings.
    noun: for `act` the noun in -у itself (атау of ата-), otherwise empty.
    gain: the sum of the endings' gains, for choosing where no stem is known.
    rules: the endings taken off, in order.
    """

    kind: Kind
    stem: str
    noun: str
    gain: float
    rules: Rules


class _Slots(NamedTuple):
    """The slots of the table by the names that they have here, each looked up once."""

    case: Slot
    case_on_possessive: Slot
    equative: Slot
    place: Slot
    place_on_possessive: Slot
    possessive_we: Slot
    possessive: Slot
    plural: Slot
    participle: Slot
    verbal_noun: Slot
    abstract: Slot
    doubtful: Slot
    negation: Slot
    verb: Slot
    participle_of_i: Slot
    verb_of_i: Slot


@cache
def _slots() -> _Slots:
    return _Slots(
        case=slot("case"),
        case_on_possessive=slot("case-on-possessive"),
        equative=slot("equative"),
        place=slot("place"),
        place_on_possessive=slot("place-on-possessive"),
        possessive_we=slot("possessive-we"),
        possessive=slot("possessive"),
        plural=slot("plural"),
        participle=slot("participle"),
        verbal_noun=slot("verbal-noun"),
        abstract=slot("abstract"),
        doubtful=slot("doubtful"),
        negation=slot("negation"),
        verb=slot("converb", "finite"),
        participle_of_i=slot("participle-of-i"),
        verb_of_i=slot("finite-of-i"),
    )


def candidates(word: str) -> list[Candidate]:
    """Every reading of a key, each stem once with its best chain; the word itself as a noun comes first."""
    parse = _Parse(word)
    parse.case(word)
    parse.word_final_verb(word)
    # By the tuple's own constructor, which takes a third of the time.
    make = tuple.__new__
    return [make(Candidate, (*entry, *best)) for entry, best in parse.found.items()]


def _allowed(stem: str) -> bool:
    """Three letters, or two that are a vowel and a consonant or glide (ел, ай), or one of a few open ones (су)."""
    if len(stem) >= 3:
        return True
    return stem in _SHORT_STEMS or (stem[0] in VOWELS and stem[1] not in "аео")


class _Parse:
    """The search for one word; methods are named after what they may still take off and keep what they find.

    Most slots have no ending with the last letter of a word, which is seen before they are asked: there are twenty to
    ask for each word.
    """

    __slots__ = ("found", "slots", "word")

    def __init__(self, word: str) -> None:
        self.word = word
        self.slots = _slots()
        self.found: dict[tuple[Kind, str, str], tuple[float, Rules]] = {}

    def keep(self, kind: Kind, stem: str, noun: str, gain: float, rules: Rules) -> None:
        if len(stem) < 3 and stem != self.word and not _allowed(stem):
            return
        entry = (kind, stem, noun)
        best = self.found.get(entry)
        if best is None or gain > best[0]:
            self.found[entry] = (gain, rules)

    def case(self, word: str) -> None:
        slots, last = self.slots, word[-1]
        self.possessive(word, 0.0, ())
        if last in slots.possessive.lengths:
            self.third_person(word, 0.0, ())
        if last in slots.case.lengths:
            for left, gain, rule in slots.case.cuts(word):
                self.possessive(left, gain, (rule,))
        if last in slots.case_on_possessive.lengths:
            for left, gain, rule in slots.case_on_possessive.cuts(word):
                self.on_possessive(left, gain, (rule,))
        if last in slots.equative.lengths:
            for left, gain, rule in slots.equative.cuts(word):
                if len(left) >= 4:
                    self.possessive(left, gain, (rule,))
        self.place(word, ())
        tail = _place_tail().search(word) if _PLACE_TAIL in word else None
        if tail:  # қаладағылардың: the adjective has endings of its own
            self.place(word[: tail.start()], (f"place-tail:{tail[0]}",))

    def place(self, word: str, rules: Rules) -> None:
        slots, last = self.slots, word[-1]
        if last in slots.place.lengths:
            for left, gain, rule in slots.place.cuts(word):
                self.possessive(left, gain, (*rules, rule))
        if last in slots.place_on_possessive.lengths:
            for left, gain, rule in slots.place_on_possessive.cuts(word):
                self.on_possessive(left, gain, (*rules, rule))

    def on_possessive(self, word: str, gain: float, rules: Rules) -> None:
        """After an ending that only a possessive carries, so a possessive must come off."""
        if word[-1] != "и":
            return
        self.third_person(word, gain, rules)
        if word[-2] in VOWELS:  # мұражайы: й and ы are one и in the key
            self.plural(word, gain, rules)

    def possessive(self, word: str, gain: float, rules: Rules) -> None:
        """Under a plain case: «his» has case endings of its own."""
        self.plural(word, gain, rules)
        if word[-1] not in self.slots.possessive_we.lengths:
            return
        for left, more, rule in self.slots.possessive_we.cuts(word):
            vowel_first = rule[rule.index(":") + 1] == "и"
            (self.before_vowel if vowel_first else self.plural)(left, gain + more, (*rules, rule))

    def third_person(self, word: str, gain: float, rules: Rules) -> None:
        for left, more, rule in self.slots.possessive.cuts(word):
            if len(word) - len(left) == 2:
                self.plural(left, gain + more, (*rules, rule))
                continue
            weak = left[-1] in _WEAK_POSSESSIVE_AFTER or len(left) < 4
            self.before_vowel(left, gain + (_WEAK_POSSESSIVE if weak else more), (*rules, rule))

    def before_vowel(self, word: str, gain: float, rules: Rules) -> None:
        """The stem as it was before an ending that begins with a vowel changed it."""
        self.plural(word, gain, rules)
        if word[-1] in _DEVOICED:
            self.plural(word[:-1] + _DEVOICED[word[-1]], gain, rules)
        if word in elided():
            self.plural(elided()[word], gain, (*rules, "elision"))
        if word[-1] == "с" and len(word) >= 5:
            self.plural(word + "т", gain + _RESTORED_T, (*rules, "restored:т"))

    def plural(self, word: str, gain: float, rules: Rules) -> None:
        self.noun(word, gain, rules)
        if word[-1] not in self.slots.plural.lengths:
            return
        for left, more, rule in self.slots.plural.cuts(word):
            self.noun(left, gain + more, (*rules, rule))
            if left[-1] == "с" and len(left) >= 5:
                self.noun(left + "т", gain + more + _RESTORED_T, (*rules, rule, "restored:т"))

    def noun(self, word: str, gain: float, rules: Rules) -> None:
        self.keep("noun", word, "", gain, rules)
        slots, last = self.slots, word[-1]
        if last in slots.participle.lengths:
            for left, more, rule in slots.participle.cuts(word):
                self.verb(left, gain + more, (*rules, rule))
        if last in slots.participle_of_i.lengths:
            for left, more, rule in _cuts_of_i(slots.participle_of_i, word):
                self.verb(left + "и", gain + more, (*rules, rule))
        if last in slots.verbal_noun.lengths:
            for left, more, rule in slots.verbal_noun.cuts(word):
                self.verb(left, gain + more, (*rules, rule), noun=word)
                if left[-1] not in VOWELS:  # оқу is оқы + у
                    self.verb(left + "и", gain + more + _RESTORED_I, (*rules, rule), noun=word)
        if last in slots.abstract.lengths and word not in kept():
            for left, more, rule in slots.abstract.cuts(word):
                if len(left) >= 3:
                    self.noun(left, gain + more, (*rules, rule))

    def word_final_verb(self, word: str) -> None:
        slots, last = self.slots, word[-1]
        if last in slots.verb.lengths:
            for left, gain, rule in slots.verb.cuts(word):
                self.verb(left, gain, (rule,))
                if left[-1] == "у" and rule == "converb:ип":  # тауып is of тап-
                    self.verb(left[:-1] + "п", gain, (rule,))
        if last in slots.verb_of_i.lengths:
            for left, gain, rule in _cuts_of_i(slots.verb_of_i, word):
                self.verb(left + "и", gain, (rule,))
        if last in slots.doubtful.lengths:
            for left, gain, rule in slots.doubtful.cuts(word):
                self.bare_verb("maybe", left, gain, (rule,))
                self.positive(left, gain, (rule,))  # after -ма nothing is doubtful: айтпа-й

    def verb(self, word: str, gain: float, rules: Rules, noun: str = "") -> None:
        self.bare_verb("act" if noun else "verb", word, gain, rules, noun)
        self.positive(word, gain, rules, noun)

    def positive(self, word: str, gain: float, rules: Rules, noun: str = "") -> None:
        if word[-1] not in self.slots.negation.lengths:
            return
        for left, more, rule in self.slots.negation.cuts(word):
            self.bare_verb("act" if noun else "verb", left, gain + more, (*rules, rule), noun)

    def bare_verb(self, kind: Kind, word: str, gain: float, rules: Rules, noun: str = "") -> None:
        self.keep(kind, word, noun, gain, rules)
        if word[-1] in _DEVOICED:
            self.keep(kind, word[:-1] + _DEVOICED[word[-1]], noun, gain, rules)


def _cuts_of_i(of_i: Slot, word: str) -> list[Cut]:
    """Cuts of endings that swallowed the ы, і of the stem: what is left ends in a consonant and gets its и back."""
    return [cut for cut in of_i.cuts(word) if cut.left[-1] not in VOWELS]


@cache
def _place_tail() -> re.Pattern[str]:
    """Nominal endings after -дағы, -тағы, as one pattern made of the table."""
    cases = sorted({*slot("case").endings, *slot("case-on-possessive").endings}, key=len, reverse=True)
    return re.compile(f"(?<=[дт][ае]ги)(?:(?:лар|лер)(?:и|имиз|иниз)?(?:{'|'.join(cases)})?|(?:{'|'.join(cases)}))$")
