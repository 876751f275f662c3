"""A dossier is instructed in a browser: the board, a request, the candidate's answer without scripts, an opinion, on wide and narrow."""

import csv
import datetime
import json
import subprocess
import zipfile
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults
from people import field, sign_in


def soon(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def whole(page):
    """No sideways scroll, and no fault of accessibility, on the page as it stands."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    if page.has_scripts:
        assert not accessibility_faults(page), page.url


@pytest.fixture(params=["wide", "narrow", "without scripts"])
def instructor(request, open_page, site, program):
    """The funder of the demo, of the teams of two calls, in each of the ways a browser may come."""
    page = open_page(
        site, width=320 if request.param == "narrow" else 1280, scripts=request.param != "without scripts")
    page.has_scripts = request.param != "without scripts"
    sign_in(page, program.account("funder"))
    return page


def test_the_pages_of_an_instructor_hold(instructor):
    # INST-2, INST-3
    page = instructor
    page.goto("/")
    page.get_by_role("link", name="Mon tableau d’instruction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Instruction")
    whole(page)
    page.get_by_role("navigation", name="Dossiers").get_by_role("link", name="Tous").click()
    expect(page.get_by_role("main")).to_contain_text("L’Établi des Corons")
    whole(page)
    page.get_by_role("link", name="Une cantine au pied du terril").first.click()
    expect(page.get_by_role("main")).to_contain_text("Recevable")
    whole(page)
    for name, words in [
        ("Compléments", "Avant"), ("Messages", "adresse provisoire"), ("Avis", "avis"), ("Alentours", "vingt minutes"),
    ]:
        page.get_by_role("navigation", name="Le dossier").get_by_role("link", name=name).first.click()
        expect(page.get_by_role("main")).to_contain_text(words)
        whole(page)
    page.goto("/instruction?onglet=attend-candidat")
    expect(page.get_by_role("main")).to_contain_text("La Fabrique des berges")


def test_a_candidate_completes_without_scripts_and_both_versions_are_read(open_page, site, program):
    # INST-13, INST-14
    candidate = open_page(site, width=320, scripts=False)
    candidate.has_scripts = False
    sign_in(candidate, program.account("editor"))
    candidate.goto("/candidatures")
    candidate.get_by_role("link", name="La Fabrique des berges").first.click()
    candidate.get_by_role("link", name="Compléter").click()
    expect(candidate.get_by_role("heading", level=1)).to_have_text("Compléments")
    whole(candidate)
    field(candidate, "Coût total du projet (en euros)").fill("344 000")
    candidate.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(candidate.get_by_role("main").locator("..")).to_contain_text("C’est enregistré")
    # What was just typed is sent.
    field(candidate, "Coût total du projet (en euros)").fill("345 000")
    candidate.get_by_role("button", name="Enregistrer et envoyer").click()
    expect(candidate.get_by_role("main").locator("..")).to_contain_text("Vos compléments sont envoyés")
    expect(candidate.get_by_role("main")).to_contain_text("deux précisions nous manquent")
    candidate.get_by_label("Votre message").fill("Bonjour, c’est complété.")
    candidate.get_by_role("button", name="Envoyer", exact=True).click()
    expect(candidate.get_by_role("main")).to_contain_text("c’est complété")
    whole(candidate)

    team = open_page(site)
    team.has_scripts = True
    sign_in(team, program.account("funder"))
    team.goto("/instruction")
    team.get_by_role("link", name="La Fabrique des berges").first.click()
    team.get_by_role("navigation", name="Le dossier").get_by_role("link", name="Compléments").click()
    main = team.get_by_role("main")
    expect(main).to_contain_text("310")
    expect(main).to_contain_text("345")
    whole(team)


def test_an_opinion_opens_one_dossier_until_it_is_given(open_page, site, program):
    # INST-18
    adviser = open_page(site, width=320)
    adviser.has_scripts = True
    sign_in(adviser, program.account("account"))
    adviser.goto("/avis")
    adviser.get_by_role("link", name="Les Ateliers du port").click()
    expect(adviser.get_by_role("main")).to_contain_text("Les horaires annoncés")
    whole(adviser)
    address = adviser.url
    adviser.get_by_label("Favorable", exact=True).check()
    adviser.get_by_label("Votre avis").last.fill("Ces horaires conviennent.")
    adviser.get_by_role("button", name="Rendre mon avis").click()
    expect(adviser.get_by_role("main")).to_contain_text("Aucun avis ne vous est demandé")
    adviser.goto(address)
    adviser.complaints.forgive("404")
    expect(adviser.get_by_role("heading", level=1)).not_to_contain_text("Les Ateliers du port")


def test_several_dossiers_at_once_without_scripts(open_page, site, program):
    # INST-7, INST-11
    page = open_page(site, scripts=False)
    page.has_scripts = False
    sign_in(page, program.account("coordinator"))
    page.goto("/instruction?onglet=tous&etat=a_instruire")
    boxes = page.get_by_role("checkbox", name="Cocher le dossier")
    expect(boxes.first).to_be_visible()
    boxes.first.check()
    field(page, "Leur donner une échéance, ce jour compris").fill(soon(30))
    page.get_by_role("button", name="Fixer l’échéance").click()
    expect(page.get_by_role("main").locator("..")).to_contain_text("1 dossier, échéance au")
    page.get_by_text("Garder cette recherche").click()
    page.get_by_label("Nom de la recherche").fill("À instruire")
    page.get_by_role("button", name="Garder", exact=True).click()
    expect(page.get_by_role("region", name="Recherches gardées")).to_contain_text("À instruire")


def taken(page, button):
    """The file that a button gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return download.value.path()


def test_the_dossiers_of_a_call_leave_as_files(open_page, site, program):
    # INST-19, CALL-17
    page = open_page(site)
    page.has_scripts = True
    sign_in(page, program.account("funder"))
    page.goto("/appels")
    call = page.get_by_role("link", name="Tiers-lieux de Lens-Liévin").first.get_attribute("href")
    page.goto(call + "/candidatures")
    page.get_by_role("link", name="Exporter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Exporter les dossiers")
    export = page.url
    whole(page)
    with open(taken(page, "CSV"), encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        rows = list(table)
    assert "numero" in table.fieldnames and any(name.startswith("reponse.") for name in table.fieldnames)
    assert any("Une cantine au pied du terril" in value for row in rows for value in row.values() if value)
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(taken(page, "Classeur XLSX")) as book:
        assert book.testzip() is None
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert len(list(sheet.iter(space + "row"))) == len(rows) + 2, "titles, keys, then the dossiers"
        assert len(list(ElementTree.fromstring(book.read("xl/workbook.xml")).iter(space + "sheet"))) >= 1
    with zipfile.ZipFile(taken(page, "Classeur ODS")) as book:
        assert book.testzip() is None and book.namelist()[0] == "mimetype"
        ElementTree.fromstring(book.read("content.xml"))
    archive = taken(page, "Tout l’appel (ZIP)")
    with zipfile.ZipFile(archive) as whole_call:
        assert whole_call.testzip() is None
        told = json.loads(whole_call.read("call.json"))
        assert len(told["dossiers"]) == len(rows)
    verified = subprocess.run([program.executable, "call", "verify", archive], capture_output=True, text=True)
    assert verified.returncode == 0, verified.stderr
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(export)
    whole(page)
    # The same address says nothing to who does not read these dossiers.
    other = open_page(site)
    sign_in(other, program.account("editor"))
    other.goto(export)
    expect(other.get_by_role("main")).to_contain_text("Rien à exporter")
    expect(other.get_by_role("main")).not_to_contain_text("Lens-Liévin")
