"""Measures the stemmer on lemma groups and stem pairs: `python -m bench.conflation [SHARED_DIR]`, `--help` for more.

R: share of the pairs of different forms of one lemma that get one stem. P: share of the pairs of forms with
one stem that share a lemma.
F: their harmonic mean. A form with several lemmas counts as a partner of all their forms. Sources are
measured one by one.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from search.kazakh.fold import fold
from search.kazakh.lexicon import Lexicon
from search.kazakh.stem import Stemmer

GROUPS = {
    "UD + tagged": ("ud_ktb", "apertium_tagged"),
    "UniMorph nouns": ("unimorph_noun",),
    "UniMorph verbs": ("unimorph_verb",),
    "apertium": ("apertium_unique",),
}
"""Rows of the report: their names and the sources of the lemma groups."""

_SHOWN_PER_GROUP = 3

Pair = tuple[str, str]
StemOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Conflation:
    """Pairs that should join, pairs that were joined, pairs that both hold of; and the pairs that went wrong."""

    wanted: int
    joined: int
    right: int
    missed: tuple[Pair, ...]
    wrong: tuple[Pair, ...]

    @property
    def recall(self) -> float:
        """Share of the wanted pairs that were joined; 1 where none is wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the joined pairs that were wanted; 1 where none was joined."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def conflation(lemmas: Iterable[tuple[str, list[str]]], stem_of: StemOf) -> Conflation:
    """Compare the stemmer's groups with the lemma groups (lemma, forms), over pairs of different forms."""
    by_lemma: defaultdict[str, set[str]] = defaultdict(set)
    for lemma, forms in lemmas:
        by_lemma[lemma].update(forms)
    by_stem: defaultdict[str, set[str]] = defaultdict(set)
    for form in set().union(*by_lemma.values()):
        by_stem[stem_of(form)].add(form)
    wanted, joined = _pairs(by_lemma.values()), _pairs(by_stem.values())
    return Conflation(
        len(wanted),
        len(joined),
        len(wanted & joined),
        tuple(sorted(wanted - joined)),
        tuple(sorted(joined - wanted)),
    )


def _pairs(groups: Iterable[set[str]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def lemma_groups(shared: Path, sources: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The lemma groups of some sources: (lemma, forms), all lower-case."""
    with (shared / "morphology/lemma_groups.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["source"] in sources:
                yield record["lemma"], record["forms"]


def pair_mistakes(shared: Path, stem_of: StemOf) -> tuple[list[Pair], int]:
    """Word pairs on which the stemmer is wrong, and the number of all pairs."""
    with (shared / "morphology/stem_pairs.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    wrong = [
        (record["a"], record["b"])
        for record in records
        if (stem_of(record["a"]) == stem_of(record["b"])) != (record["kind"] == "must_join")
    ]
    return wrong, len(records)


def speed(shared: Path, lexicon: Lexicon | None) -> float:
    """Distinct words a second on one core, with an empty cache."""
    with (shared / "lexical/wordforms.txt").open(encoding="utf-8") as lines:
        keys = sorted({fold(line.strip().lower()) for line in lines})[::8]
    stemmer = Stemmer(lexicon)
    stemmer.stem("салмак")  # load the tables
    start = time.perf_counter()
    for key in keys:
        stemmer.stem(key)
    return len(keys) / (time.perf_counter() - start)


def _spread(pairs: tuple[Pair, ...], number: int, stem_of: StemOf) -> Iterator[str]:
    """A few pairs from all over the alphabet, not too many with the same first stem."""
    seen: Counter[str] = Counter()
    chosen = []
    for a, b in pairs:
        seen[stem_of(a)] += 1
        if seen[stem_of(a)] <= _SHOWN_PER_GROUP:
            chosen.append(f"{a} → {stem_of(a)}, {b} → {stem_of(b)}")
    step = max(1, len(chosen) // number) if number else 1
    yield from chosen[::step][:number]


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--lexicon", type=Path, help="a lexicon file instead of the shipped one")
    parser.add_argument("--rules", action="store_true", help="no lexicon at all")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N errors of each kind")
    args = parser.parse_args()
    lexicon = Lexicon.load(args.lexicon) if args.lexicon else Lexicon.empty() if args.rules else None
    stemmer = Stemmer(lexicon)

    def stem_of(word: str) -> str:
        return stemmer.stem(fold(word)).value

    for name, sources in GROUPS.items():
        result = conflation(lemma_groups(args.shared, sources), stem_of)
        print(f"{name:16} R {result.recall:.3f}  P {result.precision:.3f}  F {result.f1:.3f}  ({result.wanted} pairs)")
        for title, pairs in (("missed", result.missed), ("wrong", result.wrong)):
            for line in _spread(pairs, args.errors, stem_of):
                print(f"    {title}: {line}")
    mistakes, total = pair_mistakes(args.shared, stem_of)
    print(f"{'stem pairs':16} {1 - len(mistakes) / total:.2%} of {total} right", *map("/".join, mistakes))
    print(f"{'speed':16} {speed(args.shared, lexicon):,.0f} distinct words/s")


if __name__ == "__main__":
    main()
