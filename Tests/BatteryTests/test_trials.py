"""Each battery, short, and with the defect that it must notice: a trial that finds nothing proves nothing unless it can."""

import pytest

import trials
from run import LONG, TRIALS, verdicts

SHORT = [name for name in TRIALS if name not in LONG]


@pytest.mark.parametrize("name", SHORT)
def test_the_battery_holds(name):
    trial, _, short, _ = TRIALS[name]
    try:
        found = verdicts(trial(**short))
    except trials.Skipped as skipped:
        pytest.skip(str(skipped))
    for verdict in found:
        print(verdict)
        assert verdict.faults == [], verdict


@pytest.mark.parametrize("name", SHORT)
def test_the_battery_notices_a_planted_defect(name):
    trial, _, _, control = TRIALS[name]
    try:
        found = verdicts(trial(**control))
    except trials.Skipped as skipped:
        pytest.skip(str(skipped))
    faults = [fault for verdict in found for fault in verdict.faults]
    assert any(fault.startswith(("lost", "acknowledged", "receipt ")) for fault in faults), faults


def test_the_order_needs_the_journal():
    try:
        assert any("journal" in fault for fault in trials.order(count=3, journal=False).faults)
    except trials.Skipped as skipped:
        pytest.skip(str(skipped))
