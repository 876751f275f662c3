"""From the selection to the letters, in the demo's call of Lens-Liévin: the page of the solver, decisions, what a candidate reads."""

import re

import pytest
from playwright.sync_api import expect

from conftest import WIDTHS
from instruments import accessibility_faults, overflowing_elements
from people import sign_in


def call_of(page):
    """The address of the call of Lens-Liévin."""
    page.goto("/appels")
    link = page.get_by_role("link", name=re.compile("Tiers-lieux de Lens-Liévin")).first
    return link.get_attribute("href")


def check(page, address):
    """A page holds at both widths and has no fault of accessibility."""
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert overflowing_elements(page) == []
    assert accessibility_faults(page) == []
    page.set_viewport_size({"width": WIDTHS["wide"], "height": 800})


# DECI-3, DECI-5
def test_the_team_asks_the_solver_again(open_page, site, program):
    page = open_page(site)
    sign_in(page, program.account("coordinator"))
    call = call_of(page)
    check(page, call + "/selection")
    main = page.get_by_role("main")
    page.get_by_role("button", name="Chercher la meilleure sélection").click()
    expect(main).to_contain_text("C’est prouvé")
    expect(main).to_contain_text("Ce que coûte chaque contrainte")
    expect(main).to_contain_text("Avec 50 000 € de plus")
    expect(main).to_contain_text("Les territoires que la proposition aide")
    table = page.get_by_role("table", name="Dossiers retenus par département")
    expect(table.get_by_role("row", name=re.compile("Pas-de-Calais"))).to_be_visible()


# DECI-2
def test_a_pasted_text_in_an_amount_is_told_with_its_line(open_page, site, program):
    page = open_page(site)
    sign_in(page, program.account("coordinator"))
    call = call_of(page)
    page.goto(call + "/selection")
    page.get_by_label("Un dossier par ligne").fill("1\t15,5\tvingt mille\n2\tbien\t12000")
    page.get_by_role("button", name="Enregistrer les notes").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("« vingt mille » n’est pas un montant")
    expect(summary).to_contain_text("« bien » n’est pas une note")
    expect(page.get_by_label("Un dossier par ligne")).to_have_value("1\t15,5\tvingt mille\n2\tbien\t12000")
    page.complaints.forgive("422")


# DECI-12, DECI-15
def test_decisions_letters_and_results_hold(open_page, site, program):
    page = open_page(site)
    sign_in(page, program.account("coordinator"))
    call = call_of(page)
    for address in [call + "/decisions", call + "/courriers", call + "/resultats"]:
        check(page, address)
    page.goto(call + "/decisions")
    page.get_by_role("link", name=re.compile("Une cantine au pied du terril")).first.click()
    expect(page.get_by_role("main")).to_contain_text("est retenu")
    check(page, page.url)
    visitor = open_page(site)
    visitor.goto(call + "/resultats")
    expect(visitor.get_by_role("main")).to_contain_text("Collectif Terril en table")
    expect(visitor.get_by_role("main")).not_to_contain_text("La Ruche minière")


# DECI-7, DECI-13
@pytest.mark.parametrize("scripts", [True, False])
def test_a_candidate_reads_the_decision_and_its_appeal(open_page, site, program, scripts):
    page = open_page(site, scripts=scripts)
    sign_in(page, program.account("editor"))
    page.goto("/mon-compte")
    page.get_by_role("link", name=re.compile("L’Établi des Corons")).first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Retenue")
    expect(main).to_contain_text("dans les deux mois")
    expect(main).to_contain_text("Votre recours du")
    if scripts:
        check(page, page.url)
