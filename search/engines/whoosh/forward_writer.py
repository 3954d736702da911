"""Writes the forward index of a generation; see `forward.py` for what is in it."""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import MappedWriter
from ...ranking import family, triples
from ...vectors import StemVectors
from .article_vectors import Texts, write_vectors
from .forward import KIND, NAME, VERSION, code
from .numbered import Numbered
from .spans import SpanSpool
from .tokens import Tokens

_COPIED: Final = 1 << 20

Array = NDArray[Any]


def write_forward(folder: Path, tokens: Tokens, spans: SpanSpool, vectors: StemVectors) -> None:
    """Write the file into the folder; what is held in memory grows with the vocabulary, not with the articles."""
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        flat = np.memmap(tokens.flat, np.uint32, "r") if tokens.starts[-1] else np.zeros(0, np.uint32)
        with file.array("flat", np.uint32) as put:
            for first in range(0, len(flat), _COPIED):
                put(flat[first : first + _COPIED])
        file.add("starts", tokens.starts)
        spans.finish(file)
        _write_names(file, Texts(flat, tokens.starts, tokens.step), tokens, vectors)
        file.finish()
    finally:
        file.abort()


def _write_names(file: MappedWriter, texts: Texts, tokens: Tokens, vectors: StemVectors) -> None:
    exacts, stems = tokens.exacts, tokens.stems
    _add(file, exacts.lexicon("exact") | exacts.one("exact"))
    families = Numbered((family(key),) for _, key, _ in tokens.surfaces)
    _add(file, families.lexicon("family") | families.one("family"))
    file.add("family_df", texts.df(families.starts, families.places, len(families.names)))
    threes = Numbered((sorted(triples(key)) for _, key, _ in tokens.surfaces), code)
    file.add("triple_codes", np.array(list(map(code, threes.names)), np.uint64))
    _add(file, threes.several("triple"))
    _add(file, stems.lexicon("stem") | stems.several("stem"))
    write_vectors(file, texts, stems.starts, stems.places, stems.names, vectors)


def _add(file: MappedWriter, arrays: dict[str, Array]) -> None:
    for name, one in arrays.items():
        file.add(name, one)
