"""A small archive whose answers can be worked out by hand, and a short way to write articles and queries.

A word of a text is written `form`, `form=stem` or `form=stem|stem`; without `=` the form is its own stem.
"""

from datetime import datetime
from typing import Any

from search.deadline import Deadline
from search.engines.base import Document
from search.kazakh import Terms
from search.model import Article, Scope
from search.query.nodes import Near, Prefix, Term, Words


class Looks(Deadline):
    """A deadline that passes after it was looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__(float("inf"))
        self.left = looks

    @property
    def passed(self) -> bool:
        self.left -= 1
        return self.left < 0


def terms(text: str) -> Terms:
    exacts, stems, starts = [], [], []
    for number, word in enumerate(filter(None, text.split(" "))):
        exact, _, readings = word.partition("=")
        exacts.append(exact)
        stems.append(tuple((readings or exact).split("|")))
        starts.append(number * 20)
    return Terms(starts, [start + 10 for start in starts], exacts, list(exacts), stems)


def doc(
    article_id: str, title: str = "", body: str = "", published: str = "", cluster: str = "", **fields: Any
) -> Document:
    when = datetime.fromisoformat(published) if published else None
    return Document(Article(article_id, title, body, published=when, **fields), terms(title), terms(body), cluster)


def stem(*stems: str, scope: Scope = Scope.ALL, weight: float = 1.0) -> Term:
    """A word that is met by any of these stems; the form typed is the first of them."""
    return Term(stems[0], stems, (stems[0],), scope=scope, weight=weight)


def exact(form: str, of: str = "", scope: Scope = Scope.ALL) -> Term:
    """A word that is met only in this form."""
    return Term(form, (of or form,), (form,), scope=scope, exact=True)


def prefix(*forms: str, scope: Scope = Scope.ALL, weight: float = 1.0) -> Prefix:
    """The words that begin alike, by their forms."""
    return Prefix(forms[0] if forms else "", forms, scope, weight)


def near(within: int, *units: Term) -> Near:
    return Near(units, within)


def words(text: str, strict: bool = False, scope: Scope = Scope.ALL) -> Words:
    content = tuple(stem(word, scope=scope) for word in text.split())
    return Words(content, content, strict)


# Newest first: k1 k2 k3, then k4 and k5 at the same moment on different local days, k6; k7 and k8 have no date.
ARCHIVE = (
    doc("k1", "қала тойы=той", "қалада=қала той болды=бол", "2024-05-03T10:00+05:00",
        category="спорт", source="Таң", author="Асан", lang="kk", script="Cyrl"),
    doc("k2", "той", "бүгін ауылда=ауыл той мен думан", "2024-05-03T09:00+05:00",
        category="мәдениет", source="Таң", lang="kk", script="Cyrl"),
    doc("k3", "ауыл", "ауыл жастары=жас қалаға=қала келді=кел", "2024-01-15T08:00+06:00",
        category="спорт", source="Кеш", author="Үсен", lang="kk", script="Latn"),
    doc("k4", "жаз=жаз|жазу", "жаз келді=кел жазды=жаз|жазу", "2023-12-31T23:30+05:00", source="Кеш", lang="ru"),
    doc("k5", "нарық", "мұнай бағасы=баға қымбат мұнай", "2024-01-01T00:30+06:00",
        category="экономика", source="Таң", lang="kk", script="Cyrl"),
    doc("k6", "мұнай", "нарық пен=мен баға", "2022-07-07T12:00+06:00",
        category="экономика", source="Кеш", author="Асан", lang="kk", script="Cyrl"),
    doc("k7", "той думан"),
    doc("k8", "", "думан той болды=бол кел", category="спорт", source="Кеш", lang="kk"),
)  # fmt: skip

# The house order is s1 a1 a2 b2 b1 x1 a3 s2. For the stem «су» by relevance, best first: a2 b1 s1 a3 s2 b2 a1.
COPIES = (
    doc("a1", "су", "жер жер жер жер жер", "2024-06-01T09:00+05:00", "A", category="спорт", source="Таң"),
    doc("a2", "су", "су су", "2024-03-10T09:00+05:00", "A", category="мәдениет", source="Кеш"),
    doc("a3", "су", "жер", "", "A", category="спорт", source="Кеш"),
    doc("b1", "су", "су", "2023-02-01T09:00+05:00", "B", source="Таң"),
    doc("b2", "су", "жер жер жер", "2023-02-03T09:00+05:00", "B", source="Таң"),
    doc("s1", "су", "", "2024-06-02T09:00+05:00", category="спорт", source="Таң"),
    doc("s2", "су", "жер жер", "", "S", source="Кеш"),
    doc("x1", "жер", "", "2022-01-01T09:00+05:00", "A", category="спорт", source="Кеш"),
)
