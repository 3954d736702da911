"""How well reprints and edits are told from texts that only look alike, on pairs that were made for it.

All texts lie in one archive, so that groups may grow into each other as they would there. `SCALE=` multiplies the
pairs, `SEED=` makes others.
"""

import json
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from indexer.duplicates.alike import Judge
from indexer.duplicates.clustering import clusters
from indexer.duplicates.signatures import Signatures
from indexer.duplicates.words import Keys, key_hashes
from indexer.reading import articles, survey
from indexer.records import Cleaned
from indexer.specs import input_specs
from search.kazakh import Analyzer, detect
from search.model import Article
from search.settings import Settings
from tests.near_pairs import PairMaker

SHARED = Path(__file__).parents[3] / "shared"
SAMPLE = Path(__file__).parents[2] / "sample"
SEED = int(os.environ.get("SEED", "20261127"))
PAIRS = 2_000 * int(os.environ.get("SCALE", "1"))

REPRINTS = {
    "qb-1": "kokzhar-tynysy/2018/bogettin-qurylysy-bitti",
    "qb-2": "kokzhar-tynysy/2019/muzey-sanalyq-qorga-koshti",
    "qb-3": "kokzhar-tynysy/2023/zhana-kopir-ashyldy",
    "kt-01": "kokzhar-tynysy/2018/dombyra-shebery",
    "kt-04": "kokzhar-tynysy/2025/nauryz-aytysy-shakirtter",
    "orleu-043": "6",
    "orleu-044": "16",
    "orleu-045": "23",
}
"""The articles of the sample that were printed before, two of them edited and two in Arabic letters."""


@pytest.fixture(scope="module")
def sample() -> list[Article]:
    specs = input_specs([SAMPLE], Settings())
    return [one.article for one in articles(specs, survey(specs)) if isinstance(one, Cleaned)]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def grouped(bodies: list[Keys]) -> list[int]:
    """The cluster of each body of an archive."""
    starts = np.concatenate([[0], np.cumsum([len(one) for one in bodies])])
    signatures = Signatures.of([(np.concatenate(bodies), starts)])
    return clusters(signatures, Judge(bodies.__getitem__))[0].tolist()


def words(analyzer: Analyzer, text: str) -> Keys:
    return key_hashes(analyzer.terms(text, detect(text).lang).keys)


def test_the_reprints_of_the_sample_are_found_and_nothing_else(sample: list[Article], analyzer: Analyzer) -> None:
    groups = defaultdict(set)
    for article, cluster in zip(sample, grouped([words(analyzer, one.body) for one in sample]), strict=True):
        groups[cluster].add(article.id)
    assert sorted(map(sorted, filter(lambda one: len(one) > 1, groups.values()))) == sorted(
        sorted(pair) for pair in REPRINTS.items()
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared texts are not part of the repository")
def test_real_news_have_the_groups_that_were_read_by_eye(analyzer: Analyzer) -> None:
    """Short news of half a year: what was printed again, and neither exchange rates nor monthly figures."""
    paths = (SHARED / "relevance/tengri/docs.jsonl", SHARED / "corpus/mdbkd_news.jsonl")
    read = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    groups = defaultdict(list)
    for one, cluster in zip(read, grouped([words(analyzer, one["body"]) for one in read]), strict=True):
        groups[cluster].append(one["id"])
    groups.pop(0, None)
    assert sorted(sorted(group) for group in groups.values() if len(group) > 1) == [
        ["tn368925", "tn369463", "tn369590"],
        ["tn369309", "tn369314"],
        ["tn369979", "tn370237", "tn370425", "tn370527"],
        ["tn371370", "tn371810", "tn371954"],
        ["tn371623", "tn372280"],
    ]


def test_made_pairs_are_told_apart(sample: list[Article], analyzer: Analyzer) -> None:
    pairs = PairMaker([one for one in sample if one.id not in REPRINTS], SEED).pairs(PAIRS)
    found = grouped([words(analyzer, body) for pair in pairs for body in (pair.one, pair.other)])
    together = [one == other != 0 for one, other in zip(found[::2], found[1::2], strict=True)]
    right: dict[str, list[bool]] = defaultdict(list)
    for pair, is_together in zip(pairs, together, strict=True):
        right[f"{'same' if pair.same else 'other'}: {pair.kind}"].append(is_together == pair.same)
    hits = sum(pair.same and is_together for pair, is_together in zip(pairs, together, strict=True))
    precision, recall = hits / sum(together), hits / sum(pair.same for pair in pairs)
    lines = [f"{kind:50} {sum(verdicts):5} of {len(verdicts):5}" for kind, verdicts in sorted(right.items())]
    lines.append(f"{len(pairs)} pairs, SEED={SEED}: precision {precision:.4f}, recall {recall:.4f}")
    print("\n".join(lines))  # noqa: T201 - the figures of docs/quality.md, shown with `pytest -s`
    assert precision >= 0.98
    assert recall >= 0.95
