"""From a call to a verified receipt, in each of the ways candidates come: with and without scripts, by the keyboard alone, on a
narrow screen, with text twice as large. What must work for whoever answers at 23 h 59 on a telephone."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from conftest import WIDTHS
from instruments import accessibility_faults, overflowing_elements
from people import sign_in

CALL = "Coup de pouce aux lieux qui démarrent (démo)"

WAYS = {
    "with scripts": {}, "without scripts": {"scripts": False}, "narrow": {"width": WIDTHS["narrow"]},
    "narrow without scripts": {"width": WIDTHS["narrow"], "scripts": False}, "large text": {},
}


@pytest.fixture(params=list(WAYS))
def candidate(request, open_page, site):
    """Somebody without an account yet, in one of the ways people come."""
    page = open_page(site, **WAYS[request.param])
    page.way = request.param
    if request.param == "large text":
        enlarge(page)
    return page


def enlarge(page):
    """Text at 200 %, as somebody who sees badly sets it in their browser."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


def sign_up(page, program, name):
    """Makes an account by the link that comes by mail: the address, once signed in."""
    email = f"{name}-{secrets.token_hex(6)}@exemple.example"
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").first.fill(email)
    page.get_by_role("button", name="Recevoir un lien").click()
    link = re.search(r"http://\S+/connexion/lien/\S+", program.letter(email)).group()
    page.goto(link)
    page.get_by_label("Votre nom").fill(name.capitalize())
    page.get_by_role("button", name="Créer mon compte").click()
    page.goto("/mon-compte")
    expect(page.get_by_label("Adresse électronique")).to_have_value(email)
    return email


def menu(page, name):
    """Follows a link of the menu, opened first where it is folded."""
    toggle = page.locator("summary").filter(has_text="Menu")
    if toggle.is_visible():
        toggle.click()
    page.get_by_label("Menu principal").get_by_role("link", name=name, exact=True).click()


def sound(page):
    """Nothing scrolls sideways, and axe, which needs scripts, finds nothing."""
    assert overflowing_elements(page) == [], page.url
    if "without" not in getattr(page, "way", ""):
        faults = accessibility_faults(page)
        assert not faults, page.url + "\n" + "\n".join(faults)


def begin(page):
    """From the home page to a draft of one's own."""
    page.goto("/")
    menu(page, "Appels")
    page.get_by_role("main").get_by_role("link", name=CALL).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CALL)
    sound(page)
    page.get_by_role("main").get_by_role("link", name="Préparer ma candidature").click()
    sound(page)
    page.get_by_label("À une autre étape").check()
    page.get_by_role("button", name="Ouvrir mon brouillon").click()


ANSWERS = [
    ("Qui porte le projet", [
        ("Nom de la structure ou du collectif", "Les Amis du four"), ("Prénom", "Ada"), ("Nom", "Lovelace"),
        ("Courriel", "ada@exemple.example")]),
    ("Le projet", [
        ("Nom du projet", "Le Fournil"), ("Commune", "Lens"),
        ("Le projet en quelques phrases", "Un four à pain pour <le quartier> & ses voisins.")]),
    ("Les gens", [
        ("Qui est autour de la table, et depuis quand", "Six personnes, depuis un an."),
        ("Publics visés", "Les habitants.")]),
]


def fill(page):
    """The candidacy's own line, then every section, from one to the next."""
    page.get_by_label("Nom du projet").fill("Le Fournil")
    page.get_by_label("Structure qui porte la candidature").fill("Les Amis du four")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le Fournil")
    sound(page)
    page.get_by_role("main").get_by_role("link", name=ANSWERS[0][0]).first.click()
    for title, answers in ANSWERS:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        for label, text in answers:
            page.get_by_label(label, exact=True).fill(text)
        sound(page)
        page.get_by_role("button", name=re.compile("^Enregistrer et ")).click()


def deposit(page):
    """Checks and deposits; the receipt is on the screen."""
    page.get_by_role("main").get_by_role("link", name="Vérifier et déposer").click()
    expect(page.get_by_role("main")).to_contain_text("Rien ne manque")
    expect(page.get_by_role("main")).to_contain_text("<le quartier> & ses voisins")
    sound(page)
    page.get_by_role("button", name="Déposer ma candidature").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Récépissé de dépôt n°")
    expect(page.get_by_role("status").first).to_contain_text("Votre candidature est enregistrée")
    sound(page)


