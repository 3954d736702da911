"""Simple HTML in the body of a record, turned into text with paragraphs.

Only where the text really looks like HTML: «5 < 7» and «<ескерту>» stay as they are. The scanner goes once from left
to right, so a hostile text costs no more than its length. What comes out is text; it is escaped where it is shown.
"""

import html
import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _names(
    "address article aside blockquote center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr"
    " li main nav ol p pre section table tbody tfoot thead tr ul"
)
_INLINE = _names("a abbr b big br cite code del em font i img ins mark q s small span strong sub sup td th u")
_UNSEEN = _names("script style iframe noscript template")
_KNOWN = "|".join(sorted(_BLOCKS | _INLINE | _UNSEEN))
_LOOKS = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(
    "&(?:nbsp|laquo|raquo|quot|amp|lt|gt|[nm]dash|hellip|[lr][sd]quo|bdquo|#[0-9]{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE
)
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})(?:[\s/][^>]*)?>")


def looks_like_html(text: str) -> bool:
    """Whether the text holds a tag of HTML or one of its common entities."""
    return bool(_LOOKS.search(text) or _ENTITY.search(text))


def to_text(text: str) -> str:
    """The text of simple HTML: blocks become paragraphs, scripts, styles and comments are left out.

    >>> to_text("<p>Бірінші.</p><p>Екінші<br>жол.</p>").split()
    ['Бірінші.', 'Екінші', 'жол.']
    """
    if not _LOOKS.search(text):
        return html.unescape(text)
    first, *pieces = text.split("<")
    out = [first]
    hidden = ""
    for piece in pieces:
        if hidden:
            hidden = _still_hidden(hidden, piece, out)
        elif piece.startswith("!--"):
            hidden = _still_hidden("-->", piece, out)
        elif piece[:1] in ("!", "?") and ">" in piece:
            out.append(piece.partition(">")[2])
        else:
            hidden = _tag(piece, out)
    return html.unescape("".join(out))


def _still_hidden(until: str, piece: str, out: list[str]) -> str:
    """Skip what is not text; `until` is what ends it: `-->`, or the name of a tag that is closed."""
    if until == "-->":
        _, end, rest = piece.partition("-->")
    else:
        match = _TAG.match(piece)
        end = ">" if match and match[1] and match[2].lower() == until else ""
        rest = piece[match.end() :] if match else ""
    if not end:
        return until
    out.append(rest)
    return ""


def _tag(piece: str, out: list[str]) -> str:
    match = _TAG.match(piece)
    if not match:
        out.append("<" + piece)
        return ""
    closing, name = match[1], match[2].lower()
    if name in _UNSEEN and not closing and not match[0].endswith("/>"):
        return name
    out.append("\n\n" if name in _BLOCKS else "\n" if name == "br" else " " if name in ("td", "th") else "")
    out.append(piece[match.end() :])
    return ""
