"""Documents asked for after the deposit: sent with a bar over a line that is cut, taken up again after the page was left, stopped,
taken away; and the same without a script, on a small phone."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults, overflowing_elements
from people import sign_in

DOSSIER = "Les Ateliers du port"
PIECE = 4 * 1024 * 1024


def pdf(words, padding=0):
    return f"%PDF-1.4\n% {words}\n1 0 obj\n<< >>\nendobj\n".encode() + b" " * padding + b"\nstartxref\n9\n%%EOF\n"


def open_requests(page):
    """The page of an instructor where documents are asked for."""
    page.goto("/instruction?onglet=tous")
    page.get_by_role("link", name=DOSSIER).first.click()
    page.get_by_role("navigation", name="Le dossier").get_by_role("link", name="Compléments").click()
    return page


@pytest.fixture
def team(open_page, site, program):
    """Who instructs the dossier, once they asked its candidate for one more document."""
    page = open_page(site)
    sign_in(page, program.account("funder"))
    open_requests(page)
    # A run that was cut short leaves its request behind.
    if page.get_by_role("button", name="Retirer cette demande").count():
        page.get_by_role("button", name="Retirer cette demande").click()
    for details in page.locator("main details").all():
        details.evaluate("details => { details.open = true }")
    page.get_by_role("checkbox", name=re.compile("Lettres de soutien")).check()
    page.get_by_label(re.compile("Ce qui est attendu pour .*Lettres de soutien")).fill("La lettre du port, signée.")
    page.get_by_label("Dernier jour pour répondre").fill(
        (datetime.date.today() + datetime.timedelta(days=10)).isoformat())
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("main").locator("..")).to_contain_text("La demande est envoyée au candidat")
    return page


def open_complements(page, program):
    """The candidate's page of what is asked, and the card of the document."""
    sign_in(page, program.account("animator"))
    page.goto("/candidatures")
    page.get_by_role("link", name=DOSSIER).first.click()
    page.get_by_role("link", name="Compléter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compléments")
    expect(page.get_by_role("main")).to_contain_text("La lettre du port, signée.")
    return page.locator("section").filter(has=page.get_by_role("heading", name=re.compile("Lettres de soutien")))


def choose(card, path):
    card.get_by_label("Document à joindre").set_input_files(path)
    card.get_by_role("button", name="Joindre", exact=True).click()


# INST-13, ATT-11
def test_a_document_goes_on_after_a_cut_line_and_after_the_page_was_left(team, open_page, site, program, tmp_path):
    page = open_page(site)
    card = open_complements(page, program)
    (tmp_path / "port.pdf").write_bytes(pdf("port", 2 * PIECE))
    (tmp_path / "autre.pdf").write_bytes(pdf("autre"))
    (tmp_path / "page.pdf").write_bytes(b"<html>rien</html>")
    assert accessibility_faults(page) == []

    # The line lets one piece through, then nothing: the bar stands where it came to.
    page.complaints.expect("ERR_CONNECTION_RESET")
    offsets = []

    def dies(route):
        if route.request.method != "PATCH":
            return route.continue_()
        offsets.append(int(route.request.headers["upload-offset"]))
        return route.continue_() if offsets[-1] == 0 else route.abort("connectionreset")

    page.route("**/envois/*", dies)
    choose(card, tmp_path / "port.pdf")
    expect(card.get_by_role("status")).to_contain_text("reprendra tout seul")
    bar = card.get_by_role("progressbar", name="Envoi de port.pdf")
    expect(bar).to_be_visible()
    assert bar.evaluate("bar => bar.value") == PIECE
    assert accessibility_faults(page) == []

    # The page is left, and opened again: the same document goes on from there.
    page.goto(page.url.split("#")[0])
    page.unroute("**/envois/*")
    resumed = []

    def listens(route):
        if route.request.method == "PATCH":
            resumed.append(int(route.request.headers["upload-offset"]))
        return route.continue_()

    page.route("**/envois/*", listens)
    choose(card, tmp_path / "port.pdf")
    expect(card.get_by_role("link", name="port.pdf")).to_be_visible()
    assert offsets[:2] == [0, PIECE] and resumed[0] == PIECE and 0 not in resumed
    page.unroute("**/envois/*")
    with page.expect_download() as download:
        card.get_by_role("link", name="port.pdf").click()
    assert download.value.path().read_bytes() == (tmp_path / "port.pdf").read_bytes()

    # A line that stays dead: the person stops it, and the form is there again.
    page.route("**/envois/*", lambda route: route.abort("connectionreset"))
    choose(card, tmp_path / "autre.pdf")
    expect(card.get_by_role("progressbar")).to_be_visible()
    card.get_by_role("button", name="Annuler l’envoi").click()
    expect(card.get_by_role("progressbar")).to_have_count(0)
    expect(card.get_by_role("button", name="Joindre", exact=True)).to_be_enabled()
    expect(card.get_by_role("link", name="autre.pdf")).to_have_count(0)
    page.unroute("**/envois/*")

    # What is not what it says is refused, and what was there stays.
    choose(card, tmp_path / "page.pdf")
    expect(page.get_by_role("alert").filter(has_text="n’est pas d’un format reconnu").first).to_be_visible()
    page.complaints.forgive("422")
    expect(card.get_by_role("link", name="port.pdf")).to_be_visible()
    expect(card.get_by_role("link", name="page.pdf")).to_have_count(0)

    page.goto(page.url.split("#")[0])
    page.get_by_role("button", name="Envoyer mes compléments").click()
    expect(page.get_by_role("main").locator("..")).to_contain_text("Vos compléments sont envoyés")
    open_requests(team)
    expect(team.get_by_role("link", name="port.pdf").first).to_be_visible()


# INST-13, ATT-10
def test_the_same_without_a_script(team, open_page, site, program, tmp_path):
    page = open_page(site, width=320, scripts=False)
    card = open_complements(page, program)
    (tmp_path / "quai.pdf").write_bytes(pdf("quai"))
    (tmp_path / "trop.pdf").write_bytes(pdf("trop"))
    (tmp_path / "page.pdf").write_bytes(b"<html>rien</html>")
    for name in ("quai.pdf", "trop.pdf"):
        choose(card, tmp_path / name)
        expect(page.get_by_role("main").locator("..")).to_contain_text("Le document est joint")
        expect(card.get_by_role("link", name=name)).to_be_visible()
    choose(card, tmp_path / "page.pdf")
    expect(page.get_by_role("alert").filter(has_text="n’est pas d’un format reconnu").first).to_be_visible()
    page.complaints.forgive("422")
    card.get_by_role("button", name="Retirer trop.pdf").click()
    expect(page.get_by_role("main").locator("..")).to_contain_text("Le document est retiré")
    expect(card.get_by_role("link", name="trop.pdf")).to_have_count(0)
    assert overflowing_elements(page) == []
    page.get_by_role("button", name="Envoyer mes compléments").click()
    expect(page.get_by_role("main").locator("..")).to_contain_text("Vos compléments sont envoyés")
    open_requests(team)
    expect(team.get_by_role("link", name="quai.pdf").first).to_be_visible()
    expect(team.get_by_role("link", name="trop.pdf")).to_have_count(0)
