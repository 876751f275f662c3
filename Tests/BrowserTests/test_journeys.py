"""What people come to do, as they do it: by the words they read, with and without scripts."""

import re
import secrets
import urllib.parse

import pytest
from playwright.sync_api import expect

from people import results, sign_in, sign_out, tab_to

# A place of the demo network that the editor tends, and one that nobody of these journeys changes.
TENDED = ("La Fosse commune numérique (démo)", "/lieux/la-fosse-commune-numerique-demo")
UNTOUCHED = ("Le Verger aux Outils (démo)", "/lieux/le-verger-aux-outils-demo", "Noyon")


@pytest.fixture(params=["with scripts", "without scripts"])
def visitor(request, open_page, site):
    """The same journey, in both of the ways a browser may come."""
    return open_page(site, scripts=request.param == "with scripts")


def search(page, words):
    """Types `words` in the search box of the page and sends it."""
    box = page.get_by_role("main").get_by_label("Que cherchez-vous")
    box.fill(words)
    box.press("Enter")
    page.wait_for_url(re.compile(r"/lieux\?"))


def test_a_visitor_finds_a_place_from_the_home_page(visitor):
    name, path, commune = UNTOUCHED
    visitor.goto("/")
    search(visitor, "verger outils")
    assert path in results(visitor)
    visitor.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(name)
    expect(visitor.get_by_role("main")).to_contain_text(commune)


def test_a_search_keeps_its_words_and_an_empty_result_says_what_to_do(visitor):
    visitor.goto("/lieux?q=" + urllib.parse.quote("<b>rien de tel</b>"))
    assert results(visitor) == []
    expect(visitor.get_by_label("Que cherchez-vous")).to_have_value("<b>rien de tel</b>")
    visitor.get_by_role("main").get_by_role("link", name="Voir tous les lieux").click()
    assert len(results(visitor)) > 5


def test_a_facet_narrows_the_list_and_can_be_shared_and_lifted(visitor):
    visitor.goto("/lieux")
    everything = visitor.locator("#resultats").inner_text()
    visitor.get_by_label("Réemploi et réparation").check()
    if visitor.evaluate("Boolean(document.querySelector('#resultats'))") and "famille" not in visitor.url:
        visitor.get_by_role("button", name="Filtrer").click()
    visitor.wait_for_url(re.compile(r"/lieux\?.*famille="))
    lifted = visitor.get_by_role("link", name=re.compile("Retirer.*Réemploi et réparation"))
    expect(lifted).to_be_visible()
    narrowed = visitor.locator("#resultats").inner_text()
    assert narrowed != everything
    visitor.goto(visitor.url)
    assert visitor.locator("#resultats").inner_text() == narrowed
    expect(visitor.get_by_label("Réemploi et réparation")).to_be_checked()
    visitor.get_by_role("link", name=re.compile("Retirer.*Réemploi et réparation")).click()
    expect(visitor.locator("#resultats")).to_have_text(re.compile(everything.split("\n")[0]))
    assert "famille" not in visitor.url


def test_the_map_shows_places_and_has_a_list_for_those_who_do_not_see_it(visitor):
    visitor.goto("/carte")
    expect(visitor.get_by_role("main").locator('a[href^="/lieux"]').first).to_be_visible()


def test_the_map_is_drawn_with_scripts(page):
    page.goto("/carte")
    expect(page.locator(".leaflet-container")).to_be_visible()


def test_a_person_signs_in_and_out(program, visitor):
    sign_in(visitor, program.account("editor"))
    sign_out(visitor)
    visitor.goto("/mon-compte")
    assert "/connexion" in visitor.url


def test_a_wrong_password_keeps_the_address_and_says_so(program, visitor):
    account = program.account("account")
    visitor.goto("/connexion")
    visitor.get_by_text("J’ai un mot de passe").click()
    form = visitor.get_by_role("group").filter(has_text="J’ai un mot de passe")
    form.get_by_label("Adresse électronique").fill(account["email"])
    form.get_by_label("Mot de passe").fill(account["password"] + "x")
    form.get_by_role("button", name="Se connecter").click()
    expect(visitor.get_by_role("alert").first).to_be_visible()
    expect(form.get_by_label("Adresse électronique")).to_have_value(account["email"])
    expect(form.get_by_label("Mot de passe")).to_have_value("")
    assert visitor.title().startswith("Erreur")
    visitor.complaints.forgive("422")


def test_an_editor_changes_a_place_and_its_hours_reads_the_history_and_puts_them_back(program, visitor, open_page, site):
    name, path = TENDED
    sign_in(visitor, program.account("editor"))
    visitor.goto(path)
    visitor.get_by_role("main").get_by_role("link", name="Modifier la fiche").click()
    sentence = f"On y répare des vélos & des <radios>, n° {secrets.randbelow(1_000_000)}."
    visitor.get_by_label("Résumé").fill(sentence)
    visitor.get_by_label("Samedi, plage 1, de").fill("10:05")
    visitor.get_by_label("Samedi, plage 1, à").fill("12:35")
    visitor.get_by_role("button", name="Enregistrer").last.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(name)
    stranger = open_page(site)
    stranger.goto(path)
    expect(stranger.get_by_role("main")).to_contain_text(sentence)
    expect(stranger.get_by_role("row").filter(has_text="Samedi")).to_contain_text("10 h 05")
    visitor.get_by_role("main").get_by_role("link", name="Historique").click()
    undo = visitor.get_by_role("button", name="Annuler ce changement")
    latest = visitor.get_by_role("main").get_by_role("listitem").filter(has=undo).first
    expect(latest).to_contain_text("Sacha Vasseur")
    latest.get_by_role("button", name="Annuler ce changement").click()
    expect(visitor.get_by_role("main")).to_contain_text("annulé")
    stranger.goto(path)
    expect(stranger.get_by_role("main")).not_to_contain_text(sentence)
    assert "10 h 05" not in stranger.get_by_role("main").inner_text()
    sign_out(visitor)
    expect(visitor.get_by_role("link", name="Se connecter")).to_be_attached()


