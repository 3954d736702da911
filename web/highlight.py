"""Snippet → safe HTML. The only place where text of an article becomes markup: every piece is escaped, once."""

from markupsafe import Markup, escape

from search.model import Snippet


def html(snippet: Snippet) -> Markup:
    """The text, escaped, its marks as `<mark>`, and `…` where the text goes on."""
    text, at = snippet.text, 0
    out = ["… "] if snippet.cut_before else []
    plain = len(escape(text)) == len(text)  # whatever is escaped becomes longer
    for start, end in snippet.marks:
        pieces = text[at:start], text[start:end]
        before, marked = pieces if plain else map(escape, pieces)
        out.append(f"{before}<mark>{marked}</mark>")
        at = end
    out.append(text[at:] if plain else escape(text[at:]))
    if snippet.cut_after:
        out.append(" …")
    return Markup("".join(out))  # noqa: S704  # every piece is escaped
