#!/usr/bin/env python3
"""The trials of reliability and security, on a real server. `make battery` runs them long; CI runs them short (test_trials.py).

Usage: python3 Tests/BatteryTests/run.py [--only R-01,R-03] [--short] [--scale N] [--seed N]
  --scale   multiplies how much each trial does: 1 takes some three hours on four cores
  --short   some ten minutes
Each trial is run again with a planted defect, which it must notice: the line "control". Status 1 when something does not hold.
MAILLAGE_PROGRAM names the program; absent, the debug build.
"""

import argparse
import dataclasses
import datetime
import inspect
import os
import sys
import time
import typing
import xml.etree.ElementTree as ElementTree

import archives
import contracts
import failover
import guesses
import handshakes
import managed
import migrations
import nodes
import probes
import proxied
import restores
import sheets
import soak
import trials
import unheard


@dataclasses.dataclass
class Trial:
    """A trial, what it does when long and when short, and the run whose planted defect it must notice: planted often enough to be there
    in every run."""

    run: typing.Callable
    #: What it promises, for the page that keeps the figures.
    bar: str
    long: dict
    short: dict
    control: dict
    #: How the faults of the planted defect begin.
    notices: tuple = ("lost", "acknowledged", "receipt ")
    #: Left to `make battery`: it takes minutes, or programs that the tests do without.
    is_long: bool = False

    def noticed(self, verdicts):
        return [fault for verdict in verdicts for fault in verdict.faults if fault.startswith(self.notices)]


