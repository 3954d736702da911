"""Makes a corpus: `python -m bench.engine.corpus --articles N -o FOLDER [--source FILE]`.

Shards of 10,000 articles, each a folder with `articles.jsonl` (`izde reindex` reads it), `tokens.tsv` (the same
articles as every peer gets them: one stem a word, by our analysis) and `forms.tsv` (a form of each stem). A shard that
is complete is left alone, so a run goes on where it was stopped, and a larger corpus holds the smaller one. Then
`tokens-N.tsv` is put together: the first N articles, newest first.
"""

import argparse
import json
import mmap
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from search.kazakh import Analyzer

from . import source as sources
from .generate import CATEGORIES, SOURCES, Shard, local_day, new_words, published, shard
from .source import Ints, Source

Item = TypeVar("Item")

SHARD = 10_000
SEED = 1
ARTICLES, TOKENS, FORMS, COUNT = "articles.jsonl", "tokens.tsv", "forms.tsv", "count"


@dataclass(frozen=True, slots=True)
class Given:
    """An article as peers get it: stems with spaces between; `day` since 1970 by local time, `seconds` since 1970."""

    id: str
    title: str
    category: str
    source: str
    year: str
    day: int
    seconds: int
    text: str


def given(file: Path) -> Iterator[Given]:
    """The articles of a file of tokens."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            name, title, category, source, year, day, seconds, text = line.rstrip("\n").split("\t")
            yield Given(name, title, category, source, year, int(day), int(seconds), text)


class Corpus:
    """The first so many articles of a folder. Iterating gives them newest first; `reading` is the time that it took."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.folder, self.articles = folder, articles
        self.reading = 0.0

    def __iter__(self) -> Iterator[Given]:
        return self.each(lambda article: article)

    def each(self, prepared: Callable[[Given], Item]) -> Iterator[Item]:
        """Each article as `prepared` makes it, which counts as reading."""
        began = time.perf_counter()
        for article in map(prepared, given(tokens(self.folder, self.articles))):
            self.reading += time.perf_counter() - began
            yield article
            began = time.perf_counter()

    def token_bytes(self) -> int:
        """Bytes of what peers get."""
        return tokens(self.folder, self.articles).stat().st_size

    def article_bytes(self) -> int:
        """Bytes of titles and bodies."""
        decoder = msgspec.json.Decoder(_Text)
        sizes = (
            len(one.title.encode()) + len(one.body.encode()) for file in self.files for one in _decoded(file, decoder)
        )
        return sum(sizes)

    @property
    def files(self) -> list[Path]:
        """The articles as `izde reindex` reads them; the last shard whole."""
        return [place / ARTICLES for place in shards(self.folder, self.articles)]


