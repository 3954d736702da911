"""What cannot be made again from the inputs, in one file: settings, withdrawals, synonyms and pins, logs.

BACKUP.json         what the file holds: name, size and SHA-256 of each member, and when it was made
settings.toml       the file of settings
WITHDRAWN.json      the articles that were taken out
curation.tsv        the site's own synonyms and pinned results
keys.json           the hashes of the API keys
logo                the site's logo
privacy/…           the site's own words about privacy, a file a language
query-log/…         the query log, a file a day
quarantine/…        the lists of rejected records
"""

import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from gzip import BadGzipFile
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from search import withdrawn
from search.settings import Settings

from .errors import BackupDamaged
from .files import put_durably, replace_durably

LIST: Final = "BACKUP.json"
FORMAT: Final = 1
SETTINGS: Final = "settings.toml"
CURATION: Final = "curation.tsv"
KEYS: Final = "keys.json"
LOGO: Final = "logo"
QUERY_LOG: Final = "query-log"
_FOLDERS: Final = {QUERY_LOG: "queries-*.jsonl", "quarantine": "*.jsonl"}
"""Folders of a backup, and which files of them: the access log may lie beside the query log, and is none of it."""
MOST_BYTES: Final = 1_000_000_000
"""Of one member: a log of a day is a few megabytes."""


class Member(msgspec.Struct, frozen=True):
    """A file of a backup."""

    name: str
    bytes: int
    sha256: str


class Contents(msgspec.Struct, frozen=True):
    """What a backup holds, in the order of the file."""

    format: int
    made: datetime
    izde: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds, and the paths that this user may not read and that are not in it."""

    contents: Contents
    unread: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """Paths that were written; that were there already, the same; and that were left because they differ."""

    written: tuple[Path, ...]
    same: tuple[Path, ...]
    left: tuple[Path, ...]


def backup(target: Path, settings: Settings, config: Path | None) -> Made:
    """Write the file, whole or not at all; only its owner may read it, since logs and hashes of keys are in it.

    config: the file that the settings came from, if any.

    Raises:
        OSError: the file cannot be written.
        IndexCorrupt: the list of withdrawn articles is damaged.
    """
    withdrawn.read(settings.index)
    held, unread = [], list[Path]()
    for name, path in _kept(settings, config, unread):
        try:
            held.append((name, path.read_bytes()))
        except PermissionError:
            unread.append(path)
    members = tuple(Member(name, len(data), sha256(data).hexdigest()) for name, data in held)
    contents = Contents(FORMAT, datetime.now(UTC).replace(microsecond=0), version("izde"), members)
    table = msgspec.json.format(msgspec.json.encode(contents), indent=1) + b"\n"
    with put_durably(target) as file, tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
        os.fchmod(file.fileno(), 0o600)
        for name, data in ((LIST, table), *held):
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = len(data), 0o600, int(contents.made.timestamp())
            tar.addfile(info, io.BytesIO(data))
    return Made(contents, tuple(unread))


def restore_settings(source: Path, config: Path) -> bool:
    """Put the file of settings that a backup holds in this place; whether it has one. Raises as `restore`."""
    data = read(source).get(SETTINGS)
    if data is not None:
        _put(config, data)
    return data is not None


def restore(source: Path, settings: Settings, config: Path | None, *, force: bool = False) -> Restored:
    """Put what a backup holds where these settings want it; nothing is written before all of it is checked.

    config: where the file of settings goes; it is left out where that is None. force: write over files that differ.

    Raises:
        BackupDamaged: the file is no backup, or not what was written.
        OSError: it cannot be read, or something cannot be written.
    """
    held = read(source)
    written, same, left = [], [], []
    for name, data in held.items():
        path = _place(name, settings, config)
        if path is None:
            continue
        if path.exists() and path.read_bytes() == data:
            same.append(path)
        elif path.exists() and not force:
            left.append(path)
        else:
            _put(path, data, 0o640 if name.startswith(QUERY_LOG) else None)
            written.append(path)
    return Restored(tuple(written), tuple(same), tuple(left))


def read(source: Path) -> dict[str, bytes]:
    """The members of a backup by their names, each checked.

    Raises:
        BackupDamaged: the file is no backup, or not what was written.
        OSError: it cannot be read.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            contents = _contents(tar.next(), tar, source)
            return dict(_checked(contents, tar, source))
    except (tarfile.TarError, BadGzipFile, EOFError, ValueError, zlib.error) as error:
        raise BackupDamaged(f"{source}: it is no backup, or is cut short or damaged ({error})") from error


