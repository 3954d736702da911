"""What is marked of generated articles for generated queries, held to a search of every token, one after another.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of pairs.
"""

import os
import random
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

import pytest

from search.engines.base import Document
from search.engines.memory import MemoryEngine
from search.kazakh import Analyzer, Token
from search.model import Article, Scope, Snippet
from search.query.nodes import And, Either, MatchAll, Near, Node, Not, Or, Phrase, Prefix, Term, Unit, Words
from search.snippets import Matcher, passages
from search.snippets.asked import numbered
from search.snippets.passages import best
from web.highlight import html

SEED = int(os.environ.get("SEED", "20260127"))
ARTICLES = 2000 * int(os.environ.get("SCALE", "1"))
QUERIES = 10
ANALYZER = Analyzer()

STEMS = (
    "мектеп ауыл қала су тасқын әкім оқушы мұғалім жол көпір өзен дала жер үй кітап жазушы ақын театр концерт жарыс "
    "жеңіс ойын дәрігер аурухана қоғам ұйым сайлау заң сот бюджет теңге шаруа егін мал бағбан балабақша"
).split()
ENDINGS = " , , ,лар,дар,тер,да,де,ға,ге,дың,нің,лардың,мен,ымыз,дағы,сы,тен".split(",")
LATIN = str.maketrans("абвгдезиклмнопрстуфхәғқңөұүһіыйжшч", "abvgdeziklmnoprstufxäğqñöūühiyijşç")
ARABIC = str.maketrans("абвгдзклмнңопрстқғшйжыіеуүұө", "ابۆگدزكلمنڭوپرستقعشيجىىەۋۇۇو")
ODD = (
    "16.10.2018 1\u00a0500\u00a0000 814,8 млн-ға VIII БАҚта БҰҰ-ның сондай-ақ GoogleChromeнұсқасын s'aı жəне қала_су "
    "суқала @qala #мектеп https://ауыл.kz/su 5₸ 10% COVID-19 мек\u0301теп ү\u0301й ауыл\u00ad😀 \u200bсу\u200b № — … "
    "алғашқыҚазақстан 2-ші қалаға/ауылға «су» (жол) й\u0306 су\u0301 É\u0301 Wi-Fi 90-е"
).split(" ")
GAPS = [" "] * 12 + ["\u00a0", "  ", ", ", ". ", "! ", " — ", "\n", "\n\n", " «", "» ", "-", "-\n", "\u00ad\n", "/"]


