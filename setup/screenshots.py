#!/usr/bin/env python3
"""Takes the pictures of the README from the demo network, in docs/images. Run it with the Python of the browser tests:

    setup/test-tools.sh && swift build --product maillage && .build-tools/venv/bin/python setup/screenshots.py

A picture heavier than 200 kB is an error: a README must open quickly everywhere."""

import os
import pathlib
import sys
import tempfile

from playwright.sync_api import sync_playwright

PROJECT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "Tests" / "BrowserTests"))

from program import Program  # noqa: E402  (found through the path above)

PLACE = "/lieux/la-fosse-commune-numerique-demo"

# Name, address, width, height.
PICTURES = [
    ("accueil", "/", 1200, 720),
    ("lieux", "/lieux?q=atelier", 1200, 800),
    ("fiche", PLACE, 1200, 900),
    ("carte", "/carte", 1280, 830),
    ("mobile", PLACE, 390, 760),
]
HEAVIEST = 200_000


def main():
    images = PROJECT / "docs" / "images"
    images.mkdir(exist_ok=True)
    heavy = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        program = Program(pathlib.Path(folder) / "data")
        try:
            program.wait()
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("MAILLAGE_CHROMIUM", "/usr/bin/chromium"),
                args=["--no-sandbox"] if os.geteuid() == 0 else [])
            for name, address, width, height in PICTURES:
                page = browser.new_page(
                    base_url=program.url, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce",
                    viewport={"width": width, "height": height})
                page.goto(address, wait_until="networkidle")
                file = images / f"{name}.png"
                page.screenshot(path=file)
                page.close()
                print(f"{file.relative_to(PROJECT)}: {file.stat().st_size:,} bytes")
                if file.stat().st_size > HEAVIEST:
                    heavy.append(name)
            browser.close()
        finally:
            program.stop()
    if heavy:
        sys.exit(f"heavier than {HEAVIEST:,} bytes: {', '.join(heavy)}")


if __name__ == "__main__":
    main()
