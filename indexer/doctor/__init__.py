"""What is wrong with an installation, and how to mend it: one file here a subject.

Nothing is changed, nobody but the service is asked over the network, and a check that fails is a finding like the
others.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from search.errors import SearchError, SettingsError
from search.settings import PREFIX, Settings

from ..errors import IndexerError
from ..state import State, state
from . import bind, configuration, editorial, generations, index_folder, inputs, machine, runs, software, timers
from .finding import Finding, error
from .look import Check, Look

__all__ = ["Finding", "examine", "exit_code"]

_MACHINE: Final[tuple[Check, ...]] = (
    software.python,
    software.libraries,
    machine.encoding,
    machine.clock,
    machine.open_files,
    machine.passing_files,
)
_SETTINGS: Final[tuple[Check, ...]] = (
    configuration.names,
    configuration.texts,
    configuration.site_url,
    bind.bind,
    inputs.inputs,
    editorial.curation,
    editorial.api_keys,
    editorial.query_log,
)
_INDEX: Final[tuple[Check, ...]] = (
    machine.memory_left,
    index_folder.access,
    index_folder.ownership,
    index_folder.file_system,
    index_folder.room,
    generations.served,
    generations.whole,
    generations.made_alike,
    editorial.withdrawals,
    runs.lock,
    runs.last_success,
    runs.rejected,
    runs.left_behind,
    timers.timer,
)


def examine(index: Path | None, config: Path | None, environ: Mapping[str, str] = os.environ) -> list[Finding]:
    """Look at everything. index, config: what the command line names, else the environment.

    Where the settings cannot be read, the index is looked at with the defaults, if its folder is known.
    """
    config = config or (Path(environ[PREFIX + "CONFIG"]) if environ.get(PREFIX + "CONFIG") else None)
    settings, found = Settings(), list[Finding]()
    try:
        settings = Settings.load(environ, config)
    except SettingsError as problem:
        found.append(error("settings", str(problem), advice="until then the rest is looked at with the defaults"))
    named = index or (Path(environ[PREFIX + "INDEX"]) if found and environ.get(PREFIX + "INDEX") else None)
    settings = replace(settings, index=named) if named else settings
    known = not found or named is not None
    look = Look(settings, config, environ, _state(settings.index, found) if known else None, datetime.now(UTC))
    checks = [*_MACHINE, *([configuration.names] if found else _SETTINGS), *(_INDEX if known else ())]
    for check in checks:
        found += _made(check, look)
    return _distinct(found)


def exit_code(found: list[Finding]) -> int:
    """0: all is well, 3: there are warnings, 1: there are errors."""
    levels = {one.level for one in found}
    return 1 if "error" in levels else 3 if "warning" in levels else 0


def _made(check: Check, look: Look) -> list[Finding]:
    """What a check says; what it fails with is said, too."""
    made: list[Finding] = []
    try:
        made.extend(check(look))  # what it gave before it failed stays
    except (SearchError, IndexerError) as problem:
        made.append(error(_subject(check), str(problem)))
    except Exception as problem:  # a broken installation breaks checks in ways that nobody thought of
        told = f"it could not be looked at: {type(problem).__name__}: {problem}"
        made.append(error(_subject(check), " ".join(told.split())))
    return made


def _state(index: Path, found: list[Finding]) -> State | None:
    try:
        return state(index)
    except Exception as problem:  # as above
        found.append(error("index", f"it cannot be looked at: {type(problem).__name__}: {problem}", index))
        return None


def _subject(check: Check) -> str:
    return str(getattr(check, "__name__", "check")).replace("_", " ")


def _distinct(found: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(found))
