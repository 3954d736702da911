"""Files of arrays that are mapped: what goes in comes out, and nothing damaged does."""

import gc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from search.errors import IndexCorrupt, IndexFormatTooNew
from search.mapped import BLOCK, Mapped
from search.mapped_writer import MappedWriter

ARRAYS = {
    "ids": np.arange(50_000, dtype=np.uint32),
    "empty": np.zeros(0, np.int64),
    "rows": np.arange(24, dtype=np.int8).reshape(6, 4),
    "floats": np.linspace(0, 1, 7),
    "text": np.frombuffer("қазақша мәтін".encode(), np.uint8),
}


def write(path, arrays=ARRAYS, kind="сынақ", version=3):
    writer = MappedWriter(path, kind, version)
    for name, array in arrays.items():
        writer.add(name, array)
    writer.finish()
    return path


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "a")


def opened(path):
    return Mapped(path, "сынақ", 3)


def test_arrays_come_back(path):
    file = opened(path)
    for name, array in ARRAYS.items():
        found = file.whole(name)
        assert found.dtype == array.dtype
        assert np.array_equal(found, array)
        assert not found.flags.writeable
    assert file.part("ids", 17, 20).tolist() == [17, 18, 19]
    assert file.part("rows", 5, 6).tolist() == [[20, 21, 22, 23]]
    assert file.part("empty", 0, 0).size == 0


