"""Pairs of texts with the answer: one made of the other by what editors do, or two that only look alike.

Texts are those of the sample archive and of templates below; everything in both was written for these tests.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.model import Article
from tests.near_templates import TEMPLATES, filled
from tests.scripts import in_arabic, in_latin

_SENTENCE = re.compile(r"(?<=[.!?»])\s+(?=[«–А-ЯӘҒҚҢӨҰҮІA-Z])")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies; whether they say the same; by which kind of change, or of likeness."""

    one: str
    other: str
    same: bool
    kind: str


class PairMaker:
    """Makes pairs of articles of which no two say the same; always the same pairs for a seed."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self.random = random.Random(seed)
        kazakh = [one for one in articles if one.lang == "kk" and one.script == "Cyrl"]
        self._bodies = [one.body for one in kazakh]
        self._by_section: dict[str, list[str]] = {}
        for one in kazakh:
            self._by_section.setdefault(one.category, []).append(one.body)
        self._sentences = [sentence for body in self._bodies for sentence in _SENTENCE.split(body)]
        self._words = [word for body in self._bodies for word in body.split() if word.isalpha()]

    def pairs(self, count: int) -> list[Pair]:
        """So many pairs, half of them the same, all kinds in turn."""
        made = []
        same, other = list(self._edits().items()), list(self._likenesses().items())
        for number in range(count):
            kind, make = (same if number % 2 else other)[number // 2 % len(same if number % 2 else other)]
            if number % 2:
                body = self._body()
                made.append(Pair(body, make(body), True, kind))
            else:
                made.append(Pair(*make(), False, kind))  # type: ignore[call-arg, misc]
        return made

    def _body(self) -> str:
        return self.random.choice(self._bodies)

    def _edits(self) -> dict[str, Callable[[str], str]]:
        return {
            "script: Latin": in_latin,
            "script: Arabic": in_arabic,
            "capitals": str.upper,
            "typography": self._typography,
            "words corrected": lambda body: self._replaced(body, 0.04),
            "one word in twelve replaced": lambda body: self._replaced(body, 0.08),
            "a word or two replaced": lambda body: self._replaced(body, 0.015),
            "a sentence dropped": lambda body: self._without_sentences(body, 1),
            "two sentences dropped": lambda body: self._without_sentences(body, 2),
            "a sentence added": self._with_sentence,
            "a paragraph moved": self._moved,
            "the lead rewritten": self._new_lead,
            "cut to two thirds": lambda body: self._cut(body, 2 / 3),
            "cut to a half": lambda body: self._cut(body, 1 / 2),
            "a figure corrected": self._corrected,
            "boilerplate added": self._with_boilerplate,
            "a sentence dropped, in Latin": lambda body: in_latin(self._without_sentences(body, 1)),
            "a paragraph added": self._with_paragraph,
            "a word replaced, a sentence dropped": lambda body: self._replaced(self._without_sentences(body, 1), 0.02),
        }

    def _likenesses(self) -> dict[str, Callable[[], tuple[str, str]]]:
        return {
            "a template": self._of_template,
            "another article": self._two,
            "the same section": self._same_section,
            "the same speech quoted": self._quoting,
            "the same background": self._background,
        }

    def _replaced(self, body: str, share: float) -> str:
        """Some words (one at least) replaced by others, or with another ending, or mistyped."""
        pieces = re.split(r"(\s+)", body)
        places = [at for at in range(0, len(pieces), 2) if pieces[at].isalpha() and len(pieces[at]) > 3]
        for at in self.random.sample(places, max(1, round(share * len(pieces) / 2))):
            word = pieces[at]
            letter = self.random.randrange(1, len(word))
            pieces[at] = self.random.choice(
                [word[: max(3, len(word) - 2)], word[:letter] + word[letter + 1 :], self.random.choice(self._words)]
            )
        return "".join(pieces)

    def _typography(self, body: str) -> str:
        return body.replace("«", "“").replace("»", "”").replace("–", "-").replace(" - ", " — ").replace("\n\n", "\n")

    def _without_sentences(self, body: str, count: int) -> str:
        paragraphs = [_SENTENCE.split(one) for one in body.split("\n\n")]
        places = [(p, s) for p, one in enumerate(paragraphs) for s in range(len(one))]
        gone = set(self.random.sample(places, min(count, len(places) - 2)))
        left = [" ".join(s for at, s in enumerate(one) if (p, at) not in gone) for p, one in enumerate(paragraphs)]
        return "\n\n".join(filter(None, left))

    def _with_sentence(self, body: str) -> str:
        sentences = _SENTENCE.split(body)
        sentences.insert(self.random.randrange(len(sentences) + 1), self.random.choice(self._sentences))
        return " ".join(sentences)

    def _with_paragraph(self, body: str) -> str:
        paragraphs = body.split("\n\n")
        more = self.random.choice(self._body().split("\n\n"))
        if len(more) * 3 > len(body):
            more = _SENTENCE.split(more)[0]
        paragraphs.insert(self.random.randrange(len(paragraphs) + 1), more)
        return "\n\n".join(paragraphs)

    def _moved(self, body: str) -> str:
        paragraphs = body.split("\n\n")
        paragraphs.append(paragraphs.pop(self.random.randrange(len(paragraphs))))
        return "\n\n".join(paragraphs)

    def _new_lead(self, body: str) -> str:
        first, *others = _SENTENCE.split(body)
        return " ".join([self.random.choice(self._sentences), *others]) if others else first

    def _cut(self, body: str, share: float) -> str:
        words = body.split()
        return " ".join(words[: round(len(words) * share)])

    def _corrected(self, body: str) -> str:
        """Another figure in one place, or another word where there is none."""
        figures = list(re.finditer(r"\d+", body))
        if not figures:
            return self._replaced(body, 0)
        one = self.random.choice(figures)
        return f"{body[: one.start()]}{int(one[0]) + 1}{body[one.end() :]}"

    def _with_boilerplate(self, body: str) -> str:
        return self.random.choice(
            [
                "Бұл туралы «Дала хабары» ақпарат агенттігі хабарлайды.\n\n" + body,
                body + "\n\nМақала авторының пікірі редакция көзқарасымен сәйкес келмеуі мүмкін. Материалды көшіріп "
                "басқанда дереккөзге сілтеме жасау міндетті.",
                body
                + "\n\nЖаңалықтарды біздің арнадан оқыңыз. Достарыңызбен бөлісіңіз. Тағы оқыңыз: апта жаңалықтары.",
                "Көкжар. Дала хабары – " + body + "\n\nФото: редакция мұрағаты",
            ]
        )

    def _of_template(self) -> tuple[str, str]:
        template = self.random.choice(TEMPLATES)
        return filled(template, self.random), filled(template, self.random)

    def _two(self) -> tuple[str, str]:
        one, other = self.random.sample(self._bodies, 2)
        return one, other

    def _same_section(self) -> tuple[str, str]:
        several = [held for held in self._by_section.values() if len(held) > 1]
        one, other = self.random.sample(self.random.choice(several), 2)
        return one, other

    def _quoting(self) -> tuple[str, str]:
        """Two articles about one speech: a paragraph of it stands in both."""
        speech = " ".join(self.random.sample(self._sentences, 2))
        one, other = self._two()
        return f"{one}\n\n«{speech}», – деді ол.", f"«{speech}», – делінген мәлімдемеде.\n\n{other}"

    def _background(self) -> tuple[str, str]:
        """News and what followed: the last paragraph tells again what had happened."""
        background = max(self._body().split("\n\n"), key=len)
        one, other = self._two()
        return f"{one}\n\nЕске салайық. {background}", f"{other}\n\n{background}"