def shards(folder: Path, articles: int) -> list[Path]:
    """The folders of the shards that hold the first so many articles."""
    return [folder / f"{number:04d}" for number in range(-(-articles // SHARD))]


class _Text(msgspec.Struct):
    title: str
    body: str


def _decoded(file: Path, decoder: msgspec.json.Decoder[_Text]) -> Iterator[_Text]:
    with file.open("rb") as lines:
        yield from map(decoder.decode, lines)


def tokens(folder: Path, articles: int) -> Path:
    """The file of tokens of the first so many articles."""
    return folder / f"tokens-{articles}.tsv"


def make(folder: Path, articles: int, seed: int = SEED, source: Path | None = None) -> None:
    """Make what is missing of a corpus.

    Raises:
        ValueError: the folder holds a corpus of another seed or source.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = source or sources.place()
    made_of = json.dumps({"seed": seed, "source": str(path), "shard": SHARD})
    mark = folder / "corpus.json"
    if mark.exists() and mark.read_text("utf-8") != made_of:
        raise ValueError(f"{folder} holds another corpus: {mark.read_text('utf-8')}")
    mark.write_text(made_of, "utf-8")
    writer: _Writer | None = None
    for number, place in enumerate(shards(folder, articles)):
        count = min(SHARD, articles - number * SHARD)
        if _complete(place) >= count:
            continue
        writer = writer or _Writer(sources.learn(path), seed)
        began = time.perf_counter()
        writer.write(place, number, count)
        print(f"{place.name}: {count / (time.perf_counter() - began):,.0f} articles/s", flush=True)
    if not tokens(folder, articles).exists():
        _merge(shards(folder, articles), articles, tokens(folder, articles))


def _complete(place: Path) -> int:
    mark = place / COUNT
    return int(mark.read_text("ascii")) if mark.exists() else 0


class _Writer:
    """Writes shards. It remembers the stems of the source's words; those of new words only within their shard."""

    def __init__(self, source: Source, seed: int) -> None:
        self._source = source
        self._seed = seed
        self._analyzer = Analyzer()
        self._known = [self._stems(word) for word in source.words]

    def write(self, place: Path, number: int, articles: int) -> None:
        """Write one shard into its folder; it appears whole or not at all."""
        part = place.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        made = shard(self._source, self._seed, number, articles)
        known = len(self._source.words)
        fresh = np.unique(made.tokens[made.tokens >= known])
        new_ones = list(new_words(self._source, self._seed, fresh - known))
        words = [*self._source.words, *new_ones]
        stems = [*self._known, *map(self._stems, new_ones)]
        numbers = made.tokens.copy()
        new = numbers >= known
        numbers[new] = known + np.searchsorted(fresh, numbers[new])
        spelled, stemmed = (np.array(texts, dtype=object)[numbers].tolist() for texts in (words, stems))
        self._write_articles(part, number, made, spelled, stemmed)
        _write_forms(part / FORMS, words, stems, numbers)
        (part / COUNT).write_text(str(articles), "ascii")
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)

    def _write_articles(self, part: Path, number: int, made: Shard, words: list[str], stems: list[str]) -> None:
        starts = made.sentence_starts.tolist()
        sentences = [" ".join(words[start:end]) for start, end in pairwise(starts)]
        firsts = made.article_starts.tolist()
        days = local_day(made.seconds)
        years = (days.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970).tolist()
        columns = zip(
            firsts, firsts[1:], made.category.tolist(), made.source.tolist(), made.seconds.tolist(), strict=False
        )
        with (part / ARTICLES).open("wb") as articles, (part / TOKENS).open("w", encoding="utf-8") as rows:
            for at, (first, end, category, source, seconds) in enumerate(columns):
                name = f"a{number * SHARD + at:07d}"
                title = sentences[first]
                record = {
                    "id": name,
                    "title": title,
                    "body": _paragraphs(sentences[first + 1 : end]),
                    "published": published(seconds),
                    "category": CATEGORIES[category],
                    "source": SOURCES[source],
                    "lang": "kk",
                }
                articles.write(msgspec.json.encode(record) + b"\n")
                text = " ".join(filter(None, stems[starts[first + 1] : starts[end]]))
                row = (name, title, CATEGORIES[category], SOURCES[source], years[at], days[at], seconds, text)
                rows.write("\t".join(map(str, row)) + "\n")

    def _stems(self, word: str) -> str:
        """The likeliest stem of each token of a word, in letters and digits alone: every peer's tokens are these."""
        stems = (_plain(readings[0]) for readings in self._analyzer.terms(word, "kk").stems)
        return " ".join(filter(None, stems))


def _write_forms(path: Path, words: list[str], stems: list[str], numbers: Ints) -> None:
    """A form of each stem: the commonest word of the shard that has no other stem."""
    counts = np.bincount(numbers, minlength=len(words))
    forms: dict[str, str] = {}
    for at in np.argsort(-counts, kind="stable").tolist():
        if not counts[at]:
            break
        if stems[at] and " " not in stems[at]:
            forms.setdefault(stems[at], "".join(filter(str.isalnum, words[at])))
    path.write_text("".join(f"{stem}\t{form}\n" for stem, form in sorted(forms.items())), "utf-8")


def _plain(stem: str) -> str:
    """A stem in letters and digits. A verb's ends in «-», which becomes ъ: no stem has that letter."""
    return stem if stem.isalnum() else "".join(filter(str.isalnum, stem.replace("-", "ъ")))


def _paragraphs(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def _merge(places: list[Path], articles: int, out: Path) -> None:
    """The lines of all shards, newest first, then by id; memory holds only where each line is."""
    files = [(place / TOKENS).open("rb") for place in places]
    maps = [mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) for file in files]
    shard_of, starts, ends, seconds = [], [], [], []
    for number, data in enumerate(maps):
        at = 0
        for _ in range(min(SHARD, articles - number * SHARD)):
            end = data.find(b"\n", at) + 1
            seconds.append(int(data[at:end].split(b"\t", 7)[6]))
            shard_of.append(number)
            starts.append(at)
            ends.append(end)
            at = end
    part = out.with_suffix(".part")
    with part.open("wb") as lines:
        for at in np.argsort(-np.array(seconds), kind="stable").tolist():
            lines.write(maps[shard_of[at]][starts[at] : ends[at]])
    for data, file in zip(maps, files, strict=True):
        data.close()
        file.close()
    part.replace(out)


def main() -> None:
    """Make the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("-o", "--out", type=Path, default=Path("var/bench/corpus"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--source", type=Path, help="JSON Lines to learn from, or a folder of them")
    args = parser.parse_args()
    make(args.out, args.articles, args.seed, args.source)


if __name__ == "__main__":
    main()
