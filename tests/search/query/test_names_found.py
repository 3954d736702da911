"""What names, units, dates and torn words find in articles, by every engine."""

import pytest

from search.deadline import Deadline
from search.engines import ENGINES
from search.engines.base import Document, Request, newest_first
from search.engines.memory import MemoryEngine
from search.kazakh import Analyzer
from search.model import Article, Match, Scope
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.words import Sources
from search.snippets import Matcher

ANALYZER = Analyzer()

ARTICLES = {
    "ngo": ("kk", "ҮЕҰ-лардың форумы өтті."),
    "ngo-long": ("kk", "Үкіметтік емес ұйымдардың көшбасшылары жиналды."),
    "ngo-words": ("kk", "Бұл ұйым туралы әңгіме емес."),
    "press": ("kk", "БАҚта жарияланған сұхбат."),
    "press-long": ("kk", "Бұқаралық ақпарат құралдарының өкілдері келді."),
    "luck": ("kk", "Ауласында алма бақ гүлдеді."),
    "firm": ("kk", "«Жол» акционерлік қоғамы есеп берді."),
    "white": ("kk", "Ақ көгершін ұшты."),
    "astana": ("kk", "Астанада көпір салынды."),
    "nur-sultan": ("kk", "Нұр-Сұлтан көшелері тазаланды."),
    "tselinograd": ("kk", "Целиноградтың ескі суреттері табылды."),
    "nursultan": ("kk", "Сұлтан есімді жігіт пен Нұр есімді қыз үйленді."),
    "alma-ata": ("kk", "Алма-Атадағы киностудия."),
    "apple": ("kk", "Атам алма өсіреді."),
    "moscow-ru": ("ru", "В Москве и в Астане открылись новые школы."),
    "aktau": ("kk", "Ақтау теңіз жағасында."),
    "shevchenko": ("kk", "Шевченко өлеңдері аударылды."),
    "dotted": ("kk", "Келісімге 16.10.2018 күні қол қойылды."),
    "long": ("kk", "Келісімге 2018 жылғы 16 қазанда қол қойылды."),
    "short": ("kk", "Келісім: 16 қазан 2018 ж."),
    "russian": ("ru", "Соглашение подписано 16 октября 2018 года."),
    "iso": ("kk", "Күні: 2018-10-16."),
    "no-year": ("kk", "Мереке 16 қазанда болады."),
    "season": ("kk", "Футбол маусымы аяқталды, қазан асылды."),
    "mln": ("kk", "Қорға 814,8 млн. теңге түсті."),
    "million": ("kk", "Қордан 814.8 миллион тг бөлінді."),
    "sign": ("kk", "Жиналған қаржы: 814,8 млн-нан астам ₸."),
    "percent": ("kk", "Өсім 7,5%-ға жетті."),
    "percent-word": ("kk", "Өсім 7,5 процентке жетті."),
    "century": ("kk", "ХХІ ғасыр ғылымы."),
    "torn": ("kk", "Қоғамдық пікір қалыптас-\nтырушы күш."),
    "glued": ("kk", "Жиын Астанада өттіОңтүстікте қар жауды."),
}


def document(article_id):
    lang, body = ARTICLES[article_id]
    return Document(Article(article_id, "", body, lang=lang), ANALYZER.terms("", lang), ANALYZER.terms(body, lang))


@pytest.fixture(scope="module", params=("memory", *ENGINES))
def engine(request, tmp_path_factory):
    documents = sorted(map(document, ARTICLES), key=lambda one: newest_first(one.article))
    if request.param == "memory":
        yield MemoryEngine(documents)
        return
    folder = tmp_path_factory.mktemp("archive")
    builder = ENGINES[request.param].builder(folder, memory_mb=16)
    for one in documents:
        builder.add(one)
    builder.finish()
    opened = ENGINES[request.param].open(folder)
    yield opened
    opened.close()


