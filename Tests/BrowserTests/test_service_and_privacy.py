"""What the network says of itself and of what it keeps: the state of the service, the proof of service of a call, personal data, the register of
processings, who did what on a call, with and without JavaScript."""

import json
import re

from playwright.sync_api import expect

from conftest import WIDTHS
from instruments import accessibility_faults, overflowing_elements
from people import sign_in


def check(page, address):
    """A page holds at both widths and has no fault of accessibility."""
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert overflowing_elements(page) == []
    assert accessibility_faults(page) == []
    page.set_viewport_size({"width": WIDTHS["wide"], "height": 800})


# SRV-1, SRV-2
def test_everybody_reads_the_state_and_the_proof_of_an_ended_call(open_page, site):
    page = open_page(site)
    page.goto("/")
    page.get_by_role("link", name="État du service").click()
    check(page, "/etat")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Le service fonctionne.")
    expect(main).to_contain_text("En marche depuis")
    answer = page.request.get("/etat.json")
    state = json.loads(answer.text())
    assert state["status"] == "ok" and state["version"]
    call = page.request.get("/appels").text()
    slug = re.search(r'href="/appels/([^"/?]*lens-lievin[^"/?]*)"', call).group(1)
    check(page, f"/appels/{slug}/preuve-de-service")
    expect(page.get_by_role("main")).to_contain_text("Minutes mesurées")
    expect(page.get_by_role("table", name="Les mesures de chaque heure")).to_be_visible()


# PRIV-1
def test_everybody_reads_what_is_kept_and_how_long(open_page, site):
    page = open_page(site)
    check(page, "/donnees-personnelles")
    main = page.get_by_role("main")
    expect(main).to_contain_text("effacé 14 jours après la connexion")
    expect(main).to_contain_text("rendu anonyme 2 ans après la dernière connexion")
    expect(main).to_contain_text("effacé 3 mois après la fin de l’appel")


# PRIV-1, SRV-3
def test_the_operator_reads_the_register_and_the_machine(open_page, site, program):
    page = open_page(site)
    sign_in(page, program.account("operator"))
    check(page, "/exploitation")
    page.get_by_role("main").get_by_role("link", name="Registre des traitements").click()
    check(page, "/registre-des-traitements")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le registre (CSV)").click()
    assert download.value.suggested_filename == "registre-des-traitements.csv"


# SRV-6
def test_the_coordination_reads_who_did_what_on_a_call(open_page, site, program):
    page = open_page(site)
    sign_in(page, program.account("coordinator"))
    page.goto("/appels")
    page.get_by_role("link", name=re.compile("Tiers-lieux de Lens-Liévin")).first.click()
    page.get_by_role("link", name="Lire les actes").click()
    check(page, page.url)
    expect(page.get_by_role("main")).to_contain_text("a publié l’appel")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger (CSV)").click()
    assert download.value.suggested_filename.startswith("actes-")


def test_these_pages_need_no_script(browser, site, program):
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    for address, words in [
        ("/etat", "Le service fonctionne."), ("/donnees-personnelles", "Comptes et rôles"),
    ]:
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text(words)
    context.close()
