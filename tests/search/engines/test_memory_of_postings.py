"""What postings say that they take of a cache: what they hold themselves, not what is mapped."""

from pathlib import Path

import numpy as np

from search.engines.whoosh.postings import narrow, own_bytes, summed
from search.mapped import Mapped
from search.mapped_writer import MappedWriter


def test_mapped_arrays_take_nothing(tmp_path: Path) -> None:
    writer = MappedWriter(tmp_path / "x", "kind", 1)
    writer.add("ids", np.arange(1000, dtype=np.uint32))
    writer.finish()
    file = Mapped(tmp_path / "x", "kind", 1)
    assert own_bytes(file.whole("ids")) == own_bytes(file.part("ids", 10, 20)) == 0
    assert own_bytes(file.take("ids", np.arange(5))) == 20


def test_lists_that_are_added_up_take_five_bytes_an_article() -> None:
    ids = np.concatenate([np.arange(0, 20_000, 2), np.arange(0, 20_000, 3)]).astype(np.uint32)
    made = summed(ids, np.ones(len(ids), np.uint8))
    assert made.df == len(np.union1d(np.arange(0, 20_000, 2), np.arange(0, 20_000, 3)))
    assert own_bytes(made.ids.astype(np.uint32)) == 4 * made.df
    assert made.tf.dtype == np.uint8
    assert made.tf.tolist()[:5] == [2, 1, 1, 1, 2]


def test_counts_are_as_wide_as_they_need() -> None:
    assert [narrow(np.array(held, np.int64)).dtype.itemsize for held in ([], [255], [256], [70_000])] == [1, 1, 2, 4]
