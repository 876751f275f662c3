"""S-25: the list of components names everything that the program is made of and needs, with its version."""

import json
import os
import re
import subprocess

from program import PROGRAM, ROOT


def text(*path):
    with open(os.path.join(ROOT, *path)) as file:
        return file.read()


def test_every_component_is_listed_with_its_version():
    made = subprocess.run(
        [os.path.join(ROOT, "packaging", "components.py"), PROGRAM, "1.0~essai", os.path.join(ROOT, ".build")], check=True,
        capture_output=True, text=True).stdout
    listed = json.loads(made)
    versions = {each["name"]: each["version"] for each in listed["components"]}
    packages = {address.rsplit("/", 1)[-1] for address in re.findall(r'\.package\(url: "([^"]+)"', text("Package.swift"))}
    assert packages and packages <= set(versions), packages - set(versions)
    # The C libraries of Package.swift, by the package of their headers; what serving runs beside them.
    needed = {line.split()[1] for line in text("setup", "packages.txt").splitlines() if line.startswith("run ")}
    headers = {name.removesuffix("-dev") for name in re.findall(r'\.apt\(\["([^"]+)"', text("Package.swift"))}
    libraries = {re.sub(r"[\d.-]+$", "", name) for name in versions}
    assert len(headers) == 6
    assert {re.sub(r"[\d.-]+$|1g$", "", name) for name in headers} <= libraries | {"zlib"} and "zlib1g" in versions, libraries
    tools = {name for name in needed if not name.endswith("-dev")} - {"git", "pkg-config"}
    assert tools <= set(versions), tools - set(versions)
    assert {"swift", "boringssl", "libc6"} <= set(versions)
    assert all(versions.values())
    references = [each["bom-ref"] for each in listed["components"]]
    assert len(references) == len(set(references))
