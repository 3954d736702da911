"""How often a client may ask: so many requests in a window of time, counted by address or by key."""

import logging
import math
import time
from functools import cache

from flask import Flask, request
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from limits.storage.base import Storage
from limits.strategies import FixedWindowRateLimiter

from search.errors import SettingsError
from search.keys import Key
from search.rates import Rate, rate
from search.settings import Settings

from . import api_keys, sheet
from .clients import Clients, is_local, network
from .counts import WorkerCounts
from .refusals import TooManyRequests
from .security import OPERATORS

_log = logging.getLogger("izde.web")


def install(app: Flask, settings: Settings, clients: Clients) -> None:
    """Refuse requests of clients that ask more often than the settings, or their keys, allow.

    Raises:
        SettingsError: `rate_limit` or `rate_limit_store` is not right.
    """
    usual = rate(settings.rate_limit, "rate_limit")
    with_keys = bool(settings.api_keys)
    if usual is None and not with_keys:
        return
    limiter = FixedWindowRateLimiter(_store(settings.rate_limit_store))

    def count() -> None:
        environ = request.environ
        path = environ["PATH_INFO"]
        if path in OPERATORS or path == sheet.PATH or path.startswith("/static/"):
            return
        if with_keys and (key := api_keys.current()):
            allowed, who = _of_key(key, usual), key.id
        else:
            address = clients.client(environ)
            allowed, who = (None, "") if is_local(address) else (usual, network(address))
        if allowed:
            _hit(limiter, _item(allowed), who)

    app.before_request(count)


def _hit(limiter: FixedWindowRateLimiter, item: RateLimitItem, who: str) -> None:
    try:
        if limiter.hit(item, who):
            return
        until = limiter.get_window_stats(item, who).reset_time
    except Exception as error:  # whatever the client of a shared store raises; without the store nobody is refused
        _log.warning("rate_limit_store cannot be asked, requests are not counted: %s", type(error).__name__)
        return
    raise TooManyRequests(max(1, math.ceil(until - time.time())))


def _store(address: str) -> Storage:
    if not address:
        return WorkerCounts()
    try:
        return storage_from_string(address)  # type: ignore[return-value]  # none of the asynchronous ones
    except ConfigurationError as error:
        raise SettingsError(f"rate_limit_store: {address!r} cannot be used: {error}") from error


def _of_key(key: Key, usual: Rate | None) -> Rate | None:
    """The rate of a key; the usual one where it has none of its own, or one that cannot be read."""
    try:
        return rate(key.rate, key.id) if key.rate else usual
    except SettingsError:
        return usual


@cache
def _item(allowed: Rate) -> RateLimitItem:
    return RateLimitItemPerSecond(allowed.count, allowed.seconds, namespace="izde")
