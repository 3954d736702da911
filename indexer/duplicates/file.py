"""What the next run needs to know of the bodies of a generation, in a mapped file by article number.

bodies          u64, the hash of each body; 0 where it is too short
slots           u16 × 72, the MinHash of each body
pairs, alike    u64 rising, a hash of two bodies that were compared; whether they are alike
"""

from pathlib import Path
from typing import Final

from search import manifest
from search.mapped import Mapped
from search.mapped_writer import MappedWriter

from .signatures import Signatures
from .verdicts import Verdicts

KIND: Final = "duplicates"
VERSION: Final = 1


def write(folder: Path, signatures: Signatures, verdicts: Verdicts) -> None:
    """Write the file of a generation.

    Raises:
        OSError: it cannot be written.
    """
    file = MappedWriter(folder / manifest.DUPLICATES, KIND, VERSION)
    try:
        file.add("bodies", signatures.bodies)
        file.add("slots", signatures.slots)
        file.add("pairs", verdicts.pairs)
        file.add("alike", verdicts.alike)
        file.finish()
    finally:
        file.abort()


def read(folder: Path) -> tuple[Signatures, Verdicts]:
    """The signatures of the articles of a generation, by number, and the verdicts on pairs of them.

    Raises:
        IndexCorrupt: the file is not what was written.
        IndexFormatTooNew: a newer Izde wrote it.
    """
    file = Mapped(folder / manifest.DUPLICATES, KIND, VERSION)
    try:
        signatures = Signatures(file.whole("bodies").copy(), file.whole("slots").copy())
        return signatures, Verdicts(file.whole("pairs").copy(), file.whole("alike").copy())
    finally:
        file.close()
