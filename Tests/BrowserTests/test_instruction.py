"""A dossier is instructed in a browser: the board, a request, the candidate's answer without scripts, an opinion, on wide and narrow."""

import datetime

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
