"""What the help page is told besides its own sentences: its parts, and the ways it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from .translate import gettext


@dataclass(frozen=True, slots=True)
class Help:
    """Titles of the parts by their ids, and links as parts of sentences."""

    titles: Mapping[str, str]
    advanced: Markup
    api: Markup
    csv: Markup
    jsonl: Markup
    feed: Markup
    form: Markup
    field: Markup
    embed: Markup
    quotes: Markup

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The parts in their order."""
        return tuple(self.titles.items())


def texts(language: str, root: str) -> Help:
    """In the language of the request, which is this one; `root` is the public address of the site."""
    titles = {
        "words": gettext("Сөзді қалай теру керек"),
        "signs": gettext("Дәлірек іздеу: белгілер"),
        "joints": gettext("Сөздерді біріктіру"),
        "fields": gettext("Тақырып, айдар, күн"),
        "filters": gettext("Сүзгілер мен рет"),
        "article": gettext("Мақала беті"),
        "keys": gettext("Пернелер"),
        "take": gettext("Нәтижені пайдалану"),
    }
    return Help(
        titles,
        advanced=_link(url_for("guides.advanced", language=language), gettext("Кеңейтілген іздеу")),
        api=_link(url_for("guides.api", language=language), "API"),
        csv=_link(url_for("api.csv", q=_EXAMPLE), "CSV"),
        jsonl=_link(url_for("api.jsonl", q=_EXAMPLE), "JSON Lines"),
        feed=_link(url_for("around.feed", language=language, q=_EXAMPLE), "Atom"),
        field=Markup("<code>q</code>"),
        form=Markup("<code>{}</code>").format(root + url_for("pages.search", language=language)),
        embed=Markup("<code>{}</code>").format(f'<script src="{root}/embed.js" defer></script>'),
        quotes=Markup("<code>&#34;…&#34;</code>"),
    )


_EXAMPLE = "форум"


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)
