"""The vocabulary file: a mapped file of the columns below. Opening reads none of them; what is used is checked first.

X_text, X_at: the strings of X in the order of their bytes, and where each begins. X_df: the articles that have it.
surface_key, surface_stem: the numbers of a form's key and first stem; the forms themselves are exact_text.
surface_titles: the articles that have the form in their title, in whatever reading. surface_case: how most articles
    write it (`capitals.py`).
X_surface: the form of X that most articles have.
X_order, X_signs: the numbers and signs of the strings by their length in letters; those of n letters begin at
    X_lengths[n].
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray

from ..mapped import Mapped
from ..mapped_writer import MappedWriter

KIND: Final = "vocabulary"
VERSION: Final = 3

COLUMNS: Final = {
    "exact_text": "u1",
    "exact_at": "<u8",
    "surface_key": "<u4",
    "surface_stem": "<u4",
    "surface_df": "<u4",
    "surface_titles": "<u4",
    "surface_case": "u1",
    "key_text": "u1",
    "key_at": "<u8",
    "key_df": "<u4",
    "key_surface": "<u4",
    "stem_text": "u1",
    "stem_at": "<u8",
    "stem_df": "<u4",
    "stem_surface": "<u4",
    "key_lengths": "<u8",
    "key_order": "<u4",
    "key_signs": "<u8",
    "stem_lengths": "<u8",
    "stem_order": "<u4",
    "stem_signs": "<u8",
}
"""The columns in the order they lie in the file, and the kind of their numbers; `u1` is UTF-8 text or a case."""

Column = NDArray[Any]


def write(path: Path, columns: Mapping[str, Column]) -> None:
    """Write the file: `columns` has every name in COLUMNS.

    Raises:
        OSError: it cannot be written.
    """
    file = MappedWriter(path, KIND, VERSION)
    try:
        for name, kind in COLUMNS.items():
            file.add(name, columns[name].astype(kind, copy=False))
        file.finish()
    finally:
        file.abort()


def opened(path: Path) -> Mapped:
    """The file, open.

    Raises:
        IndexCorrupt: it is missing, cut short or no vocabulary.
        IndexFormatTooNew: a newer Izde wrote it.
    """
    return Mapped(path, KIND, VERSION)
