"""A generated archive with the vocabulary of a large one: invented words in Kazakh forms, as many as are asked for."""

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import accumulate

from search.model import Article

CONSONANTS = "бвгғджзйкқлмнңпрстфхһшщ"
VOWELS = "аәеиоөуұүыі"
ENDINGS = ("", "лар", "дың", "ға", "да", "дан", "мен", "лық", "шы", "сы", "лары", "ларда", "ды", "ған", "ып", "у")
REAL = "мектеп мұғалім форум аудан әкім су тасқын бөгет қала ауыл айтыс театр кітап бала жаңа үй жол дәрігер".split()

STEMS = 3_000
WORDS = 45
"""Of an article, about: few, so that thousands of articles are indexed in seconds."""

ZONE = timezone(timedelta(hours=5))


class Archive:
    """Articles by number, always the same for a seed; as in a language, a few words stand often and most rarely."""

    def __init__(self, seed: int, stems: int = STEMS, words: int = WORDS) -> None:
        self._random = random.Random(seed)
        self._length = words
        made = dict.fromkeys(REAL)
        while len(made) < stems:
            made[self._stem()] = None
        self.stems = list(made)
        self._weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.stems))))

    def articles(self, count: int) -> Iterator[Article]:
        """So many articles of twelve years, with all the fields."""
        for number in range(count):
            published = datetime(2014, 1, 1, 9, tzinfo=ZONE) + timedelta(hours=(number * 7919) % (12 * 365 * 24))
            paragraphs = (self._sentences(self._length // 2) for _ in range(2))
            yield Article(
                f"g{number:06d}",
                self._words(self._random.randint(3, 9)).capitalize(),
                "\n\n".join(paragraphs),
                f"https://example.org/{number}",
                published if number % 50 else None,
                f"Айдар {self._random.randrange(40)}",
                f"Газет {self._random.randrange(25)}",
                f"Автор {self._random.randrange(900)}",
                "kk",
                "Cyrl",
            )

    def word(self) -> str:
        """A word of the archive in one of its forms."""
        stem = self.stems[bisect(self._weights, self._random.random() * self._weights[-1])]
        return stem + self._random.choice(ENDINGS)

    def _words(self, count: int) -> str:
        return " ".join(self.word() for _ in range(count))

    def _sentences(self, count: int) -> str:
        return " ".join(f"{self._words(10).capitalize()}." for _ in range(max(1, self._random.randint(0, count) // 5)))

    def _stem(self) -> str:
        pick = self._random.choice
        return "".join(pick(CONSONANTS) + pick(VOWELS) for _ in range(pick((1, 2, 2, 3, 3)))) + pick((*CONSONANTS, ""))
