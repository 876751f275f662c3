"""A jury in a browser: a sheet noted beside its dossier, at a desk, on a small phone and without scripts; sealed notes; the signed
story of Lens-Liévin, its ranking and its minutes."""

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults
from people import sign_in, tab_to


def slug(page, words):
    """The address of a call's jury, by the words of its title."""
    page.goto("/appels")
    return page.get_by_role("link", name=words).first.get_attribute("href")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture(params=["with scripts", "without scripts", "narrow"])
def juror(request, open_page, site, program):
    """Who notes for the permanent call, in each of the ways a browser may come; each finds the sheets as the one before left them."""
    width = 320 if request.param == "narrow" else 1280
    page = open_page(site, width=width, scripts=request.param != "without scripts")
    page.has_scripts = request.param != "without scripts"
    sign_in(page, program.account("operator"))
    return page


def test_a_juror_saves_a_sheet_beside_its_dossier(juror):
    # JURY-4, JURY-7
    page = juror
    page.goto("/")
    page.get_by_role("link", name="Siéger au jury").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jury")
    page.get_by_role("link", name="La Fabrique des berges").click()
    expect(page.get_by_role("heading", name="Votre fiche")).to_be_visible()
    expect(page.get_by_text("Elles sont scellées")).to_be_visible()
    assert fits(page)
    page.get_by_role("group").filter(has=page.get_by_role("radiogroup")).first.get_by_role("radio").nth(3).check()
    page.get_by_label("Commentaire général").fill("Relu ensemble.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("elle reste à rendre")).to_be_visible()
    expect(page.get_by_label("Commentaire général")).to_have_value("Relu ensemble.")
    page.get_by_role("button", name="Rendre ma fiche").click()
    expect(page.get_by_role("alert")).to_contain_text("à corriger")
    page.complaints.forgive("422")
    expect(page.get_by_label("Commentaire général")).to_have_value("Relu ensemble.")
    if page.has_scripts:
        assert not accessibility_faults(page)
    assert fits(page)


def test_the_chair_declares_and_notes_with_the_keyboard(open_page, site, program):
    # JURY-5, JURY-6
    page = open_page(site)
    sign_in(page, program.account("coordinator"))
    page.goto(slug(page, "Fabriques de territoire") + "/jury")
    tab_to(page, page.get_by_role("link", name="Les Ateliers du port"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre fiche")).to_be_visible()
    scales = page.get_by_role("radiogroup")
    for place in range(scales.count()):
        tab_to(page, scales.nth(place).get_by_role("radio").first)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(scales.nth(place).get_by_role("radio").nth(2)).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Rendre ma fiche"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Votre fiche est définitive et scellée")).to_be_visible()
    expect(page.get_by_text("le sceau est intact")).to_be_visible()
    assert not accessibility_faults(page)


def test_the_projector_follows_the_chair(open_page, site, program):
    # JURY-15
    chair, wall = open_page(site), open_page(site)
    sign_in(chair, program.account("coordinator"))
    sign_in(wall, program.account("operator"))
    session = slug(chair, "Fabriques de territoire") + "/jury/seance"
    wall.goto(session + "?vue=projection")
    expect(wall.get_by_role("main")).to_contain_text("les notes sont scellées")
    wall.evaluate("window.isSamePage = true")
    chair.goto(session)
    chair.get_by_role("button", name="Ouvrir la séance et les notes").click()
    now = wall.get_by_role("region", name="Dossier en cours")
    spoken = []
    for _ in range(2):
        chair.get_by_role("button", name="Passer à ce dossier").first.click()
        current = chair.get_by_role("region", name="Dossier en cours").get_by_role("heading", level=2)
        expect(current).to_be_visible()
        spoken.append(current.inner_text())
        expect(now.get_by_role("heading", level=2)).to_have_text(spoken[-1])
    assert len(set(spoken)) == 2
    assert wall.evaluate("window.isSamePage"), "the page was not loaded again"
    assert wall.locator("main form").count() == 0, "nothing to fill in on a wall"
    # What changes by itself can be held (RGAA 13.8).
    expect(wall.get_by_role("main").get_by_role("button")).to_have_text(["Arrêter le suivi automatique"])
    assert not accessibility_faults(wall)
    # Without a script, the whole page is asked for again, and says the same.
    plain = open_page(site, scripts=False)
    sign_in(plain, program.account("operator"))
    plain.goto(session + "?vue=projection")
    expect(plain.get_by_role("region", name="Dossier en cours")).to_contain_text(spoken[-1])
    # Until it is held (RGAA 13.1), and from then on as it is.
    assert 'http-equiv="refresh"' in plain.content()
    plain.get_by_role("link", name="Arrêter le suivi automatique").click()
    assert 'http-equiv="refresh"' not in plain.content()
    expect(plain.get_by_role("region", name="Dossier en cours")).to_contain_text(spoken[-1])
    plain.get_by_role("link", name="Reprendre le suivi automatique").click()
    expect(plain.get_by_role("link", name="Arrêter le suivi automatique")).to_be_visible()
    # A page that is held is followed by no script either.
    wall.goto(session + "?vue=projection&suivi=arrete")
    expect(wall.get_by_role("link", name="Reprendre le suivi automatique")).to_be_visible()
    expect(wall.get_by_role("main").get_by_role("button")).to_have_count(0)
    assert not accessibility_faults(wall)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_signed_story_reads_to_its_end(open_page, site, program, width):
    # JURY-12, JURY-15, JURY-19
    page = open_page(site, width=width)
    sign_in(page, program.account("funder"))
    start = slug(page, "Tiers-lieux de Lens-Liévin") + "/jury"
    for address in ["", "/conflits", "/seance", "/seance?vue=projection", "/classement", "/proces-verbal"]:
        page.goto(start + address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert fits(page), address
        assert not accessibility_faults(page), address
    page.goto(start + "/classement")
    expect(page.get_by_text("même classement")).to_be_visible()
    expect(page.get_by_text("À discuter", exact=True)).to_be_visible()
    page.goto(start + "/proces-verbal")
    expect(page.get_by_text("Signé par Alix Carpentier")).to_be_visible()
    expect(page.get_by_text("Récusés : Théo Wacquez (Association Roue libre)")).to_be_visible()


def test_others_learn_nothing(open_page, site, program):
    # JURY-7
    page = open_page(site)
    sign_in(page, program.account("editor"))
    start = slug(page, "Tiers-lieux de Lens-Liévin") + "/jury"
    for address in ["", "/classement", "/seance", "/proces-verbal", "/conflits"]:
        answer = page.goto(start + address)
        assert answer.status == 403, address
        assert "Halle aux vélos" not in page.content(), address
    page.complaints.forgive("403")


def test_the_jury_of_the_wave_before_is_invited_again(open_page, site, program):
    # JURY-22
    page = open_page(site, width=320)
    sign_in(page, program.account("funder"))
    page.goto(slug(page, "Fabriques de territoire") + "/jury")
    page.get_by_role("link", name="Vague 3", exact=True).click()
    page.get_by_role("link", name="Composer le jury").click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("link", name="Jury", exact=True).click()
    expect(page.get_by_role("heading", name="Reprendre le jury d’avant (Vague 1)")).to_be_visible()
    assert not accessibility_faults(page)
    assert fits(page)
    page.get_by_role("button", name="Inviter 2 personnes").click()
    expect(page.get_by_text("2 invitations sont envoyées.")).to_be_visible()
    expect(page.get_by_text("Invitation envoyée")).to_have_count(2)
    expect(page.get_by_role("button", name="Inviter 2 personnes")).to_have_count(0)
    assert not accessibility_faults(page)
    letter = program.letter("(Vague 3)")
    assert "/jury/invitations/" in letter

    # Who sat in the first wave sits in this one only by accepting.
    chair = open_page(site)
    sign_in(chair, program.account("coordinator"))
    expect(page.get_by_role("main")).to_contain_text("Présidence du jury")
    assert chair.goto(page.url).status == 200, "the coordination keeps the call too"
    expect(chair.get_by_role("main")).not_to_contain_text("À lire")
