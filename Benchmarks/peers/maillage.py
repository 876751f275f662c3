"""Maillage itself, asked as the peers are: with its page cache, and without."""

import asyncio
import os
import re
import subprocess
import time

import measures
from measures import Failure
from peers.programs import Figures, acts, family, median_span, share_of_memory


def fill(program, folder, count):
    """Generated places in a data directory, and the file they come from."""
    data, places = os.path.join(folder, "data"), os.path.join(folder, "places.csv")
    os.mkdir(data)
    measures.figures(program, "places", str(count), "--output", places, "--data", data)
    done = subprocess.run(
        [program, "import", "places", places, "--data", data], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 2):
        raise Failure(f"the import failed: {done.stderr.strip()}")
    return data, places


def slug(port):
    return re.search(rb'"slug":"([^"]+)"', measures.ask(port, "/api/v1/places?limit=1")[1]).group(1).decode()


def page(port, path, seconds, spent):
    """What a page takes, by wrk: the requests it leaves half done are few beside the others."""
    cost, rate = measures.cost(port, path, seconds, spent)
    return Figures(cost, rate, median_span(31, lambda: measures.ask(port, path)), len(measures.ask(port, path)[1]))


def serve(program, data, paths, seconds, **settings):
    """What each page takes, seconds to the first list, and the memory held after all that. `paths` makes addresses from a slug."""
    with measures.Server([program, "serve", "--data", data, "--port", "PORT"], "/healthz", **settings) as server:
        first = server.wait_for_register()
        taken = {name: page(server.port, path, seconds, server.spent) for name, path in paths(slug(server.port)).items()}
        return taken, first, share_of_memory(family([server.process.pid]))


class Person:
    """A candidate of the trials, one act after the other."""

    def __init__(self, port, candidate):
        import client
        self.loop, self.odd = asyncio.new_event_loop(), []
        self.depositor = client.Depositor(port, candidate, self.odd)

    def act(self, work):
        self.loop.run_until_complete(work(self.depositor))
        if self.odd:
            raise Failure(self.odd[0])

    def close(self):
        self.loop.run_until_complete(self.depositor.client.close())
        self.loop.close()


def calls(program, people, each, seconds):
    """What the page of a call takes, kept and made anew; a deposit; and a save."""
    trial_program, trials = measures.trial_modules(program)

    async def deposit(depositor):
        """The form of a section, read and written, the check page, the deposit: four requests."""
        await trials.resume(depositor, time.monotonic() + 30)
        attempt = await depositor.check(await depositor.save())
        if attempt is None or not await depositor.send(attempt):
            raise Failure("a deposit is refused")

    with trial_program.World(people) as world:
        def page_of_call(port):
            return "/appels/" + re.search(rb'"slug":"([^"]+)"', measures.ask(port, "/api/v1/calls")[1]).group(1).decode()

        with world.serve(MAILLAGE_PAGE_CACHE="0") as server:
            anew = page(server.port, page_of_call(server.port), seconds, lambda: measures.processor(server.process.pid))
        with world.serve() as server:
            def spent():
                return measures.processor(server.process.pid)

            kept = page(server.port, page_of_call(server.port), seconds, spent)
            persons = [Person(server.port, candidate) for candidate in world.candidates]
            deposits = acts(persons, each, lambda person: person.act(deposit), spent)
            saves = acts(persons, each, lambda person: person.act(lambda depositor: depositor.save()), spent)
            for person in persons:
                person.close()
    return kept, anew, deposits, saves
