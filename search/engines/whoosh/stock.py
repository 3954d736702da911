"""The one place that imports Whoosh: its names that we build on, without the warnings of its old sources."""

import warnings

with warnings.catch_warnings():
    # whoosh 2.7.4 dates from 2016; Python warns of its escapes and comparisons when it compiles them.
    for _category in (DeprecationWarning, SyntaxWarning):
        warnings.filterwarnings("ignore", message="invalid escape sequence", category=_category)
    warnings.filterwarnings("ignore", message='"is( not)?" with', category=SyntaxWarning)
    from whoosh.codec.base import Codec, FieldCursor, PerDocumentReader, Segment, TermsReader
    from whoosh.fields import STORED, FieldType, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.formats import Format
    from whoosh.index import TOC
    from whoosh.matching import ListMatcher
    from whoosh.reading import TermInfo, TermNotFound

__all__ = [
    "STORED",
    "TOC",
    "Codec",
    "FieldCursor",
    "FieldType",
    "Format",
    "ListMatcher",
    "PerDocumentReader",
    "RamStorage",
    "Schema",
    "Segment",
    "TermInfo",
    "TermNotFound",
    "TermsReader",
]
