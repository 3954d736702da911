"""The text of a page's article as paragraphs, without navigation, captions, and boxes with other articles."""

import logging
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from lxml import etree
from lxml import html as builder
from lxml.html import HtmlElement

from . import dates

_NEVER: Final = (
    *("script", "style", "template", "noscript", "iframe", "svg", "canvas", "button", "select", "textarea", "nav"),
    *("aside", "footer", "figcaption", "dialog", "audio", "video", "object", "embed", "map"),
)
_CAPTIONS: Final = re.compile(
    r"(?:^|[\s_-])(?:caption|wp-caption-text|credits?|copyright|sr-only|screen-reader-text)(?:$|[\s_-])", re.IGNORECASE
)
_READ_ALSO: Final = re.compile(
    r"\W*(?:(?:тағы|сондай-ақ|толығырақ)\s+(?:да\s+)?(?:оқы[ңн]|оқи|көрі[ңн]із)\w*|оқи отыры[ңн]\w*|оқы[ңн]ыз\w*"
    r"|тақырыпқа (?:орай|қатысты)|ұқсас (?:жаңалық|мақала)\w*|(?:читайте|смотрите)(?:\s*:| также| ещ[её])"
    r"|(?:(?:ещ[её]|также) )?по теме\s*(?:[:—–-]|$)|read (?:also|more|next)|see also|related (?:articles|news|posts))",
    re.IGNORECASE,
)
_BLOCKS: Final = frozenset(
    (
        *(
            "p",
            "head",
            "quote",
            "item",
            "row",
            "list",
            "table",
            "div",
            "body",
            "section",
            "article",
            "blockquote",
            "main",
        ),
        *("li", "ul", "ol", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "center"),
    )
)
"""Of HTML and of what trafilatura makes of it."""

_LONGEST_BOX: Final = 400
_LONGEST_CAPTION: Final = 500
_ENOUGH: Final = 60
"""Characters from which on an extraction is believed."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without an article is no news for a log


def headings(tree: HtmlElement) -> list[str]:
    """The texts of the first headings of the first rank, those inside of the article before the others."""
    found = list(tree.iter("h1"))[:10]
    found.sort(key=lambda one: next(one.iterancestors("article", "main"), None) is None)
    return ["".join(one.itertext()) for one in found]


def body_of(tree: HtmlElement, title: str, given: str = "") -> str:
    """The paragraphs, with blank lines between them. The tree is changed.

    given: the text that the page's JSON-LD holds: it counts where less than half of it was found.
    """
    _clear(tree)
    found = _own(_extracted(tree), title)
    if sum(map(len, found)) < _ENOUGH:
        # An article of a sentence or two is no main content by trafilatura's measures.
        found = found if given else max(found, _around_heading(tree, title), key=lambda texts: sum(map(len, texts)))
    body = "\n\n".join(found)
    return body if len(body) * 2 >= len(given) else given


def _clear(tree: HtmlElement) -> None:
    """Take out what is never part of an article; a form around a whole page (ASP.NET) is only a frame."""
    for one in list(tree.iter(*_NEVER)):
        if one.getparent() is not None:
            one.drop_tree()
    for one in list(tree.iter("form")):
        if next(one.iter("p", "h1", "article"), None) is not None:
            one.drop_tag()
    for frame in {id(one): one for br in tree.iter("br") if (one := br.getparent()) is not None}.values():
        _split_at_gaps(frame)
    for one in list(tree.iter("p", "div", "span", "figure", "small", "dd", "li")):
        if one.getparent() is not None and _aside(one):
            one.drop_tree()


def _split_at_gaps(frame: HtmlElement) -> None:
    """Make paragraphs of text that only empty lines (`<br><br>`) part; blocks in between stay as they are."""
    children = list(frame)
    ends = [one.tag == after.tag == "br" and not (one.tail or "").strip() for one, after in pairwise(children)]
    ends = [here or before for here, before in zip((*ends, False), (False, *ends), strict=True)]
    if not any(ends):
        return
    made = [builder.Element("p")]
    made[0].text, frame.text = frame.text, None
    for one, end in zip(children, ends, strict=True):
        if end or one.tag in _BLOCKS:
            rest = builder.Element("p")
            rest.text, one.tail = one.tail, None
            made += [rest] if end else [one, rest]
        else:
            made[-1].append(one)
    frame[:] = [one for one in made if one.tag != "p" or len(one) or (one.text or "").strip()]
    if frame.tag not in _BLOCKS or frame.tag == "p":
        frame.tag = "div"


def _aside(one: HtmlElement) -> bool:
    """A caption by its name, or a box of links to other articles."""
    name = one.get("class") or ""
    if one.get("hidden") is not None or (name and _CAPTIONS.search(name)):
        return len(_text(one, _LONGEST_CAPTION)) < _LONGEST_CAPTION
    if next(one.iter("a"), None) is None:
        return False
    text = _text(one, _LONGEST_BOX)
    return len(text) < _LONGEST_BOX and bool(_READ_ALSO.match(text))


def _text(one: HtmlElement, most: int) -> str:
    """The beginning of an element's text."""
    out = ""
    for piece in one.itertext():
        out += piece
        if len(out) >= most:
            break
    return " ".join(out.split()) if len(out) < most else out


