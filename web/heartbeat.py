"""Signs of life during a long answer: a gunicorn worker that gives none for its timeout is ended."""

from collections.abc import Callable

_beats: list[Callable[[], object]] = []


def listen(beat: Callable[[], object]) -> None:
    """Call this at every sign of life of this process from now on."""
    _beats[:] = [beat]


def beat() -> None:
    """Give a sign of life, if anyone listens."""
    for one in _beats:
        one()
