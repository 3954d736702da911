"""The style sheet: the files of `style/` in their order and the site's own colours, as one: a page asks for it once."""

from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, current_app, request

from . import brand

PATH: Final = "/izde.css"
AGE_S: Final = 30 * 86_400
"""Its address in a page carries the version of the face, which the site's settings are part of."""

FOLDER: Final = Path(__file__).parent / "style"


def blueprint() -> Blueprint:
    """The style sheet at its address."""
    sheet = Blueprint("sheet", __name__)
    sheet.add_url_rule(PATH, "sheet", _sheet)
    return sheet


@cache
def text() -> str:
    """The style sheet that every site has."""
    return "\n".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.css")))


def _sheet() -> Response:
    response = Response(f"{text()}\n{brand.css(current_app.extensions['izde.site'])}", mimetype="text/css")
    response.headers["Cache-Control"] = f"public, max-age={AGE_S}"
    response.add_etag()
    response.make_conditional(request)
    return response
