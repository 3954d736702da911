"""What the documents say is true."""

import re
import subprocess
import sys
from pathlib import Path

import click
from click.testing import CliRunner

import search
from indexer.cli import izde
from search.facets import FACETS
from search.settings import PREFIX, setting_fields

ROOT = Path(__file__).parents[1]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_architecture_names_every_file_with_its_own_first_sentence() -> None:
    checked = subprocess.run([sys.executable, "docs/files.py", "--check"], cwd=ROOT, check=False)
    assert checked.returncode == 0, "the list of files is old: run `python docs/files.py`"


def test_every_module_says_what_it_is() -> None:
    assert not re.findall(r"^\| `[^`]+` \| +\|$", text("ARCHITECTURE.md"), re.M)


def test_the_public_names_are_sorted_and_there() -> None:
    assert search.__all__ == sorted(search.__all__)
    for name in search.__all__:
        assert getattr(search, name).__doc__


def test_every_setting_is_explained() -> None:
    operations = text("docs/operations.md")
    for item in setting_fields():
        assert f"| `{item.name}` |" in operations, f"{PREFIX}{item.name.upper()} is missing in docs/operations.md"


def test_every_command_is_explained() -> None:
    operations = text("docs/operations.md")
    context = click.Context(izde)
    for name in izde.list_commands(context):
        command = izde.get_command(context, name)
        assert f"`izde {name}" in operations, name
        assert command, name
        assert command.help, name


def test_every_command_has_help() -> None:
    for name in izde.list_commands(click.Context(izde)):
        result = CliRunner().invoke(izde, [name, "--help"])
        assert result.exit_code == 0
        assert "Usage:" in result.output
        assert "\\" not in result.output, name


def test_the_exit_codes_are_explained() -> None:
    operations = text("docs/operations.md")
    for code in ("0", "1", "2", "3", "4", "5", "6", "130", "143"):
        assert re.search(rf"^\| {code}\b", operations, re.M), code


def test_the_changelog_knows_this_version() -> None:
    version = re.search(r'^version = "(.+)"', text("pyproject.toml"), re.M)
    assert version
    changelog = text("CHANGELOG.md")
    assert "## [Unreleased]" in changelog or f"## [{version[1]}]" in changelog


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_facets_are_documented_in_the_api() -> None:
    api = text("docs/api.md")
    for name in FACETS:
        assert f"`{name}`" in api, name
