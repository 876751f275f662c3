"""The ledger of funding in a browser: a visitor reads what is published, a funder opens a line and takes it to its first payment,
with and without scripts; the flows balance and nothing scrolls sideways."""

import re

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults, overflowing_elements
from people import field, sign_in


@pytest.fixture(params=["with scripts", "without scripts", "narrow"])
def funder(request, open_page, site, program):
    """The funder of the demo, in each of the ways a browser may come."""
    width = 320 if request.param == "narrow" else 1280
    page = open_page(site, width=width, scripts=request.param != "without scripts")
    page.has_scripts = request.param != "without scripts"
    page.way = request.param
    sign_in(page, program.account("funder"))
    return page


def sound(page):
    """Nothing sideways, no fault of accessibility."""
    assert not overflowing_elements(page)
    if getattr(page, "has_scripts", True):
        assert not accessibility_faults(page)


def test_a_visitor_reads_what_is_published_and_nobody_by_name(page, narrow_page):
    # FUND-9, FUND-17
    for visitor in (page, narrow_page):
        visitor.goto("/")
        visitor.get_by_role("link", name="Voir les financements").click()
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Financements")
        expect(visitor.get_by_role("main")).to_contain_text("Animer le réseau des six lieux")
        expect(visitor.get_by_role("main")).not_to_contain_text("Lou Demaret")
        expect(visitor.get_by_role("main")).not_to_contain_text("Un second étage")
        sound(visitor)
        visitor.get_by_role("link", name="Les flux, de qui à qui").click()
        expect(visitor.get_by_role("main")).to_contain_text("Tout s’équilibre")
        expect(visitor.get_by_role("main")).to_contain_text("La Briqueterie")
        sound(visitor)
        visitor.get_by_role("link", name=re.compile("Animer le réseau")).first.click()
        expect(visitor.get_by_role("main")).not_to_contain_text("Histoire de la ligne")
        sound(visitor)


def test_a_funder_takes_a_line_to_its_first_payment(funder):
    # FUND-1, FUND-2
    page = funder
    page.goto("/financements")
    page.get_by_role("link", name="Ouvrir une ligne").click()
    sound(page)
    subject = f"Essai du parcours, {page.way}"
    field(page, "Financeur").select_option(label="Agence des territoires (démo)")
    field(page, "Bénéficiaire").fill("Association du parcours")
    field(page, "Objet de l’aide").fill(subject)
    field(page, "Année").fill("abc")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("Donnez l’année")
    expect(field(page, "Objet de l’aide")).to_have_value(subject)
    field(page, "Année").fill("2026")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)
    for label, amount, words in [
        ("Demande déposée", "2 000", ""), ("Aide accordée", "1 500,50", "Décision 99"), ("Versement", "1 500,51", "mandat 1"),
    ]:
        page.get_by_label(label).check()
        field(page, "Montant, en euros").fill(amount)
        field(page, "Numéro de la décision, preuve ou motif").fill(words)
        page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("0,01")
    sound(page)
    field(page, "Montant, en euros").fill("1 500,50")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("main")).to_contain_text("Versement")
    expect(page.get_by_role("main")).to_contain_text("100")
    sound(page)
    # The year and the cent too many.
    page.complaints.forgive("422")


def test_an_agreement_shows_what_is_paid_and_why_the_next_is_suspended(funder):
    # FUND-10, FUND-12, FUND-14
    page = funder
    page.goto("/financements?q=berges")
    page.get_by_role("link", name=re.compile("La Fabrique des berges")).first.click()
    page.get_by_role("link", name="Convention", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("En vigueur")
    expect(page.get_by_role("main")).to_contain_text("attestation d’assurance")
    expect(page.get_by_role("main")).not_to_contain_text("FR1420041010050500013M02606")
    sound(page)
    page.get_by_role("link", name="Première année").click()
    expect(page.get_by_role("main")).to_contain_text("Payée")
    sound(page)
    page.go_back()
    page.get_by_role("link", name="Bilans", exact=True).click()
    page.get_by_role("link", name="Bilan intermédiaire").first.click()
    expect(page.get_by_role("main")).to_contain_text("Accepté")
    sound(page)
    for address in ["/financements/enveloppes", "/financements/bilans", "/financements/publication", "/financements/financeurs"]:
        page.goto(address)
        sound(page)
