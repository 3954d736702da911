"""How an article is cited: its reference as a line of text."""

from search.model import Article

from . import formats
from .translate import gettext


def reference(article: Article, address: str, locale: str) -> str:
    """Author, title, source, day and address, as lists of sources have them; what is unknown is left out.

    >>> reference(Article("a", "Тасқын", "", source="Ел үні"), "https://x/a", "kk")
    'Тасқын // Ел үні. – URL: https://x/a'
    """
    title = " ".join(article.title.split()) or gettext("(тақырыпсыз)")
    author, source = article.author.strip(), article.source.strip()
    start = f"{_ended(author)} {title}" if author else title
    day = formats.day(article.date, locale) if article.date else ""
    parts = [f"{start} // {source}" if source else start, day, f"URL: {address}"]
    return " – ".join(_ended(part) for part in parts[:-1] if part) + f" – {parts[-1]}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
