"""Which address is an article's canonical one: search engines keep that one, and leave out the others.

An article that has an address of its own was published there: unless the site says otherwise (`canonical = "here"`),
that page is the canonical one and ours says so. Google and Bing ask for sitemaps of canonical pages only, so `is_here`
also decides what stands in ours (https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap).
Of an article that may be shown by one passage only, the page here is never the canonical one.
"""

import re
from typing import Final
from urllib.parse import quote, urlsplit

from search.model import LINK
from search.settings import Settings

HERE = "here"

_UNFIT: Final = re.compile(
    r"[\s\x00-\x20\"<>\\^`{|}\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff]"
)
"""What no address may hold as it stands (RFC 3987, and signs that cannot be seen)."""


def web_address(url: str) -> str:
    """The address if it is one of the web, else nothing; what it may not hold is escaped."""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    address = _UNFIT.sub(lambda found: quote(found[0], safe="", errors="replace"), url)
    try:
        return address if urlsplit(address).hostname else ""
    except ValueError:
        return ""


def source(url: str, rights: str, settings: Settings) -> str:
    """The canonical address of an article elsewhere; empty if its page here is the one."""
    return web_address(url) if rights == LINK or settings.canonical != HERE else ""


def is_here(url: str, rights: str, settings: Settings) -> bool:
    """Whether the page here is the one that search engines should know."""
    return rights != LINK and not source(url, rights, settings)
