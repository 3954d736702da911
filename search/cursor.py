"""Cursors: where a harvest stands in the matched set of one generation, as a token that means nothing to its bearer.

A generation never changes, and neither does the order by date and id of what a query matches in it. So the generation,
the question and the number of articles that were given already are enough to go on at exactly the next one.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

import msgspec

from .errors import BadParameter, CursorExpired
from .model import Query

START = "*"
"""The cursor that begins a harvest."""

PARAMETER = "cursor"
LONGEST = 400
_DIGEST_BYTES = 9
_MOST = 2**53


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a harvest.

    given: articles that came before it. question: `asked` of the query; reading: `read_as` of what it was read as.
    """

    generation: str
    given: int
    question: str
    reading: str


def asked(query: Query) -> str:
    """A digest of everything in a query that decides which articles match and in what order.

    How much of them is shown, and on pages of what size, may change during a harvest.
    """
    filters = sorted((one.field, sorted(one.include), sorted(one.exclude)) for one in query.filters)
    parts = (query.text, query.match, query.scope, filters, query.dates, query.sort, query.collapse, query.correct)
    return _digest(repr(parts))


def read_as(*parts: object) -> str:
    """A digest of what a query was read as: synonyms and settings may change while a generation does not."""
    return _digest(repr(parts))


def encoded(position: Position) -> str:
    """The token of a position."""
    data = msgspec.json.encode((position.generation, position.given, position.question, position.reading))
    return base64.urlsafe_b64encode(_seal(data) + data).decode().rstrip("=")


def decoded(token: str, query: Query) -> Position:
    """The position that a token stands for.

    Raises:
        BadParameter: it is no token, not whole, or one of another question.
    """
    position = _position(token)
    if position is None:
        raise BadParameter(PARAMETER, "is not a cursor that was given out; begin with *", code="bad-cursor")
    if position.question != asked(query):
        raise BadParameter(PARAMETER, "belongs to another search; begin with *", code="bad-cursor")
    return position


def check(position: Position, reading: str) -> None:
    """Whether the query is still read as it was.

    Raises:
        CursorExpired: it is not.
    """
    if position.reading != reading:
        raise CursorExpired(position.generation)


def _position(token: str) -> Position | None:
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        seal, data = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
        position = Position(*msgspec.json.decode(data, type=tuple[str, int, str, str]))
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None
    whole = seal == _seal(data) and token == encoded(position) and 0 <= position.given < _MOST
    return position if whole else None


def _seal(data: bytes) -> bytes:
    """Finds slips and curious hands; there is nothing in a token that its bearer may not know or choose."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES, person=b"izde-cursor").digest()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()
