"""For crawlers and for home screens: robots.txt (RFC 9309) and the web app manifest."""

from flask import Response

from search.contrast import BACKGROUNDS
from search.settings import Settings
from search.site import Site

from .json import json_response

RULES = """\
User-agent: *
# Searches are endless, and their pages ask to be left out; the list of all articles may be followed.
Disallow: /*/search?
Allow: /*/search?page=
Disallow: /*/search?page=*&
# An article has one address; these have the words of a search behind it, or are the same in other forms.
Disallow: /*/article/*?q=
Disallow: /*/feed.atom?
Disallow: /*/cite/
Disallow: /*/suggestions.json
Disallow: /api/
"""


def text(root: str) -> str:
    """robots.txt: pages and articles are open, searches are not; where the sitemap is."""
    return f"{RULES}\nSitemap: {root}/sitemap.xml\n"


def manifest(site: Site, settings: Settings) -> Response:
    """What a telephone keeps of the site on its home screen: names, icons, colours."""
    sizes = ((192, "icon-192.png"), (512, "icon-512.png"))
    icons = [{"src": f"/static/{name}", "sizes": f"{size}x{size}", "type": "image/png"} for size, name in sizes]
    paper = BACKGROUNDS["light"]["paper"]
    made = {
        "name": site.name,
        "short_name": site.short,
        "lang": settings.language_list[0],
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "background_color": paper,
        "theme_color": paper,
        "icons": icons,
    }
    return json_response(made, mimetype="application/manifest+json")
