"""What all tests share: how Hypothesis makes its examples."""

import os

from hypothesis import settings

# The same examples in every run of `make test`, new ones in `make test-long`. No deadline an example: machines differ.
settings.register_profile("house", deadline=None, derandomize="SCALE" not in os.environ)
settings.load_profile("house")
