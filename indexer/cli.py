"""The `izde` command: one file of `commands/` per command; this one gathers them and words their failures."""

import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from search.errors import EngineError, SearchError

from .commands.analyze import analyze
from .commands.backup import backup, restore
from .commands.curation import curation
from .commands.diff import diff
from .commands.evaluate import evaluate
from .commands.init import init
from .commands.queries import queries
from .commands.reindex import reindex
from .commands.rollback import rollback
from .commands.search import search
from .commands.serve import serve
from .commands.settings import settings
from .commands.status import status
from .commands.verify import verify
from .commands.withdraw import withdraw
from .errors import IndexerError, Interrupted

_LOGS = Path("var/log")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="izde", prog_name="izde")
def izde() -> None:
    """Full-text search for Kazakh news archives."""


COMMANDS = (
    init, reindex, search, analyze, status, diff, verify, rollback, withdraw, backup, restore, settings, serve, queries,
    curation, evaluate,
)  # fmt: skip

for command in COMMANDS:
    izde.add_command(command)


def main() -> None:
    """Run the command line; every failure is one line on stderr and the exit code of its class."""
    try:
        sys.exit(izde(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        _end("interrupted", 130)
    except (IndexerError, Interrupted) as error:
        _end(error, error.exit_code)
    except EngineError as error:
        _end(error, 1)
    except SearchError as error:
        _end(error, 2)
    except BrokenPipeError:
        # The reader of our output has gone; what is still buffered must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the last resort: what nobody thought of is told in one line too
        _end(f"unexpected {type(error).__name__}: {error}; {_details()}", 1)


def _end(message: object, code: int) -> None:
    click.echo(f"izde: {' '.join(str(message).split())}", err=True)
    sys.exit(code)


def _details() -> str:
    """Where the traceback is: on stderr with -v, else in a file."""
    text = traceback.format_exc()
    if {"-v", "--verbose"} & set(sys.argv):
        click.echo(text, err=True)
        return "details above"
    try:
        folder = _LOGS if _LOGS.is_dir() and os.access(_LOGS, os.W_OK) else None
        number, name = tempfile.mkstemp(".log", "izde-", folder)
        os.close(number)
        Path(name).write_text(text, "utf-8", "replace")
    except OSError:
        return "run it again with -v for details"
    return f"details in {name}"
