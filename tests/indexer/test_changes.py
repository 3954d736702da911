"""What changed since the last run, and the stops for accidents."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.changes import guard_errors, guard_removal
from indexer.errors import SafetyStop
from indexer.limits import Limit
from search import manifest
from search.errors import SettingsError
from tests.indexes import ARTICLES
from tests.runs import cleaned, leftovers, reindex, rejected, served, settings


@pytest.mark.parametrize(
    ("text", "part", "whole", "stops"),
    [
        ("20%", 20, 100, False),
        ("20%", 21, 100, True),
        ("0%", 1, 1000, True),
        ("100%", 100, 100, False),
        ("12.5%", 13, 100, True),
        ("5", 5, 10, False),
        (" 5 ", 6, 1000, True),
        ("0", 0, 0, False),
        ("20%", 0, 0, False),
    ],
)
def test_limits(text: str, part: int, whole: int, stops: bool) -> None:
    assert Limit.parse(text, "here").exceeded(part, whole) is stops


@pytest.mark.parametrize("text", ["", "%", "-1", "20 %", "101%", "1e3", "көп", "५%"])
def test_what_is_no_limit(text: str) -> None:
    with pytest.raises(SettingsError, match="--max-delete"):
        Limit.parse(text, "--max-delete")


def test_removal_is_guarded_and_says_how_to_force() -> None:
    with pytest.raises(SafetyStop, match=r"9 of 10 .* --max-delete 100%"):
        guard_removal(9, 10, Limit(percent=20))
    guard_removal(9, 10, Limit(percent=100))


def test_few_errors_never_stop_and_many_do() -> None:
    guard_errors([("a", 20, 20)], Limit(percent=20), "file")
    guard_errors([("a", 21, 105)], Limit(percent=20), "file")
    with pytest.raises(SafetyStop, match="21 of 104"):
        guard_errors([("fine", 0, 1000), ("a", 21, 104)], Limit(percent=20), "file")
    with pytest.raises(SafetyStop, match="file"):
        guard_errors([("a", 4, 1000)], Limit(3), "file")


def test_the_report_counts_what_really_changed(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    first = reindex([*cleaned(ARTICLES[:30], "a"), *cleaned(ARTICLES[30:], "b")], chosen).report
    changed = replace(ARTICLES[0], title="Жаңа тақырып")
    new = replace(ARTICLES[1], id="new")
    records = [*cleaned([changed, *ARTICLES[1:30]], "a"), *cleaned([*ARTICLES[32:], new], "b")]
    report = reindex(records, chosen).report
    assert report.previous == first.generation
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 2, len(ARTICLES) - 3)
    counts = {one.name: (one.read, one.added, one.changed, one.removed, one.unchanged) for one in report.inputs}
    assert counts == {"a": (30, 0, 1, 0, 29), "b": (len(ARTICLES) - 31, 1, 0, 2, len(ARTICLES) - 32)}
    again = reindex(records, chosen).report
    assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, report.documents)


def test_an_input_that_is_gone_is_counted(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    reindex([*cleaned(ARTICLES[:50], "a"), *cleaned(ARTICLES[50:], "b")], chosen)
    report = reindex(cleaned(ARTICLES[:50], "a"), chosen).report
    assert {one.name: one.removed for one in report.inputs} == {"a": 0, "b": len(ARTICLES) - 50}


def test_a_mass_removal_leaves_the_old_index(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    reindex(cleaned(), chosen)
    before = served(chosen.index)
    with pytest.raises(SafetyStop):
        reindex(cleaned(ARTICLES[:10]), chosen)
    assert served(chosen.index) == before
    assert not leftovers(chosen.index)
    reindex(cleaned(ARTICLES[:10]), chosen, max_delete=Limit(percent=100))
    assert served(chosen.index)[1] == 10


def test_many_errors_leave_the_old_index_and_a_list(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    reindex(cleaned(), chosen)
    before = served(chosen.index)
    with pytest.raises(SafetyStop, match="--max-errors"):
        reindex([*cleaned(), *rejected(21)], chosen)
    assert served(chosen.index) == before
    assert len(next((tmp_path / "quarantine").iterdir()).read_text().splitlines()) == 21


def test_no_article_at_all(tmp_path: Path) -> None:
    with pytest.raises(SafetyStop, match="no article"):
        reindex(rejected(3), settings(tmp_path))


def test_known_errors_do_not_count_again(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    first = reindex([*cleaned(), *rejected(3)], chosen).report
    again = reindex([*cleaned(), *rejected(3)], chosen).report
    more = reindex([*cleaned(), *rejected(4)], chosen).report
    assert [(one.rejected, one.quarantined, one.exit_code) for one in (first, again, more)] == [
        (3, 3, 3),
        (0, 3, 0),
        (1, 4, 3),
    ]
    assert len(next((tmp_path / "quarantine").iterdir()).read_text().splitlines()) == 4


def test_a_damaged_record_of_the_last_run_is_told(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    name = reindex(cleaned(), chosen).report.generation
    (chosen.index / manifest.GENERATIONS / name / manifest.ARTICLES).write_bytes(b"")
    said: list[str] = []
    report = reindex(cleaned(), chosen, said).report
    assert report.added == len(ARTICLES)
    assert any(name in one and "damaged" in one for one in said)


def test_nothing_to_do(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    first = reindex(cleaned(), chosen).report.generation
    assert reindex(cleaned(), chosen).report.generation == first
    (chosen.index / manifest.GENERATIONS / first / manifest.LEXICON).write_bytes(b"")
    second = reindex(cleaned(), chosen).report.generation
    assert second != first
    assert reindex(cleaned(ARTICLES[1:]), chosen).report.generation != second


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    reindex(cleaned(ARTICLES[1:]), chosen)
    before = served(chosen.index)
    outcome = reindex([*cleaned(), *rejected(2)], chosen, dry_run=True)
    assert outcome.added() == [ARTICLES[0].id]
    assert (outcome.report.dry_run, outcome.report.generation) == (True, before[0])
    assert served(chosen.index) == before
    assert not leftovers(chosen.index)
    assert not (tmp_path / "quarantine").exists()