# CAND-1, CAND-7, CAND-10, RCPT-3
def test_a_stranger_answers_a_call_and_proves_it(program, candidate, open_page, site):
    email = sign_up(candidate, program, "ada")
    begin(candidate)
    fill(candidate)
    deposit(candidate)
    # The file, as the link gives it, to somebody who knows nothing of the site.
    link = candidate.get_by_role("link", name="Le récépissé signé (JSON)").get_attribute("href")
    receipt = candidate.request.get(link).body()
    stranger = open_page(site, **WAYS[candidate.way])
    stranger.way = candidate.way
    stranger.goto("/appels")
    stranger.get_by_role("main").get_by_role("link", name="vérifier un récépissé").click()
    stranger.get_by_label("Fichier du récépissé").set_input_files(
        {"name": "recepisse.json", "mimeType": "application/json", "buffer": receipt})
    stranger.get_by_role("button", name="Vérifier").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Ce récépissé est valide")
    expect(stranger.get_by_role("main")).to_contain_text("Les Amis du four")
    sound(stranger)
    letter = program.letter("Récépissé n°")
    assert "/recepisse" in letter and "/recepisses/verifier" in letter
    assert email in program.letter(email)
    # What one has under way is told where one comes back to.
    candidate.goto("/mon-compte")
    expect(candidate.get_by_role("main")).to_contain_text("Le Fournil")
    expect(candidate.get_by_role("main")).to_contain_text("Déposée")
    candidate.get_by_role("main").get_by_role("link", name="Le Fournil").click()
    candidate.get_by_role("main").get_by_role("link", name="Récépissés").click()
    expect(candidate.get_by_role("heading", level=1)).to_contain_text("Récépissé de dépôt n°")


def tab_to(page, target, limit=120):
    """Presses Tab until `target` has the focus: no pointer, no shortcut of the test."""
    for _ in range(limit):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached in {limit} tabs")


# CAND-10
def test_the_keyboard_alone_is_enough(program, page):
    sign_up(page, program, "clavier")
    main = page.get_by_role("main")

    def press(target):
        tab_to(page, target)
        focus = target.evaluate(
            "element => { const style = getComputedStyle(element);"
            " return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }")
        assert focus, "the focus is seen"
        page.keyboard.press("Enter")

    def write(label, text):
        field = main.get_by_label(label, exact=True)
        tab_to(page, field)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)

    page.goto("/appels")
    press(main.get_by_role("link", name=CALL))
    expect(page.get_by_role("heading", level=1)).to_have_text(CALL)
    press(main.get_by_role("link", name="Préparer ma candidature"))
    tab_to(page, main.get_by_label("Intention structurée"))
    page.keyboard.press("Space")
    press(main.get_by_role("button", name="Ouvrir mon brouillon"))
    write("Structure qui porte la candidature", "Les Amis du four")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_be_visible()
    press(main.get_by_role("link", name="Qui porte le projet").first)
    for title, answers in ANSWERS[:2]:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        for label, text in answers:
            write(label, text)
            if label == "Commune":
                # What is proposed is left as it came.
                page.keyboard.press("Escape")
        press(main.get_by_role("button", name=re.compile("^Enregistrer et ")))
    press(main.get_by_role("link", name="Vérifier et déposer"))
    press(main.get_by_role("button", name="Déposer ma candidature"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Récépissé de dépôt n°")


# CAND-10
def test_what_is_missing_leads_to_its_question(program, candidate):
    sign_up(candidate, program, "vide")
    begin(candidate)
    candidate.get_by_label("Structure qui porte la candidature").fill("Les Amis du four")
    candidate.get_by_role("button", name="Enregistrer").click()
    candidate.get_by_role("main").get_by_role("link", name="Vérifier et déposer").click()
    expect(candidate.get_by_role("button", name="Déposer ma candidature")).to_have_count(0)
    sound(candidate)
    candidate.get_by_role("main").get_by_role("link", name="Publics visés").click()
    expect(candidate.get_by_role("heading", level=1)).to_have_text("Les gens")
    field = candidate.get_by_label("Publics visés", exact=True)
    expect(field).to_be_in_viewport()
    sound(candidate)


# CAND-11
def test_a_deposit_is_withdrawn_and_its_receipt_stays(program, candidate):
    sign_up(candidate, program, "retrait")
    begin(candidate)
    fill(candidate)
    deposit(candidate)
    candidate.get_by_role("main").get_by_role("link", name="Revenir à la candidature").click()
    candidate.get_by_role("main").get_by_role("link", name="Retirer ma candidature").click()
    sound(candidate)
    candidate.get_by_label("Pourquoi").fill("Le projet est reporté.")
    candidate.get_by_role("button", name="Retirer").click()
    expect(candidate.get_by_role("main")).to_contain_text("Vous avez retiré cette candidature")
    sound(candidate)
    candidate.get_by_role("main").get_by_role("link", name="Récépissés").click()
    expect(candidate.get_by_role("main")).to_contain_text("Le récépissé reste vrai")


# CAND-2, CAND-15
def test_an_organiser_sees_what_came_and_records_what_came_on_paper(program, candidate):
    sign_in(candidate, program.account("coordinator"))
    candidate.goto("/appels")
    candidate.get_by_role("main").get_by_role("link", name=CALL).click()
    candidate.get_by_role("main").get_by_role("link", name="Candidatures reçues").click()
    expect(candidate.get_by_role("main")).to_contain_text("Les dossiers s’ouvriront")
    sound(candidate)
    candidate.get_by_text("Enregistrer une candidature reçue").click()
    candidate.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(candidate.get_by_role("alert").first).to_be_visible()
    sound(candidate)
    candidate.complaints.forgive("422")
