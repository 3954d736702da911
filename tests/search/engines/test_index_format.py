"""docs/index-format.md: it names all there is, and a reader that knows nothing else finds an article by its words."""

import re
import zlib
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import zstandard

from search import manifest
from search.facets import FACETS
from search.kazakh import Analyzer
from search.model import Article
from tests.indexes import ARTICLES, publish

TEXT = Path(__file__).parents[3].joinpath("docs/index-format.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    many = Article("көп", "Сөз көп", "су " * 300, lang="kk")
    return publish(tmp_path_factory.mktemp("format"), [*ARTICLES, many])


def read(path: Path) -> tuple[str, int, dict[str, Any]]:
    """A mapped file, as the document describes it."""
    data = path.read_bytes()
    assert data[-8:] == b"IZDEMAP1"
    crc, size = np.frombuffer(data[-16:-8], "<u4").tolist()
    footer = msgspec.msgpack.decode(data[-16 - size : -16])
    length = footer["length"]
    blocks = [data[at : min(at + 65_536, length)] for at in range(0, length, 65_536)]
    assert len(data) == length + 4 * len(blocks) + size + 16
    assert zlib.crc32(data[length:-16]) == crc
    assert np.frombuffer(data[length : length + 4 * len(blocks)], "<u4").tolist() == list(map(zlib.crc32, blocks))
    arrays, end = {}, 0
    for name, (dtype, shape, offset) in footer["arrays"].items():
        assert offset % 64 == 0
        assert not any(data[end:offset])
        arrays[name] = np.frombuffer(data, dtype, int(np.prod(shape)), offset).reshape(shape)
        end = offset + arrays[name].nbytes
    return footer["kind"], footer["version"], arrays


def find(arrays: dict[str, Any], name: str, text: str) -> int:
    hashed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
    at = int(np.searchsorted(arrays[f"{name}_hashes"], np.uint64(hashed)))
    number = int(arrays[f"{name}_places"][at])
    start, end = arrays[f"{name}_ends"][number : number + 2].tolist()
    assert arrays[f"{name}_text"][start:end].tobytes() == text.encode()
    return number


def postings(arrays: dict[str, Any], field: str, term: str) -> dict[int, list[int]]:
    number = find(arrays, field, term)
    first, last = arrays[f"{field}_from"][number : number + 2].tolist()
    tf = arrays[f"{field}_tf"].astype(int)
    assert tf[arrays[f"{field}_big"]].tolist() == [255] * len(arrays[f"{field}_big"])
    tf[arrays[f"{field}_big"]] = arrays[f"{field}_bigs"]
    found, at = {}, int(arrays[f"{field}_at"][number])
    for article, count in zip(arrays[f"{field}_ids"][first:last].tolist(), tf[first:last].tolist(), strict=True):
        found[article] = arrays[f"{field}_positions"][at : at + count].tolist()
        at += count
    return found


def test_every_file_and_every_array_is_described(folder: Path) -> None:
    facets = f":({'|'.join(FACETS)})(?![a-z])"
    described = set(re.findall(r"`([^`]+)`", TEXT))
    for name in manifest.listed(folder):
        assert name in described or Path(name).name in described, name
    files = [folder / name for name in manifest.listed(folder)]
    mapped = [path for path in files if path.read_bytes().endswith(b"IZDEMAP1")]
    assert len(mapped) == 5
    for path in mapped:
        kind, version, arrays = read(path)
        assert f"{path.relative_to(folder)}: kind `{kind}`, version {version}\n" in TEXT
        for name in arrays:
            field = re.sub("^(stem|exact)_", "F_", name) if kind == "postings" else re.sub(facets, ":F", name)
            assert field in described, f"{path.name}: {name}"


def test_an_article_is_found_by_its_words_with_nothing_but_the_description(folder: Path) -> None:
    _, _, terms = read(folder / "engine" / "postings.izde")
    _, _, columns = read(folder / "engine" / "columns.izde")
    _, _, forward = read(folder / "engine" / "forward.izde")
    _, _, stored = read(folder / "engine" / "articles.izde")
    analyzer = Analyzer()
    for article in ARTICLES[:6]:
        number = find(columns, "ids", article.id)
        title, body = (analyzer.terms(text, article.lang) for text in (article.title, article.body))
        words = title.exacts + body.exacts
        positions = [*range(len(title.exacts)), *range(len(title.exacts) + 100, len(words) + 100)]
        for word in set(words):
            places = [place for place, other in zip(positions, words, strict=True) if other == word]
            assert postings(terms, "exact", word)[number] == places
        first, last = forward["starts"][number : number + 2].tolist()
        exacts = forward["exact_list"][forward["flat"][first:last]]
        assert exacts.tolist() == [find(forward, "exact", word) for word in words]
        start, end = stored["ends"][number : number + 2].tolist()
        trained = stored["dictionary"].tobytes()
        unpacked = zstandard.ZstdDecompressor(zstandard.ZstdCompressionDict(trained) if trained else None)
        its_id, _, text, *_ = msgspec.msgpack.decode(unpacked.decompress(stored["blob"][start:end].tobytes()))
        assert its_id == article.id
        assert (text.decode("kz1048") if isinstance(text, bytes) else text) == article.body


def test_a_word_that_stands_very_often(folder: Path) -> None:
    _, _, terms = read(folder / "engine" / "postings.izde")
    _, _, columns = read(folder / "engine" / "columns.izde")
    assert len(postings(terms, "exact", "су")[find(columns, "ids", "көп")]) == 300
