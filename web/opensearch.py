"""How browsers and other programs search here: an OpenSearch 1.1 description, and suggestions for address bars.

https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md and its suggestions extension.
"""

from typing import Final

from flask import Response

from search.settings import Settings
from search.site import Site
from search.suggest import Completed, Suggested

from . import formats, xml
from .addresses import Addresses, quoted
from .json import json_response
from .links import fresh
from .plain import line
from .translate import gettext, ngettext

TYPE: Final = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE: Final = "application/x-suggestions+json"
SUGGESTIONS: Final = 8

_TERMS: Final = "{searchTerms}"


def description(root: str, language: str, site: Site, settings: Settings) -> Response:
    """The description of the search in one language; the length of every text is that of the specification."""
    made = xml.root("OpenSearchDescription", xml.OPENSEARCH)
    xml.add(made, "ShortName", site.short)
    xml.add(made, "Description", line(f"{site.name} – {gettext('Жаңалықтар мұрағатынан қазақша іздеу')}", 1024))
    if site.email:
        xml.add(made, "Contact", site.email)
    for kind, end in (
        ("text/html", f"/{language}/search?q={_TERMS}"),
        ("application/atom+xml", f"/{language}/feed.atom?q={_TERMS}"),
        (SUGGESTIONS_TYPE, f"/{language}/suggestions.json?q={_TERMS}"),
    ):
        rel = {"rel": "suggestions"} if kind == SUGGESTIONS_TYPE else {"rel": "results"}
        xml.add(made, "Url", attributes={"type": kind, **rel, "template": root + end})
    itself = {"type": TYPE, "rel": "self", "template": f"{root}/{language}/opensearch.xml"}
    xml.add(made, "Url", attributes=itself)
    xml.add(made, "LongName", line(site.name, 48))
    for size, name, kind in ((32, "icon-32.png", "image/png"), (64, "icon.svg", "image/svg+xml")):
        attributes = {"width": str(size), "height": str(size), "type": kind}
        xml.add(made, "Image", f"{root}/static/{name}", attributes)
    xml.add(made, "Query", attributes={"role": "example", "searchTerms": "мектеп"})
    if site.owner:
        xml.add(made, "Attribution", line(site.owner, 256))
    xml.add(made, "SyndicationRight", "open")
    xml.add(made, "Language", language)
    for code in settings.language_list:
        if code != language:
            xml.add(made, "Language", code)
    xml.add(made, "InputEncoding", "UTF-8")
    xml.add(made, "OutputEncoding", "UTF-8")
    return xml.answer(made, TYPE)


def suggestions(suggested: Suggested, addresses: Addresses, settings: Settings) -> Response:
    """What an address bar shows: the text typed, completions, what stands beside each, and where each leads."""
    found = suggested.suggestions
    texts = [line(one.text.text) for one in found]
    beside = [_beside(one, addresses.locale) for one in found]
    leads = [
        addresses.article_page(quoted(one.id)) if one.id else addresses.page(fresh(settings, one.text.text))
        for one in found
    ]
    return json_response([suggested.text, texts, beside, leads], mimetype=SUGGESTIONS_TYPE)


def _beside(one: Completed, language: str) -> str:
    if one.id:
        return gettext("мақала")
    return ngettext("%(shown)s нәтиже", "%(shown)s нәтиже", one.total, shown=formats.number(one.total, language))
