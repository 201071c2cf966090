"""Vectors of brands in bytes."""

import numpy as np

from omnigrid.match.arrays import pack_vectors


def test_the_vector_of_a_brand_never_outgrows_what_a_browser_adds_up() -> None:
    for dims in (2, 256, 384, 640):
        cells, _ = pack_vectors([[1.0] * dims, [-0.5] * dims, [1.0] + [0.0] * (dims - 1)])
        steps = np.frombuffer(cells, dtype=np.int8).reshape(3, dims).astype(float)
        assert np.linalg.norm(steps, axis=1).max() < 2**11
        assert np.abs(steps).max() > 50
