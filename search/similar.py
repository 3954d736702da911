"""Articles on the subject of an article: its most telling words, asked as a query, and what shares enough of them.

A word tells much if it stands often in the article (above all in its title) and in few others: tf · idf, after
Sparck Jones (1972), with the tf of a title word counted more. Articles with any of these words are ranked as for any
query, so stem vectors put first what says the same in other words; those that hold too few of the words are left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .answer import info
from .deadline import Deadline
from .engines.base import Request
from .errors import ArticleNotFound
from .generation import Generation
from .kazakh import Analyzer, Terms, is_stop
from .model import Article, Hit, IndexInfo, Snippet
from .query.nodes import Or, Term
from .ranking import idf, saturation
from .snippets import lead
from .vocabulary import Vocabulary

MOST_WORDS = 16
LEAST_WORDS = 4
"""With fewer telling words than this an article has no subject to speak of."""

ENOUGH_WORDS = 8
"""Words that stand once, and not in the title, are taken only to make up so many."""

TITLE_TIMES = 3
"""A word of the title counts as if it stood so many times more in the body."""

LEAST_SHARED = 0.2
"""The share of the telling words, by weight, that a similar article holds. Read in the sample archive: of those with
less most are on another subject, and those on the same come with more."""

LOOKED_AT = 3
"""For each article asked for so many of the best ranked are looked at."""

COMMON = 0.25
"""Words that more than this share of the articles in its language hold tell nothing about any of them."""

LEAD_CHARS = 200
BODY_CHARS = 20_000
"""The beginning of a long article says what it is about."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A word that tells what an article is about: a form and its stem, its weight in a query, and how much it tells."""

    form: str
    stem: str
    weight: float
    tells: float


@dataclass(frozen=True, slots=True)
class Similar:
    """Similar articles, best first, each with its beginning and what is hidden behind it because it says the same."""

    hits: tuple[Hit, ...]
    index: IndexInfo
    timed_out: bool = False
    took_ms: float = 0.0


def similar(
    generation: Generation, article_id: str, limit: int, deadline: Deadline, prefer: tuple[str, ...] = ()
) -> Similar:
    """Up to `limit` articles on the subject of this one, neither itself nor what says the same.

    prefer: publications whose articles stand for those that say the same.

    Raises:
        ArticleNotFound: there is no article with this id.
    """
    engine = generation.engine
    article = engine.get([article_id])[0]
    if article is None:
        raise ArticleNotFound(article_id)
    documents = engine.values("lang").get(article.lang, 0) or generation.manifest.documents
    words = telling(article, generation.analyzer, generation.vocabulary, documents)
    if words is None:
        return Similar((), info(generation))
    request = Request(limit=LOOKED_AT * limit + 1, grow_below=0, collapse=True, prefer=prefer)
    raw = engine.search(_query(words), request, deadline)
    own = {article_id, *engine.duplicates([article_id])[0]}
    ranked = [hit for hit in zip(raw.hits, raw.duplicates, strict=True) if hit[0][0] not in own]
    found: list[Hit] = []
    for (one, score), same in ranked:
        if len(found) == limit or deadline.passed:
            break
        other = engine.get([one])[0]
        if other is not None and _shared(words, other, generation.analyzer) >= LEAST_SHARED:
            found.append(_hit(other, score, same))
    return Similar(tuple(found), info(generation), raw.timed_out or deadline.passed)


def _query(words: Sequence[Telling]) -> Or:
    return Or(tuple(Term(word.form, (word.stem,), (), weight=word.weight) for word in words))


def _shared(words: Sequence[Telling], other: Article, analyzer: Analyzer) -> float:
    """The share of the words that another article holds, by weight."""
    parts = (other.title, other.body[:BODY_CHARS])
    held = {stem for part in parts for stems in analyzer.terms(part, other.lang).stems for stem in stems}
    return sum(word.tells for word in words if word.stem in held) / sum(word.tells for word in words)


def _hit(article: Article, score: float, duplicates: tuple[str, ...]) -> Hit:
    begin = lead(article.body[:BODY_CHARS], LEAD_CHARS, article.title)
    return Hit(article, score, Snippet(article.title), begin, (), duplicates=duplicates)


def telling(article: Article, analyzer: Analyzer, vocabulary: Vocabulary, documents: int) -> tuple[Telling, ...] | None:
    """The most telling words of an article, in the order in which it brings them; None if it has too few.

    documents: the articles in its language.
    """
    parts = (analyzer.terms(article.title, article.lang), analyzer.terms(article.body[:BODY_CHARS], article.lang))
    counts: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for times, terms in zip((TITLE_TIMES, 1), parts, strict=True):
        for stem, form in _words(terms):
            counts[stem] += times
            forms.setdefault(stem, form)
    tells = dict(_weights(counts, vocabulary, documents))
    best: set[str] = set()
    for stem in sorted(tells, key=lambda stem: (counts[stem] == 1, -tells[stem], stem)):
        if len(best) >= (MOST_WORDS if counts[stem] > 1 else ENOUGH_WORDS):
            break
        if not any(is_stop(token) for token in analyzer.analyze(forms[stem])):
            best.add(stem)
    if len(best) < LEAST_WORDS:
        return None
    return tuple(Telling(forms[stem], stem, _share(counts[stem]), tells[stem]) for stem in forms if stem in best)


def _words(terms: Terms) -> Iterable[tuple[str, str]]:
    """Stem and exact form of every word; numbers are no subject."""
    for stems, form in zip(terms.stems, terms.exacts, strict=True):
        if stems and not form[:1].isdigit():
            yield stems[0], form


def _weights(counts: Counter[str], vocabulary: Vocabulary, documents: int) -> Iterable[tuple[str, float]]:
    for stem, count in counts.items():
        df = vocabulary.stem_df(stem)
        if 1 < df <= max(2.0, COMMON * documents):
            yield stem, _share(count) * idf(df, documents)


def _share(count: int) -> float:
    """How much of its idf a word counts that stands so many times, from .45 for once towards 1."""
    return float(saturation(float(count), 1.0, 1.0))
