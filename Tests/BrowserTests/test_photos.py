"""Photos of a place: sent, described, ordered and removed by those who keep its sheet, seen by everybody."""

import re
import struct
import zlib

import pytest
from playwright.sync_api import expect

from conftest import WIDTHS
from instruments import accessibility_faults, overflowing_elements
from people import sign_in

PLACE = "/lieux/la-fosse-commune-numerique-demo"


def png(width, height, colour):
    """A picture of one colour, whole."""
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    lines = (b"\0" + bytes(colour) * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


@pytest.fixture(params=["with scripts", "without scripts"])
def keeper(request, open_page, site, program):
    """The editor of a place on the page of its photos, in both of the ways a browser may come."""
    page = open_page(site, scripts=request.param == "with scripts")
    sign_in(page, program.account("editor"))
    page.goto(PLACE)
    page.get_by_role("link", name="Photos", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Photos")
    if page.get_by_text("ne peut pas recevoir de photos").count():
        pytest.skip("libvips-tools is not installed")
    return page


def fill(page, words, name="photo.png", kind="image/png", content=None):
    page.get_by_label("Ce que montre la photo").fill(words)
    page.get_by_label("Qui l’a prise").fill("Camille Martin")
    page.get_by_label(re.compile("CC BY-SA 4.0")).check()
    page.get_by_label("Photo", exact=True).set_input_files(
        {"name": name, "mimeType": kind, "buffer": content or png(900, 600, (13, 92, 92))})


def test_a_photo_is_sent_described_moved_removed_and_put_back(keeper, request):
    words = f"Une salle verte {request.node.callspec.id}"
    lines = keeper.get_by_role("listitem").filter(has=keeper.get_by_role("img"))
    before = lines.count()
    fill(keeper, words)
    keeper.get_by_role("button", name="Ajouter la photo").click()
    expect(keeper.get_by_role("main")).to_contain_text("La photo est ajoutée.")
    line = keeper.get_by_role("listitem").filter(has=keeper.get_by_role("img", name=words))
    expect(line).to_have_count(1)
    assert lines.count() == before + 1

    line.get_by_role("link", name="Décrire").click()
    expect(keeper.get_by_label(re.compile("CC BY-SA 4.0"))).to_be_checked()
    keeper.get_by_label("Ce que montre la photo").fill("")
    keeper.get_by_role("button", name="Enregistrer").click()
    expect(keeper.get_by_role("alert")).to_contain_text("Décrivez la photo en une phrase")
    keeper.complaints.forgive("422")
    keeper.get_by_label("Ce que montre la photo").fill(words + ", mieux")
    keeper.get_by_role("button", name="Enregistrer").click()

    line = keeper.get_by_role("listitem").filter(has=keeper.get_by_role("img", name=words + ", mieux"))
    line.get_by_role("button", name="Mettre en premier").click()
    first = keeper.get_by_role("listitem").filter(has=keeper.get_by_role("img")).first
    expect(first.get_by_role("img")).to_have_attribute("alt", words + ", mieux")
    keeper.goto(PLACE)
    cover = keeper.get_by_role("region", name="Photos").get_by_role("img").first
    expect(cover).to_have_attribute("alt", words + ", mieux")
    cover.scroll_into_view_if_needed()
    assert cover.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0

    keeper.get_by_role("link", name="Photos", exact=True).click()
    first.get_by_role("button", name="Retirer").click()
    expect(keeper.get_by_role("img", name=words + ", mieux")).to_have_count(0)
    keeper.goto(PLACE + "/historique")
    entry = keeper.get_by_role("listitem").filter(has_text="Photo retirée").first
    entry.get_by_role("button", name="Annuler ce changement").click()
    keeper.goto(PLACE + "/photos")
    line = keeper.get_by_role("listitem").filter(has=keeper.get_by_role("img", name=words + ", mieux"))
    line.get_by_role("button", name="Retirer").click()
    expect(lines).to_have_count(before)


def test_what_is_not_a_photo_is_refused_and_the_words_are_kept(keeper):
    fill(keeper, "Un document", name="notes.png", content=b"Ceci n'est pas une image du tout.")
    keeper.get_by_role("button", name="Ajouter la photo").click()
    expect(keeper.get_by_role("alert").first).to_contain_text("ni un JPEG, ni un PNG, ni un WebP")
    keeper.complaints.forgive("422")
    expect(keeper.get_by_label("Ce que montre la photo")).to_have_value("Un document")
    expect(keeper.get_by_label("Qui l’a prise")).to_have_value("Camille Martin")


def test_a_photo_too_heavy_is_said_before_it_is_sent(open_page, site, program):
    page = open_page(site)
    sign_in(page, program.account("editor"))
    page.goto(PLACE + "/photos")
    fill(page, "Une affiche", content=png(8, 8, (0, 0, 0)) + bytes(10_000_001))
    expect(page.get_by_role("alert")).to_contain_text("trop lourde")
    page.get_by_role("button", name="Ajouter la photo").click()
    expect(page.get_by_label("Photo", exact=True)).to_be_focused()
    page.get_by_label("Photo", exact=True).set_input_files([])
    expect(page.get_by_role("alert")).to_have_count(0)


def test_photos_fit_a_small_phone_and_are_read_aloud(open_page, site, program):
    page = open_page(site, width=WIDTHS["narrow"])
    sign_in(page, program.account("editor"))
    for address in [PLACE, PLACE + "/photos"]:
        page.goto(address)
        assert overflowing_elements(page) == []
        assert accessibility_faults(page) == []
    page.get_by_role("link", name=re.compile("Décrire")).first.click()
    assert overflowing_elements(page) == []
    assert accessibility_faults(page) == []
