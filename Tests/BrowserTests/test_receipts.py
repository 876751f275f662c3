"""A receipt verified in a browser, with and without scripts. The receipts are written and signed here, from the documents of
the project and openssl: the site must agree with somebody who shares no line of code with it."""

import base64
import hashlib
import json
import subprocess

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults

BUDGET = b"budget\n"
WRITTEN = "recepisse.json"


@pytest.fixture(params=["with scripts", "without scripts"])
def visitor(request, open_page, site):
    """The same journey, in both of the ways a browser may come."""
    page = open_page(site, scripts=request.param == "with scripts")
    page.has_scripts = request.param == "with scripts"
    return page


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.fixture
def receipt(program, tmp_path):
    """The bytes of a receipt signed with the key of the program under test."""
    key = next((program.data / "keys").glob("receipt-*.key"))
    published = json.loads(key.with_suffix(".json").read_text())
    # PKCS #8 of an Ed25519 seed (RFC 8410).
    private = tmp_path / "private.der"
    private.write_bytes(bytes.fromhex("302e020100300506032b657004220420") + base64.b64decode(key.read_text()))
    day = published["from"][:10]
    text = canonical({
        "format": "maillage-receipt-1", "id": "0abcdefghjkmn", "number": 12,
        "issuer": {"network": "Réseau d’essai", "address": program.url},
        "call": {
            "slug": "ami-tiers-lieux", "title": "Appel d’essai", "rules_version": 1, "rules_sha256": sha256(b"r"),
            "wave": None},
        "candidacy": {"id": "0zyxwvutsrqpn", "version": 1}, "depositor": "Zoé Dubois", "structure": None,
        "channel": "online", "arrival": {"instant": f"{day}T10:00:00.000000Z", "words": "ce jour"},
        "deadline": {"instant": f"{day}T11:00:00.000000Z", "zone": "Europe/Paris", "words": "jusqu’à ce jour"},
        "verdict": "on_time", "attachments": [{"name": "Budget.ods", "size": len(BUDGET), "sha256": sha256(BUDGET)}],
        "answers_sha256": sha256(b"{}"), "document_sha256": None, "legal": None, "previous_head": None,
        "issued_at": published["from"], "key": published["id"]})
    (tmp_path / "text").write_bytes(text)
    subprocess.run(
        ["openssl", "pkeyutl", "-sign", "-inkey", private, "-keyform", "DER", "-rawin", "-in", tmp_path / "text",
         "-out", tmp_path / "signature"], check=True, capture_output=True)
    signature = base64.b64encode((tmp_path / "signature").read_bytes()).decode()
    return canonical({
        "format": "maillage-signed-receipt-1", "receipt": json.loads(text), "signature": signature})


def check(page, content, files=()):
    """Sends a receipt, and deposited files with it."""
    page.goto("/recepisses/verifier")
    page.get_by_label("Fichier du récépissé").set_input_files(
        {"name": WRITTEN, "mimeType": "application/json", "buffer": content})
    if files:
        page.get_by_label("Fichiers déposés à comparer").set_input_files([
            {"name": name, "mimeType": "application/octet-stream", "buffer": buffer} for name, buffer in files])
    page.get_by_role("button", name="Vérifier").click()


# RCPT-3, RCPT-4
def test_a_receipt_is_verified_with_its_files(visitor, receipt):
    check(visitor, receipt, [("copie.ods", BUDGET)])
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ce récépissé est valide")
    main = visitor.get_by_role("main")
    expect(main).to_contain_text("est bien le fichier déposé sous le nom")
    expect(main).to_contain_text("Zoé Dubois")
    if visitor.has_scripts:
        assert not accessibility_faults(visitor)


# RCPT-3
def test_an_altered_receipt_is_refused_and_not_believed(visitor, receipt):
    check(visitor, receipt.replace("Zoé".encode(), "Léa".encode()))
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ce récépissé est refusé")
    main = visitor.get_by_role("main")
    expect(main).to_contain_text("La signature ne correspond pas")
    expect(main).not_to_contain_text("Léa Dubois")
    visitor.complaints.forgive("422")


# RCPT-4
def test_another_file_is_told_from_the_deposited_one(visitor, receipt):
    check(visitor, receipt, [("budget.ods", BUDGET + b"x")])
    expect(visitor.get_by_role("main")).to_contain_text("n’est aucun des fichiers de ce récépissé")
    visitor.complaints.forgive("422")


# RCPT-3
def test_a_pasted_receipt_is_verified_and_nothing_is_explained(visitor, receipt):
    visitor.goto("/recepisses/verifier")
    visitor.get_by_label("Ou son texte, collé ici").fill("\n" + receipt.decode() + "\n")
    visitor.get_by_role("button", name="Vérifier").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ce récépissé est valide")
    visitor.goto("/recepisses/verifier")
    visitor.get_by_role("button", name="Vérifier").click()
    expect(visitor.get_by_role("main")).to_contain_text("Choisissez le fichier du récépissé")
    visitor.complaints.forgive("422")
