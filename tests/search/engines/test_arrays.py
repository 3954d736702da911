"""Files of named arrays: whole, in stretches, damaged."""

import os
from pathlib import Path

import numpy as np
import pytest

from search.engines.arrays import Arrays, Texts, texts, write
from search.errors import IndexCorrupt


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(
        tmp_path / "a.izde",
        {
            "numbers": np.arange(1000, dtype=np.uint32),
            "table": np.arange(60, dtype=np.int8).reshape(20, 3),
            "none": np.zeros((0, 4), np.float64),
        },
    )
    return tmp_path / "a.izde"


def test_arrays_come_back(path: Path) -> None:
    arrays = Arrays(path)
    assert arrays.whole("numbers").tolist() == list(range(1000))
    assert arrays.whole("table").shape == (20, 3)
    assert arrays.whole("none").shape == (0, 4)
    arrays.close()
    arrays.close()


def test_stretches_of_rows(path: Path) -> None:
    arrays = Arrays(path)
    found = arrays.rows("numbers", np.array([5, 998, 0]), np.array([2, 2, 0]))
    assert found.tolist() == [5, 6, 998, 999]
    assert arrays.rows("table", np.array([1, 19]), np.array([1, 1])).tolist() == [[3, 4, 5], [57, 58, 59]]
    assert arrays.rows("table", np.array([], np.int64), np.array([], np.int64)).shape == (0, 3)
    arrays.close()


@pytest.mark.parametrize(("first", "count"), [(-1, 1), (999, 2), (0, 1001), (0, -1), (10**9, 1)])
def test_stretches_outside(path: Path, first: int, count: int) -> None:
    arrays = Arrays(path)
    with pytest.raises(IndexCorrupt, match="outside"):
        arrays.rows("numbers", np.array([first]), np.array([count]))
    arrays.close()


def test_the_same_arrays_give_the_same_bytes(path: Path) -> None:
    before = path.read_bytes()
    write(path, {"numbers": np.arange(3)})
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    "data", [b"", b"IZDEARR1", b"IZDEARR1\xff\xff\x00\x00[]", b"IZDEARR1\x02\x00\x00\x00{}", b"xxxxxxxxxxxx"]
)
def test_what_is_no_such_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b").write_bytes(data)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count of links that vanish while they are listed
    with pytest.raises(IndexCorrupt):
        Arrays(tmp_path / "b")
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_objects_are_never_read(tmp_path: Path) -> None:
    header = b'[{"name":"x","dtype":"|O","shape":[1],"offset":0}]'
    (tmp_path / "b").write_bytes(b"IZDEARR1" + len(header).to_bytes(4, "little") + header + b"\0" * 200)
    with pytest.raises(IndexCorrupt, match="objects"):
        Arrays(tmp_path / "b")


def test_a_name_that_is_not_there(path: Path) -> None:
    arrays = Arrays(path)
    with pytest.raises(IndexCorrupt, match="missing"):
        arrays.whole("missing")
    arrays.close()


def test_a_file_cut_short_while_it_is_open(path: Path) -> None:
    arrays = Arrays(path)
    os.truncate(path, 300)
    with pytest.raises(IndexCorrupt, match="shorter"):
        arrays.whole("numbers")
    with pytest.raises(IndexCorrupt, match="shorter"):
        arrays.rows("numbers", np.array([990]), np.array([5]))
    arrays.close()


def test_texts_are_found_by_their_bytes() -> None:
    words = sorted(
        ["су", "ә", "a", "", "ял", "\ud800", "😀", "суат"], key=lambda word: word.encode("utf-8", "surrogatepass")
    )
    held = Texts(*texts(words))
    assert len(held) == len(words)
    assert [held.find(word) for word in words] == list(range(len(words)))
    assert [held[place] for place in range(len(words))] == words
    assert [held.find(word) for word in ("б", "суа", "zz", "\uffff")] == [-1] * 4


def test_no_texts() -> None:
    assert Texts(*texts([])).find("су") == -1