def _extracted(tree: HtmlElement) -> list[str]:
    # Dear to import, and only pages need it.
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_ENOUGH))
    try:
        # Not in its balanced mode, where a short article brings all the text of its page.
        found = bare_extraction(tree, include_comments=False, fast=True, favor_precision=True, config=config)
    except (ValueError, RecursionError, etree.LxmlError):
        found = None
    body = getattr(found, "body", None)
    return list(_paragraphs(body)) if body is not None else []


def _around_heading(tree: HtmlElement, title: str) -> list[str]:
    """The text of the innermost element that has any besides the title; what is mostly links does not count."""
    for one in list(tree.iter("header", "ul", "ol", "div", "p", "table")):
        if one.getparent() is not None and (one.tag == "header" or _mostly_links(one)):
            one.drop_tree()
    heads = [one for one in tree.iter("h1") if _plain(_text(one, _LONGEST_BOX)) == _plain(title)]
    frames = [*tree.xpath("//*[@itemprop='articleBody']"), *tree.iter("article", "main")]
    frames += [frame for head in heads[:1] for frame in head.iterancestors()]
    for frame in frames or list(tree.iter("body")):
        found = _own(_paragraphs(frame), title)
        if found:
            return found
    return []


def _mostly_links(one: HtmlElement) -> bool:
    linked = sum(len("".join(link.itertext())) for link in one.iter("a"))
    return linked * 2 > len("".join(one.itertext()))


def _paragraphs(body: etree._Element) -> Iterator[str]:
    """The texts of blocks, whatever is nested in them; a `<br>` is a line end."""
    piece: list[str] = []
    for event, one in etree.iterwalk(body, events=("start", "end")):
        block = one.tag in _BLOCKS
        if block and piece:
            yield _lines(piece)
            piece = []
        if event == "start":
            piece.append("\n" if one.tag in ("lb", "br") else " " if one.tag in ("cell", "td", "th") else "")
            piece.append(one.text or "")
        if event == "end" and one is not body:
            piece.append(one.tail or "")
    if piece:
        yield _lines(piece)


def _lines(pieces: Iterable[str]) -> str:
    return "\n".join(line for text in "".join(pieces).split("\n") if (line := " ".join(text.split())))


def _own(paragraphs: Iterable[str], title: str) -> list[str]:
    """Without empty ones, the title on top, «read also», and what stands twice in a row."""
    out: list[str] = []
    for text in paragraphs:
        if not text or (out and text == out[-1]) or (not out and _head(text, title)):
            continue
        if len(text) < _LONGEST_BOX and _READ_ALSO.match(text) and not text.endswith((".", "!", "?")):
            continue
        out.append(text)
    return out


def _head(text: str, title: str) -> bool:
    """What stands above the text of many pages: the title again, a date on its own."""
    return _plain(text) == _plain(title) or dates.looks_like_date(text)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
