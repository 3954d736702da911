"""The index for Whoosh itself: with this codec its own reader, searcher and queries work on our files.

Izde's read side does not use it. It reads and never writes; `toc.py` lets Whoosh find the files, `matcher.py` walks
through their postings.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..articles import decode
from .forward import Forward
from .lexicon import Lexicon
from .matcher import IzdeMatcher, IzdeTermInfo
from .postings import from_keys
from .schema import ARTICLE, EXACT, INDEX_NAME, STEM
from .segment import Segment
from .stock import Codec, FieldCursor, PerDocumentReader, TermNotFound, TermsReader
from .stock import Segment as StockSegment
from .stored import Stored

Term = tuple[str, bytes]


class IzdeCodec(Codec):  # type: ignore[misc]  # whoosh has no types
    """Opens what the builder wrote."""

    def terms_reader(self, storage: Any, segment: "IzdeSegment") -> "IzdeTerms":
        """The terms of a segment."""
        return IzdeTerms(Path(storage.folder) / segment.folder)

    def per_document_reader(self, storage: Any, segment: "IzdeSegment") -> "IzdeDocuments":
        """The articles of a segment."""
        return IzdeDocuments(Path(storage.folder) / segment.folder, segment)


class IzdeSegment(StockSegment):  # type: ignore[misc]  # whoosh has no types
    """A segment of an index. folder: its name; gone: the numbers of its articles that are deleted."""

    def __init__(self, segid: str, folder: str, documents: int, gone: frozenset[int] = frozenset()) -> None:
        self.indexname = INDEX_NAME
        self.segid = segid
        self.compound = False
        self.folder = folder
        self._documents = documents
        self._gone = gone

    def codec(self) -> IzdeCodec:
        """What opens it."""
        return IzdeCodec()

    def doc_count_all(self) -> int:
        """The number of articles, with those that are deleted."""
        return self._documents

    def deleted_count(self) -> int:
        """How many are deleted."""
        return len(self._gone)

    def deleted_docs(self) -> Iterator[int]:
        """The numbers of those that are deleted."""
        return iter(sorted(self._gone))

    def is_deleted(self, docnum: int) -> bool:
        """Whether an article is deleted."""
        return docnum in self._gone


class IzdeTerms(TermsReader):  # type: ignore[misc]  # whoosh has no types
    """The terms of both fields, in the order of their bytes."""

    def __init__(self, folder: Path) -> None:
        self._segment = Segment(folder)
        self._lexicons = {STEM: self._segment.words.stems, EXACT: self._segment.words.exacts}
        self._lengths = _lengths(self._segment.forward)

    def __contains__(self, term: Term) -> bool:
        return self._number(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return sorted((EXACT, STEM))

    def cursor(self, fieldname: str, fieldobj: Any) -> "IzdeCursor":
        """A place among the terms of a field."""
        return IzdeCursor(self, self._lexicons[fieldname], fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """Every term."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Every term from this one on, those of later fields too."""
        for name in self.indexed_field_names():
            if name >= fieldname:
                lexicon = self._lexicons[name]
                first = lexicon.place(prefix) if name == fieldname else 0
                yield from ((name, lexicon.encoded(number)) for number in range(first, len(lexicon)))

    def items(self) -> Iterator[tuple[Term, IzdeTermInfo]]:
        """Every term with its figures."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, IzdeTermInfo]]:
        """As `terms_from`, with their figures."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> IzdeTermInfo:
        """The figures of a term; raises TermNotFound."""
        number = self._number(fieldname, text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        keys = self._keys(fieldname, number)
        return IzdeTermInfo(from_keys(keys), keys & 0xFFFFFFFF, self._lengths)

    def frequency(self, fieldname: str, text: bytes) -> int:
        """The number of its positions, 0 for an unknown term."""
        return self._counts(fieldname, text)[1]

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """The number of articles that have it, 0 for an unknown term."""
        return self._counts(fieldname, text)[0]

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> IzdeMatcher:
        """Its postings; raises TermNotFound."""
        info = self.term_info(fieldname, text)
        return IzdeMatcher(info, format_, scorer, (fieldname, text))

    def close(self) -> None:
        """Let go of the files."""
        self._segment.close()

    def _number(self, fieldname: str, text: bytes) -> int:
        if fieldname not in self.indexed_field_names():
            return -1
        return int(self._lexicons[fieldname].find_encoded(text))

    def _counts(self, fieldname: str, text: bytes) -> tuple[int, int]:
        number = self._number(fieldname, text)
        if number < 0:
            return 0, 0
        if fieldname == STEM:
            return self._segment.fields.counts(number)
        keys = self._keys(fieldname, number)
        return from_keys(keys).df, len(keys)

    def _keys(self, fieldname: str, number: int) -> NDArray[np.int64]:
        """Where a term stands: article << 32 | position."""
        if fieldname == STEM:
            return self._segment.fields.keys(number)
        return self._segment.exact_forms.keys([self._segment.words.exacts.text(number)])


class IzdeCursor(FieldCursor):  # type: ignore[misc]  # whoosh has no types
    """Moves over the terms of one field; Whoosh looks for similar words with it."""

    def __init__(self, terms: IzdeTerms, lexicon: Lexicon, fieldname: str, fieldobj: Any) -> None:
        self._terms, self._lexicon = terms, lexicon
        self._fieldname, self._fieldobj = fieldname, fieldobj
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before this one."""
        self._at = self._lexicon.place(self._fieldobj.to_bytes(term))
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term here; None after the last."""
        return self._lexicon.text(self._at) if self.is_valid() else None

    term = text

    def term_info(self) -> IzdeTermInfo | None:
        """The figures of the term here; None after the last."""
        return self._terms.term_info(self._fieldname, self._lexicon.encoded(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._at < len(self._lexicon)


class IzdeDocuments(PerDocumentReader):  # type: ignore[misc]  # whoosh has no types
    """The articles. Both fields of one are as long as it has tokens."""

    def __init__(self, folder: Path, segment: IzdeSegment) -> None:
        self._articles, self._segment = Stored(folder), segment
        with closing(Forward(folder)) as forward:
            self._lengths = _lengths(forward)

    def doc_count(self) -> int:
        """The number of articles that are not deleted."""
        return self.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """The number of articles, with those that are deleted."""
        return len(self._lengths)

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Whether an article is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """The numbers of those that are deleted."""
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:  # noqa: ARG002
        """The tokens of an article."""
        return int(self._lengths[docnum])

    def field_length(self, fieldname: str) -> int:  # noqa: ARG002
        """The tokens of all articles."""
        return int(self._lengths.sum())

    def min_field_length(self, fieldname: str) -> int:  # noqa: ARG002
        """The tokens of the shortest article."""
        return int(self._lengths.min())

    def max_field_length(self, fieldname: str) -> int:  # noqa: ARG002
        """The tokens of the longest article."""
        return int(self._lengths.max())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The article as a mapping, under the name of its field."""
        return {ARTICLE: asdict(decode(self._articles.article(docnum)))}

    def close(self) -> None:
        """Let go of the file."""
        self._articles.close()


def _lengths(forward: Forward) -> NDArray[np.float64]:
    """The tokens of each article."""
    return forward.lengths(np.arange(forward.documents)).astype(np.float64)
