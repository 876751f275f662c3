"""The last word of every run of the tests: it names what failed, and is never green for nothing."""

import os
import subprocess
import sys

import pytest

TALLY = os.path.join(os.path.dirname(__file__), "..", "..", "setup", "tally.py")


def report(*cases):
    return "<testsuites><testsuite>" + "".join(cases) + "</testsuite></testsuites>"


PASSED = '<testcase classname="Doors" name="opens"/>'
FAILED = '<testcase classname="Doors" name="closes"><failure message="expected shut"/></testcase>'
SKIPPED = '<testcase classname="Doors" name="rings"><skipped/></testcase>'


@pytest.fixture
def tally(tmp_path):
    """Adds up reports: the exit status, and the lines that are printed."""

    def run(status, *texts):
        paths = [tmp_path / f"{number}.xml" for number in range(len(texts))]
        for path, text in zip(paths, texts):
            path.write_text(text, encoding="utf-8")
        ended = subprocess.run([sys.executable, TALLY, str(status), *paths], capture_output=True, text=True)
        return ended.returncode, ended.stdout.splitlines()

    return run


def test_several_reports_are_added_up(tally):
    assert tally(0, report(PASSED, SKIPPED), report(PASSED, PASSED)) == (0, ["1 skipped", "3 passed, 0 failed"])


def test_what_failed_is_named(tally):
    assert tally(1, report(PASSED, FAILED)) == (1, ["red: Doors closes: expected shut", "1 passed, 1 failed"])


def test_a_failure_is_red_whatever_its_runner_says(tally):
    assert tally(0, report(FAILED))[0] == 1


def test_many_failures_are_counted(tally):
    status, lines = tally(1, report(*[FAILED] * 25))
    assert status == 1 and len(lines) == 22
    assert lines[-2:] == ["red: and 5 more", "0 passed, 25 failed"]


def test_a_failure_that_quotes_control_characters_is_read(tally):
    said = FAILED.replace("expected shut", "expected \x00\x1b[1m")
    assert tally(1, report(PASSED, said)) == (1, ["red: Doors closes: expected [1m", "1 passed, 1 failed"])


@pytest.mark.parametrize("status, texts, said", [
    (0, [], "no test ran"),
    (0, [report()], "no test ran"),
    (139, [report(PASSED)], "status 139"),
    (0, [report(PASSED)[:-9]], "cannot be read"),
])
def test_nothing_is_green_that_did_not_run_to_its_end(tally, status, texts, said):
    ended, lines = tally(status, *texts)
    assert ended == 1 and said in lines[0]
