"""Articles from a seeded model of real text.

A sentence is a walk through the source: from each word on to the next one, now and then by way of another place where
the same word stands. So words are as frequent as they are there (Zipf's law with real forms), and neighbours are real
neighbours. Half of an article's sentences begin at one that has its topic. Besides, some words are new: the k-th new
word is drawn with a chance of about 1/k, so the vocabulary grows with the corpus as it does in real archives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray

from .source import Ints, Source

MEAN_WORDS, SIGMA = 200, 0.55
"""Words of an article: log-normal."""
CATEGORIES = "саясат қоғам экономика мәдениет спорт әлем білім денсаулық ғылым құқық ауыл тарих".split()
SOURCES = [f"Газет {number}" for number in range(1, 21)]
FIRST_DAY, DAYS = datetime(2015, 1, 1, tzinfo=timezone(timedelta(hours=5))), 3652
JUMP, TOPICAL, NEW = 0.15, 0.5, 0.03
"""Chances: of going on elsewhere after a word; that a sentence has the topic; that a plain word is a new one."""
NEW_WORDS = 5_000_000
FORMS_OF_A_STEM = 3
MOST_STEPS = 60
_TITLE = 8


@dataclass(frozen=True, slots=True)
class Shard:
    """Articles of one shard as numbers of words.

    tokens: words of all sentences, one after another; the number of a new word k is `len(source.words) + k`.
    sentence_starts: where each sentence starts in them, with the end; article_starts: the first sentence of each
    article, which is its title, with the end.
    seconds: of publication, since 1970.
    """

    tokens: Ints
    sentence_starts: Ints
    article_starts: Ints
    category: Ints
    source: Ints
    seconds: Ints


def shard(source: Source, seed: int, number: int, articles: int) -> Shard:
    """The shard with this number: so many articles, the same for the same seed and source."""
    chance = np.random.default_rng([seed, number])
    mean_sentence = len(source.stream) / len(source.sentences)
    words = chance.lognormal(np.log(MEAN_WORDS) - SIGMA**2 / 2, SIGMA, articles)
    sentences = np.maximum(2, np.rint(words / mean_sentence)).astype(np.int64) + 1
    article_starts = np.concatenate([[0], np.cumsum(sentences)])
    topic = _falling(len(source.topics.starts) - 1, articles, chance)
    tokens, lengths = _walk(source, _beginnings(source, topic, sentences, article_starts, chance), chance)
    lengths = _cut_titles(lengths, article_starts)
    rows = np.arange(tokens.shape[1])[None, :] < lengths[:, None]
    flat = tokens[rows]
    new = source.plain[flat] & (chance.random(len(flat)) < NEW)
    flat[new] = len(source.words) + _falling(NEW_WORDS, int(new.sum()), chance)
    usual = _falling(len(CATEGORIES), articles, chance)
    category = np.where(chance.random(articles) < 0.7, _mixed(topic, seed) % len(CATEGORIES), usual)
    days = np.sqrt(chance.random(articles)) * 0.5 + chance.random(articles) * 0.5
    return Shard(
        tokens=flat,
        sentence_starts=np.concatenate([[0], np.cumsum(lengths)]),
        article_starts=article_starts,
        category=category,
        source=_falling(len(SOURCES), articles, chance),
        seconds=int(FIRST_DAY.timestamp()) + (days * DAYS * 86_400).astype(np.int64),
    )


def new_words(source: Source, seed: int, numbers: Ints) -> Iterator[str]:
    """The new words with these numbers: always the same ones; neighbouring numbers share a stem."""
    stem, ending = _mixed(numbers // FORMS_OF_A_STEM, seed), _mixed(numbers + NEW_WORDS, seed)
    first = (stem % len(source.beginnings)).tolist()
    second = (stem // 65_536 % len(source.ends)).tolist()
    third = (ending % len(source.endings)).tolist()
    for one, two, three in zip(first, second, third, strict=True):
        yield source.beginnings[one] + source.ends[two] + source.endings[three]


def published(seconds: int) -> str:
    """A moment as records write it."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(FIRST_DAY.tzinfo).isoformat()


def local_day(seconds: Ints) -> Ints:
    """Days since 1970 by the local time of the corpus."""
    return (seconds + 5 * 3600) // 86_400


def _falling(count: int, size: int, chance: np.random.Generator) -> Ints:
    """Numbers below `count`; k is drawn with a chance of about 1/(k + 1)."""
    numbers: Ints = (np.exp(chance.random(size) * np.log(count + 1)) - 1).astype(np.int64)
    return numbers


def _beginnings(
    source: Source, topic: Ints, sentences: Ints, article_starts: Ints, chance: np.random.Generator
) -> Ints:
    """The place of the source where each sentence begins; titles always have the topic."""
    total = int(article_starts[-1])
    topical = chance.random(total) < TOPICAL
    topical[article_starts[:-1]] = True
    chosen = (chance.random(total) * len(source.sentences)).astype(np.int64)
    chosen[topical] = source.topics.draw(np.repeat(topic, sentences)[topical], chance)
    return source.sentences[chosen]


def _walk(source: Source, at: Ints, chance: np.random.Generator) -> tuple[Ints, Ints]:
    """The words of each sentence as a row, and how many there are."""
    out = np.zeros((len(at), MOST_STEPS), np.int64)
    lengths = np.zeros(len(at), np.int64)
    walking = np.arange(len(at))
    for step in range(MOST_STEPS):
        out[walking, step] = source.stream[at]
        lengths[walking] += 1
        going = ~source.last[at]
        walking, at = walking[going], at[going] + 1
        jumping = np.flatnonzero((chance.random(len(at)) < JUMP) & ~source.last[at])
        at[jumping] = source.standing.draw(source.word[at[jumping]], chance)
        if not len(at):
            break
    return out, lengths


def _cut_titles(lengths: Ints, article_starts: Ints) -> Ints:
    lengths = lengths.copy()
    titles = article_starts[:-1]
    lengths[titles] = np.minimum(lengths[titles], _TITLE)
    return lengths


def _mixed(numbers: Ints, seed: int) -> Ints:
    """The numbers well mixed, 0 or more (splitmix64, Steele and others 2014)."""
    x = (numbers + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.int64] = ((x ^ (x >> np.uint64(31))) >> np.uint64(1)).astype(np.int64)
    return mixed
