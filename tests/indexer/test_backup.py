"""`izde backup` and `izde restore`: nothing that cannot be made again is lost with a machine."""

import hashlib
import io
import json
import os
import random
import shutil
import tarfile
from pathlib import Path

import pytest

from indexer.backup import LIST, SETTINGS, read
from indexer.errors import BackupDamaged
from indexer.withdrawals import withdraw
from search.withdrawn import NAME
from search.withdrawn import read as read_withdrawn
from tests.runs import izde

SEED = int(os.environ.get("SEED", "7"))
CURATION = "kind\twords\ttarget\treason\nsynonym\tмектеп|лицей\t\tоқырман екеуін де тереді\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with all that a backup keeps."""
    return furnished(tmp_path / "home")


def furnished(place: Path) -> Path:
    (place / "log").mkdir(parents=True)
    (place / "quarantine").mkdir()
    (place / "izde.toml").write_text(
        f'index = "{place}/index"\nquarantine = "{place}/quarantine"\nquery_log = "{place}/log"\n'
        f'curation = "{place}/curation.tsv"\nsite_name = "Көкжар"\n'
        f'site_logo = "{place}/own/logo.svg"\nsite_privacy = "{place}/own"\n',
        "utf-8",
    )
    (place / "own").mkdir()
    (place / "own" / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (place / "own" / "kk.txt").write_text("Біз ештеңе сақтамаймыз.\n", "utf-8")
    (place / "curation.tsv").write_text(CURATION, "utf-8")
    (place / "log" / "queries-2026-11-25.jsonl").write_text('{"text":"мектеп"}\n', "utf-8")
    (place / "quarantine" / "20261125.jsonl").write_text('{"id":"x"}\n', "utf-8")
    withdraw(place / "index", ["м1"], "сот шешімі")
    return place


def tree(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def made(home: Path) -> Path:
    file = home.parent / "izde.tar.gz"
    done = izde("backup", file, "--config", home / "izde.toml")
    assert (done.code, done.err) == (0, "")
    return file


def test_what_is_lost_with_a_machine_comes_back(home):
    before, file = tree(home), made(home)
    shutil.rmtree(home)
    done = izde("restore", file, "--config", home / "izde.toml")
    assert done.code == 0
    assert tree(home) == {name: data for name, data in before.items() if not name.endswith(".lock")}
    assert [one.id for one in read_withdrawn(home / "index")] == ["м1"]


def test_what_is_there_and_differs_is_left_unless_forced(home):
    file = made(home)
    (home / "curation.tsv").write_text(CURATION + "# кейін қосылды\n", "utf-8")
    before = tree(home)
    done = izde("restore", file, "--config", home / "izde.toml")
    assert done.code == 3
    assert "curation.tsv" in done.err
    assert tree(home) == before
    assert izde("restore", file, "--config", home / "izde.toml", "--force").code == 0
    assert (home / "curation.tsv").read_text("utf-8") == CURATION


def test_only_plain_files_of_the_folders_are_kept(home):
    (home / "log" / "queries-2026-11-26.jsonl").symlink_to("/etc/passwd")
    (home / "log" / "notes.txt").write_text("басқа", "utf-8")
    (home / "own" / "zz.txt").write_text("басқа", "utf-8")
    assert sorted(read(made(home))) == [
        NAME, "curation.tsv", "logo", "privacy/kk.txt", "quarantine/20261125.jsonl",
        "query-log/queries-2026-11-25.jsonl", SETTINGS,
    ]  # fmt: skip


def test_the_access_log_beside_the_query_log_is_none_of_it(home):
    (home / "log" / "access.jsonl").write_text('{"path":"/kk/"}\n', "utf-8")
    assert "query-log/access.jsonl" not in read(made(home))


def test_only_the_owner_may_read_a_backup(home):
    assert made(home).stat().st_mode & 0o777 == 0o600


def test_a_backup_that_cannot_be_written_says_why_and_what_to_do(home):
    done = izde("backup", home.parent / "none" / "izde.tar.gz", "--config", home / "izde.toml")
    assert done.code == 6
    assert "No such file or directory; make the folder first" in done.err


def test_what_this_user_may_not_read_is_told_and_the_rest_is_kept(without_rights):
    home = furnished(without_rights / "home")
    (home / "log").chmod(0)
    (home / "curation.tsv").chmod(0)
    file = without_rights / "izde.tar.gz"
    done = izde("backup", file, "--config", home / "izde.toml")
    assert done.code == 3, done.err
    for path in (home / "log", home / "curation.tsv"):
        assert f"{path}: not in the backup, this user may not read it; run it as root" in done.err
    assert {SETTINGS, NAME, "logo"} <= set(read(file))
    home.chmod(0o500)
    done = izde("restore", file, "--config", home / "new.toml")
    assert done.code == 6
    assert "Permission denied; run it as root" in done.err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_what_root_restores_belongs_to_the_owner_of_the_folder_that_it_goes_to(home):
    file, user = made(home), 54_321
    shutil.rmtree(home)
    home.mkdir()
    os.chown(home, user, user)
    assert izde("restore", file, "--config", home / "izde.toml").code == 0
    restored = [*home.rglob("*")]
    assert len(restored) > 10
    assert {(path.stat().st_uid, path.stat().st_gid) for path in restored} == {(user, user)}
    assert (home / "log" / "queries-2026-11-25.jsonl").stat().st_mode & 0o777 == 0o640


def test_an_installation_without_anything_has_a_backup_too(tmp_path):
    file, config = tmp_path / "izde.tar.gz", tmp_path / "izde.toml"
    config.write_text(f'index = "{tmp_path}/index"\nquarantine = "{tmp_path}/quarantine"\n', "utf-8")
    assert izde("backup", file, "--config", config).code == 0
    assert list(read(file)) == [SETTINGS]
    assert izde("restore", file, "--config", config).code == 0


def test_a_damaged_list_of_withdrawals_is_not_backed_up_over_a_good_one(home):
    file = made(home)
    good = file.read_bytes()
    (home / "index" / NAME).write_bytes(b"{}")
    assert izde("backup", file, "--config", home / "izde.toml").code == 1
    assert file.read_bytes() == good


def test_a_flipped_bit_or_a_cut_is_found_before_anything_is_written(home):
    file = made(home)
    whole = file.read_bytes()
    target = home.parent / "new"
    chance = random.Random(SEED)
    for _ in range(100):
        data = bytearray(whole)
        if chance.random() < 0.5:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            del data[chance.randrange(len(data)) :]
        file.write_bytes(data)
        try:
            found = read(file)
        except BackupDamaged:
            assert izde("restore", file, "--index", target / "index").code == 1
            assert not target.exists()
        else:
            file.write_bytes(whole)
            assert found == read(file), "only the padding or the header of gzip was hit"


@pytest.mark.parametrize(
    "name", ["../evil.jsonl", "/etc/evil", "query-log/../../evil.jsonl", "query-log/.x.jsonl", "x"]
)
def test_names_that_lead_elsewhere_lead_nowhere(tmp_path, name):
    data = b"evil"
    member = {"name": name, "bytes": 4, "sha256": hashlib.sha256(data).hexdigest()}
    table = json.dumps({"format": 1, "made": "2026-11-26T00:00:00Z", "izde": "0.1.0", "members": [member]}).encode()
    file = tmp_path / "evil.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        for one, held in ((LIST, table), (name, data)):
            info = tarfile.TarInfo(one)
            info.size = len(held)
            tar.addfile(info, io.BytesIO(held))
    place = tmp_path / "a" / "b"
    done = izde("restore", file, "--index", place / "index")
    assert done.code == 0
    assert not place.exists()
    assert [path.name for path in tmp_path.rglob("*evil*") if path.is_file()] == ["evil.tar.gz"]


@pytest.mark.parametrize("junk", [b"", b"junk", b"\x1f\x8b\x08\0"])
def test_what_is_no_backup_is_said(tmp_path, junk):
    file = tmp_path / "junk.tar.gz"
    file.write_bytes(junk)
    done = izde("restore", file, "--index", tmp_path / "index")
    assert done.code == 1
    assert "no backup" in done.err
