"""A partner fills its part of a consortium in a browser, with and without scripts, commits itself again, and the lead reads it."""

import re

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults
from people import sign_in


WAYS = ["with scripts", "without scripts", "narrow"]


@pytest.fixture(params=WAYS)
def partner(request, open_page, site, program):
    """Who answers for a partner of the demo's consortium, in each of the ways a browser may come."""
    width = 320 if request.param == "narrow" else 1280
    page = open_page(site, width=width, scripts=request.param != "without scripts")
    page.has_scripts = request.param != "without scripts"
    sign_in(page, program.account("manager"))
    return page


def test_a_partner_fills_its_part(partner, open_page, site, program):
    # CAND-17, CAND-31, CAND-32
    page = partner
    page.goto("/candidatures")
    page.get_by_role("link", name="Fabrique numérique du Grand Amiénois").first.click()
    page.get_by_role("link", name="Remplir ma part").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ALCO")
    page.get_by_role("link", name="Vos chiffres sur un an").click()
    events = page.get_by_label("Événements")
    number = int(events.input_value()) + 1
    events.fill(str(number))
    # The page that saved itself says the same words before its form is sent.
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(page.get_by_role("main").locator("..")).to_contain_text("engagez à nouveau")
    expect(page.get_by_label("Événements")).to_have_value(str(number))
    if page.has_scripts:
        assert not accessibility_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.get_by_role("link", name="Revenir sans enregistrer").click()
    page.get_by_label("prend part à ce projet").check()
    page.get_by_role("button", name="Engager ALCO").click()
    expect(page.get_by_text("Engagement pris le")).to_be_visible()

    lead = open_page(site)
    sign_in(lead, program.account("account"))
    lead.goto(page.url)
    expect(lead.get_by_text("Vous lisez cette part sans pouvoir l’écrire")).to_be_visible()
    expect(lead.get_by_role("button", name="Engager")).to_have_count(0)


def test_a_partner_attaches_a_document_to_its_part(partner, open_page, site, program, tmp_path):
    # CAND-18, CAND-38
    page = partner
    page.goto("/candidatures")
    page.get_by_role("link", name="Fabrique numérique du Grand Amiénois").first.click()
    page.get_by_role("link", name="Remplir ma part").click()
    page.get_by_role("link", name="Pièces à joindre à cette part").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pièces à joindre")
    letter = tmp_path / "lettre-bis.pdf"
    letter.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    page.get_by_label(re.compile("Documents? à joindre")).set_input_files(letter)
    page.get_by_role("button", name="Joindre", exact=True).click()
    expect(page.get_by_role("link", name="lettre-bis.pdf")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if page.has_scripts:
        assert not accessibility_faults(page)

    lead = open_page(site)
    sign_in(lead, program.account("account"))
    lead.goto(page.url)
    expect(lead.get_by_role("link", name="lettre-bis.pdf")).to_be_visible()
    expect(lead.get_by_role("button", name="Joindre", exact=True)).to_have_count(0)
    page.get_by_text("Renommer, remplacer ou retirer").last.click()
    page.get_by_role("button", name="Retirer ce document").last.click()
    expect(page.get_by_role("link", name="lettre-bis.pdf")).to_have_count(0)


def thread(page):
    """What is said beside « Événements », opened."""
    details = page.locator("details").filter(has_text="sur « Événements »")
    details.evaluate("details => { details.open = true }")
    return details


@pytest.mark.parametrize("partner", WAYS[1:], indirect=True)
def test_a_partner_and_the_lead_speak_beside_a_question_of_the_part(partner, open_page, site, program, request):
    # CAND-20, CAND-21, CAND-22
    page, way = partner, request.node.name.split("[")[-1].rstrip("]")
    page.goto("/candidatures")
    page.get_by_role("link", name="Fabrique numérique du Grand Amiénois").first.click()
    page.get_by_role("link", name="Remplir ma part").click()
    part = page.url
    page.get_by_role("link", name="Vos chiffres sur un an").click()
    section = page.url
    former = page.get_by_label("Événements").input_value()
    page.get_by_label("Événements").fill(str(int(former) + 1))
    expect(thread(page)).to_contain_text("Lu par les personnes de cette part")
    thread(page).get_by_label("Votre commentaire").fill(f"Avec les concerts ? ({way})")
    thread(page).get_by_role("button", name="Commenter", exact=True).click()
    expect(page.get_by_text("Votre commentaire est noté.")).to_be_visible()
    expect(page.get_by_label("Événements")).to_have_value(str(int(former) + 1))
    if page.has_scripts:
        assert not accessibility_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    # The lead reads it in the part, and answers without writing it.
    lead = open_page(site, scripts=page.has_scripts)
    sign_in(lead, program.account("account"))
    lead.goto(part)
    card = lead.locator("section").filter(has=lead.get_by_role("heading", name=re.compile("commentaires? ouvert")))
    card.get_by_role("link", name="Événements").click()
    expect(lead.get_by_text("Vous lisez cette part sans pouvoir l’écrire")).to_be_visible()
    expect(thread(lead)).to_contain_text(f"Avec les concerts ? ({way})")
    thread(lead).get_by_label("Votre commentaire").fill(f"Oui, avec. ({way})")
    thread(lead).get_by_role("button", name="Commenter", exact=True).click()
    expect(lead.get_by_text("Votre commentaire est noté.")).to_be_visible()
    if page.has_scripts:
        assert not accessibility_faults(lead)

    # Another partner of the same candidacy reads the figures, and nothing of what is said.
    other = open_page(site)
    sign_in(other, program.account("editor"))
    other.goto(section)
    expect(other.get_by_role("main")).to_contain_text("Événements")
    assert "Avec les concerts" not in other.content() and "Oui, avec." not in other.content()

    page.goto(section)
    expect(thread(page)).to_contain_text(f"Oui, avec. ({way})")
    thread(page).get_by_role("button", name="Marquer comme résolu").click()
    expect(page.get_by_text("C’est noté comme résolu.")).to_be_visible()
    page.get_by_role("link", name="Textes précédents de « Événements »").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Qui a écrit quoi")
    if page.has_scripts:
        assert not accessibility_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Rétablir ce texte").first.click()
    expect(page.get_by_text("Le texte précédent est rétabli.")).to_be_visible()
    page.goto(section)
    expect(page.get_by_label("Événements")).to_have_value(former)

    page.goto(part)
    page.get_by_role("link", name="Qui écrit quoi").click()
    expect(page.get_by_role("main")).to_contain_text("Vous êtes seul·e à écrire")
    if page.has_scripts:
        assert not accessibility_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Inviter quelqu’un").click()
    expect(page.get_by_role("heading", name="Inviter quelqu’un d’autre")).to_be_visible()


def test_the_home_page_of_the_demo_leads_to_its_stories(page, program):
    page.goto("/")
    section = page.get_by_role("heading", name="Trois appels à suivre")
    expect(section).to_be_visible()
    assert page.get_by_role("link", name="suivez cette histoire").count() == 5
    sign_in(page, program.account("account"))
    page.goto("/")
    page.get_by_role("link", name="suivez cette histoire").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Les parts des partenaires")
    expect(page.get_by_role("main")).to_contain_text("La Maison du Colonel")
