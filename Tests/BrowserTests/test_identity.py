"""Signing in by an identity service that others wrote: oidc-provider-mock, on Authlib, as any client would meet it (ACC-32 to ACC-34)."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults, html_faults, overflowing_elements
from program import PATIENCE, PROJECT, Program, free_port

PEOPLE = [
    {"sub": "nouvelle", "email": "nina@exemple.fr", "email_verified": True, "name": "Nina Roux"},
    {"sub": "connue", "email": "lea@exemple.fr", "email_verified": True, "name": "Léa Martin"},
    {"sub": "douteuse", "email": "lea@exemple.fr", "email_verified": False, "name": "Léa Martin"},
]


class Provider:
    """A running provider that signs in the people above; `client` is what it gave this client to prove itself with."""

    def __init__(self, log, back):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = open(log, "wb")
        people = [word for person in PEOPLE for word in ("--user-claims", json.dumps(person))]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-registration", "--require-nonce"]
            + people, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        request = urllib.request.Request(
            self.url + "/oauth2/clients", json.dumps({"redirect_uris": [back]}).encode(),
            {"Content-Type": "application/json"})
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.client = json.load(urllib.request.urlopen(request, timeout=5))
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() < deadline, "the provider does not start"
                time.sleep(0.2)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()


class Network(Program):
    """An empty network that knows the provider."""

    def start(self):
        back = self.url + "/connexion/identite/retour"
        if not hasattr(self, "provider"):
            self.provider = Provider(self.data.with_name("provider.log"), back)
            self.settings |= {
                "MAILLAGE_OIDC_ISSUER": self.provider.url, "MAILLAGE_OIDC_NAME": "Essai Connect",
                "MAILLAGE_OIDC_CLIENT_ID": self.provider.client["client_id"],
                "MAILLAGE_OIDC_CLIENT_SECRET": self.provider.client["client_secret"],
            }
        where = ["--data", str(self.data)]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.executable, "serve", *where, "--host", "127.0.0.1", "--port", str(self.port)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=PROJECT, env=self.settings)

    def stop(self):
        super().stop()
        self.provider.stop()


@pytest.fixture
def network(tmp_path):
    network = Network(tmp_path / "data")
    try:
        network.wait()
        yield network
    finally:
        network.stop()


@pytest.fixture
def visit(network, open_page):
    """A page of the network; what the provider's own pages ask elsewhere is nobody's complaint, and goes nowhere."""
    opened = []

    def visit(**ways):
        page = open_page(network.url, **ways)
        page.context.route(
            lambda address: not address.startswith("http://127.0.0.1:"),
            lambda route: route.fulfill(status=200, body="", content_type="text/css"))
        opened.append(page)
        return page

    yield visit
    for page in opened:
        page.complaints[:] = [
            complaint for complaint in page.complaints
            if network.provider.url not in complaint and not complaint.startswith("third-party request: https://")]


def sound(page, tmp_path, name, scripts):
    """Correct HTML, nothing sideways, nothing that axe finds."""
    (tmp_path / "page.html").write_text(page.content())
    assert html_faults([tmp_path / "page.html"]) == [], name
    assert overflowing_elements(page) == [], name
    if scripts:
        faults = accessibility_faults(page)
        assert not faults, name + "\n" + "\n".join(faults)
    if folder := os.environ.get("MAILLAGE_SHOTS"):
        page.screenshot(path=f"{folder}/identite-{name}-{page.viewport_size['width']}-{scripts}.png", full_page=True)


def leave(page, person):
    """From the sign-in page to the provider, and back as that person; the button there is the provider's."""
    page.goto("/connexion")
    page.get_by_role("link", name="Se connecter avec Essai Connect").click()
    page.get_by_role("button", name=person, exact=True).click()


def go_on(page):
    page.get_by_role("main").get_by_role("button", name="Continuer").click()


def leave_the_network(page):
    page.goto("/mon-compte")
    menu = page.locator("summary", has_text="Menu")
    if menu.is_visible():
        menu.click()
    page.get_by_role("button", name="Se déconnecter", exact=True).click()


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


