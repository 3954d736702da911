"""What a power cut may undo: a model of a disk that has only what was brought to it.

While a run goes on, `Disk` notes which files were written since they were last synced, and which changes of names since
their folder was. `state` then makes what such a disk may hold afterwards: of the changes of names, in their order, only
so many; of the files that were not synced, any content. After the crash model of Lucene's tests
(`MockDirectoryWrapper`) and SQLite's («How SQLite Is Tested», section 3.2).
"""

import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """A change of names: `create` (a file, a folder or a link), `rename` or `remove`.

    path: what it made or took away; source: what was renamed. kept: where the file lies that it took away, if any.
    """

    kind: str
    path: str
    source: str = ""
    kept: str = ""


@dataclass(slots=True)
class Disk:
    """The changes below `root`; `shadow` is a folder of the same file system for what would be gone."""

    root: Path
    shadow: Path
    changes: list[Change] = field(default_factory=list)
    dirty: set[int] = field(default_factory=set)
    _numbers: "count[int]" = field(default_factory=count)
    _link: Callable[..., None] = os.link

    def install(self) -> None:
        """From now on every change of this process is noted; reading files for writing is noted by `opened`."""
        self._wrap("fsync", lambda number: None, self._synced)
        self._wrap("mkdir", lambda path, *_, **__: self._place(path), lambda place, *_: self._made("create", place))
        self._wrap("link", lambda _, path, **__: self._place(path), lambda place, *_: self._made("create", place))
        for name in ("rename", "replace"):
            self._wrap(name, self._before_rename, lambda change, *_: self.changes.extend(change))
        for name in ("unlink", "remove", "rmdir"):
            self._wrap(name, self._before_removal, lambda change, *_: self.changes.extend(change))

    def opened(self, path: Any, existed: bool) -> None:
        """A file was opened for writing."""
        place = self._place(path)
        if place is not None:
            if not existed:
                self._made("create", place)
            self.dirty.add(place.stat().st_ino)

    def dump(self, path: Path) -> None:
        """Write down what a power cut now may undo."""
        dirty = [str(one) for one in self.root.rglob("*") if one.is_file() and one.stat().st_ino in self.dirty]
        path.write_text(json.dumps({"changes": [asdict(one) for one in self.changes], "dirty": dirty}))

    def _wrap(self, name: str, before: Callable[..., Any], after: Callable[..., Any]) -> None:
        call = getattr(os, name)

        def wrapped(*args: Any, **more: Any) -> Any:
            seen = before(*args, **more)
            given = call(*args, **more)
            after(seen, *args)
            return given

        setattr(os, name, wrapped)

    def _synced(self, _: None, number: int) -> None:
        path = Path(f"/proc/self/fd/{number}").readlink()
        if path.is_dir():
            self.changes = [one for one in self.changes if Path(one.path).parent != path]
        else:
            self.dirty.discard(os.fstat(number).st_ino)

    def _made(self, kind: str, place: Path | None) -> None:
        if place is not None:
            self.changes.append(Change(kind, str(place)))

    def _before_rename(self, source: Any, target: Any, **_: Any) -> list[Change]:
        old, new = self._place(source), self._place(target)
        if old is None or new is None:
            return []
        return [Change("rename", str(new), str(old), self._keep(new))]

    def _before_removal(self, path: Any, *, dir_fd: int | None = None) -> list[Change]:
        place = self._place(path, dir_fd)
        return [] if place is None or not place.exists() else [Change("remove", str(place), kept=self._keep(place))]

    def _keep(self, place: Path) -> str:
        if not place.is_file():
            return ""
        kept = self.shadow / str(next(self._numbers))
        self._link(place, kept)
        return str(kept)

    def _place(self, path: Any, dir_fd: int | None = None) -> Path | None:
        """The path, if it is below the root."""
        if isinstance(path, int):
            return None
        place = Path(os.fsdecode(path))
        place = (Path(f"/proc/self/fd/{dir_fd}").readlink() / place if dir_fd else place).absolute()
        return place if place.is_relative_to(self.root) else None


def state(told: Path, root: Path, chance: random.Random) -> str:
    """Turn what a run left below `root` into what the disk may hold; how, in words. told: what `Disk.dump` wrote."""
    found = json.loads(told.read_text())
    changes = [Change(**one) for one in found["changes"]]
    durable = chance.choice([0, chance.randint(0, len(changes)), len(changes)])  # as far as the journal came
    dirty = {Path(one).stat().st_ino for one in found["dirty"] if Path(one).exists()}
    for change in reversed(changes[durable:]):
        _undo(change)
    left = sorted(one for one in root.rglob("*") if one.is_file() and one.stat().st_ino in dirty)
    said = (f"{path.relative_to(root)}: {_damage(path, chance)}" for path in left)
    return "; ".join([f"{durable} of {len(changes)} changes of names", *said])


def _undo(change: Change) -> None:
    path = Path(change.path)
    if change.kind == "create" and path.exists():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif change.kind == "rename" and path.exists():
        path.rename(change.source)
        if change.kept:
            shutil.copy2(change.kept, path)
    elif change.kind == "remove" and not path.exists() and path.parent.exists():
        shutil.copy2(change.kept, path) if change.kept else path.mkdir()


def _damage(path: Path, chance: random.Random) -> str:
    how = chance.choice(["kept", "empty", "half", "flipped", "zeros", "rubbish"])
    data = bytearray(path.read_bytes())
    match how:
        case "empty":
            data = bytearray()
        case "half":
            del data[len(data) // 2 :]
        case "flipped" if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "zeros":
            data = bytearray(len(data))
        case "rubbish":
            data = bytearray(chance.randbytes(len(data)))
    path.write_bytes(data)
    return how
