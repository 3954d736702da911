"""The front door of the reading half: from inputs to clean articles, in two passes over the files.

The first pass counts what repeats and notes ids that stand twice; the second gives the articles. Memory holds a hash
for every id and a bounded number of counts, never the texts. Of two records with one id the last one wins, over all
inputs of the run; the other comes out as `Superseded`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from . import inputs
from .clean import clean, with_language
from .crumbs import Boilerplate
from .inputs.walk import Walk, empty, label
from .records import Cleaned, InputSpec, Rejected, Superseded

Place = tuple[str, str, int]
"""Input, file and line of a record."""


@dataclass(slots=True)
class Survey:
    """What the first pass learnt.

    records: how many the second pass will give, for progress.
    skipped: files of no known kind, by input.
    last: where the last record of an id stands, for ids that stand more than once.
    """

    walks: tuple[Walk, ...]
    boilerplate: Boilerplate = field(default_factory=Boilerplate)
    records: int = 0
    skipped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    last: dict[bytes, Place] = field(default_factory=dict)


def survey(specs: Sequence[InputSpec]) -> Survey:
    """The first pass over the inputs.

    Raises:
        InputError: a path does not exist.
        EmptyInput: an input holds no file of a known kind, or no article could be read from it.
    """
    found = Survey(tuple(inputs.walk(spec) for spec in specs))
    seen: set[bytes] = set()
    for walk, prefix in _prefixed(found.walks):
        rejected: Rejected | None = None
        accepted = 0
        for item in _cleaned(walk, prefix):
            found.records += 1
            if isinstance(item, Rejected):
                rejected = rejected or item
                continue
            accepted += 1
            found.boilerplate.count(item.article)
            key = _key(item.article.id)
            if key in seen:
                found.last[key] = _place(item)
            seen.add(key)
        if not accepted:
            raise empty(walk.spec, "no article could be read", [rejected] if rejected else [])
        found.skipped[label(walk.spec)] = tuple(walk.unknown)
    return found


def articles(specs: Sequence[InputSpec], found: Survey | None = None) -> Iterator[Cleaned | Rejected]:
    """Every record of the inputs, in order: an article with its remarks, or why there is none.

    found: the first pass, where it was made before (for the number of records and the files that were skipped).

    Raises:
        InputError, EmptyInput: as `survey`, before anything is given.
    """
    found = found or survey(specs)
    given: set[bytes] = set()
    for walk, prefix in _prefixed(found.walks):
        for item in _cleaned(walk, prefix):
            if isinstance(item, Rejected):
                yield item
                continue
            key = _key(item.article.id)
            winner = found.last.get(key, _place(item))
            if winner != _place(item) or key in given:
                yield _superseded(item, winner)
                continue
            given.add(key)
            yield with_language(_without_crumbs(item, found.boilerplate))


def _prefixed(walks: Sequence[Walk]) -> Iterator[tuple[Walk, str]]:
    """Each input with what its ids begin with: its name, where the run has several inputs."""
    for walk in walks:
        yield walk, f"{walk.spec.name}/" if walk.spec.name and len(walks) > 1 else ""


def _cleaned(walk: Walk, prefix: str) -> Iterator[Cleaned | Rejected]:
    for raw in inputs.read(walk.spec, walk):
        item = raw if isinstance(raw, Rejected) else clean(raw, walk.spec)
        if isinstance(item, Cleaned):
            yield replace(item, article=replace(item.article, id=prefix + item.article.id)) if prefix else item
        else:
            yield replace(item, id=prefix + item.id) if prefix and item.id else item


def _without_crumbs(item: Cleaned, boilerplate: Boilerplate) -> Cleaned:
    body, taken = boilerplate.strip(item.article)
    if not taken:
        return item
    remarks = (f"not part of the article: {text[:60]!r}" for text in taken)
    return replace(item, article=replace(item.article, body=body), remarks=(*item.remarks, *remarks))


def _superseded(item: Cleaned, winner: Place) -> Superseded:
    where = f"{winner[1]}:{winner[2]}" if winner[0] == item.input else f"input {winner[0]}, {winner[1]}:{winner[2]}"
    reason = f"the same id stands again in {where}; the last one counts"
    return Superseded(item.input, item.file, item.line, item.article.id, reason)


def _place(item: Cleaned) -> Place:
    return item.input, item.file, item.line


def _key(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=12).digest()
