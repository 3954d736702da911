"""Whoosh's table of contents, so that its own `open_dir` finds the index. It is a pickle: Izde never reads it.

Nothing in it is random: its segments are called after the checksums of the files.
"""

from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np

from . import sidecar
from .codec import IzdeSegment
from .columns import Columns
from .schema import INDEX_NAME, schema
from .stock import TOC, RamStorage

NAME: Final = f"_{INDEX_NAME}_1.toc"


def write(folder: Path) -> None:
    """Write it, when all other files are written."""
    with closing(Columns(folder)) as columns:
        segments = [segment for segment in _segments(folder, columns) if segment.doc_count_all()]
    made = RamStorage()
    TOC(schema(), segments, 1).write(made, INDEX_NAME)
    (folder / NAME).write_bytes(made.files[NAME])


def _segments(folder: Path, columns: Columns) -> list[IzdeSegment]:
    segments = []
    for place, facts in enumerate(columns.facts.segments):
        name = "".join(f"{checksum:08x}" for _, checksum in sidecar.seal(folder / facts.name).values())
        if facts.is_whole:
            segments.append(IzdeSegment(name, facts.name, columns.documents))
        else:
            numbers = columns.numbers(place)
            gone = frozenset(np.flatnonzero(numbers == columns.documents).tolist())
            segments.append(IzdeSegment(name, facts.name, len(numbers), gone))
    return segments
