"""What browsers and proxies may keep of an answer."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version

from flask import Response, request

from search.settings import Settings

from . import locale


def cached(response: Response, parts: Iterable[str], settings: Settings, *, keep: bool = True) -> Response:
    """The answer with a weak ETag of its parts and its language; 304 if the client has it already.

    keep: False for an answer that another try may better.
    """
    response.headers["Vary"] = "Accept-Language"
    if not keep:
        response.headers["Cache-Control"] = "no-store"
        return response
    key = "\n".join((version("izde"), *parts, locale.current(settings)))
    response.set_etag(hashlib.blake2b(key.encode(), digest_size=12).hexdigest(), weak=True)
    response.headers["Cache-Control"] = f"public, max-age={settings.page_cache_s}, stale-while-revalidate=300"
    response.make_conditional(request)
    return response
