"""The manifest: what is damaged is noticed, whatever it is."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from search import manifest
from search.errors import IndexCorrupt, IndexFormatTooNew
from search.manifest import FileEntry, Manifest

NAME = "20261123T013000Z-8f2c"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / NAME
    (folder / "engine").mkdir(parents=True)
    (folder / "lexicon.tsv").write_text("қала\t3\t0\n", "utf-8")
    (folder / "engine" / "a.bin").write_bytes(bytes(range(256)) * 20)
    write(folder)
    return folder


def write(folder: Path, **changes: object) -> Manifest:
    values: dict[str, object] = {
        "name": NAME,
        "engine": "whoosh",
        "created": datetime(2026, 11, 23, 1, 30, tzinfo=UTC),
        "documents": 3,
        "newest": date(2026, 11, 22),
        "terms": 10,
        "tokens": 20,
        "pipeline": "0" * 32,
        "files": {name: manifest.measure(folder / name) for name in manifest.listed(folder)},
    }
    made = Manifest(**(values | changes))  # type: ignore[arg-type]
    (folder / manifest.MANIFEST).write_bytes(manifest.encode(made))
    return made


def test_what_is_written_comes_back(folder: Path) -> None:
    made = write(folder)
    assert manifest.read(folder) == made
    assert set(made.files) == {"lexicon.tsv", "engine/a.bin"}
    manifest.check_sizes(folder, made)
    manifest.check_hashes(folder, made)


def test_it_is_json_for_other_programs(folder: Path) -> None:
    found = msgspec.json.decode((folder / manifest.MANIFEST).read_bytes())
    assert found["documents"] == 3
    assert len(found["seal"]) == 64


def test_a_folder_under_construction_may_hold_it(folder: Path) -> None:
    moved = folder.rename(folder.with_name(manifest.building(NAME)))
    assert manifest.read(moved).name == NAME


def test_a_generation_under_another_name_is_refused(folder: Path) -> None:
    moved = folder.rename(folder.with_name("20261123T013000Z-0000"))
    with pytest.raises(IndexCorrupt, match="belongs to"):
        manifest.read(moved)


def test_every_flipped_bit_is_noticed(folder: Path) -> None:
    path = folder / manifest.MANIFEST
    whole = path.read_bytes()
    for at in range(len(whole)):
        data = bytearray(whole)
        data[at] ^= 1 << at % 8
        path.write_bytes(data)
        with pytest.raises((IndexCorrupt, IndexFormatTooNew)):
            manifest.read(folder)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[]", b'{"format": 1}', b"\xff\xfe", b"[" * 100_000, b'{"format": "1"}', b'{"format": -1}'],
)
def test_what_is_no_manifest(folder: Path, data: bytes) -> None:
    (folder / manifest.MANIFEST).write_bytes(data)
    with pytest.raises(IndexCorrupt) as caught:
        manifest.read(folder)
    assert caught.value.path == folder / manifest.MANIFEST


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexCorrupt, match="cannot be read"):
        manifest.read(tmp_path)


def test_a_newer_format_is_told_from_damage(folder: Path) -> None:
    (folder / manifest.MANIFEST).write_text('{"format": 2, "anything": {"else": true}}')
    with pytest.raises(IndexFormatTooNew) as caught:
        manifest.read(folder)
    assert (caught.value.found, caught.value.known) == (2, manifest.FORMAT)


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "engine/../../outside", "", "engine//a.bin", "a\\b", "."]
)
def test_names_that_lead_out(folder: Path, name: str) -> None:
    (folder.parent / "outside").write_bytes(b"x")
    made = write(folder, files={name: FileEntry(1, "0" * 64)})
    for check in (manifest.check_sizes, manifest.check_hashes):
        with pytest.raises(IndexCorrupt, match="leads out"):
            check(folder, made)


def test_a_link_is_refused(folder: Path) -> None:
    made = write(folder)
    path = folder / "lexicon.tsv"
    path.rename(folder.parent / "elsewhere")
    path.symlink_to(folder.parent / "elsewhere")
    with pytest.raises(IndexCorrupt, match="leads out"):
        manifest.check_sizes(folder, made)


def test_sizes_and_hashes(folder: Path) -> None:
    made = write(folder)
    path = folder / "engine" / "a.bin"
    data = bytearray(path.read_bytes())
    data[700] ^= 16
    path.write_bytes(data)
    manifest.check_sizes(folder, made)
    with pytest.raises(IndexCorrupt, match="SHA-256"):
        manifest.check_hashes(folder, made)
    path.write_bytes(data[:-1])
    with pytest.raises(IndexCorrupt, match="5119 bytes, 5120"):
        manifest.check_sizes(folder, made)
    path.unlink()
    with pytest.raises(IndexCorrupt, match="cannot be read"):
        manifest.check_sizes(folder, made)
    with pytest.raises(IndexCorrupt, match="cannot be read"):
        manifest.check_hash(folder, made, "engine/a.bin")


def test_a_file_that_the_manifest_does_not_name(folder: Path) -> None:
    made = write(folder)
    (folder / "stray").write_bytes(b"")
    with pytest.raises(IndexCorrupt):
        manifest.check_hash(folder, made, "stray")
