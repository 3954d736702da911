import runpy
from pathlib import Path

GOLDEN = runpy.run_path(str(Path(__file__).parent / "golden" / "__main__.py"), run_name="golden")


def test_there_are_enough_golden_forms():
    assert len(GOLDEN["read"]()) >= 20_000


def test_every_golden_form_keeps_its_stem():
    changed = list(GOLDEN["differences"]())
    assert not changed, "\n".join([*changed, "look at each; `make golden ACCEPT=1` accepts them all"])