class Maker:
    """Makes articles and queries from a seeded generator."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def word(self) -> str:
        if self.random.random() < 0.08:
            return self.random.choice(ODD)
        word = self.random.choice(STEMS) + self.random.choice(ENDINGS).strip()
        kind = self.random.random()
        if kind < 0.1:
            return word.upper() if kind < 0.03 else word.capitalize()
        if kind < 0.16:
            return word.translate(LATIN)
        if kind < 0.22:
            return word.translate(ARABIC)
        if kind < 0.27:
            at = self.random.randrange(len(word))
            return word[:at] + self.random.choice(["\u00ad", "\u0301", "\u200d"]) + word[at:]
        if kind < 0.3:
            return unicodedata.normalize("NFD", word.replace("а", "a").replace("о", "o"))
        return word

    def text(self) -> str:
        longest = self.random.choice([1, 8, 40, 90])
        return "".join(self.word() + self.random.choice(GAPS) for _ in range(self.random.randint(0, longest)))

    def term(self, token: Token) -> Term:
        scope = self.random.choice([Scope.ALL] * 6 + [Scope.TITLE, Scope.BODY])
        return Term(token.text, token.stems, token.exacts, scope, exact=self.random.random() < 0.2)

    def tokens(self, article: list[Token], count: int) -> list[Token]:
        """Words to ask for: mostly some that stand together in the article."""
        if len(article) >= count and self.random.random() < 0.7:
            at = self.random.randrange(len(article) - count + 1)
            return article[at : at + count]
        found = ANALYZER.analyze(" ".join(self.word() for _ in range(count)))[:count]
        return found or ANALYZER.analyze("мектеп")

    def unit(self, article: list[Token]) -> Unit:
        kind = self.random.random()
        if kind < 0.45:
            return self.term(self.tokens(article, 1)[0])
        if kind < 0.55:
            beginning = self.random.choice(STEMS)[: self.random.randint(2, 4)]
            forms = {form for token in article for form in token.exacts[:1] if form.startswith(beginning)}
            return Prefix(beginning, tuple(sorted(forms)), self.random.choice([Scope.ALL, Scope.ALL, Scope.TITLE]))
        words = tuple(self.term(token) for token in self.tokens(article, self.random.choice([2, 2, 3, 5])))
        if kind < 0.75:
            return Phrase(words)
        if kind < 0.9:
            return Near(tuple(self.random.sample(words, len(words))), self.random.randint(1, 8))
        return Either("x", (words[0], Phrase(words)))

    def node(self, article: list[Token], depth: int = 0) -> Node:
        kind = self.random.random()
        if depth == 2 or kind < 0.3:
            return self.unit(article)
        if kind < 0.7:
            units = tuple(self.unit(article) for _ in range(self.random.randint(1, 4)))
            return Words(units, units)
        children = tuple(self.node(article, depth + 1) for _ in range(self.random.randint(1, 3)))
        if kind < 0.8:
            return And((*children, Not(self.unit(article))))
        return Or(children) if kind < 0.95 else MatchAll()


# The naive search. It shares nothing with the one that is tested but the analysis.


def stands(word: Term | Prefix, token: Token, part: Scope) -> bool:
    if word.scope not in (Scope.ALL, part):
        return False
    if isinstance(word, Prefix) or word.exact:
        return token.readings[0].exact in word.exacts
    return any(stem in word.stems for stem in token.stems)


def found(node: Node, tokens: list[Token], part: Scope) -> Iterator[list[Token]]:
    """Every word, and every phrase as its words, that a query marks among the tokens."""
    match node:
        case Term() | Prefix():
            yield from ([token] for token in tokens if stands(node, token, part))
        case Phrase(words):
            for at in range(len(tokens) - len(words) + 1):
                here = tokens[at : at + len(words)]
                if all(stands(word, token, part) for word, token in zip(words, here, strict=True)):
                    yield here
        case Near(words, within):
            for at, first in enumerate(tokens):
                here = tokens[at : at + within + 1]
                if any(stands(word, first, part) for word in words) and all(
                    any(stands(word, token, part) for token in here) for word in words
                ):
                    yield from ([token] for token in here if any(stands(word, token, part) for word in words))
        case Either(children=children) | Words(content=children) | And(children=children) | Or(children=children):
            for child in children:
                yield from found(child, tokens, part)


WRITTEN = re.compile(r"[\w{}]+".format("".join(
    re.escape(chr(code)) for code in range(0x80, 0xFFFF) if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me", "Cf")
)))  # fmt: skip


def naive_marks(node: Node, text: str, lang: str, part: Scope) -> list[tuple[int, int]]:
    """The ranges to mark: written words that hold a token that is found, phrases as one inside a paragraph."""
    tokens = ANALYZER.analyze(text, lang)
    written = [match.span() for match in WRITTEN.finditer(text)]
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    marked: set[tuple[int, int]] = set()
    for words in found(node, tokens, part):
        held: set[int] = set()
        for token in words:
            first = next((low for low, high in written if low < token.start < high), token.start)
            last = next((high for low, high in written if low < token.end < high), token.end)
            held.update(range(first, last))
        for low, high in lines:
            if inside := [at for at in range(low, high) if at in held]:
                marked.add((inside[0], inside[-1] + 1))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(marked):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def bare(text: str) -> str:
    """A marked text without the signs at its ends that are no letters: they may be marked or not."""
    return re.sub(r"^[^\w₸%°]+|[^\w₸%°]+$", "", text)


def is_word_border(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


def check_snippet(snippet: Snippet, length: int) -> None:
    """What holds of every piece of text with marks; its HTML says the same as its ranges."""
    assert 0 < len(snippet.text) <= length
    assert "\n" not in snippet.text
    assert not snippet.text[0].isspace()
    assert not snippet.text[-1].isspace()
    assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)
    assert all(one[1] <= other[0] for one, other in pairwise(snippet.marks))
    shown = str(html(snippet))
    plain = unescape(re.sub("</?mark>", "", shown))
    assert plain == "… " * snippet.cut_before + snippet.text + " …" * snippet.cut_after
    marked = [unescape(text) for text in re.findall("<mark>(.*?)</mark>", shown)]
    assert marked == [snippet.text[start:end] for start, end in snippet.marks]


@pytest.mark.parametrize("part", [Scope.BODY, Scope.TITLE])
def test_every_mark_is_what_the_analysis_says_and_every_passage_reads(part):
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    maker, marked_pairs = Maker(SEED + (part is Scope.TITLE)), 0
    for _ in range(ARTICLES // 2):
        text, lang = maker.text(), maker.random.choice(["kk", "kk", "kk", "ru", ""])
        article = ANALYZER.analyze(text, lang)
        for _ in range(QUERIES):
            node = maker.node(article)
            matcher = Matcher(node, ANALYZER, piece=maker.random.choice([20, 200, 8000]))
            marks, all_read = matcher.marks(text, lang, part)
            assert all_read
            assert matcher.located(text, part, places_of(matcher, text, lang, part)) == (marks, True)
            expected = naive_marks(node, text, lang, part)
            ranges = [(mark.start, mark.end) for mark in marks]
            assert [bare(text[a:b]) for a, b in ranges] == [bare(text[a:b]) for a, b in expected], (text, node)
            for start, end in ranges:
                assert is_word_border(text, start), (text, start)
                assert is_word_border(text, end), (text, end)
            check_passages(text, matcher, marks, maker)
            marked_pairs += bool(marks)
    assert marked_pairs > ARTICLES // 2 * QUERIES * 0.4


def places_of(matcher, text, lang, part):
    """What an engine says of an article with this title or body."""
    empty, terms = ANALYZER.terms("", lang), ANALYZER.terms(text, lang)
    title, body = (terms, empty) if part is Scope.TITLE else (empty, terms)
    engine = MemoryEngine([Document(Article("a", "", ""), title, body)])
    (located,) = engine.located(["a"], matcher.words(part))
    return located.title if part is Scope.TITLE else located.body


def check_passages(text, matcher, marks, maker):
    count, length = maker.random.randint(1, 5), maker.random.choice([80, 120, 200, 400])
    shown = passages(text, marks, matcher.weights, count, length)
    windows = best(text, marks, matcher.weights, count, length)
    assert len(shown) <= count
    for snippet in shown:
        check_snippet(snippet, length)
        assert snippet.text in text
    assert bool(marks) == bool(windows), (text, marks)
    assert all(one.end <= other.start for one, other in pairwise(windows))
    if marks:
        assert [snippet.text for snippet in shown] == [text[window.start : window.end] for window in windows]
    for window in windows:
        assert is_word_border(text, window.start), (text, window)
        assert is_word_border(text, window.end), (text, window)
        assert window.marks
        for start, end in window.marks:
            whole = next(mark for mark in marks if mark.start == start)
            assert end == whole.end or (whole.end - start > length and end in [last for _, last in whole.words])
    if windows:
        most = max(weight(matcher, mark.units) for mark in marks if mark.end - mark.start <= 80)
        assert max(weight(matcher, window.units) for window in windows) >= most


def weight(matcher, units):
    return sum(matcher.weights[number] for number in numbered(units))
