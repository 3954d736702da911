"""What a run keeps for the next one."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest

from indexer import ledger
from indexer.cleaning import Seen
from indexer.collecting import Collector
from indexer.inputs import walk
from indexer.ledger import Ledger
from indexer.ledger.columns import FileColumns, both, some
from indexer.ledger.hashes import Index, digest, hashes, last_of_each
from indexer.looks import UNKNOWN, kept, look
from indexer.records import Held, InputSpec, Rejected
from search import manifest
from search.errors import IndexCorrupt
from search.names import names_of

NOW = time.time_ns()
SEED = int(os.environ.get("SEED", "20261126"))


def made(paths: Sequence[str] = ("а.jsonl", "б/\udcff.txt"), stamp: int = NOW - 10**10) -> Ledger:
    """A ledger of a few records, some with names and ids that no encoding has."""
    collector = Collector()
    for line in range(1, 7):
        collector.new(line % 2, line, "" if line < 4 else "қап.zip/\udcff", digest(b"%d" % line))
        wrong = {2: Rejected("кіріс", "а", 2, "ж\ud800", "бос"), 4: Held("кіріс", "б", 4, "к", "кейін")}.get(line)
        collector.told(Seen(b"", f"id{line}", f"{line % 3}", b"p" * 8 * line, wrong))
    records = collector.records()
    count = len(paths)
    files = FileColumns(
        input=np.zeros(count, np.uint16),
        path=names_of(list(paths)),
        slug=names_of(list(paths)),
        is_one=np.ones(count, np.bool_),
        size=np.arange(count),
        modified=np.full(count, stamp),
        changed=np.full(count, stamp),
        first=np.array([0, 3, 6]),
    )
    texts = (records.shown.texts(), records.sources.texts(), ("kk",), ("Cyrl", "Latn"))
    return Ledger(
        ("кіріс",), ("spec",), *texts, files, records.found, records.read, records.finished, records.rejected,
        np.array([3, 5], np.uint64), 4,
    )  # fmt: skip


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    one = made()
    ledger.write(tmp_path, one)
    other = ledger.read(tmp_path)
    for name in ("inputs", "specs", "shown", "sources", "langs", "scripts", "rejected", "learnt"):
        assert getattr(one, name) == getattr(other, name), name
    assert isinstance(other.rejected[3], Held)
    assert not isinstance(other.rejected[1], Held)
    every = np.arange(2)
    assert other.files.path.strings(every) == one.files.path.strings(every)
    assert np.array_equal(other.found.raw, one.found.raw)
    assert np.array_equal(other.read.paragraphs, one.read.paragraphs)
    assert other.ids() == []


def test_one_flipped_bit_is_seen(tmp_path: Path) -> None:
    ledger.write(tmp_path, made())
    path = tmp_path / manifest.ARTICLES
    data = path.read_bytes()
    random = Random(SEED)
    for _ in range(40):
        at, bit = random.randrange(len(data)), random.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        with pytest.raises(IndexCorrupt):
            ledger.read(tmp_path)


def test_some_records_and_both_parts_keep_their_paragraphs() -> None:
    read = made().read
    order = np.array([5, 0, 2])
    taken = some(both(read, read), np.append(order, order + len(read)))
    counts = np.diff(taken.ends).tolist()
    assert counts == [6, 1, 3, 6, 1, 3]
    assert taken.id.strings(np.arange(6)) == ["id6", "id1", "id3"] * 2


def test_hashes_are_found_and_of_equal_ones_the_last() -> None:
    print(f"SEED={SEED}")  # noqa: T201  # pytest shows it when the test fails
    random = Random(SEED)
    for _ in range(200):
        numbers = [random.randrange(6) for _ in range(random.randrange(12))]
        chosen = np.array([random.random() < 0.7 for _ in numbers], np.bool_)
        held = hashes([digest(b"%d" % one) for one in numbers])
        last = {one: at for at, one in enumerate(numbers) if chosen[at]}
        assert np.flatnonzero(last_of_each(held, chosen)).tolist() == sorted(last.values())
        places = {one: at for at, one in enumerate(numbers)}
        wanted = list(range(8))
        found = Index(held).find(hashes([digest(b"%d" % one) for one in wanted]))
        assert found.tolist() == [places.get(one, -1) for one in wanted]


def test_a_file_that_has_just_changed_is_looked_at_again() -> None:
    second = 1_000_000_000
    stamps = [(1, NOW - 1000, NOW - 1000), (1, NOW - second, NOW - second + 1), (1, NOW // second * second, 1)]
    assert (kept(stamps, NOW)[:, 1] == UNKNOWN).tolist() == [True, False, True]


def test_another_file_with_the_same_slug_changes_the_ids_of_both(tmp_path: Path, spec: object) -> None:
    def looked(before: Ledger | None) -> list[bool]:
        given: InputSpec = spec(name="кіріс")  # type: ignore[operator]
        return look(walk(given), "spec", before).is_same.tolist()

    def known() -> Ledger:
        held = walk(spec(name="кіріс"))  # type: ignore[operator]
        first = look(held, "spec", None)
        base = made(held.known)
        stamps = np.array(held.stamps)
        columns = FileColumns(
            np.zeros(len(stamps), np.uint16), first.paths, first.slugs, first.are_one, *stamps.T, base.files.first
        )
        return Ledger(*(columns if name == "files" else getattr(base, name) for name in Ledger.__slots__))

    for name in ("Ауыл.txt", "Қала.txt"):
        (tmp_path / name).write_text("Мәтін", "utf-8")
    before = known()
    assert looked(None) == [False, False]
    assert looked(before) == [True, True]
    (tmp_path / "ауыл.txt").write_text("Мәтін", "utf-8")
    assert looked(before) == [False, False, True]
    (tmp_path / "ауыл.txt").unlink()
    os.utime(tmp_path / "Қала.txt")
    assert looked(before) == [True, False]
