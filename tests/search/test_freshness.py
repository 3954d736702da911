"""When the indexer last succeeded, and whether that is too long ago."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from search import manifest
from search.errors import SettingsError
from search.freshness import FAILED, LAST, Failure, FreshnessFiles, age, last_failure, last_success
from search.model import Stale
from search.settings import Settings

DAY = timedelta(days=1)


def touch(path: Path, seconds_ago: float) -> datetime:
    path.touch()
    when = round(time.time() - seconds_ago)
    os.utime(path, (when, when))
    return datetime.fromtimestamp(when, UTC)


def test_the_last_success_is_the_younger_of_two(tmp_path: Path) -> None:
    assert last_success(tmp_path) is None
    for name, when in ((LAST, 1000), (manifest.CURRENT, 2000)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (when, when))
        assert last_success(tmp_path) == datetime.fromtimestamp(when, UTC)


def test_an_index_becomes_stale_and_fresh_again(tmp_path: Path) -> None:
    files = FreshnessFiles(tmp_path, DAY, poll_ms=0)
    assert (files.current().last_success, files.current().age_s, files.current().stale) == (None, None, Stale(None))
    touch(tmp_path / manifest.CURRENT, 3 * 86_400)
    since = touch(tmp_path / LAST, 2 * 86_400)
    found = files.current()
    assert found.age_s is not None
    assert abs(found.age_s - 2 * 86_400) < 60
    assert found.stale == Stale(since)
    touch(tmp_path / LAST, 10)
    assert files.current().stale is None


def test_a_clock_that_was_set_back_makes_nothing_stale(tmp_path: Path) -> None:
    touch(tmp_path / LAST, -3600)
    found = FreshnessFiles(tmp_path, timedelta(0), poll_ms=0).current()
    assert (found.age_s, found.stale) == (0, None)


def test_the_age_grows_without_a_look_at_the_disk(tmp_path: Path) -> None:
    touch(tmp_path / LAST, 10)
    files = FreshnessFiles(tmp_path, DAY, poll_ms=60_000)
    before = files.current().age_s
    (tmp_path / LAST).unlink()
    time.sleep(0.01)
    after = files.current().age_s
    assert before is not None
    assert after is not None
    assert before < after < before + 60


def test_a_failure_counts_until_the_next_success(tmp_path: Path) -> None:
    assert last_failure(tmp_path) is None
    failure = Failure(datetime.now(UTC), 5, "no article could be read")
    (tmp_path / FAILED).write_bytes(msgspec.json.encode(failure))
    assert last_failure(tmp_path) == failure
    touch(tmp_path / LAST, 100)
    assert last_failure(tmp_path) == failure
    touch(tmp_path / LAST, -100)
    assert last_failure(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"time": 1}', b"\xff" * 5000])
def test_rubbish_is_no_failure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FAILED).write_bytes(content)
    assert last_failure(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("90m", timedelta(minutes=90)), ("24h", DAY), (" 2d ", 2 * DAY), ("0s", timedelta())],
)
def test_ages(text: str, expected: timedelta) -> None:
    assert age(text, "here") == expected


@pytest.mark.parametrize("text", ["", "24", "1w", "-1h", "1.5h", "h", "99999999d", "١h"])
def test_what_is_no_age(text: str) -> None:
    with pytest.raises(SettingsError, match="--stale-after"):
        age(text, "--stale-after")


def test_a_wrong_age_in_the_settings_is_told_at_once() -> None:
    with pytest.raises(SettingsError, match="IZDE_STALE_AFTER"):
        Settings.load({"IZDE_STALE_AFTER": "soon"})
