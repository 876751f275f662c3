"""Makes a conference with an open call, and people signed in: python pretalx_event.py PEOPLE. Prints the session of each."""

import datetime
import importlib
import sys

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import now
from django_scopes import scope, scopes_disabled
from pretalx.event.models import Event, Organiser
from pretalx.person.models import User

SLUG = "mesure"
TEXT = "Cet appel soutient des lieux partagés, leurs équipes et leurs voisins. Les dossiers sont lus par un jury.\n\n" * 4


def publish():
    """A public event whose call closes in a month."""
    with scopes_disabled():
        start = (now() + datetime.timedelta(days=60)).date()
        event = Event.objects.create(
            name="Tiers-lieux en campagne", slug=SLUG, organiser=Organiser.objects.create(name="Réseau", slug="reseau"), is_public=True,
            date_from=start, date_to=start, timezone="Europe/Paris", email="reseau@example.org", locale_array="en", locale="en")
    with scope(event=event):
        event.build_initial_data()
        event.cfp.headline, event.cfp.text = "Appel à projets", TEXT
        event.cfp.deadline = now() + datetime.timedelta(days=30)
        event.cfp.save()


def sign_in(number):
    """The key of a session, as signing in would leave it."""
    user = User.objects.create_user(email=f"personne-{number}@example.org", name=f"Personne {number}", password=None)
    session = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def main():
    publish()
    for number in range(int(sys.argv[1])):
        print(sign_in(number))


if __name__ == "__main__":
    main()
