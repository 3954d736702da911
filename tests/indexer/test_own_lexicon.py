"""The stem lexicon learnt from the archive itself, on top of the shipped one."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer import own_lexicon
from indexer.own_lexicon import on_top
from search import manifest
from search.errors import SettingsError
from search.kazakh.lexicon import Lexicon, default_lexicon
from search.model import Article, Collapse, Query
from search.service import SearchService
from tests.runs import cleaned, reindex, settings

FORMS = "қырмызан қырмызанға қырмызанда қырмызаннан қырмызанның қырмызандар қырмызандарға қырмызаны қырмызанын".split()
"""A plant that nobody knows, in as many forms as it takes to be learnt."""

BODY = " ".join(FORMS * 3) + "."
ARTICLES = [Article(f"q{n}", "Қырмызан гүлі", BODY, lang="kk", script="Cyrl") for n in range(3)]


def made(index: Path) -> Lexicon:
    name = (index / manifest.CURRENT).read_text().strip()
    return Lexicon.load(index / manifest.GENERATIONS / name / manifest.LEXICON)


def test_the_shipped_lexicon_is_the_default(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    reindex(cleaned(ARTICLES), chosen)
    assert made(chosen.index) == default_lexicon()


def test_the_words_of_the_archive_are_counted_on_top(tmp_path: Path) -> None:
    chosen = settings(tmp_path, lexicon="archive")
    reindex(cleaned(ARTICLES), chosen)
    lexicon = made(chosen.index)
    assert "кирмизан" not in default_lexicon().nouns
    assert lexicon.nouns["кирмизан"] >= 5
    assert lexicon.nouns["мектеп"] == default_lexicon().nouns["мектеп"]
    service = SearchService(chosen)
    try:
        assert service.search(Query("қырмызандардың", collapse=Collapse.NONE)).total == 3
    finally:
        service.close()


def test_another_choice_builds_anew(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    first = reindex(cleaned(ARTICLES), chosen).report.generation
    assert reindex(cleaned(ARTICLES), chosen).report.generation == first
    assert reindex(cleaned(ARTICLES), replace(chosen, lexicon="archive")).report.generation != first


def test_a_choice_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="lexicon"):
        reindex(cleaned(ARTICLES), settings(tmp_path, lexicon="mine"))
    assert not (tmp_path / "index" / manifest.CURRENT).exists()


def test_counting_ends_where_more_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_lexicon, "MOST_WORDS", 10)
    forms = "шалқымбай шалқымбайға шалқымбайдың шалқымбайда".split()
    other = Article("z", "Шалқымбай", " ".join(forms * 9), lang="kk")
    chosen = settings(tmp_path, lexicon="archive")
    reindex(cleaned([*ARTICLES, other]), chosen)
    assert "шалкимбаи" not in made(chosen.index).nouns


def test_evidence_adds_up() -> None:
    both = on_top(Lexicon({"су": 3}, {"жаз": 2}, ("a note",)), Lexicon({"су": 4, "той": 5}, {}))
    assert both == Lexicon({"су": 7, "той": 5}, {"жаз": 2})
    assert both.notes == ("a note",)
