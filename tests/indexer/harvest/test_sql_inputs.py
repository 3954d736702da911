"""Databases: SQLite always, PostgreSQL where its server is installed."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from indexer.harvest import Harvest
from indexer.records import RawRecord
from tests.postgres import running

QUERY = "SELECT id AS nid, headline, content, published_at FROM news"
ROWS = [
    (number, f"{number}-жаңалық", f"{number}-мақаланың мәтіні: «ауыл: күні».", f"2026-11-{number:02} 09:00:00")
    for number in range(1, 10)
]
TABLE = (
    "CREATE TABLE news (id INTEGER PRIMARY KEY, headline TEXT, content TEXT, published_at TIMESTAMP, changed INTEGER)"
)


class Database:
    """A table of news in a database that SQLAlchemy knows by its URL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = create_engine(url)

    def run(self, statement: str, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(text(statement), values)

    def fill(self, rows: list[tuple[object, ...]] = ROWS) -> None:
        self.run("DROP TABLE IF EXISTS news")
        self.run(TABLE)
        for number, title, body, moment in rows:
            self.put(int(str(number)), str(title), str(body), str(moment), changed=int(str(number)))

    def put(self, number: int, title: str, body: str, moment: str, changed: int | None) -> None:
        self.run("DELETE FROM news WHERE id = :id", id=number)
        self.run(
            "INSERT INTO news VALUES (:id, :title, :body, CAST(:moment AS " + self._moment() + "), :changed)",
            id=number, title=title, body=body, moment=moment, changed=changed,
        )  # fmt: skip

    def _moment(self) -> str:
        return "TEXT" if self.url.startswith("sqlite") else "TIMESTAMP"

    def count(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM news")).scalar_one())

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'жаңалық.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres")
    found = Database(url)
    found.fill()
    yield found
    found.close()


@pytest.fixture
def rows(fetched: Callable[..., object], database: Database) -> Callable[..., object]:
    """Makes the input of the table."""

    def make(**keys: object) -> object:
        table = {"database": database.url, "query": QUERY, "fields": {"nid": "id"}, **keys}
        return fetched("sql", **table)

    return make


def test_rows_become_records(rows) -> None:
    one = rows()
    assert one.harvest() == Harvest(fetched=9)
    first = one.read()[0]
    assert isinstance(first, RawRecord)
    assert (first.input, first.file, first.line) == ("gazet", "1", 0)
    assert first.values["id"] == 1
    assert first.values["title"] == "1-жаңалық"
    assert first.values["body"] == "1-мақаланың мәтіні: «ауыл: күні»."
    assert first.values["published"].replace("T", " ") == "2026-11-01 09:00:00"


def test_without_a_column_all_rows_are_read_each_time(rows, database: Database) -> None:
    one = rows()
    one.harvest()
    database.put(3, "Түзетілді", "мәтін", "2026-11-03 10:00:00", 3)
    database.run("DELETE FROM news WHERE id = 5")
    assert one.harvest() == Harvest(fetched=1, unchanged=7, gone=1)
    assert one.titles()["3"] == "Түзетілді"
    assert "5" not in one.titles()


def test_with_a_column_only_rows_from_the_last_value_on_are_read(rows, database: Database) -> None:
    one = rows(query=QUERY.replace(" FROM", ", changed FROM"), column="changed")
    assert one.harvest() == Harvest(fetched=9)
    database.put(3, "Көрінбейді", "мәтін", "2026-11-03 10:00:00", 3)
    database.put(9, "Сол мәнмен", "мәтін", "2026-11-09 10:00:00", 9)
    database.put(4, "Өзгерді", "мәтін", "2026-11-04 10:00:00", 10)
    database.put(11, "Мәні жоқ", "мәтін", "2026-11-04 10:00:00", None)
    database.run("DELETE FROM news WHERE id = 5")
    assert one.harvest() == Harvest(fetched=3, unchanged=7)
    titles = one.titles()
    assert [titles[key] for key in ("11", "3", "4", "5", "9")] == [
        "Мәні жоқ", "3-жаңалық", "Өзгерді", "5-жаңалық", "Сол мәнмен",
    ]  # fmt: skip


def test_now_and_then_all_rows_are_read_and_those_that_are_gone_leave(rows, database: Database) -> None:
    keys = {"query": QUERY.replace(" FROM", ", changed FROM"), "column": "changed"}
    rows(**keys).harvest()
    database.run("DELETE FROM news WHERE id = 5")
    assert rows(**keys).harvest().gone == 0
    assert rows(**keys, full_every="0s").harvest() == Harvest(unchanged=8, gone=1)
    database.run("DELETE FROM news WHERE id = 6")
    assert rows(**keys).harvest(full=True) == Harvest(unchanged=7, gone=1)


def test_dates_are_a_column_too(rows, database: Database) -> None:
    one = rows(column="published_at")
    one.harvest()
    database.put(20, "Жаңа", "мәтін", "2026-11-25 10:00:00", 1)
    assert one.harvest() == Harvest(fetched=1, unchanged=9)


def test_signs_that_drivers_give_a_meaning(rows, database: Database) -> None:
    cast = "id" if database.url.startswith("sqlite") else "id::text"
    where = "headline LIKE '%-жаңалық' AND content LIKE '%ауыл: к%'"
    one = rows(query=f"SELECT {cast} AS nid, content FROM news WHERE {where};")
    assert one.harvest() == Harvest(fetched=9)


def test_another_query_is_read_from_the_beginning(rows, database: Database) -> None:
    rows(column="published_at").harvest()
    narrow = rows(query=QUERY + " WHERE id < 4", column="published_at")
    assert narrow.harvest() == Harvest(unchanged=3, gone=6)


def test_the_transaction_only_reads(rows, database: Database) -> None:
    evil = "WITH gone AS (DELETE FROM news RETURNING id) SELECT * FROM gone"
    done = rows(query=evil).harvest()
    assert done.problem
    assert database.count() == 9


@pytest.mark.parametrize(
    ("query", "said"),
    [("SELECT * FROM nothing", "nothing"), ("SELECT id FORM news", "syntax"), ("SELECT id FROM news WHERE x = 1", "x")],
)
def test_a_query_that_fails_is_said(rows, query: str, said: str) -> None:
    assert said in rows(query=query).harvest().problem.lower()


def test_a_column_that_is_not_there(rows) -> None:
    assert "missing" in rows(column="missing").harvest().problem


def test_rows_without_id_are_told_when_they_are_read(rows) -> None:
    one = rows(fields={})
    assert one.harvest() == Harvest(fetched=9)
    assert {record.file.partition(" ")[0] for record in one.read()} == {"record"}


def test_a_query_that_never_ends_is_ended(rows, database: Database) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS id FROM n"
    one = rows(query=endless, harvest_s=1)
    assert "the time for fetching (1 s, harvest_s) is over" in one.harvest().problem


def test_a_reading_that_is_cut_goes_on(rows, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.harvest.sql._AT_ONCE", 2)
    one = rows(column="published_at")
    looked = []

    def late(job) -> None:
        looked.append(job.tally.fetched)
        if len(looked) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("indexer.harvest.job.Job.check_time", late)
        with pytest.raises(KeyboardInterrupt):
            one.harvest()
    assert list(one.titles()) == ["1", "2", "3", "4"]
    assert one.harvest() == Harvest(fetched=5)


def test_a_database_that_is_down_says_so_without_its_password(fetched, tmp_path: Path) -> None:
    url = "postgresql+psycopg://user:sesame@127.0.0.1:1/news"
    done = fetched("sql", database=url, query=QUERY).harvest()
    assert "refused" in done.problem
    assert "sesame" not in done.problem


def test_a_file_that_is_not_there_is_not_made(fetched, tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    assert "open" in fetched("sql", database=f"sqlite:///{missing}", query=QUERY).harvest().problem
    assert not missing.exists()


def test_the_address_from_the_environment(fetched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    database.fill()
    database.close()
    one = fetched("sql", database_env="NEWS_DATABASE", query=QUERY, fields={"nid": "id"})
    assert "NEWS_DATABASE" in one.harvest().problem
    monkeypatch.setenv("NEWS_DATABASE", database.url)
    assert one.harvest() == Harvest(fetched=9)


@pytest.mark.parametrize(
    ("url", "said"), [("nowhere", "no address"), ("nosql://h/d", "nosql"), ("oracle://h/d", "not installed")]
)
def test_addresses_that_lead_nowhere(fetched, url: str, said: str) -> None:
    assert said in fetched("sql", database=url, query=QUERY).harvest().problem


def test_values_of_all_kinds(fetched, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE t (id TEXT, a REAL, b BLOB, c)")
        base.execute("INSERT INTO t VALUES ('x', 1.5, ?, NULL)", ("сәлем".encode(),))
        base.execute("INSERT INTO t VALUES ('y', 9e999, ?, 5)", (b"\xff",))
        base.execute("INSERT INTO t VALUES ('z', 0, NULL, CAST(X'D0FF' AS TEXT))")
    base.close()
    one = fetched("sql", database=f"sqlite:///{path}", query="SELECT * FROM t")
    one.harvest()
    first, second, third = (record.values for record in one.read())
    assert first == {"id": "x", "a": 1.5, "b": "сәлем", "c": None}
    assert second == {"id": "y", "a": None, "b": "\ufffd", "c": 5}
    assert third["c"] == "\ufffd\ufffd"
