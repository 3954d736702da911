"""The engines that are compared, by name; each imports what it needs only when it is used."""

from importlib import import_module
from importlib.util import find_spec
from shutil import which

from .base import Peer

PEERS = {
    "izde": "Izde, one field",
    "ranked": "Izde, whole ranking",
    "whole": "Izde, whole service",
    "tantivy": "Tantivy",
    "lucene": "Lucene",
    "sqlite": "SQLite FTS5",
    "whoosh": "Whoosh 2.7.4",
}
"""`izde` gets the same stems as the others; `ranked` scores all fields, the query read before; `whole` reads it too."""

BUILT = {"whole": "`izde reindex`", "whoosh_whole": "Whoosh 2.7.4, the same fields"}
"""Those whose building is compared by `python -m bench.engine build`."""

OURS = ("izde", "ranked", "whole")
ARTICLES = ("ranked", "whole")
"""Those that are built from the articles themselves."""
SAME_INDEX = {"ranked": "whole"}
MOST_ARTICLES = {"whoosh": 100_000, "sqlite": 300_000}
"""Peers that are too slow for more."""


def missing(name: str) -> str:
    """What has to be installed before this peer can be measured; empty if nothing."""
    if name == "tantivy" and find_spec("tantivy") is None:
        return "the package tantivy (`make bench` has it)"
    if name == "lucene" and not (which("java") and which("javac")):
        return "a Java development kit"
    return ""


def peer(name: str) -> Peer:
    """The engine with this name, of those in Python."""
    made: Peer = import_module(f"{__name__}.{name}").PEER
    return made
