"""Engines behind one contract (`base.py`); `kind` finds one by the name that a generation's manifest holds.

The brute-force engine of `memory.py` is not among them: it has no folder to open. It is the oracle of the tests.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..errors import Unavailable
from .building import EngineKind

__all__ = ["ENGINES", "kind", "load"]

if TYPE_CHECKING:
    ENGINES: Mapping[str, EngineKind]


def kind(name: str) -> EngineKind:
    """The kind of engine with this name.

    Raises:
        Unavailable: this version of Izde has no such engine.
    """
    known = _engines()
    if name not in known:
        raise Unavailable(f"no engine is named {name!r}; there are {', '.join(sorted(known))}")
    return known[name]


def load() -> None:
    """Load all engines now: what serves does so before it forks workers, which then share what was loaded."""
    _engines()


@cache
def _engines() -> Mapping[str, EngineKind]:
    """Loaded when they are asked for: processes that only analyse articles need none."""
    from .whoosh import WHOOSH

    return MappingProxyType({WHOOSH.name: WHOOSH})


def __getattr__(name: str) -> Any:
    if name == "ENGINES":
        return _engines()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
