"""A vocabulary made of an older one and of the words of articles that came and went since.

What is written is, byte for byte, what a count of all articles would have given. The work grows with the words that
changed, and with copying the columns.
"""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..mapped import Mapped
from ..names import Names, names_of
from .columns import merged, order_with
from .counting import Counted
from .file import Column, opened, write
from .strings import Strings, encode
from .writer import derived
from .written import Cases

Ints = NDArray[np.int64]
Surface = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Counts:
    """What changes in the counts of keys, stems, surfaces, and of forms in titles; negative where articles went."""

    keys: dict[str, int]
    stems: dict[str, int]
    surfaces: dict[Surface, int]
    titles: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Column:
    """Strings with counts, and the number that each older one has now (where it is left)."""

    names: Names
    df: Column
    numbers: Ints


def patch(old: Path, new: Path, more: Counted, less: Counted, written: Cases, respelled: Iterable[str]) -> None:
    """Write the vocabulary `new`.

    more, less: the words of the articles that came, and of those that went. written: how words are written now;
    respelled: the words of which that may have changed.

    Raises:
        IndexCorrupt: the old one is not what was written, or does not hold what went.
        OSError: it cannot be written.
    """
    with closing(opened(old)) as file:
        counts = _counts(more, less)
        keys, stems = _column(file, "key", counts.keys), _column(file, "stem", counts.stems)
        blocks = _surfaces(file, counts, keys, stems, written, set(respelled))
        blocks |= derived(blocks, keys.names, keys.df, stems.names, stems.df)
    write(new, blocks)


def _counts(more: Counted, less: Counted) -> _Counts:
    found = _Counts({}, {}, {}, {})
    for sign, held in ((1, more), (-1, less)):
        for counts, of in ((found.keys, held.keys), (found.stems, held.stems), (found.titles, held.titles)):
            some = np.flatnonzero(of)
            for text, df in zip(held.names.strings(some), of[some].tolist(), strict=True):
                counts[text] = counts.get(text, 0) + sign * df
        parts = (held.names.strings(one) for one in (held.exact, held.key, held.stem))
        for surface, df in zip(zip(*parts, strict=True), held.df.tolist(), strict=True):
            found.surfaces[surface] = found.surfaces.get(surface, 0) + sign * df
    changed: tuple[dict[Any, int], ...] = (found.keys, found.stems, found.surfaces, found.titles)
    return _Counts(*({one: by for one, by in of.items() if by} for of in changed))


def _column(file: Mapped, name: str, changed: Mapping[str, int]) -> _Column:
    old = Names(file.whole(f"{name}_text"), file.whole(f"{name}_at").astype(np.int64))
    names, df, numbers = merged(old, file.whole(f"{name}_df").astype(np.int64), changed)
    return _Column(names, df.astype(np.uint32), numbers)


def _surfaces(
    file: Mapped, counts: _Counts, keys: _Column, stems: _Column, written: Cases, respelled: set[str]
) -> dict[str, Column]:
    """The columns of the surfaces."""
    text, at = file.whole("exact_text"), file.whole("exact_at")
    old, strings = Names(text, at.astype(np.int64)), Strings(text, at)
    old_keys, old_stems = (Strings(file.whole(f"{name}_text"), file.whole(f"{name}_at")) for name in ("key", "stem"))
    key, stem = file.whole("surface_key"), file.whole("surface_stem")
    df, titles = (file.whole(f"surface_{name}").astype(np.int64) for name in ("df", "titles"))
    cases = file.whole("surface_case").copy()

    def rows(exact: str) -> range:
        first = last = strings.first(exact)
        while last < len(strings) and strings[last] == exact:
            last += 1
        return range(first, last)

    in_titles: dict[str, int] = {}
    for exact, by in counts.titles.items():
        there = rows(exact)
        in_titles[exact] = by + (int(titles[there[0]]) if there else 0)
        titles[there.start : there.stop] = in_titles[exact]
    for exact in respelled:
        there = rows(exact)
        cases[there.start : there.stop] = written.case(exact)
    fresh: list[tuple[int, Surface]] = []
    for surface in sorted((one for one, by in counts.surfaces.items() if by), key=_encoded):
        there = rows(surface[0])
        held = [(old_keys[int(key[row])], old_stems[int(stem[row])]) for row in there]
        if surface[1:] in held:
            df[there[held.index(surface[1:])]] += counts.surfaces[surface]
        else:
            before = sum(tuple(map(encode, one)) < tuple(map(encode, surface[1:])) for one in held)
            fresh.append((there.start + before, surface))
            if there and surface[0] not in in_titles:
                in_titles[surface[0]] = int(titles[there[0]])
    order = order_with(len(old), [row for row, _ in fresh])
    some = [surface for _, surface in fresh]

    def joined(held: Column, more: Iterable[int]) -> NDArray[Any]:
        return np.append(held.astype(np.int64), np.fromiter(more, np.int64, len(some)))[order]

    every = joined(df, (counts.surfaces[one] for one in some))
    there_now = every > 0
    new_keys, new_stems = (Strings(one.names.text, one.names.ends) for one in (keys, stems))
    exacts = old.followed_by(names_of([one[0] for one in some])).some(order[there_now])
    columns = {
        "surface_key": joined(keys.numbers[key], (new_keys.first(one[1]) for one in some)),
        "surface_stem": joined(stems.numbers[stem], (new_stems.first(one[2]) for one in some)),
        "surface_df": every,
        "surface_titles": joined(titles, (in_titles.get(one[0], 0) for one in some)),
        "surface_case": joined(cases, (written.case(one[0]) for one in some)),
    }
    blocks: dict[str, Column] = {"exact_text": exacts.text, "exact_at": exacts.ends.astype(np.uint64)}
    return blocks | {name: held[there_now].astype(np.uint32) for name, held in columns.items()}


def _encoded(surface: Surface) -> tuple[bytes, ...]:
    return tuple(map(encode, surface))