def test_two_people_who_write_at_once_each_see_both_texts(program, open_page, site):
    _, path = TENDED
    first, second = open_page(site), open_page(site, scripts=False)
    sign_in(first, program.account("editor"))
    sign_in(second, program.account("manager"))
    for page in (first, second):
        page.goto(path + "/modifier")
    first.get_by_label("Résumé").fill("Le texte de la première.")
    first.get_by_role("button", name="Enregistrer").last.click()
    expect(first.get_by_role("main")).to_contain_text("Le texte de la première.")
    second.get_by_label("Résumé").fill("Le texte de la seconde.")
    second.get_by_role("button", name="Enregistrer").last.click()
    expect(second.get_by_role("alert")).to_contain_text("Le texte de la première.")
    expect(second.get_by_role("alert")).to_contain_text("Le texte de la seconde.")
    expect(second.get_by_label("Résumé")).to_have_value("Le texte de la seconde.")
    second.complaints.forgive("409")
    second.get_by_role("button", name="Enregistrer").last.click()
    expect(second.get_by_role("main")).to_contain_text("Le texte de la seconde.")


def test_a_visitor_corrects_a_place_by_a_link_sent_to_them_and_the_team_decides(program, visitor, open_page, site):
    name, path = TENDED
    number = f"03 21 00 {secrets.randbelow(90) + 10} {secrets.randbelow(90) + 10}"
    address = f"passante-{secrets.token_hex(4)}@ailleurs.example"
    visitor.goto(path)
    visitor.get_by_role("link", name="Proposer une correction").click()
    visitor.get_by_label("Téléphone").first.fill(number)
    visitor.get_by_label("Votre courriel").fill(address)
    visitor.get_by_role("button", name="Envoyer").last.click()
    expect(visitor.get_by_role("main")).to_contain_text("Merci")
    letter = program.letter(address)
    link = re.search(r"https?://\S+/propositions/\S+", letter).group()
    visitor.goto(link)
    visitor.get_by_role("button", name="Confirmer ma proposition").click()
    expect(visitor.get_by_role("main")).to_contain_text("confirmée")
    visitor.goto(link)
    visitor.complaints.forgive("410")
    team = open_page(site)
    sign_in(team, program.account("manager"))
    team.goto("/moderation")
    proposal = team.get_by_role("article").filter(has_text=number)
    expect(proposal).to_contain_text(name)
    proposal.get_by_role("button", name="Accepter ce qui est coché").click()
    visitor.goto(path)
    expect(visitor.get_by_role("main")).to_contain_text(number)


def test_the_keyboard_alone_searches_filters_and_opens_a_place(page):
    page.goto("/lieux")
    reach(page, "Aller à la recherche")
    page.keyboard.press("Enter")
    reach(page, "Que cherchez-vous")
    page.keyboard.type("atelier")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=atelier"))
    reach(page, "Réemploi et réparation")
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("famille="))
    # Results were replaced in place: the box just ticked keeps the focus.
    assert focused_name(page).startswith("Réemploi et réparation")
    place = results(page)[0]
    reach(page, place)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(place)))


def test_the_keyboard_alone_proposes_a_correction(program, page):
    name, path = TENDED
    number = f"03 21 01 {secrets.randbelow(90) + 10} {secrets.randbelow(90) + 10}"
    address = f"clavier-{secrets.token_hex(4)}@ailleurs.example"
    main = page.get_by_role("main")
    page.goto(path)
    tab_to(page, main.get_by_role("link", name="Proposer une correction"))
    page.keyboard.press("Enter")
    tab_to(page, main.get_by_label("Téléphone").first)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(number)
    tab_to(page, main.get_by_label("Votre courriel"))
    page.keyboard.type(address)
    tab_to(page, main.get_by_role("button", name="Envoyer").last)
    page.keyboard.press("Enter")
    expect(main).to_contain_text("Merci")
    page.goto(re.search(r"https?://\S+/propositions/\S+", program.letter(address)).group())
    tab_to(page, main.get_by_role("button", name="Confirmer ma proposition"))
    page.keyboard.press("Enter")
    expect(main).to_contain_text("confirmée")


def test_the_keyboard_alone_moves_the_map_and_leaves_it(page):
    page.goto("/carte")
    expect(page.locator(".leaflet-container")).to_be_visible()
    page.wait_for_load_state("networkidle")
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stops.append(focused_name(page))
        if page.evaluate("Boolean(document.activeElement.closest('.leaflet-container'))"):
            break
    assert page.evaluate("Boolean(document.activeElement.closest('.leaflet-container'))"), stops
    for _ in range(200):
        page.keyboard.press("Tab")
        if not page.evaluate("Boolean(document.activeElement.closest('.leaflet-container'))"):
            return
    raise AssertionError("the keyboard cannot leave the map")


def focused_name(page):
    """The words or the address of what has the focus."""
    return page.evaluate("""() => {
        const one = document.activeElement;
        return (one.labels?.[0]?.innerText || one.getAttribute('aria-label') || one.innerText || '').trim();
    }""")


def reach(page, words):
    """Presses Tab until what has the focus says `words`, or leads to that address."""
    for _ in range(250):
        page.keyboard.press("Tab")
        if focused_name(page).startswith(words) or page.evaluate("document.activeElement.getAttribute('href')") == words:
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")
