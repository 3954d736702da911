"""The memory for answers: its bounds, and who leaves first."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

from web.kept import LARGEST_SHARE, MOST_ENTRIES, KeptAnswer, KeptAnswers


def answer(size: int, fill: bytes = b"x") -> KeptAnswer:
    return KeptAnswer(fill * size, (("Content-Type", "text/html"),))


def test_the_least_recently_used_answers_leave_first() -> None:
    kept = KeptAnswers(200_000)
    for number in range(18):
        kept.put(f"k{number}", answer(9_000))
    assert len(kept) == 18
    assert kept.get("k0")
    for number in range(18, 22):
        kept.put(f"k{number}", answer(9_000))
    assert kept.bytes <= 200_000
    assert kept.get("k0")
    assert not kept.get("k1")
    assert kept.get("k21")


def test_an_answer_that_is_too_large_is_not_kept() -> None:
    kept = KeptAnswers(160_000)
    kept.put("large", answer(160_000 // LARGEST_SHARE))
    kept.put("small", answer(8_000))
    assert not kept.get("large")
    assert kept.get("small") == answer(8_000)


def test_no_room_keeps_nothing() -> None:
    kept = KeptAnswers(0)
    kept.put("a", answer(0))
    assert (len(kept), kept.bytes, kept.get("a")) == (0, 0, None)


def test_an_answer_put_again_counts_once() -> None:
    kept = KeptAnswers(1_000_000)
    kept.put("a", answer(100))
    once = kept.bytes
    kept.put("a", answer(100, b"y"))
    assert (len(kept), kept.bytes) == (1, once)
    assert kept.get("a") == answer(100, b"y")


def test_the_number_of_answers_is_bounded_as_well() -> None:
    kept = KeptAnswers(1_000_000_000)
    for number in range(MOST_ENTRIES + 10):
        kept.put(str(number), answer(1))
    assert len(kept) == MOST_ENTRIES
    assert not kept.get("9")
    assert kept.get("10")


def test_eight_threads_leave_the_count_of_bytes_right() -> None:
    kept = KeptAnswers(100_000)
    start = threading.Barrier(8)

    def hammer(seed: int) -> list[str]:
        order, wrong = random.Random(seed), []
        start.wait()
        for _ in range(2_000):
            size = order.randrange(1, 3_000)
            kept.put(f"k{size % 70}", KeptAnswer(str(size % 70).encode() * size, ()))
            key = order.randrange(70)
            found = kept.get(f"k{key}")
            if found and not found.body.startswith(str(key).encode()):
                wrong.append(str(key))
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert [wrong for wrongs in pool.map(hammer, range(8)) for wrong in wrongs] == []
    assert 0 < kept.bytes <= 100_000
    for number in range(200):  # fill it anew: whatever was counted wrongly would show as room that is lost
        kept.put(f"n{number}", KeptAnswer(b"x" * 1_000, ()))
    assert len(kept) == 100_000 // (1_000 + 4 * len("n199") + 1_000)
