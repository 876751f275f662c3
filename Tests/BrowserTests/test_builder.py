"""A coordinator who never wrote a form composes one from nothing, tries it and files it: with and without scripts, at a desk and
on a telephone. Every step by the words on the page."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from conftest import WIDTHS
from instruments import accessibility_faults, overflowing_elements
from people import sign_in

WAYS = {
    "with scripts": {}, "without scripts": {"scripts": False}, "narrow": {"width": WIDTHS["narrow"]},
    "narrow without scripts": {"width": WIDTHS["narrow"], "scripts": False},
}


@pytest.fixture(params=list(WAYS))
def author(request, open_page, site, program):
    """The coordination, on the builder of a new call."""
    page = open_page(site, **WAYS[request.param])
    page.way = request.param
    sign_in(page, program.account("coordinator"))
    page.goto("/appels/nouveau")
    page.get_by_label("Titre de l’appel").fill("Appel à composer " + secrets.token_hex(4))
    page.get_by_role("button", name="Ouvrir le brouillon").click()
    page.get_by_role("main").get_by_role("link", name="Dossier à remplir").first.click()
    page.get_by_role("main").get_by_role("link", name="Composer le formulaire").first.click()
    return page


def sound(page):
    """Nothing scrolls sideways, and axe, which needs scripts, finds nothing."""
    assert overflowing_elements(page) == [], page.url
    if "without" not in page.way:
        faults = accessibility_faults(page)
        assert not faults, page.url + "\n" + "\n".join(faults)


def add_section(page, title):
    page.get_by_role("main").get_by_role("link", name=re.compile("^Ajouter (une|la première) section$")).first.click()
    page.get_by_label("Titre de la section").fill(title)
    page.get_by_role("button", name="Ajouter la section").click()


def add_question(page, label, kind, required=False):
    page.get_by_role("main").get_by_role("link", name=re.compile("^Ajouter une question")).first.click()
    page.get_by_label("La question").fill(label)
    page.get_by_role("radio", name=re.compile("^" + kind)).first.check()
    if required:
        page.get_by_label("La réponse est obligatoire").check()
    page.get_by_role("button", name="Ajouter et revenir à la liste").click()
    expect(page.get_by_role("heading", name=label, level=3)).to_be_visible()


def labels(page):
    """The questions of the list, in order."""
    return page.get_by_role("main").get_by_role("heading", level=3).all_inner_texts()


# FRM-13
def test_a_form_is_composed_from_nothing_and_filed(author):
    sound(author)
    author.get_by_role("button", name=re.compile("Commencer à vide")).click()
    sound(author)
    add_section(author, "Le projet")
    author.get_by_role("main").get_by_role("link", name=re.compile("^Ajouter une question")).first.click()
    sound(author)
    author.get_by_role("button", name="Ajouter et préciser").click()
    expect(author.get_by_role("alert").first).to_be_visible()
    sound(author)
    author.complaints.forgive("422")
    author.go_back()
    author.go_back()
    add_question(author, "Nom du projet", "Texte court", required=True)
    add_question(author, "Demandez-vous une aide ?", "Oui ou non")
    add_question(author, "Montant demandé", "Montant")
    assert labels(author) == ["Nom du projet", "Demandez-vous une aide\u202f?", "Montant demandé"]

    # A choice whose options are still to be written is told, with the way to it.
    author.get_by_role("main").get_by_role("link", name=re.compile("^Ajouter une question")).first.click()
    author.get_by_label("La question").fill("Statut")
    author.get_by_role("radio", name=re.compile("^Un choix")).check()
    author.get_by_role("button", name="Ajouter et préciser").click()
    author.get_by_role("link", name="Revenir sans enregistrer").click()
    expect(author.get_by_role("heading", name="1 point à corriger")).to_be_visible()
    sound(author)
    author.locator("#points").get_by_role("link", name="Statut").click()
    author.get_by_label("Un choix par ligne").fill("Association\nSCIC")
    author.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(author.get_by_role("heading", name="Rien à corriger")).to_be_visible()

    # A condition, said in French.
    author.get_by_role("main").get_by_role("link", name="Montant demandé").click()
    sound(author)
    author.get_by_role("link", name="Poser une condition").first.click()
    author.get_by_label("Selon").select_option(label="Demandez-vous une aide ?")
    author.get_by_role("button", name="Ajouter", exact=True).click()
    author.get_by_label("Comparaison").select_option(label="est oui")
    sound(author)
    author.get_by_role("button", name="Enregistrer la condition").click()
    author.get_by_role("link", name="Revenir sans enregistrer").click()
    expect(author.get_by_role("main")).to_contain_text("Demandée si «\u202fDemandez-vous une aide\u202f?\u202f» est oui.")

    # Moved, removed, and put back.
    author.get_by_role("button", name="Monter «\u202fStatut\u202f»").click()
    assert labels(author)[2] == "Statut"
    author.get_by_role("button", name="Supprimer «\u202fStatut\u202f»").click()
    assert "Statut" not in labels(author)
    author.get_by_role("button", name="Annuler", exact=True).click()
    assert labels(author)[2] == "Statut"

    # Copied from a model, tried, kept as the form of the call.
    author.get_by_role("main").get_by_role("link", name="Copier d’un modèle ou d’un autre appel").click()
    sound(author)
    author.get_by_role("main").get_by_role("link", name="Dire une intention").first.click()
    sound(author)
    author.get_by_role("button", name="Copier toute la section «\u202fVous\u202f»").click()
    expect(author.get_by_role("heading", name=re.compile("2. Vous"))).to_be_visible()
    author.get_by_role("main").get_by_role("link", name="Essayer comme un candidat").click()
    author.get_by_role("button", name="Vérifier", exact=True).last.click()
    expect(author.get_by_role("main")).to_contain_text("empêche")
    sound(author)
    author.get_by_role("button", name="Remplir avec un exemple").click()
    expect(author.get_by_role("main")).to_contain_text("Le dossier est complet")
    author.get_by_role("main").get_by_role("link", name="Revenir au formulaire").click()
    author.get_by_role("main").get_by_role("link", name="Historique des gestes").click()
    sound(author)
    author.go_back()
    author.get_by_role("main").get_by_role("link", name="Enregistrer comme dossier").click()
    sound(author)
    author.get_by_role("button", name="Enregistrer le dossier").click()
    expect(author.get_by_role("main")).to_contain_text("version 1")
    sound(author)


# FRM-13
def test_a_table_a_rule_and_a_file(author):
    author.get_by_role("button", name=re.compile("Partir de ce modèle.*réseau de tiers-lieux")).click()
    author.get_by_role("main").get_by_role("link", name="Charges prévues").click()
    sound(author)
    author.get_by_role("main").get_by_role("link", name="Ajouter une colonne").click()
    author.get_by_label("L’intitulé de la colonne").fill("Dont aide demandée")
    author.get_by_role("radio", name=re.compile("^Montant")).check()
    author.get_by_role("button", name="Ajouter et préciser").click()
    sound(author)
    author.get_by_role("main").get_by_role("link", name="Revenir sans enregistrer").click()
    expect(author.get_by_role("heading", name="Dont aide demandée", level=3)).to_be_visible()
    author.get_by_role("main").get_by_role("link", name="Revenir sans enregistrer").click()
    author.get_by_role("main").get_by_role("link", name="Ajouter une règle").click()
    sound(author)
    author.get_by_label("Ce que le candidat lit").fill("Demandez au plus 50 000 €.")
    author.get_by_label("Cette valeur").select_option(label="Charges prévues\u202f: total de Dont aide demandée")
    author.get_by_label("Comparaison").select_option(label="est au plus")
    author.get_by_label("ou ce nombre").fill("50 000")
    author.get_by_role("button", name="Enregistrer la règle").click()
    expect(author.get_by_role("main")).to_contain_text("dans «\u202fCharges prévues\u202f» est au plus 50\u202f000")
    author.get_by_role("main").get_by_role("link", name="Exporter ou importer un fichier").click()
    sound(author)
    author.get_by_label("ou son texte").fill('{"format": "maillage-form",\n "formatVersion": 1, "key": 3}')
    author.get_by_role("button", name="Importer").click()
    expect(author.get_by_role("alert").first).to_contain_text("ligne 2")
    author.complaints.forgive("422")
    sound(author)
