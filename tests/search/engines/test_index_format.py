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

from indexer.duplicates import file as duplicates
from indexer.duplicates.signatures import Signatures
from indexer.duplicates.verdicts import Verdicts
from search import manifest
from search.facets import FACETS
from search.kazakh import Analyzer
from search.model import Article
from tests.indexes import ARTICLES, publish

TEXT = Path(__file__).parents[3].joinpath("docs/index-format.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    many = Article("көп", "Сөз көп", "су " * 300, lang="kk")
    generation = publish(tmp_path_factory.mktemp("format"), [*ARTICLES, many])
    duplicates.write(generation, Signatures.of([]), Verdicts.none())
    return generation


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


def positions(arrays: dict[str, Any], number: int) -> dict[int, list[int]]:
    """Where the term of a number stands, by article."""
    first, last = arrays["from"][number : number + 2].tolist()
    tf = arrays["tf"].astype(int)
    assert tf[arrays["big"]].tolist() == [255] * len(arrays["big"])
    tf[arrays["big"]] = arrays["bigs"]
    found, at = {}, int(arrays["at"][number])
    for article, count in zip(arrays["ids"][first:last].tolist(), tf[first:last].tolist(), strict=True):
        found[article] = arrays["positions"][at : at + count].tolist()
        at += count
    if number in arrays["dense"].tolist():
        row = arrays["rows"][arrays["dense"].tolist().index(number)]
        assert {article: min(len(places), 255) for article, places in found.items()} == {
            int(article): int(row[article]) for article in np.flatnonzero(row)
        }
    return found


def test_every_file_and_every_array_is_described(folder: Path) -> None:
    facets = f":({'|'.join(FACETS)})(?![a-z])"
    described = set(re.findall(r"`([^`]+)`", TEXT))
    for name in manifest.listed(folder):
        assert name in described or Path(name).name in described, name
    files = [folder / name for name in manifest.listed(folder)]
    mapped = [path for path in files if path.read_bytes().endswith(b"IZDEMAP1")]
    assert len(mapped) == 8
    for path in mapped:
        kind, version, arrays = read(path)
        assert f"{path.relative_to(folder).as_posix()}: kind `{kind}`, version {version}\n" in TEXT
        for name in arrays:
            assert re.sub(facets, ":F", name) in described, f"{path.name}: {name}"


def test_an_article_is_found_by_its_words_with_nothing_but_the_description(folder: Path) -> None:
    _, _, terms = read(folder / "engine" / "s0" / "postings.izde")
    _, _, columns = read(folder / "engine" / "columns.izde")
    _, _, forward = read(folder / "engine" / "s0" / "forward.izde")
    _, _, words = read(folder / "engine" / "s0" / "words.izde")
    _, _, stored = read(folder / "engine" / "s0" / "articles.izde")
    analyzer = Analyzer()
    for article in ARTICLES[:6]:
        number = find(columns, "ids", article.id)
        title, body = (analyzer.terms(text, article.lang) for text in (article.title, article.body))
        written, stems = title.exacts + body.exacts, title.stems + body.stems
        standing = [*range(len(title.exacts)), *range(len(title.exacts) + 100, len(written) + 100)]
        for stem in {one for its in stems for one in its}:
            places = [place for place, its in zip(standing, stems, strict=True) if stem in its]
            assert positions(terms, find(words, "stem", stem))[number] == places
        first, last = forward["starts"][number : number + 2].tolist()
        surfaces = forward["flat"][first:last]
        exacts = words["exact_list"][surfaces]
        assert exacts.tolist() == [find(words, "exact", word) for word in written]
        for surface, exact, its in zip(surfaces.tolist(), exacts.tolist(), stems, strict=True):
            assert words["exact_from"][exact] <= surface < words["exact_from"][exact + 1]
            begin, end = words["stem_from"][surface : surface + 2].tolist()
            assert words["stem_list"][begin:end].tolist() == [find(words, "stem", stem) for stem in dict.fromkeys(its)]
        start, end = stored["ends"][number : number + 2].tolist()
        trained = stored["dictionary"].tobytes()
        unpacked = zstandard.ZstdDecompressor(zstandard.ZstdCompressionDict(trained) if trained else None)
        its_id, _, text, *_ = msgspec.msgpack.decode(unpacked.decompress(stored["blob"][start:end].tobytes()))
        assert its_id == article.id
        assert (text.decode("kz1048") if isinstance(text, bytes) else text) == article.body


def test_a_word_that_stands_very_often(folder: Path) -> None:
    _, _, terms = read(folder / "engine" / "s0" / "postings.izde")
    _, _, columns = read(folder / "engine" / "columns.izde")
    _, _, words = read(folder / "engine" / "s0" / "words.izde")
    assert len(positions(terms, find(words, "stem", "су"))[find(columns, "ids", "көп")]) == 300
