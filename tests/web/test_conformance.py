"""Every answer of the API is what its own description promises: schemathesis, with all of its checks, over HTTP.

1,000 requests and more; `SCALE=20` makes 10,000. The seed is printed when the test fails; `SEED=` repeats it.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.service import ROOT, serving

SCALE = int(os.environ.get("SCALE", "1"))
SEED = os.environ.get("SEED", "20261126")
CASES = 20 if SCALE == 1 else 50 * SCALE
"""Of each end in the phase that makes them up; the limits of every parameter are tried one by one besides."""
UNHURRIED = 30_000


def test_the_api_is_what_its_description_says(tmp_path: Path, index_folder: Path) -> None:
    settings = {"rate_limit": "off", "deadline_ms": UNHURRIED, "facet_ms": UNHURRIED, "workers": 1}
    with serving(tmp_path, index_folder, **settings) as service:
        hooks = {"PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.web.conformance_hooks"}
        run = subprocess.run(
            [Path(sys.executable).with_name("st"), "run", f"http://127.0.0.1:{service.port}/api/v1/openapi.json",
             "--checks", "all", "--max-examples", str(CASES), "--seed", SEED, "--generation-database", "none"],
            cwd=tmp_path, env=os.environ | hooks, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr + f"\nSEED={SEED}"
    many = re.search(r"([0-9,]+) generated", run.stdout)
    assert many, run.stdout
    print(f"{many[1]} requests")  # noqa: T201
    assert int(many[1].replace(",", "")) >= 1000, run.stdout
