"""Groups of bodies that are alike: the same for every order and history, and those of a plain search among all pairs.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of archives.
"""

import os
import random
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.duplicates.alike import Judge, Text, alike
from indexer.duplicates.candidates import LIKELY
from indexer.duplicates.clustering import clusters
from indexer.duplicates.signatures import BANDS, ROWS, SLOTS, Signatures
from indexer.duplicates.verdicts import Verdicts
from indexer.duplicates.words import Keys

SEED = int(os.environ.get("SEED", "20261128"))
SCALE = int(os.environ.get("SCALE", "1"))
VARIANTS = 7
"""Of one text at most: up to `FEW` that share a band, all pairs are looked at."""


class Maker:
    """Texts in numbers, each some edits away from one that was made before."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.numbers = np.random.default_rng(seed)

    def words(self, count: int) -> Keys:
        return self.numbers.integers(1, 2**62, count, dtype=np.uint64) * np.uint64(2)

    def family(self) -> list[Keys]:
        made = [self.words(self.random.choice([0, 5, 13, 45, 80, 200]))]
        if len(made[0]) > 20:
            facts = self.numbers.choice(len(made[0]), 6, replace=False)
            made[0][facts] |= np.uint64(1)
        for _ in range(self.random.randrange(VARIANTS)):
            made.append(self.edited(self.random.choice([made[-1], made[0], self.random.choice(made)])))
        return made

    def edited(self, body: Keys) -> Keys:
        body = body.copy()
        size = len(body)
        match self.random.choice(["words", "cut", "more", "move", "facts", "none"]):
            case "words":
                places = self.numbers.random(size) < self.random.choice([0.02, 0.05, 0.1])
                body[places] = self.words(int(places.sum()))
            case "cut":
                body = body[: size - self.random.randrange(size // 2 + 1)]
            case "more":
                body = np.concatenate([self.words(self.random.randrange(size // 2 + 1)), body])
            case "move":
                body = np.roll(body, self.random.randrange(size + 1))
            case "facts":
                facts = np.flatnonzero(body & np.uint64(1))[: self.random.randrange(4)]
                body[facts] = self.words(len(facts)) | np.uint64(1)
        return body

    def archive(self) -> list[Keys]:
        bodies = [body for _ in range(self.random.randrange(12)) for body in self.family()]
        self.random.shuffle(bodies)
        return bodies


def signed(bodies: list[Keys]) -> Signatures:
    starts = np.concatenate([[0], np.cumsum([len(one) for one in bodies], dtype=np.int64)])
    return Signatures.of([(np.concatenate([*bodies, np.zeros(0, np.uint64)]), starts)])


def plain(bodies: list[Keys], signatures: Signatures) -> list[int]:
    """The same groups, found in all pairs, one after another."""
    texts = {int(body): Text(words) for body, words in zip(signatures.bodies, bodies, strict=True) if body}
    times = Counter(signatures.bodies.tolist())
    slots = dict(zip(signatures.bodies.tolist(), signatures.slots.tolist(), strict=True))

    def equal(one: int, other: int) -> int:
        return sum(a == b for a, b in zip(slots[one], slots[other], strict=True))

    def linked(one: int, other: int) -> bool:
        same = [a == b for a, b in zip(slots[one], slots[other], strict=True)]
        has_band = any(all(same[at : at + ROWS]) for at in range(0, BANDS * ROWS, ROWS))
        return has_band and equal(one, other) >= LIKELY * SLOTS and alike(texts[one], texts[other])

    group = {one: {one} for one in texts}
    for one, other in combinations(texts, 2):
        if linked(one, other) and group[one] is not group[other]:
            group[one] |= group[other]
            for member in group[other]:
                group[member] = group[one]
    found: dict[int, int] = {0: 0}
    for left in map(set, {id(one): one for one in group.values()}.values()):
        while left:
            votes = {one: sum(times[other] * equal(one, other) for other in left) for one in left}
            centre = min(left, key=lambda one: (-votes[one], one))
            near = {one for one in left if one == centre or len(left) == len(group[one]) == 2
                    or alike(texts[one], texts[centre])}  # fmt: skip
            found |= dict.fromkeys(near, min(near))
            left -= near
    return [found[body] for body in signatures.bodies.tolist()]


@pytest.fixture(params=range(12 * SCALE))
def maker(request: pytest.FixtureRequest) -> Maker:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    return Maker(SEED + request.param)


def test_groups_are_those_of_a_search_among_all_pairs(maker: Maker) -> None:
    bodies = maker.archive()
    signatures = signed(bodies)
    found, verdicts = clusters(signatures, Judge(bodies.__getitem__))
    assert found.tolist() == plain(bodies, signatures)
    assert (verdicts.pairs[1:] > verdicts.pairs[:-1]).all()


def test_neither_order_nor_history_changes_them(maker: Maker) -> None:
    bodies = maker.archive()
    found, verdicts = clusters(signed(bodies), Judge(bodies.__getitem__))
    order = maker.random.sample(range(len(bodies)), len(bodies))
    others = maker.archive()
    before = [*others, *[body for body in bodies if maker.random.random() < 0.5]]
    maker.random.shuffle(before)
    _, known = clusters(signed(before), Judge(before.__getitem__))
    asked = 0

    def judge(ones: NDArray[np.int64], twos: NDArray[np.int64]) -> NDArray[np.bool_]:
        nonlocal asked
        asked += len(ones)
        return Judge(shuffled.__getitem__)(ones, twos)

    shuffled = [bodies[at] for at in order]
    again, more = clusters(signed(shuffled), judge, known)
    assert again.tolist() == found[order].tolist()
    assert (more.pairs.tolist(), more.alike.tolist()) == (verdicts.pairs.tolist(), verdicts.alike.tolist())
    assert asked == len(verdicts) - int(known.known(verdicts.pairs).sum())


def test_what_was_found_before_is_not_looked_at_again(maker: Maker) -> None:
    bodies = maker.archive()
    found, known = clusters(signed(bodies), Judge(bodies.__getitem__))

    def refuse(ones: NDArray[np.int64], twos: NDArray[np.int64]) -> NDArray[np.bool_]:
        assert not len(ones)
        return np.zeros(0, np.bool_)

    assert clusters(signed(bodies), refuse, known)[0].tolist() == found.tolist()


def test_all_of_a_group_are_like_one_of_it() -> None:
    """A chain of edits, each of the one before: its ends have nothing in common."""
    maker = Maker(SEED)
    chain = [maker.words(100)]
    for _ in range(60):
        chain.append(np.concatenate([chain[-1][8:], maker.words(8)]))
    found = clusters(signed(chain), Judge(chain.__getitem__))[0]
    texts = list(map(Text, chain))
    assert len(set(found.tolist())) > 5
    for cluster in set(found.tolist()):
        members = np.flatnonzero(found == cluster).tolist()
        assert any(all(one == other or alike(texts[one], texts[other]) for other in members) for one in members)


def test_an_empty_archive_has_no_groups() -> None:
    found, verdicts = clusters(signed([]), Judge([].__getitem__), Verdicts.none())
    assert (len(found), len(verdicts)) == (0, 0)
