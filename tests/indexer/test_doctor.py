"""`izde doctor` on installations that are whole, and on ones that are broken in the ways in which they break."""

import errno
import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from indexer.doctor import examine
from indexer.doctor.software import numbers
from indexer.harvest.store import Store
from indexer.lock import Holder, locked
from indexer.withdrawals import withdraw
from search import manifest
from search.withdrawn import NAME
from tests.installations import look, only, told, write
from tests.runs import archive, izde
from tests.service import serving

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    (folder / "izde.toml").write_text(f'quarantine = "{folder / "quarantine"}"\n', "utf-8")
    ended = izde(
        "reindex",
        archive(folder / "archive", bad=2),
        "--index",
        folder / "index",
        "-q",
        "--config",
        folder / "izde.toml",
    )
    assert ended.code == 3, ended.err
    return folder


@pytest.fixture
def installation(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "here")
    write(tmp_path / "here")
    return tmp_path / "here"


def test_a_whole_installation_has_no_errors(installation: Path) -> None:
    found = look(installation)
    assert [one.line() for one in found if one.level == "error"] == []
    subjects = {one.subject for one in found}
    assert {"Python", "libraries", "index folder", "rights", "file system", "disk", "served", "lock"} <= subjects
    assert only(found, "last run")[0] == only(found, "pipeline")[0] == only(found, "leftovers")[0] == "ok"
    assert only(found, "bind")[0] == only(found, f"input {installation / 'archive'}")[0] == "ok"


def test_nothing_is_changed(installation: Path) -> None:
    withdraw(installation / "index", ["x"], "себеп")

    def seen() -> dict[str, tuple[int, int]]:
        paths = [one for one in installation.rglob("*") if one.is_file()]
        return {str(one): (one.stat().st_mtime_ns, one.stat().st_size) for one in paths}

    before = seen()
    look(installation)
    assert seen() == before
    assert not (installation / "harvest").exists()


def test_the_command_prints_lines_or_json_and_leaves_with_a_code(installation: Path) -> None:
    (installation / "archive").rename(installation / "gone")
    ended = izde("doctor", "--config", installation / "izde.toml", "-q")
    assert ended.code == 1
    assert "error    input" in ended.out
    assert all(line.startswith(("error ", "warning ")) for line in ended.out.splitlines())
    as_json = izde("doctor", "--config", installation / "izde.toml", "--json")
    assert json.loads(as_json.out)["exit_code"] == as_json.code == 1
    (installation / "gone").rename(installation / "archive")
    assert izde("doctor", "--config", installation / "izde.toml").code in (0, 3)


def test_a_terminal_of_other_letters_is_a_finding_and_no_failure(installation: Path) -> None:
    write(installation, 'site_url = "Ізде"')
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "doctor"]
    environ = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    command += ["--config", str(installation / "izde.toml")]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "warning  encoding: output in ascii" in ended.stdout
    assert "\\u0406" in ended.stdout


