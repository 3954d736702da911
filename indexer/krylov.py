"""The largest singular values of a sparse matrix, by block Lanczos iteration (Golub, Luk and Overton 1981).

The vectors of a block go through the matrix together, which reads it once for all of them; in single precision, which
is far more than is kept of the result. Blocks are kept orthogonal to all before them.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_BLOCK: Final = 16
_STEPS: Final = 5.5
"""Vectors in all, for each that is wanted: of 100 neighbours of a stem by exact vectors 99 are the same with these."""

_LEAST: Final = 1e-3
"""What must be left of a vector for it to be a direction of its own."""

Array = NDArray[Any]


def largest(matrix: Any, count: int) -> tuple[Array, Array]:
    """The left singular vectors (columns) of the largest singular values, and these, rising.

    matrix: a square SciPy matrix in rows with more rows than `count`. The same matrix gives the same result.
    """
    matrix = matrix.astype(np.float32, copy=False)
    turned = matrix.T  # the same numbers read by columns, which is no slower
    rows, chance = matrix.shape[0], np.random.default_rng(0)
    most = min(rows, int(_STEPS * count))
    basis = np.empty((rows, most), np.float32, order="F")
    small = np.zeros((most, most))
    block, done = _random(chance, rows), 0
    while done < most:
        block = _new(block, basis[:, :done], most - done)
        if not block.shape[1]:  # nothing more comes of these directions
            block = _new(_random(chance, rows), basis[:, :done], most - done)
        end = done + block.shape[1]
        if end == done:
            break
        basis[:, done:end] = block
        block = matrix @ (turned @ np.ascontiguousarray(block))
        small[:end, done:end] = basis[:, :end].T @ block
        done = end
    values, vectors = np.linalg.eigh(small[:done, :done], UPLO="U")
    left = basis[:, :done] @ vectors[:, -count:].astype(np.float32)
    return left.astype(np.float64), np.sqrt(np.maximum(values[-count:], 0.0))


def _random(chance: np.random.Generator, rows: int) -> Array:
    return chance.standard_normal((rows, _BLOCK)).astype(np.float32)


def _new(block: Array, basis: Array, most: int) -> Array:
    """What of the block lies in no direction of the basis: at most so many vectors of length 1, at right angles."""
    before = np.sqrt((block * block).sum(axis=0))
    for _ in range(2):  # once leaves too much of rounding behind
        block = block - basis @ (basis.T @ block)
    after = np.sqrt((block * block).sum(axis=0))
    kept = after > _LEAST * before
    found, lengths = np.linalg.qr(block[:, kept] / after[kept])
    # A short rest is of rounding alone, and no direction of its own.
    return found[:, np.abs(np.diag(lengths)) > _LEAST][:, :most]
