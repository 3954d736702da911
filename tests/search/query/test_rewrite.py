from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kazakh import Analyzer
from search.model import Match, Scope
from search.query.nodes import And, Either, Not, Phrase, Term, Words, marked, scope_of, scored_sequences
from search.query.parser import parse
from search.query.rewrite import NOTHING, Rewriter
from search.query.words import Sources
from search.ranking import STOP_WEIGHT

ANALYZER = Analyzer()


def rewrite(text, match=Match.SMART, scope=Scope.ALL, max_words=32):
    rewriter = Rewriter(Sources(ANALYZER, max_words=max_words), match, scope)
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
    assert set(node.content[0].stems) == {"мектеп", "ru:мектеп"}
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
    assert [texts(sequence) for sequence in scored_sequences(node)] == [["әкім"], ["су", "тасқыны"]]
    assert [name(unit) for unit in marked(node)] == ["әкім", "су тасқыны"]


def test_a_minus_before_a_hyphen_pair_forbids_the_pair():
    node, _ = rewrite("-іс-шара")
    assert isinstance(node, Not)
    assert texts(node.child.words) == ["іс", "шара"]


@pytest.mark.parametrize("text", ["()", '""', "…!?", "-«»"])
def test_a_text_without_words_asks_for_nothing(text):
    assert rewrite(text)[0] == NOTHING


def test_words_beyond_the_limit_are_dropped_and_told():
    node, notes = rewrite("бір мектеп екі қала үш ауыл", max_words=4)
    assert texts(node.scored) == ["бір", "мектеп", "екі", "қала"]
    assert ("truncated", "үш ауыл") in [(note.kind, note.source) for note in notes]


def test_scope_and_exactness_reach_every_term():
    node, _ = rewrite('мектеп "жаңа кітап"', Match.EXACT, Scope.TITLE)
    for term in chain.from_iterable(scored_sequences(node)):
        assert term.exact
        assert term.scope is Scope.TITLE
    assert node.children[0].strict


def test_grouped_digits_over_a_space_are_one_word():
    node, _ = rewrite("1 500 000 теңге")
    assert len(node.scored) == 2


def either(text):
    """The only unit of a query and the texts of its children; a word compared by spelling has a «=»."""
    node, notes = rewrite(text)
    (unit,) = node.content if isinstance(node, Words) else (node,)
    assert isinstance(unit, Either)
    return [name(child) for child in unit.children], notes


def name(child):
    words = child.words if isinstance(child, Phrase) else (child,)
    return " ".join(word.text + ("=" if word.exact else "") for word in words)


def test_an_abbreviation_is_one_unit_with_its_long_name_as_a_phrase():
    names, notes = either("ҮЕҰ-ның")
    assert names == ["ҮЕҰ", "үкіметтік емес ұйым", "НПО="]
    assert [(n.kind, n.source, n.target, n.reason) for n in notes] == [
        ("synonym", "ҮЕҰ", "үкіметтік емес ұйым · НПО", "abbreviation")
    ]


def test_the_words_of_a_long_name_stay_words_that_its_short_name_satisfies():
    node, notes = rewrite("үкіметтік емес ұйымдар")
    assert [unit.text for unit in node.scored] == ["үкіметтік", "емес", "ұйымдар"]
    assert [unit.text for unit in node.content] == ["үкіметтік", "ұйымдар"]
    for unit in node.content:
        assert [name(child) for child in unit.children] == [unit.text, "ҮЕҰ=", "НПО="]
    assert isinstance(node.scored[1], Term)
    assert ("synonym", "үкіметтік емес ұйымдар") in [(note.kind, note.source) for note in notes]


def test_a_quoted_name_is_a_phrase_or_its_other_names():
    assert either('"үкіметтік емес ұйым"')[0] == ["үкіметтік емес ұйым", "ҮЕҰ=", "НПО="]
    assert either('"Целиноград"')[0][:2] == ["Целиноград", "Астана"]
    node, notes = rewrite('"Астана қаласы"')
    assert isinstance(node, Phrase)
    assert not notes


def test_a_place_with_a_hyphen_is_one_unit_and_with_a_space_its_words():
    assert either("Алма-Атада")[0] == ["Алма Атада", "Алматы"]
    node, _ = rewrite("Алма Ата")
    names = [[name(child) for child in unit.children] for unit in node.content]
    assert names == [["Алма", "Алматы"], ["Ата", "Алматы"]]


def test_a_date_is_one_unit():
    node, notes = rewrite("2018 жылғы 16 қазан жиын")
    date, word = node.content
    assert name(date.children[0]) == "2018 жылғы 16 қазан"
    assert "16.10.2018" in [name(child) for child in date.children]
    assert word.text == "жиын"
    assert notes[0].reason == "date"


@pytest.mark.parametrize(
    ("text", "weight"),
    [("2018 жылғы 16 қазан", 3), ("16.10.2018", 3), ("16 қазанда", 2), ("Алма-Ата", 2), ("Астана", 1), ("ҮЕҰ", 1)],
)
def test_a_unit_weighs_as_much_as_the_words_it_stands_for(text, weight):
    node, _ = rewrite(text)
    assert [unit.weight for unit in node.scored] == [weight]


def test_what_was_typed_is_no_synonym_of_itself():
    names, _ = either("16.10.2018")
    assert names.count("16.10.2018") == 1
    assert either("Кустанай")[0] == ["Кустанай", "Қостанай"]


def test_exact_search_and_a_minus_have_no_synonyms():
    node, notes = rewrite('ҮЕҰ 16.10.2018 "Нұр-Сұлтан"', Match.EXACT)
    assert "Either" not in repr(node)
    assert not notes
    node, notes = rewrite("жаңалық -Астана")
    assert "Either" not in repr(node)
    assert not notes


def test_a_name_typed_twice_is_one_condition_and_one_note():
    node, notes = rewrite("ҮЕҰ ҮЕҰ-лар")
    assert len(node.content) == 1
    assert len(node.scored) == 2
    assert len(notes) == 1


def test_all_names_are_marked_and_looked_for_in_the_scope():
    node, _ = rewrite("ҮЕҰ", scope=Scope.TITLE)
    assert [name(unit) for unit in marked(node)] == ["ҮЕҰ", "үкіметтік емес ұйым", "НПО="]
    assert all(scope_of(unit) is Scope.TITLE for unit in marked(node))


PIECES = st.sampled_from(['"', "-", "ҮЕҰ", "16", "қазан", "Алма-Ата", "АҚ", "және"])


@given(st.text(max_size=60) | st.lists(PIECES).map(" ".join))
def test_any_text_is_rewritten(text):
    node, notes = rewrite(text)
    assert all(scope_of(unit) is Scope.ALL for unit in marked(node))
    assert all(note.target for note in notes if note.kind == "synonym")
