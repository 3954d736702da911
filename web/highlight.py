"""Snippet → safe HTML. The only place where text of an article becomes markup: every piece is escaped, once."""

from markupsafe import Markup, escape

from search.model import Snippet


def html(snippet: Snippet) -> Markup:
    """The text, escaped, its marks as `<mark>`, and `…` where the text goes on."""
    out, at = [Markup("… ") if snippet.cut_before else Markup()], 0
    for start, end in snippet.marks:
        out += [escape(snippet.text[at:start]), Markup("<mark>{}</mark>").format(snippet.text[start:end])]
        at = end
    out += [escape(snippet.text[at:]), Markup(" …") if snippet.cut_after else Markup()]
    return Markup().join(out)