TRIALS = {
    "R-01": Trial(
        trials.kills, "nothing acknowledged (deposits, saves, documents) is lost, doubled or altered; a start takes 2 s at most",
        {"rounds": 1_200, "start": 2.0}, {"rounds": 4}, {"rounds": 4, "life": (0.3, 0.6), "lies": 0.05}),
    "R-03": Trial(
        trials.order, "each receipt leaves after the log's sync, then the journal's",
        {"count": 500}, {"count": 20}, {"count": 10, "skips_syncs": True}),
    "R-05": Trial(
        trials.full_disk,
        "on 12 disks of 4 to 64 MB nothing acknowledged is lost; pages are read; final acts are taken after documents are refused; all is "
        "well 10 s after there is room",
        {"sizes": (4_096, 5_120, 6_144, 8_192, 10_240, 12_288, 16_384, 20_480, 24_576, 32_768, 49_152, 65_536),
         "second_kilobytes": 32_768, "rounds": 10, "count": 3_000, "uploads": 60, "people": 12},
        {"uploads": 12, "back": 60.0}, {"rounds": 1, "lies": 0.3, "finals": False}),
    "R-06": Trial(
        trials.exhaustion, "the same process answers afterwards; deposits are whole",
        {"count": 25}, {"count": 2, "connections": 500}, {"count": 2, "connections": 100, "lies": 0.8}),
    "R-08": Trial(
        trials.repeats, "one row, one receipt and one number for each, however often it was sent",
        {"count": 10_000}, {"count": 96}, {"count": 96, "lies": 0.9}),
    "R-09": Trial(
        trials.bad_network, "as R-08; 99 in 100 are done within a minute",
        {"count": 1_000}, {"count": 32}, {"count": 32, "lies": 0.6}),
    "R-17": Trial(
        restores.restores,
        "20 drills under 100 writes a second: every receipt and file is there again; 5 minutes for 1 GB; a backup delays no deposit by "
        "more than 0.5 s",
        {"megabytes": 1_024, "places": 50_000, "people": 8, "count": 60,
         "small": (restores.FOLDER,) * 4 + (restores.DATABASE,) * 5 + (restores.JOURNAL,) * 5 + (restores.NOTHING,) * 5},
        {"megabytes": 16, "places": 100, "count": 8, "delay": 5.0, "small": (restores.DATABASE, restores.JOURNAL)},
        {"megabytes": 4, "places": 20, "delay": 5.0, "loses_journal": True}),
    "R-21": Trial(
        nodes.two_nodes,
        "as R-01 and R-08, of two nodes behind HAProxy: killed, and the database crashed; pg_amcheck and pg_verifybackup find nothing",
        {"rounds": 100, "people": 16, "each": 60, "start": 2.0}, {"rounds": 3, "people": 6, "life": (0.3, 0.8)},
        {"rounds": 1, "people": 6, "life": (0.5, 0.8), "lies": 0.3, "each": 0, "copies": False}),
    "R-22": Trial(
        migrations.migrations,
        "killed inside migrations from each earlier schema, the restart completes; all rows and receipts are those of an undisturbed "
        "upgrade", {"rounds": 100}, {"rounds": 2, "others": False}, {"rounds": 3, "others": False, "spoils": True}, ("lost",)),
    "R-24": Trial(
        trials.signatures,
        "every receipt accepted, every altered one refused, by openssl and Python alone, after 3 changes of the key",
        {"count": 10_000}, {"count": 96}, {"count": 64, "loses_key": True}),
    "HA-1": Trial(
        failover.primary_lost,
        "0 acknowledged deposits lost when the primary of two synchronous servers dies; deposits again within 30 s",
        {"rounds": 100, "people": 16}, {"rounds": 2, "people": 6, "life": (0.3, 0.8)},
        {"rounds": 1, "people": 6, "life": (0.3, 0.5), "synchronous": False, "others": False}),
    "HA-2": Trial(
        managed.patroni,
        "as HA-1, of two machines under Patroni: 0 acknowledged deposits lost, doubled or altered whatever dies; deposits again within "
        "30 s when the primary's machine dies",
        {"rounds": 18, "people": 8}, {"rounds": 2, "people": 6, "life": (0.3, 0.8)},
        {"rounds": 1, "people": 6, "life": (0.3, 0.5), "synchronous": False, "others": False}, is_long=True),
    "HA-3": Trial(
        unheard.unheard, "what is on one disk alone is acknowledged to nobody, at the first try or a later one; pages come in 2 s",
        {"people": 60, "tries": 20, "silence": 60.0, "told": True}, {"tries": 3, "page": 10.0},
        {"people": 1, "tries": 1, "waits": False}),
    "EXP-1": Trial(
        archives.large_archive,
        "the server killed half-way, 50 GB come whole and in order, each document what was attached, in 64 MB of memory more",
        {"dossiers": 25, "files": 20, "megabytes": 100}, {"dossiers": 6, "files": 4, "megabytes": 3},
        {"dossiers": 3, "files": 2, "megabytes": 1, "alters": True}),
    "R-16": Trial(
        soak.soak,
        "half an hour of everything at once: resident memory +10 % at most after warm-up, descriptors flat, write-ahead log under 64 MB, "
        "no 5xx, one process, nothing acknowledged is lost",
        {"minutes": 30.0},
        {"minutes": 0.15, "people": 8, "places": 200, "pace": 0.5, "every": 0.1, "growth": 1.0, "descriptors": 10, "evenness": 1.0,
         "backups": 1},
        {"minutes": 0.1, "people": 6, "places": 20, "pace": 0.5, "every": 0.1, "growth": 1.0, "descriptors": 10, "evenness": 1.0,
         "backups": 1, "leaks": 40.0}, ("grows",)),
    "R-14": Trial(
        trials.rush, "no fault; a final act in a hundred and a page in twenty take 2 s at most",
        {"people": 500, "each": 10, "slow": 1_000}, {"people": 24, "each": 2, "slow": 40, "page": 10.0, "final": 10.0},
        {"people": 16, "each": 2, "slow": 10, "page": 10.0, "final": 10.0, "lies": 0.7}),
    "S-06": Trial(
        contracts.contracts,
        "20,000 cases of schemathesis against /openapi.json, 200 of each operation: no 5xx, every answer as described, same process, "
        "descriptors back, memory +20 % at most", {},
        {"examples": 10, "warm": 2, "count": 100, "least": 10, "growth": 1.0, "processes": 1},
        {"examples": 20, "warm": 1, "count": 100, "least": 10, "growth": 1.0, "processes": 1, "plants": True}, ("answered",),
        is_long=True),
    "S-08": Trial(
        probes.probes,
        "sqlmap (level 3, risk 2) on every parameter, wapiti as three people: no hole is found, no answer is a failure, the process is the "
        "same", {}, {"each": 1, "limit": 6, "walkers": ("coordinator",), "walk": 600, "attack": 5}, {"planted": True}, ("found",),
        is_long=True),
    "S-12": Trial(
        sheets.sheets,
        "no cell of any export is a formula, by LibreOffice and by Python; what was typed is what the cell shows; every export is tried",
        {"rounds": 60, "office": "needed", "labels": True}, {"rounds": 1}, {"rounds": 1, "unguards": True}, ("formula",)),
    "S-13": Trial(
        guesses.guesses,
        "no more passwords and codes are compared than is published, whatever the address or the restart; owners sign in by link, "
        "deposits are made, and who exists is not told",
        {"tries": 10_000, "accounts": 1_000, "addresses": 1_000, "known": 1_000, "people": 8, "spans": 300, "sample": 200}, {},
        {"tries": 30, "accounts": 20, "people": 2, "forgets": True}, ("guessed",)),
    "S-13 nodes": Trial(
        guesses.guesses_on_nodes, "as S-13, of two nodes on PostgreSQL",
        {"tries": 10_000, "accounts": 1_000, "addresses": 1_000, "known": 1_000, "people": 8, "sample": 200}, {},
        {"tries": 30, "accounts": 20, "people": 2, "forgets": True}, ("guessed",), is_long=True),
    "S-17": Trial(
        proxied.proxied,
        "179 shapes behind nginx, whole and cut anywhere: never two answers to one request, the site is asked for nothing else than nginx "
        "was", {"rounds": 100}, {}, {"repairs": True}, ("smuggled",)),
    "S-18": Trial(
        handshakes.handshakes,
        "sslyze and testssl.sh find nothing that a certificate signed by itself does not explain; TLS 1.2 and 1.3 alone, HSTS a year",
        {"scanners": ("sslyze", "testssl.sh"), "keys": ("ec", "rsa")}, {}, {"scanners": ("sslyze", "testssl.sh"), "weak": True},
        ("weak",), is_long=True),
}
#: What of a trial may be multiplied.
SCALED = {"rounds", "count", "each"}