# ACC-32, ACC-34
@pytest.mark.parametrize("width, scripts", [(1280, True), (320, True), (320, False)])
def test_somebody_comes_in_by_the_service_and_goes_out(network, visit, tmp_path, width, scripts):
    page = visit(width=width, scripts=scripts)
    page.goto("/connexion")
    sound(page, tmp_path, "connexion", scripts)
    leave(page, "nouvelle")
    heading(page, "Se connecter avec Essai Connect")
    sound(page, tmp_path, "retour", scripts)
    back = page.url
    go_on(page)
    page.goto("/mon-compte")
    expect(page.get_by_label("Adresse électronique")).to_have_value("nina@exemple.fr")
    sound(page, tmp_path, "compte", scripts)
    assert "Essai Connect vient de vous reconnaître" in network.letter("nina@exemple.fr")
    # The same answer again serves nothing, here or elsewhere.
    page.goto(back)
    heading(page, "Connexion interrompue")
    sound(page, tmp_path, "refus", scripts)
    other = visit(width=width, scripts=scripts)
    other.goto(back)
    heading(other, "Connexion interrompue")
    for one in (page, other):
        one.complaints.forgive("403")
    leave_the_network(page)
    heading(page, "Fermer aussi la session chez Essai Connect")
    sound(page, tmp_path, "sortie", scripts)
    page.get_by_role("link", name="Fermer aussi la session chez Essai Connect").click()
    page.get_by_role("button", name="End session").click()
    # The service gives back the state that it asks for.
    expect(page).to_have_url(re.compile(re.escape(network.url) + r"/\?state=[\w-]+$"))
    # In again, to the same account.
    leave(page, "nouvelle")
    go_on(page)
    page.goto("/mon-compte")
    expect(page.get_by_label("Adresse électronique")).to_have_value("nina@exemple.fr")


# ACC-33, ACC-34
def test_an_account_is_tied_by_its_owner_and_a_doubtful_address_opens_nothing(network, visit, tmp_path):
    owner = visit()

    def follow_letter(page):
        page.get_by_label("Adresse électronique").first.fill("lea@exemple.fr")
        page.get_by_role("button", name="Recevoir un lien de connexion").click()
        text = network.letter("/connexion/lien/")
        page.goto(next(word for word in text.split() if "/connexion/lien/" in word))

    owner.goto("/connexion")
    follow_letter(owner)
    owner.get_by_label("Votre nom").fill("Léa Martin")
    owner.get_by_role("button", name="Créer mon compte").click()
    leave_the_network(owner)
    for letter in network.letters.glob("*.eml"):
        letter.unlink()

    # Refused there, or an address that the service did not verify.
    page = visit(width=320)
    page.goto("/connexion")
    page.get_by_role("link", name="Se connecter avec Essai Connect").click()
    page.get_by_role("button", name="Deny").click()
    heading(page, "Connexion interrompue")
    leave(page, "douteuse")
    go_on(page)
    heading(page, "Connexion interrompue")
    expect(page.get_by_role("main")).to_contain_text("adresse électronique vérifiée")
    sound(page, tmp_path, "douteuse", True)
    page.complaints.forgive("403")

    # The address alone opens nothing: signed in as usual, in this browser, then the button.
    leave(page, "connue")
    go_on(page)
    expect(page.locator("body")).to_contain_text("Un compte existe à votre adresse")
    follow_letter(page)
    page.get_by_role("button", name="Me connecter").click()
    heading(page, "Relier mon compte à Essai Connect")
    expect(page.get_by_role("main")).to_contain_text("Léa Martin, lea@exemple.fr")
    sound(page, tmp_path, "relier", True)
    page.get_by_role("button", name="Relier mon compte").click()
    expect(page.locator("body")).to_contain_text("Votre compte est relié à Essai Connect.")
    expect(page.get_by_role("button", name="Ne plus relier")).to_be_visible()
    sound(page, tmp_path, "relie", True)
    assert "Vous pouvez maintenant vous connecter par Essai Connect" in network.letter("est relié à Essai Connect")

    # From then on it opens, from anywhere.
    leave(owner, "connue")
    go_on(owner)
    owner.goto("/mon-compte")
    expect(owner.get_by_label("Adresse électronique")).to_have_value("lea@exemple.fr")
    owner.get_by_role("button", name="Ne plus relier").click()
    expect(owner.get_by_role("link", name="Le relier")).to_be_visible()
