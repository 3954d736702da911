from dataclasses import replace

import numpy as np
import pytest

from indexer import repeats
from indexer.cleaning import Seen
from indexer.collecting import Collector
from indexer.crumbs import key, keys, strip, tail
from indexer.ledger.columns import ACCEPTED
from indexer.repeats import LEAST_REPEATS, holders, repeated
from search.model import Article

FULL = "Форумға облыстың түкпір-түкпірінен екі жүзден астам адам қатысты."


@pytest.mark.parametrize(
    ("end", "crumbs"),
    [
        (["Сұхбат", "PhotoRoom"], [1, 2]),
        (["Бөлісу"], [1]),
        (["Көкжар тынысы"], [1]),
        (["Фото: kokzhar.example"], [1]),
        (["Сұхбат", "Бөлісу", "PhotoRoom"], [1, 2, 3]),
        (["Айнұр Сатыбалды", "PhotoRoom"], [2]),
        # Who wrote it.
        (["Айнұр Сатыбалды"], []),
        (["А. Сатыбалды"], []),
        (["Қ.Сәтбаев"], []),
        (["Айнұр Сатыбалды, Қарасай – Көкжар"], []),
        # A sentence, a question, a quotation, a heading of what follows.
        (["Жиын аяқталды."], []),
        (["Кім кінәлі?"], []),
        (["«Жасыл аудан»"], []),
        (["Толығырақ:"], []),
        # Items of a list, many short lines, verse.
        (["– алма", "– алмұрт"], []),
        (["1. Алма", "2. Алмұрт"], []),
        (["• алма"], []),
        (["алма", "алмұрт", "өрік", "шие"], []),
        (["Ақ бұлақтың суындай\nАға берсін ән-күйім"], []),
        (["Жолаушы жолда жүр әлі"], []),
    ],
)
def test_the_end_of_an_article(end, crumbs):
    assert tail([FULL, *end]) == set(crumbs)


def test_a_short_name_under_a_quotation_stays():
    assert tail(["«Білім – инемен құдық қазғандай».", "Абай"]) == set()
    assert tail(["«Білім – инемен құдық қазғандай»", "Халық даналығы", "PhotoRoom"]) == {2}
    assert tail(["«Ана тілің – арың», – деді ол.", "Сұхбат"]) == {1}


@pytest.mark.parametrize(
    "paragraphs",
    [["PhotoRoom"], ["Сұхбат", "PhotoRoom"], ["Тауар тізімі", "алма"], ["Құрамына кіреді:", "ет", "су"], [""], []],
)
def test_without_a_sentence_before_it_nothing_is_a_crumb(paragraphs):
    assert tail(paragraphs) == set()


def article(number, *paragraphs, source="Өрлеу"):
    return Article(f"a{number}", "Тақырып", "\n\n".join(paragraphs), source=source)


def own(number):
    return f"Мақаланың өз мәтіні, нөмірі {number}, басқа еш жерде кездеспейді."


NOTE = "Материалды көшіріп басқанда сілтеме жасау міндетті."


class Counted:
    """What `strip` does once these articles are counted."""

    def __init__(self, articles):
        collector = Collector()
        for number, one in enumerate(articles):
            collector.new(0, number, "")
            collector.told(Seen(b"", str(number), one.source, keys(one)))
        read = collector.records().read
        self.repeated = {one.tobytes() for one in repeated(read, read.kind == ACCEPTED)}

    def strip(self, article):
        return strip(article, self.repeated)


counted = Counted


def test_a_paragraph_of_many_articles_of_a_source_is_taken_out():
    articles = [article(n, own(n), NOTE, f"{own(n)} Жалғасы.") for n in range(LEAST_REPEATS)]
    boilerplate = counted(articles)
    for n, one in enumerate(articles):
        assert boilerplate.strip(one) == (f"{own(n)}\n\n{own(n)} Жалғасы.", (NOTE,))


def test_a_paragraph_of_few_articles_stays():
    articles = [article(n, own(n), NOTE) for n in range(LEAST_REPEATS - 1)]
    others = [article(n, own(n), NOTE, source="Басқа") for n in range(LEAST_REPEATS - 1)]
    boilerplate = counted([*articles, *others])
    assert all(boilerplate.strip(one) == (one.body, ()) for one in articles)


def test_a_small_share_of_a_large_source_stays():
    articles = [article(n, own(n), *([NOTE] if n < 8 else [])) for n in range(100)]
    boilerplate = counted(articles)
    assert boilerplate.strip(articles[0]) == (articles[0].body, ())


def test_a_refrain_within_one_article_counts_once():
    song = article(1, *[own(1), "Ән қайырмасы осылай, елім-ай."] * 10)
    assert counted([song]).strip(song) == (song.body, ())


def test_the_only_paragraph_and_reprints_stay():
    same = [article(n, NOTE) for n in range(20)]
    reprints = [article(n, own(n), *(f"Көшірме абзац {part}." for part in range(5)), source="Б") for n in range(20)]
    boilerplate = counted([*same, *reprints])
    assert boilerplate.strip(same[0]) == (NOTE, ())
    assert boilerplate.strip(reprints[0]) == (reprints[0].body, ())


@pytest.mark.parametrize("repeated", ["– Рақмет сізге!", "1. Алма", "Бірінші жол,\nекінші жол."])
def test_items_replies_and_verse_stay_however_often(repeated):
    articles = [article(n, own(n), repeated, f"{own(n)} Соңы.") for n in range(20)]
    assert counted(articles).strip(articles[0]) == (articles[0].body, ())


def test_crumbs_before_a_repeated_end_are_seen():
    articles = [article(n, own(n), "Сұхбат", NOTE) for n in range(20)]
    boilerplate = counted(articles)
    assert boilerplate.strip(articles[0]) == (own(0), ("Сұхбат", NOTE))
    alone = replace(articles[0], source="Басқа")
    assert boilerplate.strip(alone) == (alone.body, ())


def test_few_places_in_the_table_of_counts_change_nothing(monkeypatch):
    articles = [article(n, own(n), f"{own(n)} Екінші.", *([NOTE] if n % 5 else [])) for n in range(300)]
    every = counted(articles).repeated
    assert len(every) == 1
    monkeypatch.setattr(repeats, "_BITS", 1)
    monkeypatch.setattr(repeats, "_TOGETHER", 7)
    assert counted(articles).repeated == every


def test_the_holders_of_a_paragraph_are_found(monkeypatch):
    monkeypatch.setattr(repeats, "_TOGETHER", 5)
    collector = Collector()
    articles = [article(n, own(n), *([NOTE] if n % 3 == 0 else [])) for n in range(20)]
    for number, one in enumerate(articles):
        collector.new(0, number, "")
        collector.told(Seen(b"", str(number), one.source, keys(one)))
    read = collector.records().read
    wanted = np.array([int.from_bytes(key("Өрлеу", text), "little") for text in (NOTE, "жоқ")], np.uint64)
    assert np.flatnonzero(holders(read, np.sort(wanted))).tolist() == list(range(0, 20, 3))
    assert not holders(read, wanted[:0]).any()
