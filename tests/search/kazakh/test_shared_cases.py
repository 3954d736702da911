"""Measures the analysis on the shared cases, where they lie beside the project: figures may rise, never fall."""

import json
from collections import Counter
from pathlib import Path

import pytest

from search.kazakh import Analyzer

SHARED = Path(__file__).parents[4] / "shared" / "morphology"
ANALYZER = Analyzer()

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/morphology is not there")

# Share of the variants of a word whose query meets the word. Keyboard layouts and typing errors are not yet corrected.
FLOORS = dict.fromkeys(
    [
        "canonical",
        "upper",
        "keyboard_ru",
        "keyboard_ru_e",
        "keyboard_ru_y",
        "latin_2017",
        "latin_2018",
        "latin_2021",
        "latin_qazaqparat",
        "ascii_qaz",
        "ascii_rus",
        "arabic",
        "homoglyph_kz",
        "homoglyph_mixed",
        "inflected_keyboard_ru",
        "inflected_latin_2021",
    ],
    1.0,
) | {"inflected": 0.99, "typo": 0.03, "layout_kz": 0.0, "layout_ru": 0.0}


def cases(name):
    return [json.loads(line) for line in (SHARED / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_normalisation():
    for case in cases("normalise_cases"):
        (token,) = ANALYZER.analyze(case["input"])
        assert (token.readings[0].exact, token.readings[0].key) == (case["canonical"], case["fold"])


# An ending right after capitals is passed over, as after a hyphen: so the press (БАҚта) is told from a garden (бақта).
OTHERWISE = {"БАҚтарда": ["бақ"]}


def test_tokens():
    for case in cases("tokenise_cases"):
        tokens = [token.readings[0].exact for token in ANALYZER.analyze(case["input"])]
        assert tokens == OTHERWISE.get(case["input"], case["tokens"])


def test_query_variants():
    asked, met = Counter(), Counter()
    for case in cases("query_variants"):
        wanted = [set(token.stems) for token in ANALYZER.analyze(case["canonical"], "kk")]
        for variant in case["variants"]:
            found = [set(token.stems) for token in ANALYZER.analyze(variant["query"])]
            asked[variant["type"]] += 1
            met[variant["type"]] += len(found) == len(wanted) and all(map(set.__and__, found, wanted))
    assert asked.keys() == FLOORS.keys()
    shares = {kind: met[kind] / asked[kind] for kind in asked}
    assert not {kind: share for kind, share in shares.items() if share < FLOORS[kind]}


def test_pairs_that_must_and_must_not_join():
    wrong = Counter()
    for case in cases("stem_pairs"):
        one, other = (ANALYZER.analyze(case[side], "kk")[0].stems[0] for side in "ab")
        wrong[case["kind"]] += (one == other) != (case["kind"] == "must_join")
    assert wrong["must_join"] == 0
    assert wrong["must_not_join"] <= 1


def test_forms_of_a_lemma_join():
    """The share of lemmas' forms whose stem is the commonest one of their lemma."""
    joined = forms = 0
    for case in cases("lemma_groups")[::5]:
        stems = Counter(found[0] for form in case["forms"] for found in ANALYZER.terms(form, "kk").stems[:1])
        joined += max(stems.values(), default=0)
        forms += stems.total()
    assert joined / forms >= 0.87
