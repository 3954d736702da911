"""Bits that turn on the disk: `verify` finds every one, and no reader gets a wrong answer."""

import random
import shutil
from pathlib import Path

import pytest

from search import manifest
from search.errors import IndexCorrupt, IndexFormatTooNew, IndexMissing
from search.model import Interval, Query
from search.service import SearchService
from tests.faults.conftest import NEW, OLD, SCALE, SEED
from tests.runs import archive, izde, settings

QUERIES = ("", "мектеп", "форумға", "жарыс", "нан бағасы", "тасқын", "«су тасқыны»", "жоқсөз", "қала -мектеп")

Answers = list[object]


def answers(index: Path) -> tuple[list[str], Answers]:
    """What is answered to every question, and which generation said it: damage may show in any of them."""
    service = SearchService(settings(index.parent, index=index))
    names: list[str] = []
    said: Answers = []
    try:
        for text in QUERIES:
            page = service.search(Query(text, per_page=50, histogram=Interval.YEAR))
            names.append(page.index.generation)
            counts = (page.total, page.total_all_words, page.facets, page.histogram, page.suggestions)
            said.append((page.hits, *counts, page.index.newest, page.index.documents))
        for view in (service.article(one.id) for one in OLD):
            names.append(view.index.generation)
            said.append(view.article)
    finally:
        service.close()
    return names, said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Answers]]:
    """An index with two generations, and what each of them answers."""
    folder = tmp_path_factory.mktemp("bits")
    index = folder / "index"
    said = {}
    for articles in (OLD, NEW):
        assert izde("reindex", archive(folder / "archive", articles), "--index", index, "-q").code == 0
        names, all_said = answers(index)
        said[names[0]] = all_said
    return index, said


def files(index: Path) -> list[Path]:
    """CURRENT, and every file of the current generation."""
    name = (index / manifest.CURRENT).read_text().strip()
    folder = index / manifest.GENERATIONS / name
    return [index / manifest.CURRENT, folder / manifest.MANIFEST, *(folder / one for one in manifest.listed(folder))]


def flip(path: Path, chance: random.Random) -> int:
    data = bytearray(path.read_bytes())
    at, bit = chance.randrange(len(data)), chance.randrange(8)
    data[at] ^= 1 << bit
    path.write_bytes(data)
    return at


def flips(made: tuple[Path, dict[str, Answers]], tmp_path: Path, rounds: int, seed: int) -> None:
    index, said = made
    chance = random.Random(seed)
    for _ in range(rounds):
        copy = Path(shutil.copytree(index, tmp_path / "index"))
        path = chance.choice(files(copy))
        at = flip(path, chance)
        try:
            names, found = answers(copy)
            right = [said[name][place] for place, name in enumerate(names)]
            assert found == right, f"{path}, byte {at}: a wrong answer"
            assert names == sorted(names, reverse=True), "what was found damaged is not asked again"
        except (IndexCorrupt, IndexFormatTooNew, IndexMissing) as error:
            pytest.fail(f"{path}, byte {at}: the one before should serve, but: {error}")
        if path.name != manifest.CURRENT:
            assert izde("verify", "--index", copy).code == 1, f"{path}, byte {at}: verify did not see it"
        shutil.rmtree(copy)


def test_flipped_bits(made: tuple[Path, dict[str, Answers]], tmp_path: Path) -> None:
    flips(made, tmp_path, 60, SEED)


@pytest.mark.long
def test_many_flipped_bits(made: tuple[Path, dict[str, Answers]], tmp_path: Path) -> None:
    flips(made, tmp_path, 500 * SCALE, SEED + 1)


def test_flipped_bits_without_another_generation(made: tuple[Path, dict[str, Answers]], tmp_path: Path) -> None:
    index, said = made
    chance = random.Random(SEED)
    copy = Path(shutil.copytree(index, tmp_path / "index"))
    current = (copy / manifest.CURRENT).read_text().strip()
    for name in said:
        if name != current:
            shutil.rmtree(copy / manifest.GENERATIONS / name)
    refused = 0
    for path in files(copy)[1:]:
        whole = path.read_bytes()
        flip(path, chance)
        try:
            assert answers(copy)[1] == said[current]
        except (IndexCorrupt, IndexFormatTooNew):
            refused += 1
        path.write_bytes(whole)
    assert refused >= 5
