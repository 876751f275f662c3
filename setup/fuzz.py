#!/usr/bin/env python3
"""Tries the parsers of Fuzz/ with libFuzzer, under the address sanitizer. Called by `make fuzz` and `setup/test.sh battery`.

Usage: setup/fuzz.py [--seconds N] [--jobs N] [--junit-xml FILE] [PARSER…]

Each parser begins with the inputs that the project writes (`fuzz seeds`) and with those that earlier runs found worth keeping
(.build-fuzz/corpus), for so many seconds. Before them comes one with a planted defect: a run that does not find it has proved
nothing, and fails. An input that breaks a parser stays in .build-fuzz/found; to try it again:

    SWIFT_BACKTRACE=enable=no .build-asan/debug/Fuzz PARSER FILE
"""

import argparse
import concurrent.futures
import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLACE = ROOT / ".build-fuzz"
CONTROL = "planted"
LONGEST = 16_384  # bytes of an input
SLOW = 20  # seconds after which one input is a defect
MEMORY = 1_024  # megabytes after which it is one too
ENVIRONMENT = dict(
    os.environ,
    # A trap is told by its signal; Swift would spend minutes on drawing where it came from.
    SWIFT_BACKTRACE="enable=no",
    # What Swift keeps for ever (metadata of types, constants) reads as a leak.
    ASAN_OPTIONS="detect_leaks=0",
)


def build():
    """The program, built by the script that also builds the tests for the sanitizers: they share everything."""
    subprocess.run([ROOT / "setup/sanitize.sh", "build", "fuzz"], check=True, stdout=sys.stderr)
    return ROOT / ".build-asan/debug/Fuzz"


def attempt(program, name, seconds):
    """Runs one parser; what was seen of it."""
    corpus, seeds, found = PLACE / "corpus" / name, PLACE / "seeds" / name, PLACE / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    done = subprocess.run(
        [program, name, f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOW}",
         f"-rss_limit_mb={MEMORY}", "-print_final_stats=1", f"-artifact_prefix={found}/{name}-",
         corpus] + ([seeds] if seeds.is_dir() else []),
        env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    said = done.stderr
    (PLACE / f"{name}.log").write_text(said)
    seen = {
        "name": name, "seconds": time.monotonic() - began, "broken": done.returncode != 0,
        "runs": number(r"stat::number_of_executed_units:\s*(\d+)", said) or number(r"^#(\d+)\s", said),
        "seed": number(r"INFO: Seed: (\d+)", said),
        "edges": number(r"cov: (\d+)", said), "kept": len(list(corpus.iterdir())),
    }
    if seen["broken"]:
        written = re.findall(r"Test unit written to (\S+)", said)
        expected = re.findall(r"^fuzz: (.*)$", said, re.MULTILINE)
        summary = re.findall(r"^SUMMARY: (.*)$", said, re.MULTILINE)
        seen["why"] = "; ".join((expected + summary)[:2]) or f"status {done.returncode}"
        seen["input"] = written[-1] if written else "no input was kept"
    return seen


def number(pattern, text):
    """The last number that the pattern finds, or nought."""
    found = re.findall(pattern, text, re.MULTILINE)
    return int(found[-1]) if found else 0


def report(path, seconds, results):
    """As the runners of the battery write: one case for each parser, with its bar and what was seen."""
    suite = ElementTree.Element("testsuite", name="fuzz")
    for seen in results:
        is_control = seen["name"] == CONTROL
        case = ElementTree.SubElement(
            suite, "testcase", classname="Fuzz", name=seen["name"], time=f"{seen['seconds']:.1f}")
        told = ElementTree.SubElement(case, "properties")
        bar = "the planted defect is found" if is_control else f"0 defects in {seconds} s"
        for name, value in [("bar", bar), ("seen", sentence(seen)), ("day", str(datetime.date.today()))]:
            ElementTree.SubElement(told, "property", name=name, value=value)
        if seen["broken"] != is_control:
            ElementTree.SubElement(case, "failure", message=seen.get("why", "the planted defect was not found"))
    ElementTree.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def sentence(seen):
    return f"{seen['runs']} inputs, {seen['edges']} edges, {seen['kept']} inputs kept, seed {seen['seed']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each parser (60)")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2), help="parsers at once")
    parser.add_argument("--junit-xml", help="where to write the report")
    parser.add_argument("parsers", nargs="*", help="all, unless named")
    asked = parser.parse_args()

    program = build()
    known = subprocess.run([program, "list"], check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout.split()
    if strange := set(asked.parsers) - set(known):
        sys.exit(f"fuzz: no parser is named {', '.join(sorted(strange))}; there are {', '.join(known)}")
    shutil.rmtree(PLACE / "seeds", ignore_errors=True)
    shutil.rmtree(PLACE / "corpus" / CONTROL, ignore_errors=True)
    (PLACE / "found").mkdir(parents=True, exist_ok=True)
    subprocess.run([program, "seeds", PLACE / "seeds"], check=True, env=ENVIRONMENT)

    control = attempt(program, CONTROL, max(60, asked.seconds))
    results = [control]
    if control["broken"]:
        print(f"{CONTROL:10} found, as it must be, after {control['seconds']:.0f} s", flush=True)
        with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
            for seen in pool.map(lambda name: attempt(program, name, asked.seconds), asked.parsers or known):
                results.append(seen)
                verdict = f"DEFECT: {seen['why']} ({seen['input']})" if seen["broken"] else "held"
                print(f"{seen['name']:10} {sentence(seen)}: {verdict}", flush=True)
    else:
        print(f"{CONTROL}: the planted defect was not found: nothing else would be", flush=True)
    if asked.junit_xml:
        report(asked.junit_xml, asked.seconds, results)
    broken = [seen for seen in results if seen["broken"] != (seen["name"] == CONTROL)]
    print(f"{len(results) - len(broken)} passed, {len(broken)} failed")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
