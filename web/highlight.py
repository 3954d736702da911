"""Snippet → safe HTML. The only place where text of an article becomes markup: every piece is escaped, once."""

from markupsafe import Markup, escape

from search.model import Snippet


def html(snippet: Snippet) -> Markup:
    """The text, escaped, its marks as `<mark>`, and `…` where the text goes on."""
    return Markup(written(snippet))  # noqa: S704  # every piece is escaped


def written(snippet: Snippet) -> str:
    """The same as plain text, for JSON."""
    text, at = snippet.text, 0
    plain = not ("&" in text or "<" in text or ">" in text or '"' in text or "'" in text)
    out = ["… "] if snippet.cut_before else []
    for start, end in snippet.marks:
        before, marked = text[at:start], text[start:end]
        out.append(f"{before}<mark>{marked}</mark>" if plain else f"{escape(before)}<mark>{escape(marked)}</mark>")
        at = end
    out.append(text[at:] if plain else escape(text[at:]))
    if snippet.cut_after:
        out.append(" …")
    return "".join(out)
