"""What is marked: the words that matched, as they stand, and nothing else."""

from marked import ANALYZER, marked, matcher, shown

from search.deadline import Deadline
from search.model import Match, Scope
from search.query.nodes import Near, Prefix, Term
from search.snippets import Matcher


def words_marked(found: Matcher, text: str, part: Scope = Scope.BODY) -> list[str]:
    return marked(found.whole(text, "kk", part))


def near(words: str, within: int) -> Matcher:
    terms = tuple(Term(token.text, token.stems, token.exacts) for token in ANALYZER.analyze(words))
    return Matcher(Near(terms, within), ANALYZER)


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


def test_phrases_one_after_another_are_marked_each():
    (snippet,) = shown('"су тасқыны"', "Су тасқыны су тасқыны.")
    assert marked(snippet) == ["Су тасқыны", "су тасқыны"]


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


def test_near_words_are_marked_where_they_are_near_only():
    text = "Су көтерілді. Су деңгейі кеше өзенде өсті, тасқын күшейді. Ал тасқын басылды."
    assert words_marked(near("тасқын су", 6), text) == ["Су", "тасқын"]
    assert words_marked(near("тасқын су", 20), text) == ["Су", "Су", "тасқын", "тасқын"]
    assert words_marked(near("тасқын су", 1), text) == []


def test_near_words_are_found_across_the_pieces_of_a_long_text():
    text = "Су " + "мен дала " * 3 + "тасқын " + "бар еді " * 20
    terms = tuple(Term(token.text, token.stems, token.exacts) for token in ANALYZER.analyze("су тасқын"))
    assert words_marked(Matcher(Near(terms, 7), ANALYZER, piece=4), text) == ["Су", "тасқын"]
    assert words_marked(Matcher(Near(terms, 6), ANALYZER, piece=4), text) == []


def test_a_beginning_is_marked_by_the_forms_that_it_stands_for():
    found = Matcher(Prefix("мект", ("мектеп", "мектептің")), ANALYZER)
    assert words_marked(found, "Мектеп пен мектептің, мектебі.") == ["Мектеп", "мектептің"]


def test_a_word_of_a_phrase_is_marked_alone_if_it_is_asked_for_too():
    text = "Су тасқыны болды. Тасқын басылды, су тартылды."
    assert words_marked(matcher('"су тасқыны"'), text) == ["Су тасқыны"]
    assert words_marked(matcher('"су тасқыны" тасқын'), text) == ["Су тасқыны", "Тасқын"]


def test_phrases_that_share_a_word_are_one_mark():
    assert words_marked(matcher('"ауыл мектебі" "мектебі ашылды"'), "Кеше ауыл мектебі ашылды.") == [
        "ауыл мектебі ашылды"
    ]


def test_a_mark_never_ends_inside_a_written_word():
    assert words_marked(matcher("БАҚ"), "Бұл БАҚта айтылды.") == ["БАҚта"]
    assert words_marked(matcher("су"), "Мынау су\u0301 емес пе? Ол су_қоймасы.") == ["су\u0301", "су_қоймасы"]
    assert words_marked(matcher("су"), "\u200bсу\u00ad дейді") == ["су"]


def test_a_word_that_a_line_end_tore_is_marked_on_both_lines():
    found = matcher("қалыптастырушы")
    body = "Бұл қалыптас-\nтырушы күш.\nЕкінші жол."
    assert [marked(paragraph) for paragraph in found.paragraphs(body, "kk")] == [["қалыптас"], ["тырушы"], []]


def test_paragraphs_of_a_body_are_marked_as_its_passages_are():
    body = "Көктемде болған су\n\n \nтасқыны туралы. Су бар."
    assert [(p.text, marked(p)) for p in matcher('"су тасқыны"').paragraphs(body, "kk")] == [
        ("Көктемде болған су", ["су"]),
        ("тасқыны туралы. Су бар.", ["тасқыны"]),
    ]


def test_nothing_is_read_once_the_time_is_up():
    found = matcher("мектеп")
    assert found.marks("Мектеп.", "kk", Scope.TITLE, Deadline(0)) == ((), False)
    assert matcher("-мектеп").marks("Мектеп.", "kk", Scope.TITLE, Deadline(0)) == ((), True)


def test_one_thing_under_several_names_is_one_unit():
    found = matcher("ҮЕҰ мектеп")
    marks, _ = found.marks("Үкіметтік емес ұйым мектепке, ҮЕҰ балабақшаға көмектесті.", "kk", Scope.BODY)
    assert [mark.units for mark in marks] == [0b01, 0b10, 0b01]
