"""Pages in uncommon circumstances: an address that leads nowhere, a door that stays shut, a program that fails, a sheet of
paper, a dark room."""

import sqlite3

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults, overflowing_elements
from people import sign_in
from program import Program

PLACE = "/lieux/la-fosse-commune-numerique-demo"


def refused(page, address, status):
    """Opens an address that is refused, and checks that the refusal is a page like the others."""
    answer = page.goto(address)
    assert answer.status == status
    page.complaints.forgive(str(status))
    assert page.get_by_role("heading", level=1).count() == 1
    expect(page.get_by_role("main").get_by_role("link", name="Retour à l’accueil")).to_be_visible()
    faults = accessibility_faults(page)
    assert not faults, "\n".join(faults)
    assert overflowing_elements(page) == []


@pytest.mark.parametrize("address", ["/nulle-part", "/lieux/aucun-lieu-de-ce-nom", "/cercles/aucun", "/lieux/%3Cb%3E"])
def test_an_address_that_leads_nowhere_is_a_page(narrow_page, address):
    refused(narrow_page, address, 404)


def test_a_door_that_stays_shut_is_a_page(program, narrow_page):
    sign_in(narrow_page, program.account("editor"))
    refused(narrow_page, "/coordination", 403)
    refused(narrow_page, "/exploitation", 403)


def test_a_visitor_before_a_shut_door_signs_in_and_goes_on(program, page):
    account = program.account("coordinator")
    page.goto("/coordination")
    assert "/connexion" in page.url
    page.get_by_text("J’ai un mot de passe").click()
    form = page.get_by_role("group").filter(has_text="J’ai un mot de passe")
    form.get_by_label("Adresse électronique").fill(account["email"])
    form.get_by_label("Mot de passe").fill(account["password"])
    form.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/coordination")


def test_a_failure_of_the_program_is_a_page_with_a_reference(tmp_path, open_page):
    program = Program(tmp_path / "data")
    try:
        program.wait()
        program.stop()
        with sqlite3.connect(next(program.data.glob("*.sqlite"))) as database:
            database.execute("DROP TABLE place_change")
        program.start()
        program.wait()
        page = open_page(program.url)
        sign_in(page, program.account("manager"))
        refused(page, PLACE + "/historique", 500)
        expect(page.get_by_role("main")).to_contain_text("Référence")
        assert "place_change" not in page.content()
    finally:
        program.stop()


def test_a_place_on_paper_is_its_facts_without_the_menus(page):
    page.goto(PLACE)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("8 rue du Carreau")).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()
    for words in ("Menu principal", "Mon compte"):
        expect(page.get_by_label(words)).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.pdf().count(b"/Type /Page\n") <= 3


def test_a_list_on_paper_is_the_list(page):
    page.goto("/lieux?q=atelier")
    page.emulate_media(media="print")
    expect(page.locator("#resultats").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_label("Que cherchez-vous")).to_be_hidden()


@pytest.mark.parametrize("address", ["/", "/lieux", PLACE, "/carte", "/connexion"])
def test_a_main_page_in_a_dark_room_is_legible(open_page, site, address):
    page = open_page(site, scheme="dark")
    page.goto(address)
    faults = accessibility_faults(page)
    assert not faults, "\n".join(faults)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in background.strip("rgb()").split(",")) < 3 * 64, background
