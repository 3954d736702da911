"""The fingerprint of everything that shapes an index besides the articles.

Where it differs, an index must be built anew even if no article changed. Tables that only shape queries stay out.
"""

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from search import facets, manifest
from search.engines.base import BODY_GAP
from search.settings import Settings

_PACKAGES = ("search.kazakh", "search.engines", "search.vocabulary", "search.data", "indexer.duplicates")
_FILES = (("search", "facets.py"),)
_LIBRARIES = ("msgspec", "numpy", "pystemmer", "rensa", "scipy", "unidecode", "whoosh", "zstandard")
_SUFFIXES = (".py", ".tsv", ".bin")


def fingerprint(settings: Settings) -> str:
    """32 hexadecimal digits over the format, the engine, the facets, the analysis' code and tables, the libraries."""
    digest = hashlib.blake2b(digest_size=16)
    fields = ",".join(sorted(facets.table(settings.facets)))
    parts = [str(manifest.FORMAT), settings.engine, settings.lexicon, fields, str(BODY_GAP), *map(_code, _PACKAGES)]
    parts += [resources.files(package).joinpath(name).read_text("utf-8") for package, name in _FILES]
    for part in (*parts, *(f"{name} {version(name)}" for name in _LIBRARIES)):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


@cache
def _code(package: str) -> str:
    digest = hashlib.sha256()
    _update(digest, resources.files(package), "")
    return digest.hexdigest()


def _update(digest: "hashlib._Hash", folder: Traversable, prefix: str) -> None:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{prefix}/{item.name}"
        if item.is_dir():
            _update(digest, item, name)
        elif item.name.endswith(_SUFFIXES):
            data = item.read_bytes()
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
