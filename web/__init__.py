"""The face: reads requests, asks the search service, renders pages and JSON."""

from flask import Flask

from search.querylog import QueryLog
from search.service import SearchService
from search.settings import Settings

from . import api, errors, guides, locale, ops, pages, security, translate
from .caching import Caching

__all__ = ["create_app"]

LARGEST_BODY = 1024


def create_app(settings: Settings, service: SearchService | None = None) -> Flask:
    """The application; `service` is given where one exists already, as in tests."""
    app = Flask(__name__)
    app.url_map.merge_slashes = False  # an id may hold two slashes in a row
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, PROVIDE_AUTOMATIC_OPTIONS=False)
    service = service or SearchService(settings)
    app.extensions["izde"] = api.Room(settings, service, Caching(settings, service, QueryLog.of(settings)))
    locale.install(app, settings)
    translate.install(app, settings)
    security.install(app)
    errors.install(app)
    for blueprint in (api.blueprint(), ops.blueprint(), pages.blueprint(settings), guides.blueprint(settings)):
        app.register_blueprint(blueprint)
    return app
