"""The write path: from what an archive has to a published generation."""

import os

# Set before NumPy is loaded, here and in the processes that work for a run: with a thread for each processor its
# products wait for one another where all are busy, and the last digits of sums would depend on how many there are.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
