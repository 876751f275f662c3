"""A dossier that saves itself, written by several, on lines that fail: what people see, and that nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults, overflowing_elements
from people import sign_in

SAVED = re.compile(r"Enregistré à \d+")


def open_draft(page, program, role, stage="Lieu ouvert"):
    """Signs in and begins a draft for the demo's open call; returns its address."""
    sign_in(page, program.account(role))
    page.goto("/appels")
    address = page.get_by_role("main").locator('a[href^="/appels/fabriques"]').first.get_attribute("href")
    page.goto(address.split("#")[0].split("?")[0] + "/candidater")
    stages = page.get_by_role("radio")
    if stages.count():
        stages.last.check()
    page.get_by_role("button", name="Ouvrir mon brouillon").click()
    page.wait_for_url("**/candidatures/*")
    return page.url.split("#")[0]


def section(page, draft, key):
    page.goto(f"{draft}/dossier/{key}")
    return page


def test_what_is_typed_is_saved_without_a_button(program, page):
    draft = open_draft(page, program, "animator")
    section(page, draft, "projet")
    page.get_by_label("Nom du projet").fill("Le Bistrot des savoirs")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Nom du projet")).to_have_value("Le Bistrot des savoirs")
    expect(page.get_by_text("Modifié par vous").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('maillage:brouillon:')).length") == 0
    assert accessibility_faults(page) == []


