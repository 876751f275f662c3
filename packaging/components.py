#!/usr/bin/env python3
"""Lists every component of a built program, with its version, as CycloneDX 1.5 (ECMA-424): what an alert about a library is held against.

Usage: packaging/components.py PROGRAM VERSION BUILD > components.cdx.json
BUILD is the build folder with the sources of the Swift packages (`checkouts`). The list has the Swift packages of Package.resolved and
the C code inside them, the Swift runtime, each library that PROGRAM is linked with, as Debian packages, and the Debian packages of
setup/packages.txt that serving needs. The same build gives the same bytes. What has no version ends it with status 1.
"""

import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
#: C sources that Swift packages carry, each with the file that tells its revision.
CARRIED = {
    "swift-crypto": ("boringssl", "Sources/CCryptoBoringSSL/hash.txt"),
    "swift-nio-ssl": ("boringssl", "Sources/CNIOBoringSSL/hash.txt"),
}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def licence(folder):
    """The identifier of a package's licence by its first lines; None of one that is not known here."""
    for name in sorted(os.listdir(folder)):
        if name.upper().startswith(("LICENSE", "LICENCE")):
            with open(os.path.join(folder, name)) as file:
                head = " ".join(file.read(400).split())
            if "Apache License Version 2.0" in head:
                return "Apache-2.0"
            return "MIT" if head.startswith("MIT License") else None
    return None


def component(kind, name, version, purl, identifier=None):
    made = {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return made | {"licenses": [{"license": {"id": identifier}}]} if identifier else made


def swift_packages(build):
    with open(os.path.join(ROOT, "Package.resolved")) as file:
        pins = json.load(file)["pins"]
    for pin in pins:
        name, state = pin["identity"], pin["state"]
        version = state.get("version") or state["revision"]
        address = re.sub(r"^https://|\.git$", "", pin["location"])
        folder = os.path.join(build, "checkouts", os.path.basename(address))
        yield component("library", name, version, f"pkg:swift/{address}@{version}", licence(folder))
        if name in CARRIED:
            inner, told = CARRIED[name]
            with open(os.path.join(folder, told)) as file:
                revision = re.search(r"\b[0-9a-f]{40}\b", file.read()).group(0)
            yield component("library", inner, revision, f"pkg:generic/{inner}@{revision}?within={name}")


def runtime():
    version = re.search(r"Swift version (\S+)", output("swift", "--version")).group(1)
    return component("framework", "swift", version, f"pkg:generic/swift@{version}", "Apache-2.0")


def linked(program):
    """The Debian packages of the libraries that the program loads."""
    paths = re.findall(r"=> (/\S+)", output("ldd", program))
    # Where /lib is a link to /usr/lib, a package may still own its files under either name.
    names = {name for path in paths for real in [os.path.realpath(path)] for name in (path, real, real.removeprefix("/usr"))}
    # Status 1 when one of the names has no owner.
    owned = subprocess.run(["dpkg-query", "--search", *sorted(names)], capture_output=True, text=True).stdout
    return {line.split(":")[0] for line in owned.splitlines()}


def needed():
    """What serving needs beside the libraries, by setup/packages.txt."""
    with open(os.path.join(ROOT, "setup", "packages.txt")) as file:
        for line in file:
            words = line.split("#")[0].split()
            if words and words[0] == "run" and not words[1].endswith("-dev") and words[1] not in ("git", "pkg-config"):
                yield words[1]


def debian(names):
    shown = output("dpkg-query", "--show", "--showformat=${Package} ${Version} ${Architecture}\n", *sorted(names))
    for name, version, architecture in map(str.split, shown.splitlines()):
        yield component("library", name, version, f"pkg:deb/debian/{name}@{version}?arch={architecture}")


def main(program, version, build):
    found = [*swift_packages(build), runtime(), *debian({*linked(program), *needed()})]
    own = component("application", "maillage", version, f"pkg:generic/maillage@{version}", "AGPL-3.0-or-later")
    json.dump({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": own}, "components": found,
        "dependencies": [{"ref": own["bom-ref"], "dependsOn": [each["bom-ref"] for each in found]}],
    }, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
