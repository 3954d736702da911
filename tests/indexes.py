"""Small real indexes for tests: invented articles in a folder as the indexer leaves it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from indexer.duplicates.words import LEAST_WORDS
from search import engines, manifest
from search.engines.base import Document, newest_first
from search.facets import FACETS, Table
from search.kazakh import Analyzer, Terms, detect
from search.kazakh.lexicon import default_lexicon
from search.model import Article
from search.vectors import default_vectors
from search.vocabulary import VocabularyWriter
from search.vocabulary.capitals import written

NAME = "20261123T013000Z-8f2c"
CREATED = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)

_TOPICS = (
    ("Қоғам", "{0}да жаңа мектеп ашылды",
     "{0}да үш жүз орындық мектеп ашылды. Мектепте кітапхана мен спорт залы бар.\n\n"
     "Ата-аналар енді балаларын мектепке жаяу жеткізе алады."),
    ("Спорт", "{0}да жүгіруден жарыс өтті",
     "Жарысқа елу спортшы қатысты. Жеңімпаз қыз жиырма шақырымды бір сағатта жүгіріп өтті.\n\n"
     "Келесі жарыс күзде {0}да өтеді."),
    ("Мәдениет", "{0}да театр маусымы басталды",
     "Театр маусымды жаңа қойылыммен ашты. Көрермен залда орын таппай қалды.\n\nҚойылым ай сайын жүреді."),
    ("Экономика", "{0}да наубайхана іске қосылды",
     "Наубайхана күніне екі мың нан пісіреді. Цехта он бес адам жұмыс істейді.\n\nНан бағасы өзгермейді."),
    ("Құқық", "{0}да азаматтар форумы өтті",
     "Форумда кеңесшілер тұрғындардың сұрақтарына жауап берді. Форумға көрші ауылдардан да қонақтар келді.\n\n"
     "Жиын соңында форум қатысушылары ұсыныстарын әкімге тапсырды."),
    ("", "{0}да су тасқынына дайындық жүріп жатыр",
     "Құтқарушылар бөгетті тексерді. Көктемгі су тасқыны қаупі әлі бар.\n\nСу деңгейі күн сайын өлшенеді."),
)  # fmt: skip
_TOWNS = ("Көкжар", "Ақтам", "Сарытау", "Қызылжал", "Бозқала", "Қарасай", "Майтоғай", "Шұбартау")
_SOURCES = ("Көкжар таңы", "Дала хабары", "Ел үні")
_AUTHORS = ("", "Әсел Қуанышева", "Дәурен Мақсатұлы", "")

_OTHERS = (
    Article("latin/1", "Kökjarda azamattar forumy ötti", "Forumğa jastar da qatysty. Olar oqu turaly aitty.",
            category="Құқық", source="Ел үні", published=datetime.fromisoformat("2021-04-02T09:00+06:00")),
    Article("arab-1", "كوكجاردا جاڭا مەكتەپ اشىلدى", "مەكتەپتە ەكى ءجۇز بالا وقيدى.", category="Қоғам", source="Ел үні",
            published=datetime.fromisoformat("2021-04-03T09:00+06:00")),
    Article("орыс 1", "В Кокжаре открыли новую школу", "В школе учатся двести детей. Также есть библиотека и зал.",
            category="Қоғам", source="Дала хабары", published=datetime.fromisoformat("2022-09-01T23:30+06:00")),
    Article("en?1&2", "New bakery opened in Kokzhar", "The bakery bakes two thousand loaves a day, says its owner.",
            category="Экономика", source="Дала хабары", published=datetime.fromisoformat("2022-09-02T00:30+06:00")),
    Article("belgi", "5 < 7 & «тырнақша» <script>alert(1)</script>",
            "Белгілер мәтінде <b>солай</b> тұрады & өзгермейді. \"Сынақ\" деген сөз бар: сынақ<br>.",
            url="https://example.org/a?b=1&c=2", category="-Жедел", source="Көкжар таңы, қосымша"),
    Article("kunsiz", "Күні жоқ мақала", "", source="Ел үні", category="\\Қосымша"),
)  # fmt: skip


def _topic_articles() -> Iterable[Article]:
    for number, (town, topic) in enumerate((town, topic) for town in _TOWNS for topic in _TOPICS):
        category, title, body = topic
        when = datetime.fromisoformat("2015-03-09T10:00+06:00").replace(
            year=2015 + number % 7, month=1 + number * 5 % 12, day=1 + number * 11 % 28
        )
        yield Article(
            f"a{number:02d}",
            title.format(town),
            body.format(town),
            url=f"https://example.org/{number}",
            published=when if number % 9 else None,
            category=category,
            source=_SOURCES[number % 3],
            author=_AUTHORS[number % 4],
        )


def _detected(article: Article) -> Article:
    found = detect(f"{article.title}\n{article.body}")
    return Article(
        article.id, article.title, article.body, article.url, article.published, article.category, article.source,
        article.author, found.lang, found.script,
    )  # fmt: skip


ARTICLES = tuple(_detected(article) for article in (*_topic_articles(), *_OTHERS))
"""54 articles: six topics in eight towns, and some in other scripts, other languages or with awkward values."""


def cluster(body: Terms) -> str:
    """What bodies of the same words share; empty where these are few."""
    return " ".join(body.keys) if len(body.keys) >= LEAST_WORDS else ""


def publish(
    folder: Path,
    articles: Iterable[Article] = ARTICLES,
    name: str = NAME,
    *,
    clusters: bool = False,
    facets: Table = FACETS,
) -> Path:
    """Build a generation of these articles and make it the current one; the folder of the generation.

    clusters: whether articles that say the same are known to; those of ARTICLES share whole bodies, and few tests
    want that.
    """
    generation = folder / manifest.GENERATIONS / name
    (generation / manifest.ENGINE).mkdir(parents=True)
    default_lexicon().save(generation / manifest.LEXICON)
    kind = engines.kind("whoosh")
    builder = kind.builder(generation / manifest.ENGINE, memory_mb=16, facets=facets)
    words = VocabularyWriter()
    analyzer = Analyzer()
    ordered = sorted(articles, key=newest_first)
    for one in ordered:
        title, body = (analyzer.terms(text, one.lang) for text in (one.title, one.body))
        builder.add(Document(one, title, body, cluster(body) if clusters else ""))
        words.add(
            (word for part in (title, body) for word in zip(part.exacts, part.keys, part.stems, strict=True)),
            title.exacts,
            written(one.body),
        )
    builder.finish(default_vectors())
    words.write(generation / manifest.VOCABULARY)
    engine = kind.open(generation / manifest.ENGINE)
    stats = engine.stats()
    engine.close()
    made = manifest.Manifest(
        name=name,
        engine="whoosh",
        created=CREATED,
        documents=stats.documents,
        newest=max((one.date for one in ordered if one.date), default=None),
        terms=stats.terms,
        tokens=stats.tokens,
        pipeline="test",
        files={path: manifest.measure(generation / path) for path in manifest.listed(generation)},
    )
    (generation / manifest.MANIFEST).write_bytes(manifest.encode(made))
    (folder / manifest.CURRENT).write_text(name + "\n", "utf-8")
    return generation
