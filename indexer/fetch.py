"""Fetches the inputs of a run, one after another, before anything is read."""

from collections.abc import Callable, Sequence
from functools import partial

from search.settings import Settings

from .harvest import Harvest, Harvesting, Manners, check, harvest
from .progress import Progress
from .records import InputSpec

Say = Callable[[str], None]


def fetch(
    specs: Sequence[InputSpec],
    settings: Settings,
    progress: Progress,
    say: Say,
    harvests: dict[str, Harvest],
    *,
    full: bool,
    offline: bool,
    quiet: bool,
) -> None:
    """Bring the stores of the inputs up to date, and look whether each holds something.

    harvests: gets what came of each, by its name. full: look at everything again. offline: fetch nothing.
    quiet: say only what went wrong.

    Raises:
        InputError: an input that was never fetched, now or before.
        EmptyInput: an input that was fetched and gave nothing.
        StoreDamaged, NoSpace: a store that cannot be read or written.
    """
    fetched = [spec for spec in specs if spec.fetched]
    manners, note = Manners(), (lambda _: None) if quiet else say
    for spec in [] if offline else fetched:
        with progress.phase(f"жинау {spec.name}") as step:
            done = harvest(spec, Harvesting(settings, full, step, partial(_of, spec, note), manners))
        harvests[spec.name] = done
        if done.problem:
            _of(spec, say, f"{done.problem}; what was fetched before is used")
    for spec in fetched:
        check(spec, harvests.get(spec.name))


def _of(spec: InputSpec, say: Say, text: str) -> None:
    say(f"{spec.name}: {text}")
