"""Fixtures: the program, the browser, a page in each of the ways people come."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from instruments import Complaints
from program import Program

CHROMIUM = os.environ.get("MAILLAGE_CHROMIUM", "/usr/bin/chromium")

# A desk, and the narrowest screen at which a page must not scroll sideways (WCAG 1.4.10).
WIDTHS = {"wide": 1280, "narrow": 320}

# Milliseconds to wait for what must come: a debug build beside other work on two cores is slow, and none of this measures speed.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


# The files that take longest: several browsers that share the files out end together when these come first.
LONGEST = ["test_sweep", "test_candidacies", "test_builder"]


def pytest_collection_modifyitems(items):
    """The longest files first; what is in a file keeps its order."""
    names = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: names.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    """The demo network, one for the whole run. Tests that write must not disturb what others read."""
    program = Program(tmp_path_factory.mktemp("maillage") / "data")
    try:
        program.wait()
        yield program
    finally:
        program.stop()


@pytest.fixture(scope="session")
def site(program):
    """The base address of the demo network, without a trailing slash."""
    return program.url


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    # Chromium refuses to run its sandbox as root, which is who runs the tests in a container.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """A function that opens a page: `open_page(base, width=1280, scripts=True, scheme="light")`. At the end of the test,
    whatever the browser complained of on any of them is a failure; `page.complaints.forgive(words)` lifts what a test provoked,
    `page.complaints.expect(words)` what it may hear at any time."""
    contexts = []
    pages = []

    def open_page(base, width=WIDTHS["wide"], scripts=True, scheme="light"):
        context = browser.new_context(
            base_url=base, locale="fr-FR", timezone_id="Europe/Paris",
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, color_scheme=scheme,
            # A page that glides to its fragment moves under the pointer: what is clicked then is not what was aimed at.
            reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.complaints = Complaints()
        page.complaints.listen(page, base)
        pages.append(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [complaint for page in pages for complaint in page.complaints.remaining()] == []


@pytest.fixture
def page(open_page, site):
    """A page at a desk, 1280 px wide."""
    return open_page(site)


@pytest.fixture
def narrow_page(open_page, site):
    """A page on a small phone, 320 px wide."""
    return open_page(site, width=WIDTHS["narrow"])


@pytest.fixture
def plain_page(open_page, site):
    """A page without JavaScript."""
    return open_page(site, scripts=False)
