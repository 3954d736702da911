"""Learns a stem lexicon from word counts, and makes the shipped one: `python -m indexer.learn SHARED_DIR -o FILE`.

Method: every word type, weighted 1 + ln(count), first votes for all its readings' stems; then each word gives
its weight only to the stem that wins with those votes. One such round is enough: more rounds change nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import log
from pathlib import Path

import click

from indexer.learn_sources import SOURCES, key_counts
from search.kazakh.candidates import candidates
from search.kazakh.lexicon import Lexicon
from search.kazakh.stem import LONGEST_WORD, choose

MIN_WEIGHT = 5
"""Stems with less evidence than this are not kept; 4 to 6 measure the same on lemma groups and retrieval."""

_SCALE = 1000  # votes are whole thousandths, so that their order of addition cannot change a sum


def learn(counts: Mapping[str, int], min_weight: int = MIN_WEIGHT, notes: tuple[str, ...] = ()) -> Lexicon:
    """The stem lexicon of a text collection.

    counts: fold key → how often it occurs (one or more); words of fewer than 3 or more than 40 letters are
        passed over.
    min_weight: the least weight of a stem that is kept; a weight is the sum of 1 + ln(count) over the word
        types of the stem.
    notes: lines for the file's head.

    The result depends on the counts only, not on their order. About 60 µs a word type.
    """
    votes = {key: round(_SCALE * (1 + log(count))) for key, count in counts.items() if _learnable(key, count)}
    first = _first_votes(votes)
    nouns: defaultdict[str, int] = defaultdict(int)
    verbs: defaultdict[str, int] = defaultdict(int)
    for key, vote in votes.items():
        winner = choose(candidates(key), first)
        if winner is None:
            continue
        if winner.kind in ("noun", "act"):
            nouns[winner.noun or winner.stem] += vote
        else:
            verbs[winner.stem] += vote
    return Lexicon(_kept(nouns, min_weight), _kept(verbs, min_weight), notes)


def _learnable(key: str, count: int) -> bool:
    return count > 0 and 3 <= len(key) <= LONGEST_WORD and key.isalpha()


def _first_votes(votes: Mapping[str, int]) -> Lexicon:
    """Each word votes for every noun and verb that it may be; what waits for evidence of its verb has no vote yet."""
    sums: dict[str, defaultdict[str, int]] = {"noun": defaultdict(int), "verb": defaultdict(int)}
    for key, vote in votes.items():
        for reading in candidates(key):
            if reading.kind in sums:
                sums[reading.kind][reading.stem] += vote
    return Lexicon(_kept(sums["noun"], 1), _kept(sums["verb"], 1))


def _kept(sums: Mapping[str, int], least: int) -> dict[str, int]:
    """Whole weights, rounded down, of the stems that reach the least."""
    return {stem: total // _SCALE for stem, total in sums.items() if total >= least * _SCALE}


@click.command()
@click.argument("shared", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--min-weight", default=MIN_WEIGHT, show_default=True, help="Least weight of a stem that is kept.")
def main(shared: Path, output: Path, min_weight: int) -> None:
    """Learn the shipped stem lexicon from the source texts in SHARED."""
    counts: Counter[str] = Counter()
    for source in SOURCES:
        counts.update(key_counts(shared, source))
    command = f"python -m indexer.learn SHARED_DIR -o search/kazakh/data/lexicon.tsv --min-weight {min_weight}"
    notes = (
        "Stem lexicon: stems as fold keys with noun and verb weights, counted from text; no running text is kept.",
        f"Command: {command}",
        *(f"Source: {source.path} ({source.licence})" for source in SOURCES),
    )
    lexicon = learn(counts, min_weight, notes)
    lexicon.save(output)
    click.echo(f"{output}: {len(lexicon.nouns)} nouns, {len(lexicon.verbs)} verbs from {len(counts)} word types")


if __name__ == "__main__":
    main()
