"""Whoosh's folder of files, with every file that it opens on record, so that all can be closed whatever happens.

Files are read plainly, not memory-mapped: a file cut short under a running server gives a short read, which becomes
IndexCorrupt, where a map would end the process with SIGBUS. The price is a copy and two system calls for each block
that is not in the cache of postings yet; nothing once it is.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from .stock import FileStorage


class Storage(FileStorage):  # type: ignore[misc]  # whoosh has no types
    """A folder whose open files end with `close`, which may be called more than once."""

    def __init__(self, folder: Path, opened: list[Any] | None = None) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._opened: list[Any] = [] if opened is None else opened

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """A new file, for writing."""
        return self._remember(super().create_file(name, *args, **kwargs))

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """An existing file, for reading."""
        return self._remember(super().open_file(name, **kwargs))

    def temp_storage(self, name: str | None = None) -> "Storage":
        """A folder inside this one, whose files are closed with this one's."""
        inner: Storage = Storage(Path(self.folder, name or "tmp"), self._opened).create()
        return inner

    def close(self) -> None:
        """Close whatever is open; what a full disk could not take is lost."""
        while self._opened:
            file = self._opened.pop()
            if not file.is_closed:
                with suppress(OSError):
                    file.close()

    def _remember(self, file: Any) -> Any:
        self._opened[:] = [one for one in self._opened if not one.is_closed]
        self._opened.append(file)
        return file
