"""An article as a source that texts cite, for programs that manage references: BibTeX and RIS.

The day on which it was looked at is left to whoever cites it: so the answer is the same every day, and can be kept.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from search.model import Article

from . import canonical
from .plain import line

TYPES: Final = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
"""Braces by name: BibTeX counts those with a backslash before them, too."""

_BREAKING: Final = re.compile(r"""[\s{}\\"<>^`|]|[^\x21-\x7e]""")
"""What an address in a citation may not hold as it stands."""

_HOST: Final = re.compile(r"((?:https?://[^/?#]*)?)(.*)", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Source:
    """An article as one cites it; texts are on one line, empty where unknown. day: ISO 8601. page: its address here."""

    id: str
    title: str
    author: str
    publication: str
    category: str
    day: str
    lang: str
    url: str
    page: str
    site: str


def source(article: Article, page: str, site: str, untitled: str) -> Source:
    """What is cited of an article whose page has the address `page`; its own address comes first where it has one."""
    return Source(
        id=article.id,
        title=line(article.title) or untitled,
        author=line(article.author),
        publication=line(article.source),
        category=line(article.category),
        day=article.date.isoformat() if article.date else "",
        lang=article.lang if re.fullmatch("[a-z]{2,3}", article.lang) else "",
        url=_address(canonical.web_address(article.url) or page),
        page=_address(page),
        site=line(site),
    )


def name(article_id: str, kind: str) -> str:
    """The name of the file of a citation: plain ASCII, and another one for another article."""
    return f"{_key(article_id)}.{kind}"


def bibtex(cited: Source) -> str:
    """An entry for BibTeX and biblatex, in UTF-8."""
    kind = "article" if cited.publication else "misc"
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(cited))
    return f"@{kind}{{{_key(cited.id)},\n{fields}}}\n"


def ris(cited: Source) -> str:
    """A record for reference managers; lines end in CRLF."""
    tags = (
        ("TY", "NEWS"),
        ("ID", _key(cited.id)),
        ("TI", cited.title),
        ("AU", cited.author),
        ("T2", cited.publication),
        ("PY", cited.day[:4]),
        ("DA", cited.day.replace("-", "/") + "/" if cited.day else ""),
        ("LA", cited.lang),
        ("KW", cited.category),
        ("UR", cited.url),
        ("L2", cited.page if cited.page != cited.url else ""),
        ("DP", cited.site),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - \r\n"


def _fields(cited: Source) -> Iterator[tuple[str, str]]:
    """The names and values of a BibTeX entry; names of people stay whole in braces, whatever they hold."""
    yield "title", f"{{{{{_escaped(cited.title)}}}}}"
    if cited.author:
        yield "author", f"{{{{{_escaped(cited.author)}}}}}"
    if cited.publication:
        yield "journal", f"{{{_escaped(cited.publication)}}}"
    if cited.day:
        year, month, day = cited.day.split("-")
        yield "year", f"{{{year}}}"
        yield "month", _MONTHS[int(month) - 1]
        yield "day", f"{{{int(day)}}}"
    if cited.category:
        yield "keywords", f"{{{_escaped(cited.category)}}}"
    if cited.lang:
        yield "language", f"{{{cited.lang}}}"
    yield "url", f"{{{cited.url}}}"


def _escaped(value: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in value)


def _address(url: str) -> str:
    """The address with nothing that ends a field; in ASCII but for the host, which is written in another way."""
    host, path = _HOST.fullmatch(url).groups()  # type: ignore[union-attr]  # anything is
    return host + _BREAKING.sub(lambda found: quote(found[0], safe=""), path)


def _key(article_id: str) -> str:
    """A name of letters, digits and hyphens; where that loses something, with a hash of the id."""
    plain = re.sub("[^A-Za-z0-9]+", "-", article_id).strip("-")[:40]
    if plain == article_id:
        return f"izde-{plain}"
    mark = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"izde-{plain}-{mark}" if plain else f"izde-{mark}"
