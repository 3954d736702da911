"""What the corpus model knows of real text: its words in order, sentence by sentence, and where each word stands."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.kazakh import Analyzer

Ints = NDArray[np.int64]

BACKGROUND = Path("../shared/corpus/background.jsonl")
SAMPLE = Path("sample")

_EDGES = re.compile(r"^\W+|\W+$")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_WORDS = re.compile(r"[^\W\d_]+")
_LEAST_SENTENCE, _LONGEST_SENTENCE = 4, 40
"""Words of a sentence that the model learns from; shorter ones are crumbs, longer ones lists."""
_TOPIC_SENTENCES = (8, 400)
"""A word that stands in so many sentences may be the topic of articles."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Numbers in groups: those of group g are `items[starts[g]:starts[g + 1]]`."""

    starts: Ints
    items: Ints

    def draw(self, groups: Ints, chance: np.random.Generator) -> Ints:
        """One number of each of these groups, none of which is empty."""
        sizes = self.starts[groups + 1] - self.starts[groups]
        return self.items[self.starts[groups] + (chance.random(len(groups)) * sizes).astype(np.int64)]


@dataclass(frozen=True, slots=True)
class Source:
    """Real text as numbers.

    words: the distinct words as written, with their punctuation. plain: which of them are small letters alone.
    stream: the numbers of all words in order; last: whether a sentence ends there.
    word: for each place the number of its bare word; standing: the places of each bare word that end no sentence.
    sentences: where each sentence starts; topics: the sentences of each word that may be a topic.
    beginnings, ends, endings: what new words are put together from.
    """

    words: list[str]
    plain: NDArray[np.bool_]
    stream: Ints
    last: NDArray[np.bool_]
    word: Ints
    standing: Groups
    sentences: Ints
    topics: Groups
    beginnings: list[str]
    ends: list[str]
    endings: list[str]


def place() -> Path:
    """Where the model learns: the shared background if it is there, else the sample archive."""
    return BACKGROUND if BACKGROUND.exists() else SAMPLE


def learn(path: Path) -> Source:
    """The source of this file of JSON Lines, or of all such files of this folder."""
    files = [path] if path.is_file() else sorted(path.rglob("*.jsonl"))
    return from_sentences(sentence for file in files for sentence in _sentences(file))


def from_sentences(sentences: Iterable[list[str]]) -> Source:
    """The source of these sentences, each a list of words as written."""
    numbers: dict[str, int] = {}
    stream: list[int] = []
    starts: list[int] = []
    for sentence in sentences:
        starts.append(len(stream))
        stream.extend(numbers.setdefault(word, len(numbers)) for word in sentence)
    words = list(numbers)
    bare: dict[str, int] = {}
    bare_of = np.array([bare.setdefault(_EDGES.sub("", word).lower(), len(bare)) for word in words])
    places = np.array(stream)
    last = np.zeros(len(places), np.bool_)
    last[np.array([*starts[1:], len(places)]) - 1] = True
    word = bare_of[places]
    inner = np.flatnonzero(~last)
    sentence_of = np.cumsum(np.bincount(starts, minlength=len(places))) - 1
    plain = np.array([_WORDS.fullmatch(word) is not None and word.islower() for word in words])
    return Source(
        words=words,
        plain=plain,
        stream=places,
        last=last,
        word=word,
        standing=_grouped(word[inner], inner, len(bare)),
        sentences=np.array(starts),
        topics=_topics(list(bare), word, sentence_of),
        **_pieces([word for word, good in zip(words, plain.tolist(), strict=True) if good]),
    )


def _grouped(groups: Ints, items: Ints, count: int) -> Groups:
    order = np.argsort(groups, kind="stable")
    return Groups(np.concatenate([[0], np.cumsum(np.bincount(groups, minlength=count))]), items[order])


def _topics(bare: list[str], word: Ints, sentence_of: Ints) -> Groups:
    """The sentences of each word of middle frequency, the commonest words first; of all words in a tiny source."""
    pairs = np.unique(word * (len(sentence_of) + 1) + sentence_of)
    words, sentences = pairs // (len(sentence_of) + 1), pairs % (len(sentence_of) + 1)
    counts = np.bincount(words, minlength=len(bare))
    least, most = _TOPIC_SENTENCES
    long = np.array([len(text) >= 4 and text.isalpha() for text in bare])
    chosen = np.flatnonzero((counts >= least) & (counts <= most) & long)
    if not len(chosen):
        chosen = np.flatnonzero(counts > 0)
    chosen = chosen[np.argsort(-counts[chosen], kind="stable")]
    rank = np.full(len(bare), -1)
    rank[chosen] = np.arange(len(chosen))
    kept = rank[words] >= 0
    return _grouped(rank[words[kept]], sentences[kept], len(chosen))


def _pieces(words: list[str]) -> dict[str, list[str]]:
    """Beginnings and ends of stems, and the endings that follow them, repeated as often as words have them."""
    analyzer = Analyzer()
    beginnings, ends, endings = dict[str, None](), dict[str, None](), list[str]()
    for form in words:
        stems = analyzer.terms(form, "kk").stems
        length = len(stems[0][0].rstrip("-")) if len(stems) == 1 else 0
        if 4 <= length <= len(form):
            beginnings[form[:3]] = None
            ends[form[3:length]] = None
            endings.append(form[length:])
    return {"beginnings": list(beginnings) or ["қал"], "ends": list(ends) or ["а"], "endings": endings or [""]}


def _sentences(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record.get("text") or record.get("body") or ""
            for sentence in _SENTENCES.split(text):
                words = sentence.split()
                if _LEAST_SENTENCE <= len(words) <= _LONGEST_SENTENCE:
                    yield words
