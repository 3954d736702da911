"""The one place that imports Whoosh: its names that we build on, without the warnings of its old sources."""

import warnings

with warnings.catch_warnings():
    # whoosh 2.7.4 dates from 2016; Python warns of its escapes and comparisons when it compiles them.
    for _category in (DeprecationWarning, SyntaxWarning):
        warnings.filterwarnings("ignore", message="invalid escape sequence", category=_category)
    warnings.filterwarnings("ignore", message='"is( not)?" with', category=SyntaxWarning)
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3Segment
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Format
    from whoosh.index import FileIndex
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.writing import SegmentWriter

__all__ = [
    "FieldType",
    "FileIndex",
    "FileStorage",
    "Format",
    "Schema",
    "SegmentReader",
    "SegmentWriter",
    "TermNotFound",
    "W3Codec",
    "W3LeafMatcher",
    "W3Segment",
]
