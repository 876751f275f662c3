"""The checks of criteria.py see what they are there to see: a page of the site passes them all, and the same page, broken on
purpose, is refused by each. The sweep (test_sweep.py) runs them on every page."""

import re

import pytest

from criteria import READING, enlarging_faults, keyboard_faults, menu_of, reading_faults, spacing_faults

# What is done to a sound page, by the number of the criterion that must refuse it. `main` is the content of the page.
BREAKS = {
    "1.1": "main.insertAdjacentHTML('beforeend', '<svg viewBox=\"0 0 9 9\" width=9 height=9><circle r=4 /></svg>')",
    "1.2": "main.insertAdjacentHTML('beforeend', '<svg aria-hidden=true><title>Un vélo</title></svg>')",
    "1.3": "main.insertAdjacentHTML('beforeend', '<img alt=\"atelier-2.jpg\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">')",
    "1.5": "main.insertAdjacentHTML('beforeend', '<p class=\"captcha\">Recopiez les lettres</p>')",
    "2.2": "main.insertAdjacentHTML('beforeend', '<iframe></iframe>')",
    "3.1": "main.insertAdjacentHTML('beforeend', '<span class=\"badge badge-bad\"></span>')",
    "3.3": "{ const one = main.querySelector('input.input'); one.style.cssText = 'border-color: #eee' }",
    "4.10": "main.insertAdjacentHTML('beforeend', '<audio autoplay muted></audio>')",
    # A title that is nowhere, and one that says nothing.
    "5.4": "main.insertAdjacentHTML('beforeend', '<table aria-labelledby=absent aria-label=\" \"><tr><th scope=col>a</th></tr><tr><td>1</td></tr></table>')",
    "5.6": "main.insertAdjacentHTML('beforeend', '<table><caption>Un titre</caption><tr><td>1</td></tr></table>')",
    "5.7": "main.insertAdjacentHTML('beforeend', '<table><caption>Un titre</caption><tr><th>a</th></tr></table>')",
    "5.8": "main.insertAdjacentHTML('beforeend', '<table role=none><caption>Un titre</caption><tr><td>a</td></tr></table>')",
    "6.1": "main.insertAdjacentHTML('beforeend', '<p><a href=/lieux>Ouvrir</a> ou <a href=/appels>Ouvrir</a></p>')",
    "6.2": "main.insertAdjacentHTML('beforeend', '<p>Une suite <a href=/lieux><svg aria-hidden=true></svg></a></p>')",
    "7.5": "main.insertAdjacentHTML('beforeend', '<div class=flash>Enregistré.</div>')",
    "8.1": "document.doctype.remove()",
    "8.3": "document.documentElement.removeAttribute('lang')",
    "8.6": "document.title = 'Page'",
    "8.8": "main.lang = 'français'",
    "8.9": "main.insertAdjacentHTML('beforeend', '<p></p><p>Un<br><br>deux</p>')",
    "9.1": "main.insertAdjacentHTML('beforeend', '<h2>Un</h2><h4>Deux</h4>')",
    "9.2": "document.querySelector('body > footer').replaceWith(document.createElement('div'))",
    "9.3": "main.insertAdjacentHTML('beforeend', '<p>- du pain</p><p>- du vin</p>')",
    "10.1": "main.insertAdjacentHTML('beforeend', '<p align=center>Un texte</p>')",
    "10.2": "style('h1::after { content: \" en vente\" }')",
    "10.3": "style('main { display: flex; flex-direction: column-reverse }')",
    "10.5": "main.insertAdjacentHTML('beforeend', '<p style=\"color: #000\">Un texte</p>')",
    "10.6": "main.insertAdjacentHTML('beforeend', '<p>Un texte et <a href=/lieux style=\"text-decoration: none\">un lien</a></p>')",
    "10.9": "main.insertAdjacentHTML('beforeend', '<p>Appuyez sur le bouton vert.</p>')",
    "10.13": "main.insertAdjacentHTML('beforeend', '<p title=\"jusqu’au 3 mai\">Ouvert</p>')",
    "11.1": "main.insertAdjacentHTML('beforeend', '<input name=nom>')",
    "11.4": "main.insertAdjacentHTML('beforeend', '<label for=loin>Nom</label><hr><div style=\"height: 300px\"></div><input id=loin>')",
    "11.5": "main.insertAdjacentHTML('beforeend', '<form>' + [1, 2].map(n => `<label><input type=radio name=r value=${n}>${n}</label>`) + '</form>')",
    "11.6": "main.insertAdjacentHTML('beforeend', '<fieldset><label>Nom <input></label></fieldset>')",
    "11.9": "main.insertAdjacentHTML('beforeend', '<button>×</button>')",
    "11.10": "main.insertAdjacentHTML('beforeend', '<label>Nom <input aria-invalid=true></label>')",
    "11.13": "main.insertAdjacentHTML('beforeend', '<label>Votre courriel <input type=email></label>')",
    "12.1": "document.querySelector('footer a[href=\"/plan-du-site\"]').remove()",
    "12.6": "document.getElementById('contenu').id = 'autre'",
    "12.8": "main.querySelector('a').tabIndex = 3",
    "12.10": "main.querySelector('a').accessKey = 'l'",
    "13.1": "document.head.insertAdjacentHTML('beforeend', '<meta http-equiv=refresh content=900>')",
    "13.2": "main.querySelector('a').target = '_blank'",
    "13.3": "main.insertAdjacentHTML('beforeend', '<ul><li><a href=/bilan.xlsx>Le bilan</a></li></ul>')",
    "13.8": "main.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 400, iterations: Infinity })",
}

