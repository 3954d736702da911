"""Snippet → safe HTML. The only place where text of an article becomes markup: every piece is escaped, once."""

from collections.abc import Iterable, Iterator
from typing import Final

from markupsafe import Markup, escape

from search.model import Snippet

MOST_NUMBERED: Final = 200
"""Marks of an article that can be stepped through; those after them are marked only."""


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


def numbered(parts: Iterable[Snippet], previous: str, following: str) -> tuple[tuple[Markup, ...], int]:
    """The parts with steps from mark to mark, and how many marks have them.

    A mark has the id `w1`, `w2`, … and after it links to its neighbours, hidden until the mark is the target of the
    address. previous, following: what the links are called.
    """
    parts = tuple(parts)
    total = min(sum(len(part.marks) for part in parts), MOST_NUMBERED)
    before, after = escape(previous), escape(following)

    def marks() -> Iterator[str]:
        for n in range(1, total + 1):
            back, on = n - 1 or total, n % total + 1
            yield (
                f'<span class="steps" hidden><a href="#w{back}" aria-label="{before}">‹</a> <span>{n} / {total}</span> '
                f'<a href="#w{on}" aria-label="{after}">›</a></span>'
            )

    steps, out, number = marks(), [], 0
    for part in parts:
        pieces, at = ["… "] if part.cut_before else [], 0
        for start, end in part.marks:
            number += 1
            step = next(steps, "")
            name = f' id="w{number}"' if step else ""
            pieces.append(f"{escape(part.text[at:start])}<mark{name}>{escape(part.text[start:end])}</mark>{step}")
            at = end
        pieces.append(f"{escape(part.text[at:])}{' …' if part.cut_after else ''}")
        out.append(Markup("".join(pieces)))  # noqa: S704  # every piece is escaped
    return tuple(out), total
