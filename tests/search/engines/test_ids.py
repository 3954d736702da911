"""The ids of articles while an index is written: one that comes again is found, however many there are."""

import pytest

from search.engines.whoosh import ids as module
from search.engines.whoosh.ids import Ids


@pytest.mark.parametrize("recent", [1, 3, 1 << 12])
def test_an_id_that_was_there_before_is_found(monkeypatch: pytest.MonkeyPatch, recent: int) -> None:
    monkeypatch.setattr(module, "_RECENT", recent)
    ids, given = Ids(), [f"мақала/{number}" for number in range(200)]
    for first in range(0, 200, 8):
        some = given[first : first + 8]
        assert ids.known(some) is None
        ids.add(some)
        assert len(ids) == first + 8
    for one in given:
        assert ids.known(["жоқ", one]) == one
    assert ids.known(["жоқ", "", "\ud800"]) is ids.known([]) is None
    assert list(ids.names().each()) == given


def test_ids_whose_hashes_are_equal_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RECENT", 1)
    monkeypatch.setattr(module, "hash", lambda _: 7, raising=False)
    ids = Ids()
    ids.add(["бір"])
    ids.add(["екі"])
    assert ids.known(["үш"]) is None
    assert ids.known(["үш", "екі"]) == "екі"
