"""What editors keep beside the index: synonyms and pins, withdrawn articles, the log of queries."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from search import curated, keys, withdrawn
from search.errors import CurationError, IndexCorrupt, SettingsError

from .finding import Finding, error, ok, warning
from .look import Look


def curation(look: Look) -> Iterator[Finding]:
    """The file of synonyms and pinned results."""
    if not look.settings.curation:
        return
    place = Path(look.settings.curation)
    try:
        said = curated.read(place)
    except CurationError as problem:
        yield error("curation", str(problem), place)
        return
    if said.problems:
        told = f"{len(said.problems)} lines are passed over, such as line {said.problems[0].line}"
        yield warning("curation", told, place, "`izde curation` lists them")
    else:
        yield ok("curation", f"{len(said.synonyms)} synonyms, {len(said.pins)} pinned queries", place)


def api_keys(look: Look) -> Iterator[Finding]:
    """The file of the keys of API clients; there is none before the first key."""
    if not look.settings.api_keys:
        return
    place = Path(look.settings.api_keys)
    try:
        found = keys.read(place)
    except SettingsError as problem:
        yield error("API keys", str(problem), advice="until then clients with a key are refused (401)")
    else:
        yield ok("API keys", f"{len(found)} keys", place)


def withdrawals(look: Look) -> Iterator[Finding]:
    """The list of withdrawn articles."""
    place = look.index / withdrawn.NAME
    if not place.exists():
        return
    try:
        found = withdrawn.read(look.index)
    except IndexCorrupt as problem:
        yield error("withdrawn", str(problem), place)
    else:
        yield ok("withdrawn", f"{len(found)} articles are out", place)


def query_log(look: Look) -> Iterator[Finding]:
    """Whether the log of queries can be written."""
    if not look.settings.query_log:
        return
    place = Path(look.settings.query_log)
    above = next(one for one in (place, *place.absolute().parents) if one.exists())
    if not above.is_dir():
        yield error("query log", "a file is where its folder should be", above, "set query_log to a folder")
    elif not os.access(above, os.W_OK | os.X_OK):
        owner = above.stat()
        if above == place and owner.st_uid != os.geteuid() and owner.st_mode & stat.S_IWUSR:
            yield ok(
                "query log", f"it is for another user, {above.owner()}, which should be that of the service", place
            )
            return
        told = "this user may not write there; the user of the service must be able to"
        yield warning("query log", told, above, f"make {place} for the user of the service")
    else:
        yield ok("query log", "it can be written", place)