def _contents(first: tarfile.TarInfo | None, tar: tarfile.TarFile, source: Path) -> Contents:
    if first is None or first.name != LIST:
        raise BackupDamaged(f"{source}: it is no backup of Izde; `izde backup FILE` makes one")
    contents = msgspec.json.decode(_data(first, tar, source), type=Contents)
    if contents.format > FORMAT:
        raise BackupDamaged(f"{source}: a newer Izde made it (format {contents.format}); restore it with that one")
    return contents


def _checked(contents: Contents, tar: tarfile.TarFile, source: Path) -> Iterator[tuple[str, bytes]]:
    for member in contents.members:
        info = tar.next()
        data = b"" if info is None else _data(info, tar, source)
        if info is None or info.name != member.name or sha256(data).hexdigest() != member.sha256:
            raise BackupDamaged(f"{source}: {member.name} is not what was written")
        yield member.name, data


def _data(info: tarfile.TarInfo, tar: tarfile.TarFile, source: Path) -> bytes:
    if not info.isfile() or info.size > MOST_BYTES:
        raise BackupDamaged(f"{source}: {info.name} is no plain file, or too large for one of a backup")
    file = tar.extractfile(info)
    return file.read() if file is not None else b""


def _put(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file of a backup. For root: for whoever owns the folder that it goes to, who is to use it."""
    fresh = [path, *(one for one in path.absolute().parents if not one.exists())]
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_durably(path, data)
    if mode is not None:
        path.chmod(mode)
    if os.geteuid() == 0:
        owner = fresh[-1].absolute().parent.stat()
        for one in fresh:
            os.chown(one, owner.st_uid, owner.st_gid)


def _kept(settings: Settings, config: Path | None, unread: list[Path]) -> Iterator[tuple[str, Path]]:
    """What there is to keep: names in the backup, and paths. Folders that may not be looked into go to `unread`."""
    for name, path in _files(settings, config).items():
        if path is not None and os.path.lexists(path):
            yield name, path
    for name, pattern in _FOLDERS.items():
        folder = _folder(name, settings)
        if folder is None or not folder.is_dir():
            continue
        try:
            paths = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink()]
        except PermissionError:
            unread.append(folder)
            continue
        for path in paths:
            if fnmatchcase(path.name, pattern):
                yield f"{name}/{path.name}", path


def _place(name: str, settings: Settings, config: Path | None) -> Path | None:
    """Where a member belongs; None if nowhere. Only names that a backup may have lead anywhere."""
    folder, _, file = name.partition("/")
    kept = folder in _FOLDERS and fnmatchcase(file, _FOLDERS[folder])
    if kept and "/" not in file and not file.startswith("."):
        below = _folder(folder, settings)
        return None if below is None else below / file
    return _files(settings, config).get(name)


def _files(settings: Settings, config: Path | None) -> dict[str, Path | None]:
    """Single files of a backup, and where each belongs; None for one that the site does not have."""
    words = Path(settings.site_privacy) if settings.site_privacy else None
    privacy = (f"{language}.txt" for language in settings.language_list)
    return {
        SETTINGS: config,
        withdrawn.NAME: settings.index / withdrawn.NAME,
        CURATION: Path(settings.curation) if settings.curation else None,
        KEYS: Path(settings.api_keys) if settings.api_keys else None,
        LOGO: Path(settings.site_logo) if settings.site_logo else None,
        **{f"privacy/{name}": words / name if words else None for name in privacy},
    }


def _folder(name: str, settings: Settings) -> Path | None:
    if name == "quarantine":
        return settings.quarantine
    return Path(settings.query_log) if settings.query_log else None
