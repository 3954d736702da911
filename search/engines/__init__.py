"""Engines behind one contract (`base.py`); `kind` finds one by the name that a generation's manifest holds.

The brute-force engine of `memory.py` is not among them: it has no folder to open. It is the oracle of the tests.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import Unavailable
from .base import EngineKind
from .whoosh import WHOOSH

__all__ = ["ENGINES", "kind"]

ENGINES: Mapping[str, EngineKind] = MappingProxyType({WHOOSH.name: WHOOSH})


def kind(name: str) -> EngineKind:
    """The kind of engine with this name.

    Raises:
        Unavailable: this version of Izde has no such engine.
    """
    if name not in ENGINES:
        raise Unavailable(f"no engine is named {name!r}; there are {', '.join(sorted(ENGINES))}")
    return ENGINES[name]
