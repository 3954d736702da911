"""What is done to each record while inputs are read, in this process or in others: two steps, with counting between."""

import pickle
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from search.engines.articles import encode
from search.engines.base import moment

from .clean import clean, with_language
from .crumbs import keys, strip
from .ledger.hashes import digest
from .records import Cleaned, InputSpec, Raw, Rejected, Unread


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first step learns of a record.

    kept: the record as the second step takes it. id, source: of the article. paragraphs: their `crumbs.keys`.
    rejected: instead of these, why there is no article.
    """

    kept: bytes
    id: str = ""
    source: str = ""
    paragraphs: bytes = b""
    rejected: Rejected | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """As for `RawRecord`."""
        return Seen, (self.kept, self.id, self.source, self.paragraphs, self.rejected)


class Made(NamedTuple):
    """An article as the second step leaves it.

    data: as `articles.encode` gives it, empty if it cannot be stored. digest: a hash of it. moment: `base.moment`.
    problem: why it cannot be stored, or empty.
    """

    data: bytes
    digest: bytes
    lang: str
    script: str
    moment: int | None
    remarks: tuple[str, ...]
    problem: str = ""


class Cleaning:
    """The two steps, for records of these inputs."""

    def __init__(self, specs: Sequence[InputSpec]) -> None:
        self._specs = specs
        self._repeated: Collection[bytes] = ()

    def first(self, task: tuple[int, str, Sequence[Raw]]) -> list[Seen]:
        """Read and clean records; `task` has the number of their input, what their ids begin with, and themselves."""
        number, prefix, raws = task
        return [self._seen(raw, self._specs[number], prefix) for raw in raws]

    def learn(self, repeated: Collection[bytes]) -> None:
        """Be told what repeats, before the second step."""
        self._repeated = repeated

    def second(self, kept: Sequence[bytes]) -> list[Made]:
        """Take out what the page left in the articles, and find their languages."""
        return list(map(self._made, kept))

    def _seen(self, raw: Raw, spec: InputSpec, prefix: str) -> Seen:
        read = raw.read() if isinstance(raw, Unread) else raw
        item = read if isinstance(read, Rejected) else clean(read, spec)
        if isinstance(item, Rejected):
            return Seen(b"", rejected=replace(item, id=prefix + item.id) if prefix and item.id else item)
        if prefix:
            item = replace(item, article=replace(item.article, id=prefix + item.article.id))
        article = item.article
        return Seen(pickle.dumps(item, -1), article.id, article.source, keys(article))

    def _made(self, kept: bytes) -> Made:
        item: Cleaned = pickle.loads(kept)  # noqa: S301  # it comes from the first step, by no name in a folder
        body, taken = strip(item.article, self._repeated)
        if taken:
            remarks = (f"not part of the article: {text[:60]!r}" for text in taken)
            item = replace(item, article=replace(item.article, body=body), remarks=(*item.remarks, *remarks))
        item = with_language(item)
        article = item.article
        data, problem = b"", ""
        try:
            data = encode(article)
        except ValueError as error:
            problem = f"cannot be stored: {error}"
        return Made(data, digest(data), article.lang, article.script, moment(article), item.remarks, problem)
