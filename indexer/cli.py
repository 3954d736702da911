"""The `izde` command: one file of `commands/` per command; this one gathers them and words their failures."""

import os
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path

import click

from search.errors import EngineError, SearchError

from . import color
from .errors import IndexerError, Interrupted

_LOGS = Path("var/log")

_COMMANDS = (
    "analyze", "backup", "curation", "diff", "doctor", "evaluate", "init", "keys", "queries", "reindex", "restore",
    "rollback", "search", "serve", "settings", "status", "verify", "watch", "withdraw",
)  # fmt: skip
_ELSEWHERE = {"restore": "backup"}
"""Commands that are in the file of another."""


class _Commands(click.Group):
    """Loads the command that is asked for and no other: half of the time that a small run takes to begin."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click calls it so
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command with this name, if there is one."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"{__package__}.commands.{_ELSEWHERE.get(cmd_name, cmd_name)}")
        found: click.Command = getattr(module, cmd_name)
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="izde", prog_name="izde")
def izde() -> None:
    """Full-text search for Kazakh news archives."""


def main() -> None:
    """Run the command line; every failure is one line on stderr and the exit code of its class."""
    # Threads of a BLAS wait for each other longer than they compute, above all where several processes do so at once.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    color.choose("auto")
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
    color.say("izde:", "red", f" {' '.join(str(message).split())}", err=True)
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
