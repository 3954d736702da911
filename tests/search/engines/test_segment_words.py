"""The words of a segment: every surface with its form, stems, family and triples, in whatever steps it was made."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from small_segments import SURFACES, Made, integers, invented, seeded, spooled

from search import names as names_of_texts
from search.engines.whoosh import lexicon, spool
from search.engines.whoosh.words import NAME, Words, code, sign
from search.engines.whoosh.words_writer import write_words
from search.errors import IndexCorrupt
from search.ranking import family, triples

MADE = Made([[SURFACES[14]], [], [SURFACES[13]]], [list(SURFACES), [], [SURFACES[0]] * 3 + [SURFACES[4]]])


def write(folder: Path, made: Made = MADE, step: int = 1 << 20) -> Path:
    folder.mkdir(exist_ok=True)
    tokens = spooled(folder, made)
    write_words(folder, tokens.finish(step))
    tokens.remove()
    tokens.abort()
    for left in ("gap.tmp", "size.tmp"):  # the spans wait for the forward index
        (folder / left).unlink()
    assert [path.name for path in folder.iterdir()] == [NAME]
    return folder


@pytest.fixture
def words(tmp_path: Path) -> Words:
    return Words(write(tmp_path))


ORDER = sorted(SURFACES)
EVERY = np.arange(len(SURFACES))


def bytewise(texts: Iterable[str]) -> list[str]:
    return sorted(set(texts), key=lambda text: text.encode())


def test_surfaces_lie_in_the_order_of_their_exact_forms(words: Words) -> None:
    assert words.surfaces == len(ORDER)
    assert words.exacts.texts(words.exact_of(EVERY)) == [exact for exact, *_ in ORDER]
    names = bytewise(exact for exact, *_ in SURFACES)
    assert words.exacts.texts(np.arange(len(words.exacts))) == names
    for number, name in enumerate(names):
        assert words.exacts.find(name) == number
        held = [at for at, (exact, *_) in enumerate(ORDER) if exact == name]
        assert list(range(*words.of_exact(number))) == held
        for end in range(number + 1, len(names) + 1):
            until = [at for at, (exact, *_) in enumerate(ORDER) if exact in names[number:end]]
            assert list(range(*words.of_exact(number, end))) == until


def test_forms_that_begin_alike_are_neighbours(words: Words) -> None:
    names = words.exacts.texts(np.arange(len(words.exacts)))
    for beginning in {name[:length] for name in names for length in range(1, len(name) + 1)}:
        first = words.exacts.place(beginning.encode())
        alike = [name for name in names if name.startswith(beginning)]
        assert names[first : first + len(alike)] == alike


def test_a_form_with_several_readings_has_several_surfaces(words: Words) -> None:
    first, last = words.of_exact(words.exacts.find("ала"))
    assert [ORDER[at][2] for at in range(first, last)] == [("ал", "ала"), ("ала",)]


def test_stems_and_those_that_have_them(words: Words) -> None:
    names = bytewise(stem for *_, stems in SURFACES for stem in stems)
    assert words.stems.texts(np.arange(len(words.stems))) == names
    held, owner = words.listed("stem", EVERY)
    expected = [(at, stem) for at, (*_, stems) in enumerate(ORDER) for stem in dict.fromkeys(stems)]
    assert list(zip(owner.tolist(), words.stems.texts(held), strict=True)) == expected
    holders = [[at for at, (*_, stems) in enumerate(ORDER) if name in stems] for name in names]
    holders.append([at for at, (*_, stems) in enumerate(ORDER) if not stems])
    assert holders[-1], "some have no stem"
    assert words.holders(np.arange(len(names) + 1)).tolist() == list(map(len, holders))
    assert [words.held("stem", number).tolist() for number in range(len(names) + 1)] == holders
    numbers = {name: number for number, name in enumerate(names)}
    firsts = [numbers[stems[0]] if stems else len(names) for *_, stems in ORDER]
    assert words.first_stems(EVERY).tolist() == firsts
    assert words.first_stems(EVERY[::-3]).tolist() == firsts[::-3]
    assert words.first_stems(integers([])).tolist() == []


def test_in_how_many_articles_forms_and_families_stand(tmp_path: Path) -> None:
    made = invented(seeded(1), 60)
    texts = [made.tokens(article) for article in range(len(made))]
    words = Words(write(tmp_path, made, step=50))
    exacts = Counter(exact for text in texts for exact in {exact for _, (exact, *_) in text})
    families = Counter(name for text in texts for name in {family(key) for _, (_, key, _) in text})
    for exact, df in exacts.items():
        assert words.exact_df(words.exacts.find(exact)) == df
    for name, df in families.items():
        assert words.family_df(words.family(name)) == df
    assert (words.family("жоқ"), words.family_df(-1)) == (-1, 0)


def test_families_of_surfaces(words: Words) -> None:
    assert words.family_of(EVERY).tolist() == [words.family(family(key)) for _, key, _ in ORDER]
    for name in {family(key) for _, key, _ in ORDER}:
        its = [at for at, (_, key, _) in enumerate(ORDER) if family(key) == name]
        assert words.held("family", words.family(name)).tolist() == its
    assert [words.key(at) for at in EVERY.tolist()] == [key for _, key, _ in ORDER]


def test_triples_of_surfaces(words: Words) -> None:
    held, owner = words.listed("triple", EVERY)
    threes = [triples(key) for _, key, _ in ORDER]
    assert words.counted("triple", EVERY).tolist() == list(map(len, threes))
    again, starts, counts = words.triples_of(EVERY[::-1])
    for at, start, count in zip(EVERY[::-1].tolist(), starts.tolist(), counts.tolist(), strict=True):
        assert again[start : start + count].tolist() == held[owner == at].tolist()
    for at, own in enumerate(threes):
        assert held[owner == at].tolist() == words.triples(own).tolist()
        assert len(words.triples(own)) == len(own)
    assert words.different_triples == len(frozenset().union(*threes))
    assert words.triples(["яяя", "\U0010ffff" * 3, "___"]).tolist() == []
    assert words.triples([]).tolist() == []
    assert code("аба") < code("абб") < code("баа") < code("\U0010ffffаа")


@pytest.mark.parametrize("which", [0, 1])
def test_signs_never_tell_of_fewer_common_triples_than_there_are(words: Words, which: int) -> None:
    signs = words.signs(EVERY, which)
    for at, (_, key, _) in enumerate(ORDER):
        assert int(signs[at]) == sign(map(code, triples(key)), which)
    asked = ["мектеп", "мектебим", "ауил", "х", "алматидаги", "халикаралик", *(key for _, key, _ in SURFACES if key)]
    for wanted in map(triples, asked):
        bits = sign(map(code, wanted), which)
        hidden = len(wanted) - bits.bit_count()
        for at, (_, key, _) in enumerate(ORDER):
            assert len(triples(key) & wanted) <= (int(signs[at]) & bits).bit_count() + hidden


def test_triples_that_share_a_bit_are_hidden_behind_one_another() -> None:
    letters = "абвгдежзийклмнопрстуфхцчшщыэюя"
    alike = [three for a in letters for b in letters if sign([code(three := f"{a}{b}а")]) == sign([code("ааа")])]
    assert len(alike) > 2
    assert sign(map(code, alike)).bit_count() == 1
    assert sign(map(code, alike), 1).bit_count() > 1
    assert sign([]) == 0


def test_small_steps_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = invented(seeded(2), 40)
    whole = (write(tmp_path / "whole", made) / NAME).read_bytes()
    monkeypatch.setattr(spool, "_HELD", 1)
    for step in (1, 7):
        assert (write(tmp_path / f"{step}", made, step) / NAME).read_bytes() == whole


@pytest.mark.parametrize("made", [Made([], []), Made([[]] * 3, [[]] * 3)], ids=["no-articles", "no-words"])
def test_without_words(tmp_path: Path, made: Made) -> None:
    words = Words(write(tmp_path, made))
    assert (words.surfaces, len(words.exacts), len(words.stems), words.different_triples) == (0, 0, 0, 0)
    assert words.exacts.find("су") == words.stems.find("су") == words.family("су") == -1
    assert words.holders(integers([0])).tolist() == [0]
    assert words.triples(triples("су")).tolist() == []


def test_numbers_that_there_are_not_are_no_answer(words: Words) -> None:
    with pytest.raises(IndexCorrupt):
        words.exact_df(len(words.exacts))
    with pytest.raises(IndexCorrupt):
        words.first_stems(integers([words.surfaces]))
    with pytest.raises(IndexCorrupt):
        words.holders(integers([len(words.stems) + 1]))


@pytest.mark.parametrize("alike", [False, True])
def test_many_texts_are_found_at_once(tmp_path: Path, alike: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where all share one hash."""
    if alike:
        for module in (lexicon, names_of_texts):
            monkeypatch.setattr(module, "digest", lambda _text: b"\x01" * 8)
    exacts = Words(write(tmp_path)).exacts
    names = bytewise(exact for exact, *_ in SURFACES)
    for wanted in ([], names[:1], ["жоқсөз"], [*names[::2], "жоқсөз", *names[:2]], names[::-1], names):
        expected = sorted({names.index(name) for name in wanted if name in names})
        assert exacts.find_all(wanted).tolist() == expected


def test_the_surfaces_of_many_exact_forms(words: Words) -> None:
    for numbers in (np.arange(len(words.exacts)), np.arange(0, len(words.exacts), 3), np.arange(0)):
        expected = [surface for number in numbers.tolist() for surface in range(*words.of_exact(number))]
        assert words.of_exacts(numbers).tolist() == expected
