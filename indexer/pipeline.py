"""The fingerprints of what shapes an index besides the articles.

Where that of the index differs, it must be built anew even if no article changed; where that of the reading differs,
everything must be read again. Tables that only shape queries stay out.
"""

import hashlib
from dataclasses import fields
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from search import facets, manifest
from search.engines.base import BODY_GAP
from search.settings import Settings

from .records import InputSpec

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


_READING = ("indexer.data", "indexer.harvest", "indexer.inputs", "search.kazakh")
_READERS = (
    "clean.py", "cleaning.py", "crumbs.py", "dates.py", "embargo.py", "encodings.py", "heading.py", "markup.py",
    "page.py", "page_body.py", "page_charset.py", "page_data.py", "page_title.py", "records.py", "tidy.py",
)  # fmt: skip
_PARSERS = ("feedparser", "lxml", "trafilatura", "warcio")


def reading(spec: InputSpec, prefix: str) -> str:
    """32 hexadecimal digits over all that makes articles of the records of an input. prefix: what their ids begin with.

    The path is left out: a folder may move.
    """
    digest = hashlib.blake2b(digest_size=16)
    given = [f"{one.name}={getattr(spec, one.name)!r}" for one in fields(spec) if one.name not in ("path", "fetched")]
    code = [resources.files("indexer").joinpath(name).read_text("utf-8") for name in _READERS]
    for part in (prefix, *given, *map(_code, _READING), *code, *(f"{name} {version(name)}" for name in _PARSERS)):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
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
