"""What is done to each record while inputs are read, in this process or in others: two steps, with counting between."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from .clean import clean, with_language
from .crumbs import Boilerplate, keys
from .records import Cleaned, InputSpec, RawRecord, Rejected

Place = tuple[str, str, int]
"""Input, file and line of a record."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first step learns of a record.

    kept: the record as the second step takes it. key: a hash of its id, place: where it stands. source, paragraphs:
    what `Boilerplate` counts. rejected: instead of these, why there is no article.
    """

    kept: bytes
    key: bytes = b""
    place: Place = ("", "", 0)
    source: str = ""
    paragraphs: tuple[bytes, ...] = ()
    rejected: Rejected | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """As for `RawRecord`."""
        return Seen, (self.kept, self.key, self.place, self.source, self.paragraphs, self.rejected)


class Cleaning:
    """The two steps, for records of these inputs."""

    def __init__(self, specs: Sequence[InputSpec]) -> None:
        self._specs = specs
        self._boilerplate = Boilerplate()

    def first(self, task: tuple[int, str, Sequence[RawRecord | Rejected]]) -> tuple[int, list[Seen]]:
        """Clean records; `task` has the number of their input, what their ids begin with, and themselves."""
        number, prefix, raws = task
        return number, [self._seen(raw, self._specs[number], prefix) for raw in raws]

    def learn(self, boilerplate: Boilerplate) -> None:
        """Be told what repeats, before the second step."""
        self._boilerplate = boilerplate

    def second(self, kept: Sequence[bytes]) -> list[Cleaned | Rejected]:
        """Take out what the page left in the articles, and find their languages."""
        return list(map(self._finished, kept))

    def _seen(self, raw: RawRecord | Rejected, spec: InputSpec, prefix: str) -> Seen:
        item = raw if isinstance(raw, Rejected) else clean(raw, spec)
        if isinstance(item, Rejected):
            item = replace(item, id=prefix + item.id) if prefix and item.id else item
            return Seen(pickle.dumps(item, -1), rejected=item)
        if prefix:
            item = replace(item, article=replace(item.article, id=prefix + item.article.id))
        article = item.article
        return Seen(pickle.dumps(item, -1), key_of(article.id), place_of(item), article.source, tuple(keys(article)))

    def _finished(self, kept: bytes) -> Cleaned | Rejected:
        item: Cleaned | Rejected = pickle.loads(kept)  # noqa: S301  # it comes from the first step, by no name in a folder
        return with_language(self._without_crumbs(item)) if isinstance(item, Cleaned) else item

    def _without_crumbs(self, item: Cleaned) -> Cleaned:
        body, taken = self._boilerplate.strip(item.article)
        if not taken:
            return item
        remarks = (f"not part of the article: {text[:60]!r}" for text in taken)
        return replace(item, article=replace(item.article, body=body), remarks=(*item.remarks, *remarks))


def place_of(item: Cleaned) -> Place:
    """Where the record of an article stands."""
    return item.input, item.file, item.line


def key_of(name: str) -> bytes:
    """What ids are compared by."""
    return blake2b(name.encode(), digest_size=12).digest()
