import re

from hypothesis import given
from hypothesis import strategies as st

from search.kazakh import Analyzer
from search.model import Match, Scope
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.words import Sources
from search.snippets import Matcher, passages

ANALYZER = Analyzer()


def matcher(query, match=Match.SMART, scope=Scope.ALL):
    return Matcher(Rewriter(Sources(ANALYZER), match, scope).rewrite(parse(query)), ANALYZER)


def shown(query, body, count=2, length=200, **kwargs):
    found = matcher(query, **kwargs)
    return passages(body, found.marks(body, "kk", Scope.BODY)[0], found.weights, count, length)


def marked(snippet):
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_the_word_that_stands_in_the_text_is_marked():
    (snippet,) = shown("форум", "Бүгін қалада VIII форумы өтті. Кейін тарады.")
    assert marked(snippet) == ["форумы"]
    assert snippet.text == "Бүгін қалада VIII форумы өтті. Кейін тарады."
    assert not snippet.cut_before
    assert not snippet.cut_after


def test_homoglyphs_and_soft_hyphens_are_marked_as_they_stand():
    (snippet,) = shown("тасқын үшін", "Көктемде тас\u00adқынға қарсы жұмыс жүрдi.")
    assert marked(snippet) == ["тас\u00adқынға"]
    (snippet,) = shown("әкімдік", "Аудан əкiмдiгi мәлімдеді.")
    assert marked(snippet) == ["əкiмдiгi"]


def test_phrases_are_marked_as_a_whole_only():
    (snippet,) = shown('"су тасқыны"', "Су құбыры тартылды, кейін су тасқыны болды, тасқын басылды.")
    assert marked(snippet) == ["су тасқыны"]


def test_a_phrase_is_marked_as_far_as_it_stands_in_one_paragraph():
    body = "Көктемде болған су\n\nтасқыны туралы. Су, тасқыны."
    assert [marked(snippet) for snippet in shown('"су тасқыны"', body)] == [["су"], ["тасқыны", "Су, тасқыны"]]


def test_phrases_one_after_another_are_marked_each():
    (snippet,) = shown('"су тасқыны"', "Су тасқыны су тасқыны.")
    assert marked(snippet) == ["Су тасқыны", "су тасқыны"]


def test_a_phrase_longer_than_the_passage_is_cut_not_lost():
    phrase = " ".join(["мектеп", "ауыл", "қала"] * 6)
    snippets = shown(f'"{phrase}"', f"Бұл {phrase}.", length=80)
    assert len(marked(snippets[0])) == 1
    assert snippets[0].text.endswith(marked(snippets[0])[0])


def test_exact_marks_the_form_typed_only():
    (snippet,) = shown("мектеп", "Ауылда мектеп бар. Мектептер көп.", match=Match.EXACT)
    assert marked(snippet) == ["мектеп"]


def test_a_search_in_titles_marks_no_body():
    (snippet,) = shown("мектеп", "Ауылда мектеп бар.", scope=Scope.TITLE)
    assert not snippet.marks
    assert matcher("мектеп", scope=Scope.TITLE).whole("Жаңа мектеп", "kk", Scope.TITLE).marks == ((5, 11),)


def test_stop_words_and_forbidden_words_are_not_marked():
    (snippet,) = shown("мектеп және -қала", "Мектеп және қала мен дала.")
    assert marked(snippet) == ["Мектеп"]


def test_passages_hold_different_words_before_repeats():
    filler = "Бұл жерде басқа әңгіме айтылып жатыр, оның сұраққа еш қатысы жоқ. " * 6
    body = f"Мектеп салынды, мектеп ашылды. {filler}\n\nБалабақша да ашылды. {filler}\n\nМектеп мектеп мектеп. {filler}"
    best, fuller = shown("мектеп балабақша", body, length=100)  # in the order of the text
    assert marked(best) == ["Балабақша"]
    assert marked(fuller) == ["Мектеп", "мектеп", "мектеп"]


def test_without_a_match_the_beginning_is_shown_once():
    (snippet,) = shown("жоқсөз", "\n\n«Бірінші сөйлем осы. " + "Тағы бір сөйлем келеді. " * 30, length=80)
    assert snippet.text.startswith("Бірінші")
    assert len(snippet.text) <= 80
    assert snippet.text.endswith("келеді.")
    assert not snippet.cut_after
    assert shown("жоқсөз", "") == ()
    assert shown("жоқсөз", "…\n\n…") == ()


def test_no_snippets_asked_none_given():
    assert shown("мектеп", "Мектеп.", count=0) == ()


def test_a_word_longer_than_the_passage_is_cut_not_lost():
    (snippet,) = shown("форум", "форум " + "а" * 500, length=80)
    assert snippet.text == "форум"
    (snippet,) = shown("жоқ", "а" * 500, length=80)
    assert len(snippet.text) == 80


WORDS = st.lists(
    st.sampled_from(["су", "тасқыны", "мектепте", "әкім,", "өтті.", "«Көкжар»", "2018", "\n\n", "—", "…"]), max_size=80
)


@given(WORDS, st.integers(1, 5), st.integers(80, 400))
def test_passages_are_slices_of_one_paragraph_that_begin_at_a_word(words, count, length):
    body = " ".join(words).strip()
    found = matcher("су мектеп әкім")
    marks, _ = found.marks(body, "kk", Scope.BODY)
    spans = []
    for snippet in passages(body, marks, found.weights, count, length):
        assert len(snippet.text) <= length
        assert "\n" not in snippet.text
        assert snippet.text in body
        assert re.match(r"«?\w", snippet.text)
        spans.append(snippet)
        for start, end in snippet.marks:
            assert re.fullmatch(r"\w+", snippet.text[start:end])
    assert len(spans) <= count
    if marks:
        assert spans
        assert all(snippet.marks for snippet in spans)