def test_a_lost_line_loses_nothing(program, page):
    draft = open_draft(page, program, "editor")
    section(page, draft, "projet")
    page.route("**/dossier/projet", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_label("Ce dont vous auriez besoin").fill("Un local, et du temps.")
    expect(page.get_by_text("Hors ligne").first).to_be_visible()
    # The page is left before the line is back: what was typed waits on the device.
    page.goto(f"{draft}/dossier/porteur")
    page.unroute("**/dossier/projet")
    section(page, draft, "projet")
    expect(page.get_by_label("Ce dont vous auriez besoin")).to_have_value("Un local, et du temps.")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Ce dont vous auriez besoin")).to_have_value("Un local, et du temps.")
    page.complaints.clear()


def test_two_pages_on_one_question_read_both_texts(program, page):
    draft = open_draft(page, program, "manager")
    section(page, draft, "projet")
    other = page.context.new_page()
    other.goto(f"{draft}/dossier/projet")
    page.get_by_label("Le projet en quelques phrases").fill("Texte de la première page.")
    expect(page.get_by_text(SAVED)).to_be_visible()
    other.get_by_label("Nom du projet").fill("Nom de la seconde page")
    other.get_by_label("Le projet en quelques phrases").fill("Texte de la seconde page.")
    panel = other.get_by_role("group", name="Deux réponses à la même question")
    expect(panel).to_contain_text("Texte de la première page.")
    expect(other.get_by_label("Le projet en quelques phrases")).to_have_value("Texte de la seconde page.")
    assert accessibility_faults(other) == []
    panel.get_by_role("button", name="Garder la mienne").click()
    expect(panel).to_have_count(0)
    expect(other.get_by_text(SAVED)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Le projet en quelques phrases")).to_have_value("Texte de la seconde page.")
    expect(page.get_by_label("Nom du projet")).to_have_value("Nom de la seconde page")
    page.complaints.clear()
    other.close()


def test_a_session_that_ends_loses_nothing(program, page):
    draft = open_draft(page, program, "account")
    section(page, draft, "projet")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Ce dont vous auriez besoin").fill("Écrit sans session.")
    expect(page.get_by_text("Votre session est terminée").first).to_be_visible()
    page.complaints.forgive("401")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_text(SAVED)).to_be_visible()


def test_a_grid_is_filled_from_a_spreadsheet_and_by_the_keyboard(program, page):
    draft = open_draft(page, program, "animator")
    section(page, draft, "budget")
    # The table bears the title of its question (RGAA 5.4).
    expect(page.get_by_role("table", name="Plan de financement")).to_contain_text("Financeur")
    first = page.get_by_label("Ligne 1, Financeur")
    first.focus()
    page.evaluate("""text => {
        const data = new DataTransfer();
        data.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }""", "Région\tDemandé\t12 500,50 €\nVille\tAcquis\tbeaucoup\nFondation\tEnvisagé\t1 000\n")
    expect(page.get_by_text("beaucoup")).to_be_visible()
    expect(page.get_by_text("1 cellule refusée")).to_be_visible()
    page.get_by_role("button", name="Placer dans le tableau").first.click()
    expect(page.get_by_label("Ligne 3, Financeur")).to_have_value("Fondation")
    total = page.locator('output[data-output="plan.montant"]')
    expect(total).to_have_text(re.compile(r"13\s500,50"))
    expect(page.get_by_text(SAVED)).to_be_visible()
    # The keyboard: Enter goes down, Escape puts back, a new row comes at the end.
    amount = page.get_by_label(re.compile("Ligne 2, Montant"))
    amount.focus()
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    expect(amount).to_have_value("")
    page.keyboard.type("0,25")
    page.keyboard.press("Enter")
    expect(page.get_by_label(re.compile("Ligne 3, Montant"))).to_be_focused()
    expect(total).to_have_text(re.compile(r"13\s500,75"))
    page.get_by_role("button", name="Retirer la ligne 3").click()
    expect(total).to_have_text(re.compile(r"12\s500,75"))
    page.get_by_role("button", name="La remettre").click()
    expect(total).to_have_text(re.compile(r"13\s500,75"))
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Ligne 3, Financeur")).to_have_value("Fondation")
    assert accessibility_faults(page) == []


def test_a_huge_paste_changes_nothing(program, page):
    draft = open_draft(page, program, "editor")
    section(page, draft, "budget")
    page.get_by_label("Ligne 1, Financeur").focus()
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.setData('text/plain', '1\\t'.repeat(5000000));
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }""")
    expect(page.get_by_text("Ce collage est trop long").first).to_be_visible()


def test_without_a_script_a_block_is_pasted_and_saved(program, plain_page):
    draft = open_draft(plain_page, program, "manager")
    section(plain_page, draft, "budget")
    plain_page.get_by_label("Autres financements demandés ou obtenus").fill("Gardé pendant le collage.")
    plain_page.get_by_text("Coller un tableau").last.click()
    plain_page.get_by_label("Lignes copiées d’un tableur").last.fill("Mairie\tAcquis\t1 500\nEurope\tPeut-être\t2 000")
    plain_page.get_by_role("button", name="Placer dans le tableau").last.click()
    expect(plain_page.get_by_role("status").filter(has_text="Collage")).to_contain_text("Peut-être")
    expect(plain_page.get_by_label("Autres financements demandés ou obtenus")).to_have_value("Gardé pendant le collage.")
    plain_page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(plain_page.locator('input[value="Mairie"]')).to_have_count(1)
    expect(plain_page.locator('input[value="Europe"]')).to_have_count(1)


@pytest.mark.parametrize("key", ["projet", "budget"])
def test_a_section_fits_a_small_phone(program, narrow_page, key):
    draft = open_draft(narrow_page, program, "account")
    section(narrow_page, draft, key)
    assert overflowing_elements(narrow_page) == []
    assert accessibility_faults(narrow_page) == []


def test_a_remark_beside_a_question_saves_what_was_typed(program, narrow_page):
    page = narrow_page
    draft = open_draft(page, program, "animator")
    section(page, draft, "projet")
    page.get_by_label("Le projet en quelques phrases").fill("Un début de texte.")
    page.get_by_text("Commenter sur « Le projet en quelques phrases »").click()
    page.get_by_label("Votre commentaire").nth(2).fill("Qui peut relire ?")
    page.get_by_role("button", name="Commenter").first.click()
    expect(page.get_by_text("Votre commentaire est noté.")).to_be_visible()
    expect(page.get_by_text("Qui peut relire ?")).to_be_visible()
    expect(page.get_by_label("Le projet en quelques phrases")).to_have_value("Un début de texte.")
    assert accessibility_faults(page) == []
    assert overflowing_elements(page) == []
    page.get_by_role("button", name="Marquer comme résolu").click()
    expect(page.get_by_text("C’est noté comme résolu.")).to_be_visible()


def test_what_is_missing_leads_to_its_question(program, page):
    draft = open_draft(page, program, "editor")
    page.goto(draft)
    page.get_by_role("main").get_by_role("link", name="Commune", exact=True).click()
    page.wait_for_url("**#question-commune")
    assert page.evaluate("document.querySelector(':target')?.dataset.question") == "commune"


def test_a_former_text_comes_back(program, page):
    draft = open_draft(page, program, "manager")
    section(page, draft, "projet")
    name = page.get_by_label("Nom du projet")
    for text in ("Premier nom", "Second nom"):
        name.fill(text)
        # What the last save said is not said of what is written since.
        expect(page.get_by_text("Tout est enregistré.")).to_be_hidden()
        page.get_by_role("button", name="Enregistrer", exact=True).last.click()
        expect(page.get_by_text("Tout est enregistré.")).to_be_visible()
    page.get_by_role("link", name="Textes précédents de « Nom du projet »").click()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Rétablir ce texte").first.click()
    section(page, draft, "projet")
    expect(page.get_by_label("Nom du projet")).to_have_value("Premier nom")
