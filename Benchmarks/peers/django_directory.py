"""The directory of `directory/`: Django and PostGIS, served by gunicorn."""

import contextlib
import json
import os
import secrets

import measures
from peers.programs import PROGRAMS, WORKERS, Database, Site, run

HERE = os.path.dirname(os.path.abspath(__file__))


@contextlib.contextmanager
def directory(folder, places):
    """The site, filled with the places of a file in the national schema; and seconds to its first list."""
    with Database() as database, Site(folder) as site:
        settings = os.environ | {
            "PYTHONPATH": HERE, "DJANGO_SETTINGS_MODULE": "directory.settings", "DIRECTORY_SECRET": secrets.token_hex(25),
            "DIRECTORY_DATABASE_PORT": database.port}
        python = os.path.join(PROGRAMS, "python")
        run([python, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"], "Django", env=settings)
        run([python, "-m", "directory.load", places], "Django", env=settings)
        site.count_in(database.pid)
        site.start(os.path.join(PROGRAMS, "gunicorn"), "directory.wsgi", "--bind", f"127.0.0.1:{site.port}", "--workers", str(WORKERS),
                   "--log-level", "warning", env=settings)
        yield site, site.wait("/lieux")


def first_slug(port):
    return json.loads(measures.ask(port, "/api/places")[1])["items"][0]["slug"]
