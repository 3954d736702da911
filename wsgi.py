"""The application that a WSGI server serves: `gunicorn wsgi:app`."""

from search.settings import Settings
from web import create_app

app = create_app(Settings.from_env())