BREAK = """script => { const main = document.querySelector('main');
    const style = css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; };
    return new Function('main', 'style', script)(main, style); }"""


@pytest.fixture(scope="module")
def sound(browser, site):
    """A page of the site that holds fields, links, badges and a table: asked for once, opened anew for each check."""
    context = browser.new_context(
        base_url=site, locale="fr-FR", viewport={"width": 1280, "height": 800}, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    yield page
    context.close()


def numbers(faults):
    return {fault.split(":")[0] for fault in faults}


def test_a_page_of_the_site_passes_every_check(sound):
    sound.goto("/lieux")
    assert reading_faults(sound) == []
    assert keyboard_faults(sound) == []
    assert spacing_faults(sound) == []
    assert enlarging_faults(sound) == []


@pytest.mark.parametrize("number", BREAKS)
def test_a_broken_page_is_refused_by(sound, number):
    sound.goto("/lieux")
    assert reading_faults(sound, number) == []
    sound.evaluate(BREAK, BREAKS[number])
    assert numbers(reading_faults(sound, number)) == {number}


@pytest.mark.parametrize("title", ["aria-label='Un titre'", "title='Un titre'", "aria-labelledby=titre"])
def test_a_table_may_be_titled_without_a_caption(sound, title):
    sound.goto("/lieux")
    sound.evaluate(BREAK, f"""main.insertAdjacentHTML('beforeend', `<p id=titre>Un titre</p>
        <table {title}><tr><th scope=col>a</th></tr><tr><td>1</td></tr></table>`)""")
    assert reading_faults(sound, "5.4") == []


def test_a_page_that_is_asked_for_again_without_scripts_can_be_held(sound):
    sound.goto("/lieux")
    sound.evaluate(BREAK, "document.head.insertAdjacentHTML('beforeend', '<noscript><meta http-equiv=\"refresh\" content=\"16\"></noscript>')")
    assert numbers(reading_faults(sound, "13.1")) == {"13.1"}
    sound.evaluate(BREAK, "main.insertAdjacentHTML('beforeend', '<noscript><a href=\"?suivi=arrete\">Arrêter le suivi</a></noscript>')")
    assert reading_faults(sound, "13.1") == []


def test_every_check_has_its_broken_page():
    assert set(re.findall(r'^        "(\d+\.\d+)": \(\) =>', READING, re.M)) == set(BREAKS)


def test_a_ring_that_is_not_drawn_is_noticed(sound):
    sound.goto("/lieux")
    sound.evaluate(BREAK, "style(':focus, :focus-visible { outline: none !important; box-shadow: none !important } .skip-links a:focus { top: 8px }')")
    assert "10.7" in numbers(keyboard_faults(sound, 14))


def test_a_focus_that_goes_back_or_round_is_noticed(sound):
    sound.goto("/lieux")
    sound.evaluate(BREAK, "document.querySelectorAll('header a')[3].tabIndex = 1")
    assert "12.8" in numbers(keyboard_faults(sound))
    sound.goto("/lieux")
    sound.evaluate(BREAK, """const [first, second] = document.querySelectorAll('header nav a');
        second.addEventListener('keydown', event => { if (event.key === 'Tab') { event.preventDefault(); first.focus(); } });""")
    assert "12.9" in numbers(keyboard_faults(sound))


def test_text_that_its_box_cuts_is_noticed(sound):
    sound.goto("/lieux")
    # A box in pixels, that fits its text and no more.
    sound.evaluate(BREAK, """main.insertAdjacentHTML('beforeend', '<p style="display: inline-block; line-height: 1.2">Un texte sur sa ligne</p>');
        const one = main.lastElementChild, { width, height } = one.getBoundingClientRect();
        one.style.cssText = `overflow: hidden; line-height: 1.2; width: ${width + 2}px; height: ${height}px`;""")
    assert "10.12" in numbers(spacing_faults(sound))
    assert "10.4" in numbers(enlarging_faults(sound))


def test_the_ways_to_go_round_are_read_in_their_order(sound):
    sound.goto("/lieux")
    ways = menu_of(sound)
    assert ways[:2] == ["/lieux", "/carte"] and "/plan-du-site" in ways
    sound.evaluate(BREAK, "{ const list = document.querySelector('header nav ul'); list.append(list.firstElementChild) }")
    assert menu_of(sound) != ways
