#!/usr/bin/env python3
"""Draws where the processor's time goes on the three hottest routes: docs/flames/NAME.svg, each frame as wide as its share.

Usage: Benchmarks/flames.py PROGRAM [--places 3500] [--seconds 8]
  PROGRAM   a release build that still has its symbols
Needs `perf` (Debian: linux-perf), `wrk`, and `swift demangle`. The pages are made anew at each request (PAGE_CACHE=0).
"""
import argparse, collections, html, os, re, subprocess, sys, tempfile

from measures import ROOT, Server, ask, figures

WIDTH, ROW, LEAST = 1_200, 17, 0.002
#: Colours by who a frame belongs to; the first that matches.
OWNERS = [("kernel", "#b9b9c6", r"^\[kernel\]"),
          ("SQLite", "#e8b96a", r"^sqlite3"),
          ("BoringSSL", "#b8d8a0", r"BoringSSL"),
          ("SwiftNIO and Hummingbird", "#8fb8de",
           r"NIO|Hummingbird|HTTPTypes|EventLoop|Channel|Selector|Socket|PendingWrites|ByteBuffer|c_nio"),
          ("Swift and C libraries", "#d7d3a8",
           r"^(_?swift_|_?_swift|swift::|_?dispatch|__GI_|malloc|free|_int_|mem[a-z]+|__mem|cfree|specialized (Array|Dictionary|String)|thunk)"),
          ("Maillage", "#e58f7b", "")]
#: Frames of the kernel that are kept of each stack: what was asked of it, not how it does it.
KERNEL_FRAMES = 4


def stacks(program, arguments, load):
    """The samples of a program while `load` runs: how many of each stack, outermost frame first."""
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "perf.data")
        record = ["perf", "record", "--quiet", "--freq", "999", "--call-graph", "fp", "--output", data]
        load(record)
        text = subprocess.run(["perf", "script", "--input", data, "--fields", "comm,ip,sym,dso"], capture_output=True, text=True,
                              check=True).stdout
    text = subprocess.run(["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True, check=True).stdout
    found = collections.Counter()
    for sample in text.split("\n\n"):
        frames = []
        for line in sample.splitlines()[1:]:
            name = re.sub(r"^\s*[0-9a-f]+\s+", "", line)
            name, _, place = name.rpartition(" (")
            name = "[kernel] " + name if place.startswith("[kernel") else name
            frames.append(re.sub(r"\(\d+\) (await resume partial function|suspend resume partial function) for ", "", name))
        # Below the first frames of the pool of threads there is nothing to tell.
        frames = [frame for frame in reversed(frames) if frame and frame not in ("[unknown]", "__clone3", "start_thread", "clone3")]
        inside = [place for place, frame in enumerate(frames) if frame.startswith("[kernel]")]
        if len(inside) > KERNEL_FRAMES:
            frames = frames[:inside[KERNEL_FRAMES]]
        if frames:
            found[tuple(frames)] += 1
    return found


def draw(found, title):
    """The picture: the outermost frames at the bottom."""
    total = sum(found.values())
    boxes, deepest = [], 0

    def spread(group, depth, left):
        nonlocal deepest
        children = collections.defaultdict(collections.Counter)
        for frames, count in group.items():
            if len(frames) > depth:
                children[frames[depth]][frames] += count
        for name, part in sorted(children.items()):
            count = sum(part.values())
            if count / total >= LEAST:
                deepest = max(deepest, depth)
                boxes.append((depth, left, count, name))
                spread(part, depth + 1, left)
            left += count

    spread(found, 0, 0)
    height = (deepest + 4) * ROW
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="11">',
             f"<title>{html.escape(title)}</title>", f'<text x="4" y="13">{html.escape(title)}, {total} samples</text>']
    left = 4
    for owner, colour, _ in OWNERS:
        lines.append(f'<rect x="{left}" y="{ROW + 3}" width="11" height="11" fill="{colour}"/>'
                     f'<text x="{left + 15}" y="{ROW + 13}">{html.escape(owner)}</text>')
        left += 40 + 7 * len(owner)
    for depth, start, count, name in boxes:
        x, width = start / total * WIDTH, count / total * WIDTH
        y = height - (depth + 1) * ROW
        colour = next(colour for _, colour, pattern in OWNERS if re.search(pattern, name))
        room = int(width / 6.7)
        shown = name if len(name) <= room else name[:max(room - 1, 0)] + "…" if room > 3 else ""
        lines.append(f'<g><title>{html.escape(name)}: {count / total:.1%}</title>'
                     f'<rect x="{x:.1f}" y="{y}" width="{max(width - 0.3, 0.2):.1f}" height="{ROW - 1}" fill="{colour}"/>'
                     + (f'<text x="{x + 2:.1f}" y="{y + 12}">{html.escape(shown)}</text>' if shown else "") + "</g>")
    return "\n".join(lines + ["</svg>", ""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--places", type=int, default=3_500)
    parser.add_argument("--seconds", type=int, default=8)
    options = parser.parse_args()
    output = os.path.join(ROOT, "docs", "flames")
    os.makedirs(output, exist_ok=True)

    def write(name, title, found):
        with open(os.path.join(output, name + ".svg"), "w") as file:
            file.write(draw(found, title))

    with tempfile.TemporaryDirectory() as folder:
        data, table = os.path.join(folder, "data"), os.path.join(folder, "places.csv")
        os.mkdir(data)
        figures(options.program, "places", str(options.places), "--output", table, "--data", data)
        subprocess.run([options.program, "import", "places", table, "--data", data], stdout=subprocess.DEVNULL)
        with Server([options.program, "serve", "--data", data, "--port", "PORT"], "/healthz", PAGE_CACHE="0") as server:
            server.wait_for_register()
            _, body = ask(server.port, "/api/v1/places?limit=1")
            slug = re.search(rb'"slug":"([^"]+)"', body).group(1).decode()
            for name, path in (("list", "/lieux"), ("place", "/lieux/" + slug)):
                def load(record):
                    wrk = subprocess.Popen(["wrk", "-t1", "-c16", f"-d{options.seconds + 2}s", f"http://127.0.0.1:{server.port}{path}"],
                                           stdout=subprocess.DEVNULL)
                    subprocess.run([*record, "--pid", str(server.process.pid), "--", "sleep", str(options.seconds)],
                                   stderr=subprocess.DEVNULL, check=True)
                    wrk.wait()
                write(name, f"{path.replace(slug, '{slug}')}, made anew, {options.places:,} places", stacks(options.program, [], load))
        write("deposit", "64 depositors, 12,800 deposits", stacks(options.program, [], lambda record: subprocess.run(
            [*record, "--", options.program, "bench", "deposits", "--each", "200", "--data", os.path.join(folder, "deposits")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)))


if __name__ == "__main__":
    sys.exit(main())
