"""What people were told, compared with what there is: the judge of every battery. It knows nothing of the program's code."""

import base64
import hashlib
import json
import os
import subprocess
import tempfile

from program import journal_entries


class Ledger:
    """The attempts of a trial, and what became of them."""

    def __init__(self):
        self.attempts = {}

    def note(self, attempt):
        self.attempts[attempt.key] = attempt

    @property
    def acknowledged(self):
        return [attempt for attempt in self.attempts.values() if attempt.acknowledged]

    def faults(self, world, sample=200, in_journal=True):
        """Every acknowledged deposit that is lost, doubled or altered, and every deposit that nobody asked for."""
        faults = []
        faults += world.damage()
        rows = world.query(
            "SELECT d.deposit_key, d.version, d.number, d.call_id, d.snapshot, r.content FROM candidacy_deposit d "
            "LEFT JOIN receipt r ON r.deposit_id = d.id")
        aliases = dict(world.query(
            "SELECT a.deposit_key, d.deposit_key FROM candidacy_deposit_alias a "
            "JOIN candidacy_deposit d ON d.id = a.deposit_id"))
        there = {}
        for key, version, number, call, snapshot, content in rows:
            if key in there:
                faults.append(f"doubled: {key}")
            there[key] = (int(version), int(number), snapshot, content)
        journal = {}
        for path in world.journals if in_journal else []:
            own = set()
            for key, receipt, snapshot in journal_entries(path):
                if key in own:
                    faults.append(f"twice in the journal: {key}")
                own.add(key)
                # Two nodes may hold one deposit; they then hold the same.
                if journal.setdefault(key, (receipt, snapshot)) != (receipt, snapshot):
                    faults.append(f"two journals differ: {key}")
        for attempt in self.attempts.values():
            key = aliases.get(attempt.key, attempt.key)
            if key not in there:
                if attempt.acknowledged:
                    faults.append(f"lost: {attempt.key}")
                continue
            version, number, snapshot, content = there[key]
            if content is None:
                faults.append(f"no receipt: {key}")
                continue
            receipt = json.loads(content)["receipt"]
            if version != attempt.version or receipt["candidacy"]["version"] != version or receipt["number"] != number:
                faults.append(f"altered: {key}: version {version}, number {number}")
            if receipt["answers_sha256"] != hashlib.sha256(snapshot.encode()).hexdigest():
                faults.append(f"altered answers: {key}")
            if attempt.content and attempt.content not in snapshot:
                faults.append(f"other answers: {key}")
            if in_journal and attempt.acknowledged:
                if key not in journal:
                    faults.append(f"acknowledged, not in the journal: {key}")
                elif journal[key] != (content.encode(), snapshot.encode()):
                    faults.append(f"the journal says otherwise: {key}")
        for key in set(there) - set(self.attempts):
            faults.append(f"nobody asked for: {key}")
        versions = [(json.loads(there[key][3])["receipt"]["candidacy"]["id"], there[key][0]) for key in there if there[key][3]]
        if len(set(versions)) != len(versions):
            faults.append("one version was deposited twice")
        numbers = sorted(there[key][1] for key in there)
        if numbers != list(range(1, len(numbers) + 1)):
            faults.append("numbers have gaps")
        faults += unsigned(world, [there[key][3] for key in there if there[key][3]], sample)
        return faults


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def public_keys(data):
    """The public keys of a data folder, as openssl reads them, by name."""
    keys = {}
    for name in os.listdir(os.path.join(data, "keys")):
        if name.endswith(".json"):
            with open(os.path.join(data, "keys", name), "rb") as file:
                key = json.load(file)
            raw = base64.b64decode(key["public_key"])
            assert hashlib.sha256(raw).hexdigest()[:16] == key["id"]
            der = bytes.fromhex("302a300506032b6570032100") + raw
            body = base64.b64encode(der).decode()
            keys[key["id"]] = f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"
    return keys


def holds(content, keys, folder):
    """Whether openssl alone accepts a receipt, with the public keys only."""
    try:
        file = json.loads(content)
        if canonical(file) != content or file["format"] != "maillage-signed-receipt-1":
            return False
        key = keys[file["receipt"]["key"]]
        signature = base64.b64decode(file["signature"], validate=True)
        # The last digit has bits that mean nothing: any of them altered is an alteration all the same.
        if base64.b64encode(signature).decode() != file["signature"]:
            return False
    except (KeyError, ValueError, TypeError, UnicodeDecodeError):
        return False
    paths = {name: os.path.join(folder, name) for name in ("key", "text", "signature")}
    for name, data in (("key", key.encode()), ("text", canonical(file["receipt"])), ("signature", signature)):
        with open(paths[name], "wb") as out:
            out.write(data)
    return subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", paths["key"], "-rawin", "-in", paths["text"], "-sigfile",
         paths["signature"]], capture_output=True).returncode == 0


def unsigned(world, receipts, sample):
    """A sample of receipts, spread evenly, whose signature openssl refuses."""
    if not receipts or not sample:
        return []
    keys, step = public_keys(world.data), max(len(receipts) // sample, 1)
    with tempfile.TemporaryDirectory() as folder:
        return [f"not signed: {receipt[:120]}" for receipt in receipts[::step]
                if not holds(receipt.encode(), keys, folder)]
