import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from search import kazakh
from search.kazakh import Analyzer, Stemmer, analyze, reading_lang, split
from search.kazakh.lexicon import Lexicon
from search.kazakh.stem import Stem

ANALYZER = Analyzer()


def stems(text, lang=None):
    return [token.stems[0] for token in ANALYZER.analyze(text, lang)]


@pytest.mark.parametrize(
    "spellings",
    [
        "Тәуелсіздік тәуелсіздігіміздің ТӘУЕЛСІЗДІККЕ тауелсиздик tauelsizdik táýelsizdik тəуелсiздiк",
        "ауыл ауылдарда АУЫЛЫМЫЗ auyl ауыл\u00adдан اۋىل",
        "мектеп мектебіміз mektep mektepter مەكتەپ мeктeп мектеп\u0301ке",
        "әкім аким äkım ákim a'kim әкімнің əкiм",
        "халық халқымыз халыққа halyq xalıq халыk",
        "форум форумына forum forumdar fory'm",
    ],
)
def test_a_word_in_any_spelling_is_one_word(spellings):
    """As a reader types it, it meets what stands in an article."""
    index = [set(token.stems) for token in ANALYZER.analyze(spellings, "kk")]
    query = [set(token.stems) for token in ANALYZER.analyze(spellings)]
    assert len(index) == len(spellings.split())
    for asked in query:
        assert all(asked & written for written in index), (asked, index)


def test_a_query_may_type_the_russian_letter_that_sounds_like_the_kazakh_one():
    assert set(stems("әкім", "kk")) <= set(ANALYZER.analyze("эким")[0].stems)


@pytest.mark.parametrize(
    "pair",
    ["білім біл", "қазақ қазан", "жаңа жан", "балық бал", "ата атау", "мектеп мекен", "сот сота", "2018 2019"],
)
def test_different_words_do_not_meet(pair):
    one, other = (set(ANALYZER.analyze(word, "kk")[0].stems) for word in pair.split())
    assert not one & other


def test_tokens_point_into_the_original_text():
    text = "Бүгін  «тас\u00adқын» сөзі; 1\u00a0500\u00a0000 теңге, QR-ды қ\u0301ара!"
    tokens = ANALYZER.analyze(text)
    assert [token.text for token in tokens] == [
        "Бүгін", "тас\u00adқын", "сөзі", "1\u00a0500\u00a0000", "теңге", "QR", "қ\u0301ара",
    ]  # fmt: skip
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.position for token in tokens] == list(range(7))


def test_russian_text_is_stemmed_as_russian_and_still_found_by_a_kazakh_query():
    assert stems("школами", "ru") == ["ru:школ"]
    assert "школа" in ANALYZER.analyze("школа", "ru")[0].stems[1:]


@pytest.mark.parametrize("lang", [None, "", "kk", "ru", "en", "xx"])
def test_columns_are_the_tokens(lang):
    text = "Форумда VIII рет qazaqstan новости news тас\u00adқын 16.10.2018 — мекен\u0301!"
    tokens, terms = ANALYZER.analyze(text, lang), ANALYZER.terms(text, lang)
    assert terms.starts == [token.start for token in tokens]
    assert terms.ends == [token.end for token in tokens]
    assert terms.exacts == [token.readings[0].exact for token in tokens]
    assert terms.keys == [token.readings[0].key for token in tokens]
    assert terms.stems == [token.stems for token in tokens]


def test_words_without_an_own_language_are_read_as_kazakh():
    assert ANALYZER.analyze("новости", "ky") == ANALYZER.analyze("новости", "")


def test_the_lexicon_of_the_index_is_used():
    other = Analyzer(Stemmer(Lexicon({"ала": 1}, {"ал": 50})))
    assert other.analyze("ала")[0].stems[0] == "ал-"
    assert analyze("ала")[0].stems[0] == ANALYZER.analyze("ала")[0].stems[0]


def test_any_stemmer_will_do():
    class Whole:
        def stem(self, key: str) -> Stem:
            return Stem(key, ("whole",))

    (token,) = Analyzer(Whole()).analyze("қалалар", "kk")
    assert token.readings[0].rules == ("fold", "whole")
    assert token.stems == ("калалар",)


def test_a_pickled_analyzer_gives_the_same():
    copy = pickle.loads(pickle.dumps(Analyzer(Stemmer(Lexicon({"ауил": 9}, {})))))
    assert copy.analyze("ауылдың")[0].stems == ("ауил",)


def test_what_is_forgotten_does_not_change_answers(monkeypatch):
    monkeypatch.setattr(kazakh, "_MAX_COLUMNS", 5)
    monkeypatch.setattr(kazakh, "_MAX_READINGS", 5)
    monkeypatch.setattr(kazakh, "_MAX_STEMS", 5)
    text = " ".join([f"сөз{number}" for number in range(20)] + ["мектептер news"])
    fresh = Analyzer()
    assert fresh.analyze(text) == fresh.analyze(text) == ANALYZER.analyze(text)
    assert fresh.terms(text) == fresh.terms(text) == ANALYZER.terms(text)


def test_threads_share_an_analyzer():
    shared = Analyzer()
    texts = [f"Форумда {n} новости elections мектептерде сөз{n % 7}" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared.analyze, texts)) == [ANALYZER.analyze(text) for text in texts]


@pytest.mark.parametrize("lang", ["kk", "ru", "en", ""])
def test_a_form_alone_is_what_it_is_in_a_text(lang):
    forms = "Мектептердің МЕКТЕП ь Ъ млн Млрд ХІ хі қaла АҚШ-тың Google 5 м объект шшш ииә су ескі".split()
    found = ANALYZER.terms(" ".join(forms), lang)
    rows = [Analyzer().row(form, reading_lang(lang)) for form in split(" ".join(forms))[2]]
    assert rows == list(zip(found.exacts, found.keys, found.stems, strict=True))
