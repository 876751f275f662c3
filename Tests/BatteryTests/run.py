#!/usr/bin/env python3
"""The reliability batteries of deposits, on a real server. `make battery` runs them long; CI runs them short (test_trials.py).

Usage: python3 Tests/BatteryTests/run.py [--only R-01,R-03] [--short] [--scale N] [--seed N]
  --scale   multiplies how much each trial does: 1 takes about half an hour on four cores
  --short   a minute or two
Each trial is run again with a planted defect, which it must notice: the line "control". Status 1 when something does not hold.
MAILLAGE_PROGRAM names the program; absent, the debug build.
"""

import argparse
import sys
import time
import xml.sax.saxutils

import trials

#: Of each trial: what it does at scale 1, what it does when short, and the defect that it must notice.
TRIALS = {
    "R-01": (trials.kills, {"rounds": 400}, {"rounds": 4}, {"rounds": 4, "lies": 0.05}),
    "R-03": (trials.order, {"count": 500}, {"count": 20}, {"count": 10, "skips_syncs": True}),
    "R-05": (trials.full_disk, {"rounds": 6, "count": 20}, {"rounds": 1, "count": 4}, {"rounds": 1, "lies": 0.3}),
    "R-06": (trials.exhaustion, {"count": 25}, {"count": 2, "connections": 500}, {"count": 2, "connections": 100, "lies": 0.3}),
    "R-08": (trials.repeats, {"count": 10_000, "receipts": 10_000}, {"count": 96, "receipts": 50}, {"count": 96, "lies": 0.5}),
    "R-09": (trials.bad_network, {"count": 1_000}, {"count": 32}, {"count": 32, "lies": 0.1}),
    "R-14": (trials.rush, {"people": 500, "each": 10, "slow": 1_000},
             {"people": 24, "each": 2, "slow": 40, "page": 10.0, "final": 10.0},
             {"people": 16, "each": 2, "slow": 10, "page": 10.0, "final": 10.0, "lies": 0.2}),
}
#: What of a trial may be multiplied.
SCALED = {"rounds", "count", "each"}


def write(path, results):
    """As test runners do, for setup/tally.py."""
    with open(path, "w") as file:
        file.write(f'<testsuites><testsuite name="trials" tests="{len(results)}">')
        for name, faults in results:
            file.write(f"<testcase classname=\"trials\" name={xml.sax.saxutils.quoteattr(name)}>")
            if faults:
                file.write(f"<failure message={xml.sax.saxutils.quoteattr(str(faults[0])[:300])}/>")
            file.write("</testcase>")
        file.write("</testsuite></testsuites>")


def verdicts(found):
    return found if isinstance(found, list) else [found]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default=",".join(TRIALS))
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20_261_122)
    parser.add_argument("--junit-xml", help="also write what came of each trial there")
    options = parser.parse_args()
    results, failed = [], 0
    for name in options.only.split(","):
        trial, long, short, control = TRIALS[name]
        measure = short if options.short else {
            key: max(int(value * options.scale), 1) if key in SCALED else value for key, value in long.items()}
        seed = {"seed": options.seed} if "seed" in trial.__code__.co_varnames[:trial.__code__.co_argcount] else {}
        start = time.monotonic()
        try:
            for verdict in verdicts(trial(**measure, **seed)):
                print(verdict, flush=True)
                failed += bool(verdict.faults)
                results.append((verdict.name, verdict.faults))
            found = [fault for verdict in verdicts(trial(**control)) for fault in verdict.faults]
        except trials.Skipped as skipped:
            print(f"{name}: skipped: {skipped}", flush=True)
            continue
        noticed = [fault for fault in found if fault.startswith(("lost", "acknowledged", "receipt "))]
        print(f"    control: {len(noticed)} planted defects noticed" if noticed else
              f"    control: THE PLANTED DEFECT WAS NOT NOTICED: {found[:3]}", flush=True)
        failed += not noticed
        results.append((f"{name} notices a planted defect", [] if noticed else ["it was not noticed"]))
        print(f"    {time.monotonic() - start:.0f} s", flush=True)
    if options.junit_xml:
        write(options.junit_xml, results)
    print(f"{failed} failed" if failed else "all hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