def write(path, trial, results, skipped=None):
    """What came of a trial, as test runners write it, for setup/tally.py; what was seen and promised as properties, for
    setup/battery_page.py. What the file says of other trials stays. `skipped`: why it was not made."""
    suite = ElementTree.Element("testsuite", name="trials")
    if os.path.exists(path):
        suite.extend(case for case in ElementTree.parse(path).getroot() if case.get("classname") != trial)
    for name, faults, seen, seconds in results:
        case = ElementTree.SubElement(suite, "testcase", classname=trial, name=name, time=f"{seconds:.1f}")
        properties = ElementTree.SubElement(case, "properties")
        told = {"seen": seen, "bar": TRIALS[trial].bar, "day": str(datetime.date.today())}
        for key, value in told.items():
            ElementTree.SubElement(properties, "property", name=key, value=value)
        if faults:
            ElementTree.SubElement(case, "failure", message=str(faults[0])[:300])
        if skipped:
            ElementTree.SubElement(case, "skipped", message=skipped)
    suite.set("tests", str(len(suite)))
    ElementTree.ElementTree(suite).write(path, encoding="unicode")


def verdicts(found):
    return found if isinstance(found, list) else [found]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default=",".join(TRIALS))
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20_261_122)
    parser.add_argument("--junit-xml", help="also write what came of each trial there, beside what is there of others")
    options = parser.parse_args()
    failed = 0
    for name in options.only.split(","):
        trial = TRIALS[name]
        measure = trial.short if options.short else {
            key: max(int(value * options.scale), 1) if key in SCALED else value for key, value in trial.long.items()}
        seed = {"seed": options.seed} if "seed" in inspect.signature(trial.run).parameters else {}
        results = []
        start = time.monotonic()
        try:
            held = verdicts(trial.run(**measure, **seed))
            seconds = time.monotonic() - start
            for verdict in held:
                print(verdict, flush=True)
                failed += bool(verdict.faults)
                results.append((verdict.name, verdict.faults, verdict.seen, seconds))
            planted = verdicts(trial.run(**trial.control))
        except trials.Skipped as skipped:
            print(f"{name}: skipped: {skipped}", flush=True)
            if options.junit_xml:
                write(options.junit_xml, name, [(name, [], "", 0)], str(skipped))
            continue
        noticed = trial.noticed(planted)
        print(f"    control: {len(noticed)} planted defects noticed" if noticed else
              f"    control: THE PLANTED DEFECT WAS NOT NOTICED: {[str(verdict) for verdict in planted]}", flush=True)
        failed += not noticed
        results.append((f"{name} with a planted defect", [] if noticed else ["it was not noticed"], f"noticed {len(noticed)} times",
                        time.monotonic() - start - seconds))
        print(f"    {time.monotonic() - start:.0f} s", flush=True)
        if options.junit_xml:
            write(options.junit_xml, name, results)
    print(f"{failed} failed" if failed else "all hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