@given(st.lists(arrays_of.arrays(st.sampled_from(["<u4", "u1", "<u2"]), st.integers(0, 40)), max_size=4))
def test_an_array_may_be_written_in_pieces(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("pieces")
    whole = np.concatenate([np.zeros(0, "<u4"), *(piece.astype("<u4") for piece in pieces)]).astype("<u4")
    writer = MappedWriter(folder / "a", "k", 1)
    with writer.array("x", "<u4") as put:
        for piece in pieces:
            put(piece.astype("<u4"))
    writer.finish()
    write(folder / "b", {"x": whole}, "k", 1)
    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()
    assert np.array_equal(Mapped(folder / "a", "k", 1).whole("x"), whole)


@given(st.data())
def test_taken_rows_are_those_of_the_array(tmp_path_factory, data):
    count, width = data.draw(st.sampled_from([(9, 30_000), (40_000, 6), (70_000, 1)]))
    array = np.arange(count * width, dtype=np.uint16).reshape(count, width)
    folder = tmp_path_factory.mktemp("taken")
    file = opened(write(folder / "a", {"first": np.zeros(100, np.uint8), "x": array, "none": array[:0]}))
    for _ in range(3):
        rows = np.array(data.draw(st.lists(st.integers(0, count - 1), max_size=5)), np.uint32)
        assert np.array_equal(file.take("x", rows), array[rows])
    assert file.take("none", np.zeros(0, np.int64)).shape == (0, width)
    for wrong in (count, count + 5, 1 << 40):
        with pytest.raises(IndexCorrupt, match="outside"):
            file.take("x", np.array([0, wrong]))


def test_taking_checks_the_blocks_that_hold_the_rows_and_no_other(tmp_path):
    array = np.zeros((3 * BLOCK // 48, 48), np.uint8)
    path = write(tmp_path / "a", {"x": array})
    damaged = bytearray(path.read_bytes())
    damaged[BLOCK + 4] ^= 1
    path.write_bytes(damaged)
    file = opened(path)
    straddling, before, after = BLOCK // 48, BLOCK // 48 - 1, 2 * BLOCK // 48 + 1
    assert file.take("x", np.array([after, 0, before])).shape == (3, 48)
    for row in (straddling, straddling + 1):
        with pytest.raises(IndexCorrupt, match="block 1"):
            file.take("x", np.array([0, row]))


@given(st.data())
def test_joined_stretches_are_those_of_the_array(tmp_path_factory, data):
    count, width = data.draw(st.sampled_from([(9, 30_000), (40_000, 6), (70_000, 1)]))
    array = np.arange(count * width, dtype=np.uint16).reshape(count, width)
    folder = tmp_path_factory.mktemp("joined")
    file = opened(write(folder / "a", {"first": np.zeros(100, np.uint8), "x": array, "none": array[:0]}))
    for longest in (3, count, count):
        starts = data.draw(st.lists(st.integers(0, count), max_size=5))
        stops = [data.draw(st.integers(start, min(start + longest, count))) for start in starts]
        expected = np.concatenate([array[:0], *(array[a:b] for a, b in zip(starts, stops, strict=True))])
        found = file.joined("x", np.array(starts, np.int64), np.array(stops, np.int64), np.int32)
        assert found.dtype == np.int32
        assert np.array_equal(found, expected.astype(np.int32))
    assert file.joined("none", np.zeros(2, np.int64), np.zeros(2, np.int64), np.int64).shape == (0, width)
    file.check_all()  # everything was looked at: it must be refused all the same
    for _ in range(2):
        for start, stop in ((0, count + 1), (count + 70, count + 80), (3, 2)):
            with pytest.raises(IndexCorrupt, match="outside"):
                file.joined("x", np.array([0, start]), np.array([1, stop]), np.int64)


def test_joining_checks_the_blocks_that_hold_the_rows_and_no_other(tmp_path):
    path = write(tmp_path / "a", {"x": np.zeros(5 * BLOCK, np.uint8)})
    damaged = bytearray(path.read_bytes())
    damaged[2 * BLOCK + 4] ^= 1
    path.write_bytes(damaged)
    for start, stop in ((BLOCK - 5, 2 * BLOCK), (0, 2 * BLOCK), (3 * BLOCK, 5 * BLOCK), (2 * BLOCK, 2 * BLOCK)):
        assert len(opened(path).joined("x", np.array([start]), np.array([stop]), np.int64)) == stop - start
    for start, stop in (
        (2 * BLOCK, 2 * BLOCK + 1),
        (0, 5 * BLOCK),
        (2 * BLOCK - 1, 3 * BLOCK),
        (3 * BLOCK - 1, 4 * BLOCK),
    ):
        with pytest.raises(IndexCorrupt, match="block 2"):
            opened(path).joined("x", np.array([0, start]), np.array([1, stop]), np.int64)


@pytest.mark.parametrize(("first", "end"), [(-1, 1), (0, 50_001), (3, 2)])
def test_rows_outside_are_refused(path, first, end):
    with pytest.raises(IndexCorrupt, match="outside"):
        opened(path).part("ids", first, end)
    with pytest.raises(IndexCorrupt, match="no array"):
        opened(path).whole("жоқ")


def test_every_flipped_bit_is_found_before_its_bytes_are_used(path):
    whole = path.read_bytes()
    places = [*range(0, len(whole), 997), *range(len(whole) - 300, len(whole))]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        with pytest.raises((IndexCorrupt, IndexFormatTooNew)):
            opened(path).check_all()


def test_a_block_is_checked_when_it_is_touched_and_no_other(path):
    damaged = bytearray(path.read_bytes())
    damaged[BLOCK + 4] ^= 1
    path.write_bytes(damaged)
    file = opened(path)
    assert file.part("ids", 0, 100).tolist() == list(range(100))
    assert file.whole("rows").shape == (6, 4)
    for _ in range(2):
        with pytest.raises(IndexCorrupt, match="block 1"):
            file.part("ids", BLOCK // 4, BLOCK // 4 + 1)


def test_what_is_no_such_file_is_refused(tmp_path, path):
    for size in (0, 5, 100, path.stat().st_size - 1):
        cut = tmp_path / f"cut{size}"
        cut.write_bytes(path.read_bytes()[:size])
        with pytest.raises(IndexCorrupt):
            opened(cut)
    with pytest.raises(IndexCorrupt, match="holds"):
        Mapped(path, "басқа", 3)
    with pytest.raises(IndexFormatTooNew):
        Mapped(path, "сынақ", 2)
    with pytest.raises(IndexCorrupt):
        opened(tmp_path / "жоқ")
    write(tmp_path / "objects")
    data = (tmp_path / "objects").read_bytes().replace(b"<u4", b"|O8")
    (tmp_path / "objects").write_bytes(data)
    with pytest.raises(IndexCorrupt):
        opened(tmp_path / "objects")


def test_the_map_goes_with_the_last_array(path):
    def maps():
        return Path("/proc/self/maps").read_text().count(str(path))

    def files():
        return len(list(Path("/proc/self/fd").iterdir()))

    before = files()
    file = opened(path)
    array = file.part("ids", 0, 10)
    assert maps() == 1
    file.close()
    assert array.tolist() == list(range(10))
    del array, file
    gc.collect()
    assert (maps(), files()) == (0, before)
