"""What is served, what else there is, and whether the next run can go on from it."""

from collections.abc import Iterator

from search import manifest

from .. import pipeline
from ..workspace import path_of
from .finding import Finding, error, ok, warning
from .look import Look


def served(look: Look) -> Iterator[Finding]:
    """Whether readers get what CURRENT names."""
    found = look.state
    if found is None or not look.index.is_dir():
        return
    if not found.served:
        yield error("served", found.problem, "", "" if "izde reindex" in found.problem else "run `izde reindex`")
    elif found.problem:
        yield error("served", f"{found.served} in the place of {found.current or 'none'}: {found.problem}", look.index)
    else:
        yield ok("served", found.served, look.index)


def whole(look: Look) -> Iterator[Finding]:
    """Whether the generations are what was written, by the sizes of their files."""
    if look.state is None or not look.state.generations:
        return
    damaged = [one for one in look.state.generations if one.damage]
    for one in damaged:
        advice = "`izde verify` reads every byte; the next run removes old ones"
        yield (error if one.name == look.state.current else warning)("generation", one.damage, one.name, advice)
    if not damaged:
        yield ok("generations", f"{len(look.state.generations)}, by size as they were written", look.index)


def made_alike(look: Look) -> Iterator[Finding]:
    """Whether the one that is served was made as this Izde with these settings would make it."""
    if look.state is None or not look.state.served:
        return
    made = manifest.read(path_of(look.index, look.state.served))
    if made.engine != look.settings.engine:
        told = f"made for the engine {made.engine}, the setting is {look.settings.engine}"
        yield warning("pipeline", told, made.name, "run `izde reindex`, which builds everything anew")
    elif made.pipeline != pipeline.fingerprint(look.settings):
        told = "made by another version of the analysis, or with other settings of it"
        yield warning("pipeline", told, made.name, "run `izde reindex`, which builds everything anew")
    else:
        yield ok("pipeline", "made as this Izde would make it", made.name)
