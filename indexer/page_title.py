"""The title of a page's article, without the name of the site behind or before it."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from .page_data import PageData, texts

_JOINTS: Final = re.compile(r" (?:[|•·»«‹›—–-]|::|//) | ?[|»] ")
_SURE: Final = re.compile(r" (?:\||::|»|//) | ?\| ")
"""What joins a title and a site's name; those of the first that are none of the second stand in titles too."""

_CUT: Final = re.compile(r"…|\.\.\.")
_LEAST_TOLD: Final = 12
"""Characters of a cut title that are enough to tell whose it is."""


def title_of(data: PageData, headings: Iterable[str], page_title: str, site: str, url: str) -> str:
    """The title: a heading that the page's own titles confirm, else JSON-LD, OpenGraph, `<title>`, heading.

    headings: the texts of `h1`, in order. site: the name of the site, may be empty.
    """
    said = [*texts(data.article.get("headline")), *data.named("og:title", "twitter:title"), page_title]
    said = [one for text in said if (one := " ".join(text.split()))]
    heads = [one for text in headings if (one := " ".join(text.split()))]
    for head in heads:
        # JSON-LD and feeds cut long titles, and <title> has the site's tail: the heading has neither.
        if any(_same_beginning(head, text) for text in said) and not _is_name(head, _names(site, url)):
            return head
    names = _names(site, url)
    for text in said:
        title = _bare(text, names)
        if title and not _is_name(title, names):
            return title
    return next((head for head in heads if not _is_name(head, names)), "")


def _same_beginning(head: str, text: str) -> bool:
    """Whether a title confirms a heading: begins with it, is most of it, or is its beginning and says it is cut."""
    ours, (theirs, *cut) = head.casefold(), _CUT.split(text.casefold(), maxsplit=1)
    theirs = theirs.rstrip(" .")
    if theirs.startswith(ours):
        return True
    return len(theirs) >= _LEAST_TOLD and ours.startswith(theirs) and (bool(cut) or len(theirs) * 2 > len(ours))


def _names(site: str, url: str) -> set[str]:
    """What the site may be called at the end of its titles."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return {_plain(name) for name in (site, host, host.partition(".")[0]) if name} - {""}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _is_name(text: str, names: set[str]) -> bool:
    return _plain(text) in names


def _bare(text: str, names: set[str]) -> str:
    """Without the names of the site at either end; behind a sure joint, a short end is a name even if it is unknown."""
    while True:
        joints = list(_JOINTS.finditer(text))
        if not joints:
            return text
        if _is_name(text[joints[-1].end() :], names):
            text = text[: joints[-1].start()].rstrip()
        elif _is_name(text[: joints[0].start()], names):
            text = text[joints[0].end() :].lstrip()
        else:
            break
    for joint in _SURE.finditer(text):
        if len(text) - joint.end() < joint.start():
            return text[: joint.start()].rstrip()
    return text
