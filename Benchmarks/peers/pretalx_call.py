"""pretalx with one open call, served by gunicorn as its documentation says, without Celery and Redis."""

import contextlib
import os
import re

from measures import Failure
from peers.programs import PROGRAMS, WORKERS, Database, Site, Visitor, run

HERE = os.path.dirname(os.path.abspath(__file__))
CALL = "/mesure/cfp"
ABSTRACT = "Un atelier partagé, ouvert à tout le canton. " * 8
BIOGRAPHY = "Une association de voisins. "
DESCRIPTION = "Ce que le lieu fera, avec qui, et de quoi il vivra. " * 40


@contextlib.contextmanager
def pretalx(folder, people):
    """The site, people who are signed in, and seconds to its first page of the call."""
    with Database() as database, Site(folder) as site:
        settings = os.environ | {
            "PYTHONPATH": HERE, "DJANGO_SETTINGS_MODULE": "pretalx_settings", "PRETALX_DATA_DIR": folder,
            "PRETALX_FILESYSTEM_STATIC": os.path.join(folder, "static"), "PRETALX_SITE_URL": f"http://127.0.0.1:{site.port}",
            "PRETALX_DB_TYPE": "postgresql", "PRETALX_DB_NAME": "maillage", "PRETALX_DB_USER": "maillage",
            "PRETALX_DB_HOST": "127.0.0.1", "PRETALX_DB_PORT": database.port}
        python = os.path.join(PROGRAMS, "python")
        for words in (["migrate"], ["collectstatic", "--no-input"]):
            run([python, "-m", "django", *words, "--verbosity", "0"], "pretalx", env=settings)
        made = run([python, os.path.join(HERE, "pretalx_event.py"), str(people)], "pretalx", env=settings)
        visitors = [Visitor(site.port, [("pretalx_session", key)]) for key in made.split()[-people:]]
        site.count_in(database.pid)
        site.start(os.path.join(PROGRAMS, "gunicorn"), "pretalx.wsgi", "--name", "pretalx", "--bind", f"127.0.0.1:{site.port}",
                   "--workers", str(WORKERS), "--max-requests", "1200", "--max-requests-jitter", "50", "--log-level", "warning",
                   env=settings)
        yield site, visitors, site.wait(CALL)


def submit(visitor):
    """One proposal, from the link « submit » to the page that follows the last step: five requests."""
    answer, _ = visitor.ask("GET", "/mesure/submit/")
    for step in ({"title": "Un lieu", "abstract": ABSTRACT, "description": DESCRIPTION}, {"name": "Personne", "biography": BIOGRAPHY}):
        path = answer.headers["Location"]
        _, text = visitor.ask("GET", path)
        token = re.search(r"<input[^>]*csrfmiddlewaretoken[^>]*>", text)
        value = token and re.search(r'value="?([^" >]+)', token.group())
        if not value:
            raise Failure(f"{path} has no form")
        answer, _ = visitor.ask("POST", path, {"csrfmiddlewaretoken": value.group(1), **step})
        if answer.status != 302:
            raise Failure(f"{path} refuses what is proposed")
    if not answer.headers["Location"].endswith("/me/submissions/"):
        raise Failure(f"the last step leads to {answer.headers['Location']}")
