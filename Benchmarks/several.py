"""Several nodes on PostgreSQL: what docs/SCALING.md counts with. Acts with and without a standby that they wait for; pages of one node, and of
two behind HAProxy."""

import contextlib
import os

import limits
from measures import TICKS, Server, cost, family, figures, named, processor, saves, trial_modules

PLACES = 3_500


def spent_by(first):
    """Seconds of processor of a PostgreSQL, from its first process: of what lives of it, and of the connections that it buried."""
    found = family([first])
    return (sum(int(fields[11]) + int(fields[12]) for fields in found.values()) + sum(map(int, found[first][13:15]))) / TICKS


@contextlib.contextmanager
def network(engine, world_of, file):
    """A call, a candidate and the places of a file on a PostgreSQL, or on a pair of them, until `with` ends."""
    try:
        engine.start()
        with world_of(1, engine) as world:
            world.run("import", "places", file, "--data", world.data)
            yield world
    finally:
        engine.remove()


def measure_acts(world, name, seconds, note):
    alone, together = (limits.postgres_alone(world.cluster, world.folder, clients, seconds) for clients in (1, 64))
    note("one row a transaction, the engine alone, one client and 64", name, f"{alone:,.0f}/s, {together:,.0f}/s")
    writes = named(world.run("bench", "writes", "--data", world.data))
    note("durable acts, one after the other", name, f"{writes['serial']:,}/s")
    note("durable acts, 64 writers", name, f"{writes['together']:,}/s")
    found = named(world.run("bench", "deposits", "--each", "25", "--data", world.data))
    note("durable deposits, database and journal", f"{name}, 64 depositors, 1,600 deposits",
         f"{found['deposits']:,}/s, slowest in a hundred {found['p99_us'] / 1000:.0f} ms")


def measure_save(world, count, note):
    first = world.cluster.processes()[0]
    with world.serve() as server:
        saves(server.port, world, 20)
        node, base = processor(server.process.pid), spent_by(first)
        saves(server.port, world, count)
        node, base = processor(server.process.pid) - node, spent_by(first) - base
    note("a save, processor", f"24 questions, {count} saves, PostgreSQL",
         f"node {node / count * 1e3:.2f} ms, database {base / count * 1e3:.2f} ms")


def measure_pages(program, world, seconds, note):
    from cluster import Balancer, free_ports

    serve = [program, "serve", "--data", world.data, "--port", "PORT"]
    places = f"{PLACES:,} places, PostgreSQL"
    for kept, settings in (("kept", {}), ("made anew", {"PAGE_CACHE": "0"})):
        settings["DATABASE_URL"] = world.cluster.url()
        with Server(serve, "/healthz", NODE="n1", **settings) as first, Server(serve, "/healthz", NODE="n2", **settings) as second:
            first.wait_for_register()
            second.wait_for_register()
            spent, rate = first.cost("/lieux", seconds)
            note(f"list page of 50 with facets, {kept}, one node", places, f"{spent:.0f} µs, {rate:,.0f}/s")
            site, = free_ports(1)
            balancer = Balancer(world.folder, site, (first.port, second.port))
            try:
                balancer.wait()
                spent, rate = cost(site, "/lieux", seconds, lambda nodes=(first, second): sum(node.spent() for node in nodes))
            finally:
                balancer.stop()
            note(f"list page of 50 with facets, {kept}, two nodes behind HAProxy", places, f"{spent:.0f} µs of the nodes, {rate:,.0f}/s")


def measure(program, folder, seconds, count, note):
    """`count`: saves that are measured; `note` takes what was measured, on what data, and the figure."""
    trial_modules(program)
    from cluster import Cluster, PostgresWorld
    from pair import WatchedPair

    file = os.path.join(folder, "several.csv")
    figures(program, "places", str(PLACES), "--output", file, "--data", os.path.join(folder, "several"))
    with network(WatchedPair(), PostgresWorld, file) as world:
        measure_acts(world, "PostgreSQL and a standby that it waits for", seconds, note)
    with network(Cluster(), PostgresWorld, file) as world:
        measure_acts(world, "PostgreSQL", seconds, note)
        measure_save(world, count, note)
        measure_pages(program, world, seconds, note)