def node_of(text, match=Match.SMART):
    return Rewriter(Sources(ANALYZER), match, Scope.ALL).rewrite(parse(text))


DATED = {"dotted", "long", "short", "russian", "iso"}
CAPITAL = {"astana", "nur-sultan", "tselinograd", "moscow-ru", "glued"}

FOUND = {
    "ҮЕҰ": {"ngo", "ngo-long"},
    '"үкіметтік емес ұйым"': {"ngo", "ngo-long"},
    "БАҚ": {"press", "press-long", "luck"},
    '"бұқаралық ақпарат құралдары"': {"press", "press-long", "luck"},
    "АҚ": {"firm", "white"},
    "ақ": {"white"},
    '"акционерлік қоғам"': {"firm"},
    "Целиноград": CAPITAL,
    "Нұр-Сұлтанда": CAPITAL,
    "nur-sultan": CAPITAL,
    "в Астане": CAPITAL,
    "Алматы": {"alma-ata"},
    "Алма-Ата": {"alma-ata"},
    "Moscow": {"moscow-ru"},
    "Ақтау": {"aktau", "shevchenko"},
    "Шевченко": {"shevchenko"},
    "16.10.2018": DATED,
    "16.10.18": DATED,
    "2018-10-16": DATED,
    "16 қазан 2018": DATED,
    "16 qazan 2018": DATED,
    "2018 жылдың 16 қазанында": DATED,
    "16 октября 2018 года": DATED,
    '"16.10.2018"': DATED,
    "16 қазан": {"long", "short", "russian", "no-year"},
    '"814,8 млн теңге"': {"mln", "million"},
    '"814.8 миллион ₸"': {"mln", "million"},
    '"7,5 пайыз"': {"percent-word"},
    '"7,5%"': {"percent", "percent-word"},  # the sign is no token: a number is met
    '"XXI ғасыр"': {"century"},
    "қалыптастырушы": {"torn"},
    "оңтүстік": {"glued"},
}


@pytest.mark.parametrize("text", FOUND)
def test_names_find_each_other(engine, text):
    page = engine.search(node_of(text), Request(limit=50, grow_below=0), Deadline(10_000))
    assert {article_id for article_id, *_ in page.hits} == FOUND[text]


@pytest.mark.parametrize(
    ("text", "only"), [("Астана", set()), ("Астанада", {"astana", "glued"}), ("16.10.2018", {"dotted", "iso"})]
)
def test_exact_search_finds_the_typed_form_only(engine, text, only):
    page = engine.search(node_of(text, Match.EXACT), Request(limit=50), Deadline(10_000))
    assert {article_id for article_id, *_ in page.hits} == only


def test_what_was_typed_comes_first(engine):
    for text, best in (("Целиноградтың", "tselinograd"), ("Астанада", "astana")):
        page = engine.search(node_of(text), Request(limit=50), Deadline(10_000))
        assert page.hits[0][0] in {best, "glued"}


MARKED = {
    ("үкіметтік емес ұйымдар", "ngo"): ["ҮЕҰ"],
    ("ҮЕҰ", "ngo-long"): ["Үкіметтік емес ұйымдардың"],
    ("Целиноград", "nur-sultan"): ["Нұр-Сұлтан"],
    ("Целиноград", "nursultan"): [],
    ("16.10.2018", "long"): ["2018 жылғы 16 қазанда"],
    ("16 қазан 2018", "dotted"): ["16.10.2018"],
    ("БАҚ", "press"): ["БАҚта"],
    ("қалыптастырушы", "torn"): ["қалыптас", "тырушы"],
}


@pytest.mark.parametrize(("text", "article_id"), MARKED)
def test_what_matched_is_marked(text, article_id):
    lang, body = ARTICLES[article_id]
    marks = Matcher(node_of(text), ANALYZER).whole(body, lang, Scope.BODY).marks
    assert [body[start:end] for start, end in marks] == MARKED[text, article_id]
