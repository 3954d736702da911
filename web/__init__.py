"""The face: reads requests, asks the search service, renders pages and JSON."""

from flask import Flask

from search.querylog import QueryLog
from search.service import SearchService
from search.settings import Settings
from search.site import load

from . import (
    api,
    api_keys,
    around,
    bodies,
    brand,
    errors,
    guides,
    hosts,
    locale,
    metrics,
    ops,
    pages,
    rate_limit,
    request_ids,
    security,
    sharing,
    sheet,
    translate,
)
from .caching import Caching
from .clients import Clients

__all__ = ["create_app"]


def create_app(settings: Settings, service: SearchService | None = None) -> Flask:
    """The application; `service` is given where one exists already, as in tests.

    Raises:
        SettingsError: something of the site's own cannot be as it is set.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # an id may hold two slashes in a row
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.static_folder = "static"  # only now: its route would have OPTIONS
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    service = service or SearchService(settings)
    app.extensions["izde"] = api.Room(settings, service, Caching(settings, service, QueryLog.of(settings)))
    site = app.extensions["izde.site"] = load(settings)
    app.extensions["izde.brand"] = brand.of(site)
    clients = Clients(settings.trusted_proxies)
    # What is to be done for a request is done in this order, and for its answer from the last to the first.
    request_ids.install(app, clients)
    metrics.install(app, settings, service)
    locale.install(app, settings)
    translate.install(app, settings)
    security.install(app, settings)
    errors.install(app)
    hosts.install(app, settings)
    bodies.install(app)
    sharing.install(app, settings)
    api_keys.install(app, settings)
    rate_limit.install(app, settings, clients)
    api_keys.insist(app, settings)
    rooms = (api.blueprint(), ops.blueprint(), sheet.blueprint(), around.blueprint(settings))
    for blueprint in (*rooms, pages.blueprint(settings), guides.blueprint(settings)):
        app.register_blueprint(blueprint)
    return app
