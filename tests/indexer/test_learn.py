import json

import pytest
from click.testing import CliRunner

from indexer.learn import learn, main
from indexer.learn_sources import SOURCES, Source, key_counts, words
from search.kazakh.fold import fold
from search.kazakh.lexicon import Lexicon
from search.kazakh.stem import Stemmer

FORMS = "бақша бақшада бақшаның бақшалар бақшаға таратты таратқан таратып таратады таратпайды тарату таратуды".split()


def test_stems_are_found_in_the_forms():
    lexicon = learn({fold(word): 3 for word in FORMS})
    assert lexicon.nouns["бакша"] >= 10
    assert lexicon.verbs["тарат"] >= 10
    assert Stemmer(lexicon).stem(fold("бақшалардың")).value == "бакша"
    assert Stemmer(lexicon).stem(fold("таратудың")).value == "тарат-"


def test_order_does_not_matter():
    counts = {fold(word): number for number, word in enumerate(FORMS, 1)}
    assert learn(counts) == learn(dict(reversed(counts.items())))


def test_weak_stems_are_dropped():
    assert not learn({"бакша": 1}, min_weight=2).nouns
    assert learn({"бакша": 1}, min_weight=1).nouns == {"бакша": 1}


def test_what_is_no_word_is_passed_over():
    assert learn({"": 5, "ел": 5, "20": 9, "2018": 9, "а" * 41: 9, "бакша": 0}, 1) == Lexicon.empty()


def test_words_are_cyrillic_and_repaired():
    assert list(words("Бiр HTML-бет, жəне «ҚАЛА» 2018; Windowsқа, бе\u00adре\u0301ді")) == [
        "бір",
        "бет",
        "және",
        "қала",
        "береді",
    ]


def test_a_word_list_counts_words_once(tmp_path):
    (tmp_path / "list.txt").write_text("Қала\nҚАЛА\nауыл\n", "utf-8")
    assert key_counts(tmp_path, Source("list.txt", "ours", ())) == {"кала": 1, "ауил": 1}


def test_texts_count_words_each_time(tmp_path):
    (tmp_path / "texts.jsonl").write_text(
        json.dumps({"title": "Қала", "body": "қала, ауыл", "url": "кітап"}) + "\n", "utf-8"
    )
    assert key_counts(tmp_path, Source("texts.jsonl", "ours", ("title", "body"))) == {"кала": 2, "ауил": 1}


def test_sources_are_those_that_may_be_used():
    assert all(source.licence for source in SOURCES)
    assert not any("tengri" in source.path or "mdbkd" in source.path for source in SOURCES)


def test_the_command_writes_the_same_bytes_each_time(tmp_path):
    for source in SOURCES:
        path = tmp_path / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(FORMS) if not source.fields else json.dumps({source.fields[0]: " ".join(FORMS)})
        path.write_text(text + "\n", "utf-8")
    outputs = [tmp_path / "one.tsv", tmp_path / "two.tsv"]
    for output in outputs:
        result = CliRunner().invoke(main, [str(tmp_path), "-o", str(output)], catch_exceptions=False)
        assert result.exit_code == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    learnt = Lexicon.load(outputs[0])
    assert learnt.nouns["бакша"] > 5
    assert all(any(source.path in note and source.licence in note for note in learnt.notes) for source in SOURCES)


def test_a_missing_source_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        key_counts(tmp_path, SOURCES[0])
