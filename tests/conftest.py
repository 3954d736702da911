"""What all tests share: how Hypothesis makes its examples, and that runs do not stand back."""

import os

from hypothesis import settings

# The same examples in every run of `make test`, new ones in `make test-long`. No deadline an example: machines differ.
settings.register_profile("house", deadline=None, derandomize="SCALE" not in os.environ)
settings.load_profile("house")

# Runs in the process of the tests would make it nice for good.
os.environ.setdefault("IZDE_NICE", "0")
