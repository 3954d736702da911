import pytest

from search.kazakh import Analyzer
from search.model import Match, Scope
from search.query.nodes import And, MatchAll, Not, Phrase, Term, Words, marked_sequences, scored_terms
from search.query.parser import parse
from search.query.rewrite import NOTHING, Rewriter
from search.ranking import STOP_WEIGHT

ANALYZER = Analyzer()


def rewrite(text, match=Match.SMART, scope=Scope.ALL, max_words=32):
    rewriter = Rewriter(ANALYZER, match, scope, max_words)
    return rewriter.rewrite(parse(text)), rewriter.notes


def texts(terms):
    return [term.text for term in terms]


def test_words_are_analysed_with_every_reading():
    node, notes = rewrite("форумға")
    assert isinstance(node, Words)
    assert node.content[0].stems[0] == "форум"
    assert not notes
    node, _ = rewrite("новостями")
    assert any(stem.startswith("ru:") for stem in node.content[0].stems)


def test_stop_words_are_not_required_and_weigh_little():
    node, notes = rewrite("мектеп және мұғалім")
    assert texts(node.content) == ["мектеп", "мұғалім"]
    assert [term.weight for term in node.scored] == [1, STOP_WEIGHT, 1]
    assert [(note.kind, note.source) for note in notes] == [("stopwords", "және")]


def test_stop_words_alone_are_words():
    node, notes = rewrite("және үшін")
    assert texts(node.content) == ["және", "үшін"]
    assert all(term.weight == 1 for term in node.scored)
    assert not notes


def test_stop_words_beside_a_phrase_ask_for_nothing():
    node, notes = rewrite('және "су тасқыны"')
    assert isinstance(node, Phrase)
    assert [note.kind for note in notes] == ["stopwords"]


def test_a_word_typed_twice_is_one_condition_and_counts_twice():
    node, _ = rewrite("мектеп мектептер МЕКТЕП")
    assert texts(node.content) == ["мектеп"]
    assert set(node.content[0].stems) == {"мектеп", "ru:мектеп", "ru:мектептер"}
    assert len(node.scored) == 3
    node, _ = rewrite("мектеп мектептер", Match.EXACT)
    assert texts(node.content) == ["мектеп", "мектептер"]


def test_phrases_are_required_and_minus_forbids():
    node, _ = rewrite('әкім "су тасқыны" -футбол -"жаңа мектеп"')
    assert isinstance(node, And)
    words, phrase, one, two = node.children
    assert isinstance(words, Words)
    assert texts(phrase.words) == ["су", "тасқыны"]
    assert isinstance(one, Not)
    assert isinstance(one.child, Term)
    assert isinstance(two.child, Phrase)
    assert texts(scored_terms(node)) == ["әкім", "су", "тасқыны"]
    assert [texts(sequence) for sequence in marked_sequences(node)] == [["әкім"], ["су", "тасқыны"]]


def test_a_minus_before_a_hyphen_pair_forbids_the_pair():
    node, _ = rewrite("-іс-шара")
    assert isinstance(node, And)
    assert node.children[0] == MatchAll()
    assert texts(node.children[1].child.words) == ["іс", "шара"]


@pytest.mark.parametrize("text", ["()", '""', "…!?", "-«»"])
def test_a_text_without_words_asks_for_nothing(text):
    assert rewrite(text)[0] == NOTHING


def test_words_beyond_the_limit_are_dropped_and_told():
    node, notes = rewrite("бір мектеп екі қала үш ауыл", max_words=4)
    assert texts(node.scored) == ["бір", "мектеп", "екі", "қала"]
    assert ("truncated", "үш ауыл") in [(note.kind, note.source) for note in notes]


def test_scope_and_exactness_reach_every_term():
    node, _ = rewrite('мектеп "жаңа кітап"', Match.EXACT, Scope.TITLE)
    for term in scored_terms(node):
        assert term.exact
        assert term.scope is Scope.TITLE
    assert node.children[0].strict


def test_grouped_digits_over_a_space_are_one_word():
    node, _ = rewrite("1 500 000 теңге")
    assert len(node.scored) == 2
