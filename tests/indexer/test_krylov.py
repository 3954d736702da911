"""The largest singular values of a sparse matrix."""

import numpy as np
import pytest
from scipy import sparse

from indexer.krylov import largest

COUNT = 20


def made(rows: int, rank: int, seed: int) -> np.ndarray:
    """A sparse matrix of about this rank whose singular values fall slowly."""
    chance = np.random.default_rng(seed)
    left, right = (chance.standard_normal((rows, rank)) * (chance.random((rows, rank)) < 0.2) for _ in range(2))
    return (left * np.linspace(3, 1, rank)) @ right.T


@pytest.mark.parametrize("seed", range(3))
def test_the_singular_values_are_the_true_ones(seed: int) -> None:
    matrix = made(400, 120, seed)
    left, sizes = largest(sparse.csr_matrix(matrix), COUNT)
    exact, true, _ = np.linalg.svd(matrix)
    assert np.allclose(sizes, true[:COUNT][::-1], rtol=0.01)
    assert np.allclose(left.T @ left, np.eye(COUNT), atol=1e-3)
    # What vectors are for: products of rows weighted by the sizes.
    ours = (left * sizes) @ left.T
    theirs = (exact[:, :COUNT] * true[:COUNT]) @ exact[:, :COUNT].T
    assert np.linalg.norm(ours - theirs) < 0.05 * np.linalg.norm(theirs)


@pytest.mark.parametrize("rank", [0, 1, 5, 30])
def test_a_matrix_of_low_rank_has_no_more_than_its_own(rank: int) -> None:
    matrix = made(60, rank, 1)
    left, sizes = largest(sparse.csr_matrix(matrix), COUNT)
    assert left.shape == (60, COUNT)
    assert np.allclose(sizes[::-1], np.linalg.svd(matrix)[1][:COUNT], atol=0.02)


def test_the_same_matrix_gives_the_same_bytes() -> None:
    matrix = sparse.csr_matrix(made(300, 40, 2))
    one, other = largest(matrix, COUNT), largest(matrix, COUNT)
    assert one[0].tobytes() == other[0].tobytes()
