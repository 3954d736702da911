"""Hits as they are shown, also when there is no time for them."""

import time
from collections.abc import Iterator

import pytest

from search.deadline import Deadline
from search.engines.base import RawPage
from search.generations import Generation, Generations
from search.hits import hits
from search.kazakh import Analyzer
from search.model import Article, Match, Query, Scope
from search.query.nodes import Node
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.words import Sources
from tests.indexes import publish

MOST = 1_000_000
SCHOOL = "Ауылда жаңа мектеп ашылды. Мектепте екі жүз бала оқиды."
CEILING_S = 10.0

HOSTILE = {
    "one word": "а" * MOST,
    "the word again and again": "мектеп " * (MOST // 7),
    "the word in lines": "мектеп\n" * (MOST // 7),
    "the word with commas": "мектеп," * (MOST // 7),
    "points": "мектеп" + ". " * (MOST // 2),
    "points without spaces": "мектеп" + "." * MOST,
    "opening quotation marks": "«" * MOST + "мектеп",
    "glued words of two alphabets": "мектепGoogle" * (MOST // 12),
    "soft hyphens": "мектеп" + "\u00ad" * MOST,
    "accents": "мектеп" + "\u0301" * MOST,
    "spaces": " " * MOST + "мектеп",
    "lines without words": "…\n" * (MOST // 2),
    "one written word": "мектеп_" * (MOST // 7),
}


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """A few articles: a common one, one with a long body, and every hostile one."""
    folder = tmp_path_factory.mktemp("hits")
    long = "Басқа әңгіме айтылды. " * 10_000
    articles = [
        Article("school", "Мектеп туралы", f"Көкжар\n{SCHOOL}", lang="kk"),
        Article("long", "Ұзақ мақала", f"{long}\n{SCHOOL}", lang="kk"),
        Article("cut", "Қысқа", "Мектепте мектептен", lang="kk"),
        *(Article(name, "Мектеп", body, lang="kk") for name, body in HOSTILE.items() if name != "accents"),
    ]
    publish(folder, articles)
    generations = Generations(folder, 0)
    with generations.lease() as leased:
        yield leased
    generations.close()


def node_of(text: str, analyzer: Analyzer) -> Node:
    return Rewriter(Sources(analyzer), Match.SMART, Scope.ALL).rewrite(parse(text))


def ask(generation: Generation, ids: list[str], deadline: Deadline, text: str = "мектеп", most: int = MOST):
    raw = RawPage(tuple((one, 1.0) for one in ids), len(ids), len(ids))
    return hits(generation, Query(text), node_of(text, generation.analyzer), raw, most, deadline)


def test_a_hit_shows_its_title_its_passages_and_the_forms_that_were_found(generation):
    (hit,), cut_short = ask(generation, ["school"], Deadline.never())
    assert not cut_short
    assert hit.title.marks == ((0, 6),)
    assert [snippet.text for snippet in hit.snippets] == [SCHOOL]
    assert hit.matched_forms == ("мектеп", "мектепте")


def test_when_the_time_is_up_hits_have_a_plain_title_and_the_beginning(generation):
    (first, second), cut_short = ask(generation, ["school", "long"], Deadline(0))
    assert cut_short
    assert (first.title.marks, first.matched_forms) == ((), ())
    assert [(snippet.text, snippet.marks) for snippet in first.snippets] == [(SCHOOL, ())]
    assert second.snippets[0].text.startswith("Басқа әңгіме")


def test_nothing_is_cut_short_where_nothing_was_looked_for(generation):
    assert not ask(generation, ["school", "long"], Deadline(0), "-мектеп")[1]


def test_a_word_far_into_a_long_body_is_found(generation):
    (hit,), cut_short = ask(generation, ["long"], Deadline.never())
    assert not cut_short
    assert [snippet.text for snippet in hit.snippets] == [SCHOOL]


def test_no_word_is_cut_where_a_body_is_not_looked_at_any_further(generation):
    (hit,), _ = ask(generation, ["cut"], Deadline.never(), most=12)
    assert [snippet.text for snippet in hit.snippets] == ["Мектепте"]


def test_an_article_that_is_gone_is_no_hit(generation):
    assert [hit.article.id for hit in ask(generation, ["school", "жоқ"], Deadline.never())[0]] == ["school"]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "accents"])
def test_a_hostile_body_takes_no_longer_than_any_other(generation, name):
    began = time.process_time()
    (hit,), _ = ask(generation, [name], Deadline(60_000), "мектеп балабақша")
    assert time.process_time() - began < CEILING_S
    assert all(len(snippet.text) <= 200 for snippet in hit.snippets)
    assert hit.title.marks
