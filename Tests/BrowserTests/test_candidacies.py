"""From a call to a verified receipt, in each of the ways candidates come: with and without scripts, by the keyboard alone, on a
narrow screen, with text twice as large. What must work for whoever answers at 23 h 59 on a telephone."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from conftest import WIDTHS
from instruments import accessibility_faults, html_faults, overflowing_elements
from people import field, sign_in, tab_to
from program import Program

CALL = "Coup de pouce aux lieux qui démarrent (démo)"

WAYS = {
    "with scripts": {}, "without scripts": {"scripts": False}, "narrow": {"width": WIDTHS["narrow"]},
    "narrow without scripts": {"width": WIDTHS["narrow"], "scripts": False}, "large text": {},
}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A demo network of its own: what is written here is read by no other test."""
    program = Program(tmp_path_factory.mktemp("candidacies") / "data")
    try:
        program.wait()
        yield program
    finally:
        program.stop()


@pytest.fixture(scope="module")
def site(program):
    """The address of that network."""
    return program.url


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


# The HTML of the pages that were opened, by what it is: read at the end, all at once.
SEEN = {}


def sound(page):
    """Nothing scrolls sideways, and axe, which needs scripts, finds nothing. The HTML is kept for the checker."""
    # What a page saves by itself is over before it is read.
    page.wait_for_load_state("networkidle")
    assert overflowing_elements(page) == [], page.url
    answer = page.request.get(page.url)
    if answer.status == 200:
        SEEN[answer.text()] = page.url
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
    # Nothing is compulsory there: one goes through.
    ("Les pièces", []),
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
            field(page, label).fill(text)
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
        tab_to(page, field(main, label))
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
    expect(field(candidate, "Publics visés")).to_be_in_viewport()
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


@pytest.fixture(params=["wide", "narrow"])
def reader(request, open_page, site):
    """Somebody with scripts, at a desk and on a telephone: axe needs them."""
    return open_page(site, width=WIDTHS[request.param])


DRAFT = "/appels/label-lieu-accueillant-demo"
OPEN = "/appels/fabrique-numerique-a-plusieurs-demo"
CLOSED = "/appels/tiers-lieux-de-lens-lievin-demo"


def send(page, name, **options):
    """Presses the last button of that name in the main part of the page."""
    page.get_by_role("main").get_by_role("button", name=name, **options).last.click()


# what visitors see of calls, empty, filled, wrong and closed.
def test_the_states_of_a_call_are_sound_for_a_visitor(reader):
    for address in ["/appels?nature=label", "/appels?territoire=nulle-part-du-tout", CLOSED, CLOSED + "/questions",
                    OPEN + "/reglement", OPEN + "/dossier-type", OPEN + "/eligibilite"]:
        reader.goto(address)
        sound(reader)
    reader.get_by_label("Commune du projet").fill("Amiens")
    reader.get_by_role("radio").nth(1).check()
    send(reader, "Vérifier")
    sound(reader)
    reader.goto(OPEN + "/questions")
    sound(reader)
    send(reader, re.compile("question|Envoyer|Poser"))
    expect(reader.get_by_role("alert").first).to_be_visible()
    sound(reader)
    reader.goto("/appels/alertes")
    reader.get_by_label("Votre courriel").fill("pas une adresse@")
    reader.get_by_role("main").locator("form[method=post]").evaluate("form => form.noValidate = true")
    send(reader, "Me prévenir")
    expect(reader.get_by_role("alert").first).to_be_visible()
    sound(reader)
    reader.complaints.forgive("422")


# what an organiser sees of a call, in each of its states.
def test_the_states_of_a_call_are_sound_for_its_organiser(program, reader):
    sign_in(reader, program.account("coordinator"))
    for page_name in ["", "/modifier", "/publier", "/equipe", "/reglement", "/dossier-type", "/eligibilite"]:
        reader.goto(DRAFT + page_name)
        sound(reader)
    reader.goto(DRAFT + "/publier")
    expect(reader.get_by_role("main")).to_contain_text("manque")
    for section in ["identite", "presentation", "territoire", "calendrier", "montants", "conditions", "pieces",
                    "criteres", "comite", "depot", "dossier"]:
        reader.goto(f"{DRAFT}/modifier/{section}")
        sound(reader)
    reader.goto(DRAFT + "/modifier/calendrier")
    reader.get_by_label(re.compile("Date et heure limites")).first.fill("le 30 février à midi")
    send(reader, "Enregistrer", exact=True)
    expect(reader.get_by_role("alert").first).to_be_visible()
    sound(reader)
    for page_name in ["", "/modifier", "/publier", "/annulation", "/prolongation", "/equipe", "/candidatures", "/questions"]:
        reader.goto(OPEN + page_name)
        sound(reader)
    reader.goto(OPEN + "/prolongation")
    reader.get_by_label("Nouvelle date et heure limites").fill("avant le 30 janvier 2027 à minuit")
    reader.get_by_label("Pourquoi").fill("Les vacances.")
    send(reader, "Proposer cette limite")
    expect(reader.get_by_role("main")).to_contain_text("plusieurs façons")
    sound(reader)
    reader.complaints.forgive("422")


# what a candidate sees of one section: what is missing, what is wrong, two texts on one question.
def test_the_states_of_a_section_are_sound(program, reader, open_page, site):
    sign_up(reader, program, "sections")
    reader.goto("/appels/coup-de-pouce-aux-lieux-qui-demarrent-demo/candidater")
    reader.get_by_label("À une autre étape").check()
    send(reader, "Ouvrir mon brouillon")
    own = re.search(r"/candidatures/\w+", reader.url).group()
    for page_name in ["", "/verification", "/recepisse", "/historique", "/equipe", "/retrait",
                      "/dossier/porteur?verifier=1", "/dossier/projet?verifier=1", "/dossier/collectif?verifier=1"]:
        reader.goto(own + page_name)
        sound(reader)
    reader.goto(own + "/dossier/projet")
    field(reader, "Commune").fill("Une commune qui n’existe pas")
    with reader.expect_navigation():
        reader.get_by_role("main").get_by_role("button", name="Enregistrer", exact=True).last.click()
    sound(reader)
    reader.goto(own)
    reader.get_by_label("SIRET").fill("12345")
    send(reader, "Enregistrer")
    expect(reader.get_by_role("alert").first).to_be_visible()
    sound(reader)
    reader.goto(own + "/equipe")
    reader.get_by_label("Son adresse électronique").fill("lea@exemple.example")
    send(reader, re.compile("invitation"))
    expect(reader.get_by_role("main")).to_contain_text("lea@exemple.example")
    sound(reader)
    link = re.search(r"/candidatures/invitations/\S+", program.letter("lea@exemple.example")).group()
    invited = open_page(site, width=reader.viewport_size["width"])
    invited.goto(link)
    expect(invited.get_by_role("main")).to_contain_text("invit")
    sound(invited)
    reader.complaints[:] = [complaint for complaint in reader.complaints if "422" not in complaint]


#
def test_the_html_of_all_these_pages_is_valid(tmp_path):
    assert SEEN, "the tests above open them"
    for number, text in enumerate(SEEN):
        (tmp_path / f"{number}.html").write_text(text)
    files = sorted(tmp_path.iterdir())
    addresses = {f"{number}.html": address for number, address in enumerate(SEEN.values())}
    wrong = {f"{addresses.get(fault.split(':')[0])}{fault[fault.index(':'):]}" for fault in html_faults(files)}
    assert not wrong, "\n".join(sorted(wrong))
