#!/usr/bin/env python3
"""The reliability batteries of deposits, on a real server. `make battery` runs them long; CI runs them short (test_trials.py).

Usage: python3 Tests/BatteryTests/run.py [--only R-01,R-03] [--short] [--scale N] [--seed N]
  --scale   multiplies how much each trial does: 1 takes about an hour on four cores
  --short   a minute or two
Each trial is run again with a planted defect, which it must notice: the line "control". Status 1 when something does not hold.
MAILLAGE_PROGRAM names the program; absent, the debug build.
"""

import argparse
import datetime
import os
import sys
import time
import xml.etree.ElementTree as ElementTree

import archives
import failover
import managed
import nodes
import restores
import trials
import unheard

#: Of each trial: what it does at scale 1, what it does when short, and the defect that it must notice, which is planted often enough to
#: be there in every run.
TRIALS = {
    "R-01": (trials.kills, {"rounds": 400}, {"rounds": 4}, {"rounds": 4, "life": (0.3, 0.6), "lies": 0.05}),
    "R-03": (trials.order, {"count": 500}, {"count": 20}, {"count": 10, "skips_syncs": True}),
    "R-05": (trials.full_disk, {"rounds": 6, "count": 20, "kilobytes": 65_536, "second_kilobytes": 8_192},
             {"rounds": 1, "count": 4}, {"rounds": 1, "lies": 0.3}),
    "R-06": (trials.exhaustion, {"count": 25}, {"count": 2, "connections": 500}, {"count": 2, "connections": 100, "lies": 0.8}),
    "R-08": (trials.repeats, {"count": 10_000, "receipts": 10_000}, {"count": 96, "receipts": 50}, {"count": 96, "lies": 0.9}),
    "R-09": (trials.bad_network, {"count": 1_000}, {"count": 32}, {"count": 32, "lies": 0.6}),
    "R-17": (restores.restores, {"megabytes": 1_024, "places": 50_000, "people": 8, "count": 60},
             {"megabytes": 48, "places": 300, "delay": 5.0}, {"megabytes": 4, "places": 20, "delay": 5.0, "loses_journal": True}),
    "R-21": (nodes.two_nodes, {"rounds": 100, "people": 16}, {"rounds": 3, "people": 6, "life": (0.3, 0.8)},
             {"rounds": 1, "people": 6, "life": (0.5, 0.8), "lies": 0.3}),
    "HA-1": (failover.primary_lost, {"rounds": 100, "people": 16}, {"rounds": 2, "people": 6, "life": (0.3, 0.8)},
             {"rounds": 1, "people": 6, "life": (0.3, 0.5), "synchronous": False, "others": False}),
    "HA-2": (managed.patroni, {"rounds": 18, "people": 8}, {"rounds": 2, "people": 6, "life": (0.3, 0.8)},
             {"rounds": 1, "people": 6, "life": (0.3, 0.5), "synchronous": False, "others": False}),
    "HA-3": (unheard.unheard, {"people": 60, "tries": 20, "silence": 60.0, "told": True}, {"tries": 3, "page": 10.0},
             {"people": 1, "tries": 1, "waits": False}),
    "EXP-1": (archives.large_archive, {"dossiers": 25, "files": 20, "megabytes": 100}, {"dossiers": 6, "files": 4, "megabytes": 3},
              {"dossiers": 3, "files": 2, "megabytes": 1, "alters": True}),
    "R-14": (trials.rush, {"people": 500, "each": 10, "slow": 1_000},
             {"people": 24, "each": 2, "slow": 40, "page": 10.0, "final": 10.0},
             {"people": 16, "each": 2, "slow": 10, "page": 10.0, "final": 10.0, "lies": 0.7}),
}
#: Trials that `make test` leaves to `make battery`: machines under Patroni take minutes to find each other again.
LONG = {"HA-2"}
#: What each promises, for the page that keeps the figures.
BARS = {
    "R-01": "nothing acknowledged is lost, doubled or altered; a start takes 10 s at most",
    "R-03": "each receipt leaves after the log's sync, then the journal's",
    "R-05": "nothing acknowledged is lost; pages are read; all is well once there is room",
    "R-06": "the same process answers afterwards; deposits are whole",
    "R-08": "one row, one receipt and one number for each, however often it was sent",
    "R-09": "as R-08; 99 in 100 are done within a minute",
    "R-14": "no fault; a final act in a hundred and a page in twenty take 2 s at most",
    "R-17": "the folder lost, nothing acknowledged is lost; 5 minutes for 1 GB; a backup delays the slowest deposits by 0.5 s at most",
    "R-21": "as R-01, of two nodes behind HAProxy: killed, and the database crashed; pg_amcheck finds nothing",
    "HA-1": "0 acknowledged deposits lost when the primary of two synchronous servers dies; deposits again within 30 s",
    "HA-2": "as HA-1, of two machines under Patroni: 0 acknowledged deposits lost, doubled or altered whatever dies; deposits again within "
            "30 s when the primary's machine dies",
    "HA-3": "what is on one disk alone is acknowledged to nobody, at the first try or a later one; pages come in 2 s",
    "EXP-1": "the server killed half-way, 50 GB come whole and in order, each document what was attached, in 64 MB of memory more",
    "R-24": "every receipt accepted, every altered one refused, by openssl and Python alone",
}
#: What of a trial may be multiplied.
SCALED = {"rounds", "count", "each"}


def write(path, trial, results):
    """What came of a trial, as test runners write it, for setup/tally.py; what was seen and promised as properties, for
    setup/battery_page.py. What the file says of other trials stays."""
    suite = ElementTree.Element("testsuite", name="trials")
    if os.path.exists(path):
        suite.extend(case for case in ElementTree.parse(path).getroot() if case.get("classname") != trial)
    for name, faults, seen, seconds in results:
        case = ElementTree.SubElement(suite, "testcase", classname=trial, name=name, time=f"{seconds:.1f}")
        properties = ElementTree.SubElement(case, "properties")
        for key, value in (("seen", seen), ("bar", BARS.get(name.split()[0].rstrip(","), "")), ("day", str(datetime.date.today()))):
            ElementTree.SubElement(properties, "property", name=key, value=value)
        if faults:
            ElementTree.SubElement(case, "failure", message=str(faults[0])[:300])
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
        trial, long, short, control = TRIALS[name]
        measure = short if options.short else {
            key: max(int(value * options.scale), 1) if key in SCALED else value for key, value in long.items()}
        seed = {"seed": options.seed} if "seed" in trial.__code__.co_varnames[:trial.__code__.co_argcount] else {}
        results = []
        start = time.monotonic()
        try:
            held = verdicts(trial(**measure, **seed))
            seconds = time.monotonic() - start
            for verdict in held:
                print(verdict, flush=True)
                failed += bool(verdict.faults)
                results.append((verdict.name, verdict.faults, verdict.seen, seconds))
            found = [fault for verdict in verdicts(trial(**control)) for fault in verdict.faults]
        except trials.Skipped as skipped:
            print(f"{name}: skipped: {skipped}", flush=True)
            continue
        noticed = [fault for fault in found if fault.startswith(("lost", "acknowledged", "receipt "))]
        print(f"    control: {len(noticed)} planted defects noticed" if noticed else
              f"    control: THE PLANTED DEFECT WAS NOT NOTICED: {found[:3]}", flush=True)
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
