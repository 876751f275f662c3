"""Documents of a candidacy: sent with and without scripts, over a line that is cut, renamed, taken away; the safe of a place."""

import re

import pytest
from playwright.sync_api import expect

from conftest import WIDTHS
from instruments import accessibility_faults, overflowing_elements
from people import sign_in

PLACE = "/lieux/la-fosse-commune-numerique-demo"


def pdf(words):
    return f"%PDF-1.4\n% {words}\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n".encode()


def file(name, content):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def open_pieces(page, program, role="editor"):
    """The page of documents of the draft of one of the demo's people."""
    sign_in(page, program.account(role))
    page.goto("/candidatures")
    page.get_by_role("article").filter(has_text="Brouillon").get_by_role("heading").get_by_role("link").first.click()
    page.get_by_role("link", name="Pièces à joindre").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pièces à joindre")
    return page


@pytest.fixture(params=["with scripts", "without scripts"])
def applicant(request, open_page, site, program):
    page = open_page(site, scripts=request.param == "with scripts")
    page.has_scripts = request.param == "with scripts"
    return open_pieces(page, program)


def card(page, question):
    return page.locator("section.card").filter(has=page.get_by_role("heading", name=re.compile(question)))


# ATT-6, ATT-10, ATT-11
def test_documents_are_sent_refused_renamed_and_taken_away(applicant, request):
    way = "js" if applicant.has_scripts else "plain"
    letters = card(applicant, "Lettres de soutien")
    field = letters.get_by_label(re.compile("Documents? à joindre"))
    field.set_input_files([file(f"mairie-{way}.pdf", pdf("mairie " + way)), file(f"école-{way}.pdf", pdf("école " + way))])
    letters.get_by_role("button", name="Joindre", exact=True).click()
    expect(letters.get_by_role("link", name=f"école-{way}.pdf")).to_be_visible()
    expect(letters.get_by_role("link", name=f"mairie-{way}.pdf")).to_be_visible()

    field.set_input_files(file("page.pdf", b"<html>rien</html>"))
    letters.get_by_role("button", name="Joindre", exact=True).click()
    expect(applicant.get_by_role("alert").filter(has_text="n’est pas d’un format reconnu").first).to_be_visible()
    applicant.complaints.forgive("422")
    expect(letters.get_by_role("link", name=f"mairie-{way}.pdf")).to_be_visible()

    with applicant.expect_download() as download:
        letters.get_by_role("link", name=f"mairie-{way}.pdf").click()
    assert download.value.suggested_filename == f"mairie-{way}.pdf"
    assert download.value.path().read_bytes() == pdf("mairie " + way)

    line = letters.get_by_role("listitem").filter(has=applicant.get_by_role("link", name=f"mairie-{way}.pdf"))
    line.get_by_text("Renommer, remplacer ou retirer").click()
    line.get_by_label("Nom du document").fill(f"Lettre de la mairie {way}")
    line.get_by_role("button", name="Renommer").click()
    renamed = letters.get_by_role("listitem").filter(
        has=applicant.get_by_role("link", name=f"Lettre de la mairie {way}.pdf"))
    expect(renamed).to_have_count(1)
    renamed.get_by_text("Renommer, remplacer ou retirer").click()
    renamed.get_by_role("button", name="Retirer ce document").click()
    expect(renamed).to_have_count(0)
    expect(letters.get_by_role("link", name=f"école-{way}.pdf")).to_be_visible()


# ATT-11
def test_an_upload_goes_on_after_a_cut_line_and_can_be_cancelled(open_page, site, program):
    page = open_pieces(open_page(site), program, "account")
    statutes = card(page, "Statuts")
    cuts = []

    def cut_once(route):
        if route.request.method == "PATCH" and len(cuts) < 2:
            cuts.append(route.request.headers["upload-offset"])
            return route.abort("connectionreset")
        return route.continue_()

    page.complaints.expect("ERR_CONNECTION_RESET")
    page.route("**/envois/*", cut_once)
    content = pdf("statuts") + b" " * 9_000_000 + b"\n%%EOF\n"
    statutes.get_by_label(re.compile("Documents? à joindre")).set_input_files(file("grand.pdf", content))
    statutes.get_by_role("button", name="Joindre", exact=True).click()
    expect(statutes.get_by_role("status")).to_contain_text("reprendra tout seul")
    expect(statutes.get_by_role("link", name="grand.pdf")).to_be_visible(timeout=30_000)
    assert cuts == ["0", "0"]
    page.unroute("**/envois/*")

    # A line that stays dead: the person stops it, and the form is there again.
    page.route("**/envois/*", lambda route: route.abort("connectionreset"))
    statutes.get_by_label(re.compile("Documents? à joindre")).set_input_files(file("autre.pdf", pdf("autre")))
    statutes.get_by_role("button", name="Joindre", exact=True).click()
    expect(statutes.get_by_role("progressbar")).to_be_visible()
    statutes.get_by_role("button", name="Annuler l’envoi").click()
    expect(statutes.get_by_role("progressbar")).to_have_count(0)
    expect(statutes.get_by_role("button", name="Joindre", exact=True)).to_be_enabled()
    expect(statutes.get_by_role("link", name="autre.pdf")).to_have_count(0)


# ATT-13
def test_the_safe_of_a_place_says_what_is_past_its_date(open_page, site, program):
    page = open_page(site)
    sign_in(page, program.account("manager"))
    page.get_by_role("link", name="Coffre à documents").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coffre à documents")
    if page.get_by_text("Le coffre est vide").count():
        page.goto(PLACE + "/coffre")
    expect(page.get_by_role("main")).to_contain_text("plus valable depuis le")
    page.get_by_label("Ce que c’est").last.select_option(label="Procès-verbal d’assemblée")
    page.get_by_label("Document", exact=True).set_input_files(file("pv.pdf", pdf("pv")))
    page.get_by_role("button", name="Mettre au coffre").click()
    expect(page.get_by_role("link", name="pv.pdf")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_documents_fit_and_can_be_read_by_all(open_page, site, program, width):
    page = open_pieces(open_page(site, width=WIDTHS[width]), program)
    for details in page.locator("main details").all():
        details.evaluate("details => { details.open = true }")
    assert overflowing_elements(page) == []
    assert accessibility_faults(page) == []
    keeper = open_page(site, width=WIDTHS[width])
    sign_in(keeper, program.account("manager"))
    keeper.goto(PLACE + "/coffre")
    for details in keeper.locator("main details").all():
        details.evaluate("details => { details.open = true }")
    assert overflowing_elements(keeper) == []
    assert accessibility_faults(keeper) == []
