"""What machine this is, in one line, for the pages that hold figures; run by itself, with the day."""

import datetime
import os
import platform
import re


def describe():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*:\s*(.+)", file.read())
    with open("/proc/meminfo") as file:
        total = int(file.read().split()[1]) / 1e6
    return (f"{model.group(1).strip() if model else platform.machine()}, {len(os.sched_getaffinity(0))} cores, {total:.0f} GB, "
            f"Linux {platform.release()}; load before the run {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    print(f"{datetime.date.today()}, {describe()}.")
