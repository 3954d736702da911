"""Options that several commands share."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from search.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def index_and_config(command: Command) -> Command:
    """Give a command `--index` and `--config`, for `configured`."""
    command = click.option(
        "--config", type=click.Path(path_type=Path, dir_okay=False), help="TOML file of settings; else IZDE_CONFIG."
    )(command)
    return click.option("--index", type=click.Path(path_type=Path), help="Folder of the index; else IZDE_INDEX.")(
        command
    )


def configured(index: Path | None, config: Path | None) -> Settings:
    """The settings of the environment and the file, with the index that the command names."""
    settings = Settings.load(os.environ, config)
    return replace(settings, index=index) if index else settings
