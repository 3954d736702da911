"""The files of `deploy/`, and the steps of docs/operations.md that lead to them."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from indexer.cli import izde
from search.settings import Settings
from tests.runs import izde as run

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".socket", ".timer"))
COPIED = [
    line
    for name in ("operations.md", "serving.md")
    for line in re.findall(r"cp deploy/[^\n`&]* /etc/systemd/system/", (ROOT / "docs" / name).read_text("utf-8"))
]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
SERVING = (ROOT / "docs" / "serving.md").read_text("utf-8")


def verified(folder: Path, units: Sequence[str] = UNITS) -> tuple[int, str]:
    names = [f"./{name}" for name in units]
    done = subprocess.run(
        ["systemd-analyze", "verify", *names], cwd=folder, check=False, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        text = re.sub("/opt/izde/bin/(izde|python)", "/bin/true", (DEPLOY / name).read_text("utf-8"))
        (tmp_path / name).write_text(text, "utf-8")
    code, said = verified(tmp_path)
    if "Failed to initialize manager" in said:
        pytest.skip(said)
    assert (code, [line for line in said.splitlines() if "izde" in line]) == (0, [])
    (tmp_path / UNITS[0]).write_text("[Service]\nExecStart=/no/such/file\n", "utf-8")
    assert verified(tmp_path) != (code, said)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
@pytest.mark.parametrize("line", COPIED)
def test_units_that_a_step_copies_need_no_others(line: str, tmp_path: Path) -> None:
    names = [Path(name).name for name in line.split()[1:] if name.startswith("deploy/")]
    for name in names:
        text = (DEPLOY / name).read_text("utf-8")
        (tmp_path / name).write_text(re.sub("/opt/izde/bin/(izde|python)", "/bin/true", text), "utf-8")
    code, said = verified(tmp_path, names)
    if "Failed to initialize manager" in said:
        pytest.skip(said)
    assert (code, [line for line in said.splitlines() if "izde" in line]) == (0, [])


def test_units_start_nothing_that_a_minimal_system_lacks() -> None:
    """/bin/kill is one such program: it belongs to procps, without which a reload failed."""
    for name in UNITS:
        for program in re.findall(r"^Exec\w+=(\S+)", (DEPLOY / name).read_text("utf-8"), re.M):
            assert program.startswith("/opt/izde/bin/") or program == "/bin/sh", name


def commands() -> list[tuple[str, list[str]]]:
    """Every call of `izde` in deploy/, and where it stands."""
    found = re.compile(r"(?:/opt/izde/bin/izde|izde izde) ((?:reindex|watch|serve).*)")
    files = sorted(DEPLOY.iterdir())
    return [(path.name, call.split()) for path in files for call in found.findall(path.read_text("utf-8"))]


def test_the_commands_of_deploy_are_right() -> None:
    files = {name for name, _ in commands()}
    assert files == {
        "Containerfile", "crontab", "izde-full.service", "izde-reindex.service", "izde-watch.service", "izde.service",
    }  # fmt: skip
    for name, (command, *arguments) in commands():
        found = izde.get_command(click.Context(izde), command)
        assert found, name
        found.make_context(command, list(arguments))


def test_every_file_of_deploy_is_named_in_the_docs() -> None:
    for path in DEPLOY.iterdir():
        assert path.name in OPERATIONS + SERVING, path.name


def test_the_settings_that_the_steps_lead_to_are_those_of_deploy(tmp_path: Path) -> None:
    """`izde init` and the `sed` line of the docs, word for word."""
    file = tmp_path / "izde.toml"
    assert run("init", file).code == 0
    [line] = re.findall(r"^sed -i .*/etc/izde/izde\.toml$", OPERATIONS, re.M)
    subprocess.run(["sh", "-c", line.replace("/etc/izde/izde.toml", str(file))], check=True)
    made, example = Settings.load({}, file), Settings.load({}, DEPLOY / "izde.toml")
    for name in ("index", "harvest", "quarantine"):
        assert getattr(made, name) == getattr(example, name)
        assert getattr(made, name).is_absolute()
    assert [table["path"] for table in made.inputs] == [table["path"] for table in example.inputs]
    assert tomllib.loads(file.read_text("utf-8"))
