"""`izde watch`: reindexes whenever something has changed in the inputs."""

import os
from pathlib import Path

import click

from search.freshness import age
from search.settings import PREFIX

from ..pace import Pace, Rhythm
from ..watch import Plan, Watch
from .options import configured, index_and_config


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path(path_type=Path))
@index_and_config
@click.option(
    "--quiet-for",
    type=click.FloatRange(0, 3600),
    default=5,
    show_default=True,
    metavar="SECONDS",
    help="A run begins when nothing has changed for so long.",
)
@click.option(
    "--at-latest",
    type=click.FloatRange(0, 86_400),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="A run begins so long after the first change, though changes go on.",
)
@click.option(
    "--every", default="15m", show_default=True, metavar="AGE", help="How often inputs that are fetched are asked."
)
@click.option(
    "--poll", type=click.FloatRange(0.1, 86_400), metavar="SECONDS",
    help="Look at all files so often, where the system does not tell of changes, as on network mounts.",
)  # fmt: skip
def watch(
    inputs: tuple[Path, ...],
    index: Path | None,
    config: Path | None,
    quiet_for: float,
    at_latest: float,
    every: str,
    poll: float | None,
) -> None:
    """Run `izde reindex` now, and again whenever something changes in an INPUT, until SIGTERM or Ctrl+C.

    INPUT is what `izde reindex` takes; without one, all inputs of the settings are watched, and the file of settings.
    A run is a process of its own, and a failed one ends nothing: after a safety stop or wrong settings (exit codes 5
    and 2) it waits for the next change, after others it tries again, more and more seldom.
    """
    named = config or (Path(os.environ[PREFIX + "CONFIG"]) if os.environ.get(PREFIX + "CONFIG") else None)
    arguments = [
        *(["--index", str(index)] if index else []),
        *(["--config", str(config)] if config else []),
        *(["--", *map(str, inputs)] if inputs else []),
    ]
    every_s = age(every, "--every").total_seconds()
    plan = Plan(inputs, lambda: configured(index, config), named, arguments, poll)
    Watch(plan, Pace(Rhythm(quiet_for, at_latest)), every_s, _say).go()


def _say(text: str) -> None:
    click.echo(f"izde watch: {' '.join(text.split())}", err=True)