def test_names_that_cannot_be_printed(installation: Path) -> None:
    write(installation)
    with (installation / "izde.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[input]]\npath = "{installation}/\\u001b[31m\\n"\n')
    lines = [one.line() for one in look(installation)]
    assert all(line.isprintable() for line in lines)
    assert any("?[31m?" in line for line in lines)


def test_settings_that_cannot_be_read_are_told_with_the_nearest_names(installation: Path) -> None:
    write(installation, "per_pag = 3\nkeeep = 2")
    lines = [text for level, text in told(look(installation), "settings") if level == "error"]
    for near in ("per_page", "keep"):
        assert any(f"did you mean {near!r}" in one for one in lines)
    assert only(examine(installation / "index", installation / "izde.toml", {}), "served")[0] == "ok"
    (installation / "izde.toml").write_bytes(b"\xff\xfe = 3")
    assert "not a TOML file" in told(look(installation), "settings")[0][1]
    assert "cannot be read" in told(examine(None, installation / "no.toml", {}), "settings")[0][1]


@pytest.mark.parametrize(
    ("line", "subject", "part"),
    [
        ('site_url = "izde.example"', "site_url", "no address of a site"),
        ('languages = "kz,ru"', "settings", "there are kk, ru and en"),
        ('stale_after = "soon"', "settings", "no length of time"),
        ('max_delete = "half"', "settings", "no limit"),
        ('timezone = "Almaty"', "settings", "no time zone"),
        ('bind = "203.0.113.7:8000"', "bind", "cannot be listened on"),
        ('curation = "/nowhere/tizim.tsv"', "curation", "/nowhere/tizim.tsv"),
    ],
)
def test_values_that_cannot_work(installation: Path, line: str, subject: str, part: str) -> None:
    text = (installation / "izde.toml").read_text("utf-8").replace('bind = "127.0.0.1:0"\n', "")
    (installation / "izde.toml").write_text(f"{line}\n{text}", "utf-8")
    assert any(level == "error" and part in text for level, text in told(look(installation), subject))


def test_a_variable_that_is_no_setting(installation: Path) -> None:
    found = told(look(installation, IZDE_PERPAGE="3", IZDE_PER_PAGE="3"), "settings")
    assert [level for level, text in found if "IZDE_PERPAGE" in text and "IZDE_PER_PAGE" in text] == ["warning"]


def test_an_address_that_is_taken(installation: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        write(installation)
        text = (installation / "izde.toml").read_text("utf-8")
        port = taken.getsockname()[1]
        (installation / "izde.toml").write_text(text.replace("127.0.0.1:0", f"127.0.0.1:{port}"), "utf-8")
        level, line = only(look(installation), "bind")
    assert level == "warning"
    assert f"process {os.getpid()}" in line


def test_inputs_that_are_not_there_empty_or_without_their_database(installation: Path) -> None:
    (installation / "bos").mkdir()
    more = (
        f'[[input]]\npath = "{installation / "joq"}"\n[[input]]\npath = "{installation / "bos"}"\n'
        '[[input]]\nkind = "sql"\nname = "baza"\nquery = "SELECT id FROM a"\ndatabase_env = "BAZA"\n'
        '[[input]]\nkind = "sql"\nname = "basqa"\nquery = "SELECT id FROM a"\ndatabase = "postgresql+joqpg://h/a"\n'
    )
    write(installation)
    with (installation / "izde.toml").open("a", encoding="utf-8") as file:
        file.write(more)
    found = look(installation)
    assert "no such file" in only(found, f"input {installation / 'joq'}")[1]
    assert "it is empty" in only(found, f"input {installation / 'bos'}")[1]
    assert any("not set (BAZA)" in line for _, line in told(found, "input baza"))
    assert any("no driver joqpg" in line for _, line in told(found, "input basqa"))
    assert [level for level, line in told(found, "input baza") if "nothing was fetched yet" in line] == ["warning"]


def test_stores_of_fetched_inputs(installation: Path) -> None:
    (installation / "harvest").mkdir()
    with (installation / "izde.toml").open("a", encoding="utf-8") as file:
        for name in ("tynys", "buzyq", "eski"):
            file.write(f'[[input]]\nkind = "feed"\nname = "{name}"\naddress = "https://{name}.example/feed"\n')
    with Store(installation / "harvest" / "tynys.db") as store:
        store.put("a", {"title": "Көктем"}, 1)
    (installation / "harvest" / "buzyq.db").write_bytes(b"no database at all, but long enough" * 99)
    with Store(installation / "harvest" / "eski.db"):
        pass
    base = sqlite3.connect(installation / "harvest" / "eski.db")
    base.execute("PRAGMA user_version = 77")
    base.close()
    found = look(installation)
    level, line = only(found, "input tynys")
    assert (level, "1 articles" in line) == ("ok", True)
    assert "damaged" in only(found, "input buzyq")[1]
    assert "version 77" in only(found, "input eski")[1]


def test_an_index_that_was_never_made(tmp_path: Path) -> None:
    found = examine(tmp_path / "index", None, {"IZDE_BIND": "127.0.0.1:0"})
    assert only(found, "index folder")[0] == "warning"
    (tmp_path / "index").write_text("бұл файл")
    assert "a file is where it should be" in only(examine(tmp_path / "index", None, {}), "index folder")[1]


def test_whoever_may_write_the_index_is_told(installation: Path) -> None:
    (installation / "index" / manifest.GENERATIONS).chmod(0o777)
    level, line = only(look(installation), "rights")
    assert (level, "anybody may write" in line, "chmod" in line) == ("error", True, True)


def test_a_damaged_generation_and_a_format_that_is_too_new(installation: Path) -> None:
    name = (installation / "index" / manifest.CURRENT).read_text().strip()
    folder = installation / "index" / manifest.GENERATIONS / name
    (folder / manifest.LEXICON).write_text("кесілді")
    found = look(installation)
    assert only(found, "served")[0] == only(found, "generation")[0] == "error"
    text = (folder / manifest.MANIFEST).read_text().replace('"format": 1', '"format": 99')
    (folder / manifest.MANIFEST).write_text(text)
    assert "upgrade Izde" in only(look(installation), "generation")[1]
    (installation / "index" / manifest.CURRENT).write_text("../../etc")
    assert any(level == "error" for level, _ in told(look(installation), "served"))


def test_a_pipeline_that_has_changed(installation: Path) -> None:
    text = (installation / "izde.toml").read_text("utf-8")
    (installation / "izde.toml").write_text(f'facets = "aimaq"\n{text}', "utf-8")
    assert only(look(installation), "pipeline")[0] == "warning"


def test_who_holds_the_lock(installation: Path) -> None:
    index = installation / "index"
    with locked(index, 0, timedelta(hours=1)):
        level, line = only(look(installation), "lock")
    assert (level, f"process {os.getpid()}" in line) == ("ok", True)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with (index / ".lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(msgspec.json.encode(Holder(dead.pid, socket.gethostname(), datetime.now(UTC))))
        file.flush()
        assert only(look(installation), "lock")[0] == "error"
        file.seek(0)
        file.write(msgspec.json.encode(Holder(os.getpid(), socket.gethostname(), datetime(2020, 1, 1, tzinfo=UTC))))
        file.truncate()
        file.flush()
        level, line = only(look(installation), "lock")
        assert (level, "longer than stale_after" in line) == ("warning", True)


def test_an_old_index_rejected_records_and_what_killed_runs_left(installation: Path) -> None:
    index, old = installation / "index", datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    for name in (manifest.CURRENT, "LAST.json"):
        os.utime(index / name, (old, old))
    (index / manifest.GENERATIONS / ".20200101T000000Z-0000.building").mkdir()
    found = look(installation)
    assert only(found, "last run")[0] == only(found, "leftovers")[0] == "warning"
    level, line = only(found, "quarantine")
    assert (level, "2 of" in line, "2 ×" in line) == ("warning", True, True)
    (index / "LAST.json").write_bytes(b"{")
    assert "cannot be read" in only(look(installation), "quarantine")[1]


def test_lists_of_editors_that_are_damaged(installation: Path) -> None:
    withdraw(installation / "index", ["a", "b"], "сот шешімі")
    assert "2 articles are out" in only(look(installation), "withdrawn")[1]
    (installation / "index" / NAME).write_text("{")
    assert only(look(installation), "withdrawn")[0] == "error"
    (installation / "tizim.tsv").write_text("басқа\tкесте\n", "utf-8")
    (installation / "log").write_text("")
    write(installation, f'curation = "{installation / "tizim.tsv"}"\nquery_log = "{installation / "log"}"')
    found = look(installation)
    assert only(found, "curation")[0] == only(found, "query log")[0] == "error"


def test_a_logo_that_is_missing_would_end_the_service(installation: Path) -> None:
    write(installation, f'site_logo = "{installation / "logo.svg"}"')
    level, line = only(look(installation), "settings")
    assert level == "error"
    assert "site_logo" in line
    assert "the service does not start" in line


def test_keys_that_cannot_be_read(installation: Path) -> None:
    place = installation / "keys.json"
    write(installation, f'api_keys = "{place}"')
    assert only(look(installation), "API keys")[0] == "ok"
    place.write_text('{"a":')
    level, line = only(look(installation), "API keys")
    assert (level, "put it back from a backup (`izde restore`)" in line) == ("error", True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_what_a_run_as_root_left_is_given_back_to_the_other_user(installation: Path) -> None:
    os.chown(installation / "index" / manifest.CURRENT, 65534, -1)
    assert only(look(installation), "rights")[1].endswith(f"chown -R nobody {installation / 'index'}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can ask as somebody else")
def test_a_query_log_that_belongs_to_the_user_of_the_service_is_well() -> None:
    script = (
        "import os, sys; from datetime import UTC, datetime; from indexer.doctor.editorial import query_log;"
        "from indexer.doctor.look import Look; from search.settings import Settings; os.setuid(65534);"
        "look = Look(Settings(query_log=sys.argv[1]), None, {}, None, datetime.now(UTC));"
        "print(*(one.line() for one in query_log(look)))"
    )
    with tempfile.TemporaryDirectory() as place:  # below `tmp_path` nobody else may look
        Path(place).chmod(0o755)
        command = [sys.executable, "-c", script, place]
        said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.startswith("ok       query log: it is for another user, root")


def test_a_full_disk_wants_room_and_no_other_disk(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("indexer.doctor.index_folder._tried", full)
    assert "No space left on device" in only(look(installation), "file system")[1]
    assert only(look(installation), "file system")[1].endswith("free some, then look again")


def test_the_service_is_known_by_its_answer_where_its_socket_belongs_to_another(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.doctor.bind._listeners", lambda port: [])
    with serving(installation, installation / "index") as service:
        found = look(installation, IZDE_BIND=f"127.0.0.1:{service.port}")
    assert only(found, "bind") == ("ok", f"ok       bind: the service answers there (127.0.0.1:{service.port})")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can ask as somebody else")
def test_the_user_of_the_service_only_reads(installation: Path) -> None:
    script = (
        "import os, sys, json; from indexer.doctor import examine; from pathlib import Path; index = Path(sys.argv[1]);"
        "examine(index, None, {}); os.setuid(65534); found = examine(index, None, {});"  # the first loads every module
        "print(json.dumps([(one.level, one.line()) for one in found]))"
    )
    with tempfile.TemporaryDirectory() as place:  # below `tmp_path` nobody else may look
        Path(place).chmod(0o755)
        index = shutil.copytree(installation / "index", Path(place, "index"))
        command = [sys.executable, "-c", script, str(index)]
        ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    lines = json.loads(ended.stdout)
    assert [level for level, line in lines if "as is right for the service" in line] == ["ok"]
    assert not [line for level, line in lines if level == "error" and "index" in line]


def test_a_check_that_fails_is_a_finding(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.doctor.machine._SHARED", 7)
    level, line = only(look(installation), "passing files")
    assert (level, "could not be looked at" in line) == ("error", True)


def test_versions_compare_as_numbers() -> None:
    assert numbers("3.10") > numbers("3.9.1")
    assert numbers("2.0.0") == numbers("2")
