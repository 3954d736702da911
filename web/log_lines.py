"""What the service logs, in lines of JSON: one a request, one an event; bounded, without control characters."""

import hashlib
import logging
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any, Final
from urllib.parse import parse_qs

import msgspec
from flask import g, has_request_context

from search.querylog import encoded, logged
from search.settings import Settings

from .clients import Clients
from .request_ids import ENVIRON

MOST_BYTES: Final = 4096
"""Of one line: what the system writes to a pipe in one piece, whoever else writes there (PIPE_BUF)."""

_PATH: Final = 200
_TEXT: Final = 200
_TRACE: Final = 2000


class Request(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The line of a request. ms: from its first byte to the last one of the answer; bytes: of the body of that."""

    time: datetime
    request_id: str
    method: str
    path: str
    status: int
    bytes: int
    ms: float
    query: str = ""
    client: str = ""
    agent: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The line of anything else that is logged. traceback: its end, where it is long."""

    time: datetime
    level: str
    logger: str
    message: str
    request_id: str = ""
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class RequestLines:
    """Makes the lines of requests as the settings ask for them."""

    settings: Settings
    clients: Clients
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    """What addresses are hashed with: equal ones are told apart from others until the service starts anew."""

    def line(self, environ: dict[str, Any], status: int, sent: int, ms: float) -> bytes:
        """The line of a request; environ: as WSGI has it, or empty where it could not be read."""
        settings = self.settings
        made = Request(
            time=_now(),
            request_id=environ.get(ENVIRON, ""),
            method=environ.get("REQUEST_METHOD", "")[:20],
            path=_text(environ.get("PATH_INFO", ""))[:_PATH],
            status=status,
            bytes=sent,
            ms=round(ms, 1),
            query=_query(environ.get("QUERY_STRING", ""), settings.access_log_query),
            client=self._client(environ, settings.access_log_client),
            agent=_text(environ.get("HTTP_USER_AGENT", ""))[:_TEXT] if settings.access_log_agent == "yes" else "",
        )
        line = encoded(made)
        return line if len(line) <= MOST_BYTES else encoded(msgspec.structs.replace(made, query="", agent=""))

    def _client(self, environ: dict[str, Any], how: str) -> str:
        if how == "none" or not (address := self.clients.client(environ)):
            return ""
        match how:
            case "hash":
                return "#" + hashlib.blake2b(address.encode(), digest_size=8, key=self.salt).hexdigest()
            case "cut":
                return str(ip_network(f"{address}/{48 if ':' in address else 24}", strict=False))
        return address


class EventLines(logging.Formatter):
    """Formats a record as a line, without its end."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; never longer than a line may be."""
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        made = Event(
            time=_now(),
            level=record.levelname,
            logger=record.name,
            message=_clean(record.getMessage())[:_TEXT],
            request_id=g.get("request_id", "") if has_request_context() else "",
            traceback=_clean(trace)[-_TRACE:],
        )
        line = encoded(made)
        while len(line) >= MOST_BYTES:
            made = msgspec.structs.replace(made, traceback=made.traceback[len(made.traceback) // 4 + 1 :])
            line = encoded(made)
        return line.decode().removesuffix("\n")


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _text(wsgi: str) -> str:
    """A text of the request, which WSGI has as the characters of its bytes."""
    return wsgi.encode("latin-1", "replace").decode("utf-8", "replace")


def _clean(text: str) -> str:
    """Without halves of surrogate pairs, which no UTF-8 holds."""
    return text.encode("utf-8", "replace").decode()


def _query(query_string: str, how: str) -> str:
    """As much as may be told of the text that was asked for."""
    if how == "none" or not query_string:
        return ""
    try:
        text = parse_qs(_text(query_string), max_num_fields=200).get("q", [""])[0]
    except ValueError:
        return ""
    return logged(text[:500], how) if text else ""
