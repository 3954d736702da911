"""Everything the library raises on purpose.

    SearchError
    ├── QueryError                  the question cannot be answered as it was put
    │   ├── TooLong                 more characters than the limit
    │   ├── BadParameter            a value that the parameter cannot have
    │   ├── OutsideWindow           a page beyond the window of hits that can be paged to
    │   ├── CursorExpired           a harvest that cannot go on: its generation is gone
    │   └── QueryTimeout            the deadline passed before anything was found
    ├── ArticleNotFound             no article has this id
    │   └── ArticleWithdrawn        the editors took it out
    ├── ExportTimeout               an export that did not come to its end in time
    ├── FacetNotFound               no facet has this name
    ├── SettingsError               a setting has a value that it cannot have
    ├── CurationError               the file of synonyms and pinned results cannot be read as a whole
    └── EngineError                 the index cannot answer
        ├── Unavailable             no engine can be reached
        ├── IndexMissing            there is no generation to serve
        ├── IndexCorrupt            a file is not what the manifest says
        └── IndexFormatTooNew       the index was written by a newer Izde

Messages are plain English for logs and the command line: what was wrong, where, and what to do. The web face words
them in the reader's language from the class and its attributes.
"""

from pathlib import Path


class SearchError(Exception):
    """The root of every error of this library."""


class QueryError(SearchError):
    """A question that cannot be answered as it was put; `parameter` names the part that is at fault."""

    code = "bad-query"

    def __init__(self, message: str, parameter: str = "q") -> None:
        super().__init__(message)
        self.parameter = parameter


class TooLong(QueryError):
    """The query has `length` characters, more than `limit`."""

    code = "too-long"

    def __init__(self, length: int, limit: int, parameter: str = "q") -> None:
        super().__init__(f"the text has {length} characters, the limit is {limit}", parameter)
        self.length = length
        self.limit = limit


class BadParameter(QueryError):
    """A parameter with a value it cannot have; `did_you_mean` is the nearest right one, or empty."""

    def __init__(self, parameter: str, detail: str, *, code: str = "bad-value", did_you_mean: str = "") -> None:
        super().__init__(detail, parameter)
        self.code = code
        self.detail = detail
        self.did_you_mean = did_you_mean


class OutsideWindow(QueryError):
    """A page whose last hit lies beyond the first `window` hits."""

    code = "outside-window"

    def __init__(self, window: int) -> None:
        super().__init__(f"only the first {window} hits can be paged to", "page")
        self.window = window


class CursorExpired(QueryError):
    """A harvest that cannot go on where it stood: `generation` is gone, or reads the query in another way now."""

    code = "cursor-expired"

    def __init__(self, generation: str) -> None:
        super().__init__(f"the generation {generation} is not there any more; begin again with cursor=*", "cursor")
        self.generation = generation


class QueryTimeout(QueryError):
    """The deadline of the query passed."""

    code = "timeout"


class ArticleNotFound(SearchError):
    """No article has this id."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"no article has the id {article_id!r}")
        self.article_id = article_id


class ArticleWithdrawn(ArticleNotFound):
    """The editors took the article out (`izde withdraw`)."""

    def __init__(self, article_id: str) -> None:
        SearchError.__init__(self, f"the article {article_id!r} was withdrawn")
        self.article_id = article_id


class ExportTimeout(SearchError):
    """An export was broken off after `done` of its `rows` hits."""

    def __init__(self, done: int, rows: int) -> None:
        super().__init__(f"the export was broken off after {done} of {rows} rows: export_s is over")
        self.done, self.rows = done, rows


class FacetNotFound(SearchError):
    """There is no facet of this name; `did_you_mean` is the nearest one, or empty."""

    def __init__(self, name: str, did_you_mean: str = "") -> None:
        super().__init__(f"there is no facet {name!r}")
        self.name = name
        self.did_you_mean = did_you_mean


class SettingsError(SearchError):
    """A setting, from the environment or a file, has a value that it cannot have."""


class CurationError(SearchError):
    """The file of synonyms and pinned results cannot be read as a whole."""


class EngineError(SearchError):
    """The index cannot answer."""


class Unavailable(EngineError):
    """No engine can be reached."""


class IndexMissing(EngineError):
    """There is no generation to serve in this folder."""

    def __init__(self, folder: Path, why: str = "it holds no published generation") -> None:
        super().__init__(f"no index at {folder}: {why}; make one with `izde reindex INPUT --index {folder}`")
        self.folder = folder


class IndexCorrupt(EngineError):
    """A file of a generation, or of the index folder, is not what was written; `path` names it."""

    def __init__(self, path: Path, why: str, what_to_do: str = "run `izde reindex --full` to build a new one") -> None:
        super().__init__(f"{path}: {why}; {what_to_do}")
        self.path = path
        self.why = why


class IndexFormatTooNew(EngineError):
    """The generation has a format that this version of Izde does not know."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path}: index format {found}, this Izde reads up to {known}; upgrade Izde or reindex with this one"
        )
        self.path = path
        self.found = found
        self.known = known
