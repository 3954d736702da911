"""The `izde` command: one file of `commands/` per command; this one only gathers them."""

import sys

import click

from search.errors import SearchError

from .commands.analyze import analyze
from .commands.evaluate import evaluate
from .commands.reindex import reindex
from .commands.search import search
from .commands.serve import serve
from .commands.settings import settings
from .commands.status import status
from .errors import IndexerError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="izde", prog_name="izde")
def izde() -> None:
    """Full-text search for Kazakh news archives."""


for command in (reindex, search, analyze, status, settings, serve, evaluate):
    izde.add_command(command)


def main() -> None:
    """Run the command line; every expected failure is one line on stderr and the exit code of its class."""
    try:
        izde()
    except (SearchError, IndexerError) as error:
        click.echo(f"izde: {error}", err=True)
        sys.exit(getattr(error, "exit_code", 2))
    except BrokenPipeError:
        sys.exit(0)
