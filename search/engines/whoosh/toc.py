"""Whoosh's table of contents, so that its own `open_dir` finds the index. It is a pickle: Izde never reads it.

Nothing in it is random: its segment is called after the checksums of the files.
"""

from pathlib import Path
from typing import Final

from . import sidecar
from .codec import IzdeSegment
from .schema import INDEX_NAME, schema
from .stock import TOC, RamStorage

NAME: Final = f"_{INDEX_NAME}_1.toc"


def write(folder: Path, documents: int) -> None:
    """Write it, when all other files are written."""
    name = "".join(f"{checksum:08x}" for _, checksum in sidecar.seal(folder).values())
    segments = [IzdeSegment(name, documents)] if documents else []
    made = RamStorage()
    TOC(schema(), segments, 1).write(made, INDEX_NAME)
    (folder / NAME).write_bytes(made.files[NAME])
