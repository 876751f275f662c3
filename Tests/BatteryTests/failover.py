"""HA-1: two nodes behind a balancer on a primary and its synchronous standby; the primary dies under people who deposit, and the standby
takes over."""

import asyncio
import os
import random
import shutil
import time
import urllib.error
import urllib.request

from cluster import BIN, Balancer, Node, PostgresWorld, free_ports
from nodes import Rounds, work
from pair import Pair, Watch
from trials import Skipped, Verdict, share

#: Seconds within which somebody must be able to write, check and deposit again.
BAR = 30.0


class Blows:
    """What was done, and how long the service was away after each."""

    def __init__(self):
        self.done = {"primary": 0, "node": 0, "standby": 0}
        self.away = []


async def lose_primary(seen, pair, watch, chance, blows):
    """The primary dies, after its line to the standby hung for a while: what was written meanwhile is on one disk alone."""
    if len(pair.promotions) != blows.done["primary"]:
        raise AssertionError(f"the watch promoted while the primary lived: {watch.reasons[-1]}")
    told = seen.acknowledged
    await asyncio.to_thread(pair.hold)
    await asyncio.sleep(chance.uniform(0, 0.6))
    if not pair.synchronous:
        # For the control: until something was acknowledged that the standby does not have.
        end = time.monotonic() + 15
        while seen.acknowledged < told + 3 and time.monotonic() < end:
            await asyncio.sleep(0.02)
    begun = time.monotonic()
    await asyncio.to_thread(pair.primary.kill)
    # Once it is dead for certain: while it dies it may still acknowledge, which is no return.
    seen.strike()
    dying = seen.struck - begun
    blows.done["primary"] += 1
    away = await seen.wait(2 * BAR)
    if away is None:
        seen.odd.append(f"nobody could deposit for {2 * BAR:.0f} s after the primary's death")
    elif away + dying > BAR:
        seen.odd.append(f"the service was away for {away + dying:.1f} s")
    blows.away.append(dying + (away if away is not None else 2 * BAR))


async def lose_other(kind, seen, nodes, pair, chance, blows):
    """A node dies and is started again, or the standby dies and the primary goes on without it."""
    seen.strike()
    blows.done[kind] += 1
    node = chance.choice(nodes)
    await asyncio.to_thread(node.kill if kind == "node" else pair.standby.kill)
    away = await seen.wait(BAR)
    if away is None:
        seen.odd.append(f"nobody could deposit within {BAR:.0f} s of the death of a {kind}")
    if kind == "node":
        await asyncio.to_thread(node.start)


async def trouble(seen, nodes, pair, watch, rounds, others, chance, life):
    """So many deaths of the primary, each followed by the return of the former one as standby; between them, those of others."""
    blows = Blows()
    try:
        for number in range(rounds):
            await asyncio.sleep(chance.uniform(*life))
            kind = ("node", "standby")[number // 2 % 2] if number % 2 == 0 else None
            if others and kind:
                await lose_other(kind, seen, nodes, pair, chance, blows)
                if kind == "standby":
                    await asyncio.to_thread(pair.renew)
                await asyncio.sleep(chance.uniform(*life))
            await lose_primary(seen, pair, watch, chance, blows)
            await asyncio.to_thread(pair.renew)
        await asyncio.sleep(0.5)
    finally:
        seen.is_over = True
    return blows


def answers(node):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{node.port}/healthz", timeout=5) as reply:
            return reply.status == 200
    except (OSError, urllib.error.HTTPError):
        return False


def primary_lost(rounds=10, people=12, life=(0.3, 1.5), seed=1, synchronous=True, others=True):
    """HA-1: no acknowledged deposit is lost nor doubled when the primary dies, and somebody deposits again within thirty seconds.

    The control is a standby that the primary does not wait for (`synchronous` false): it must lose deposits, and be caught."""
    if not shutil.which("haproxy"):
        raise Skipped("haproxy is not installed")
    if not os.path.exists(os.path.join(BIN, "initdb")):
        raise Skipped("PostgreSQL 15 is not installed")
    chance, seen, nodes, balancer = random.Random(seed), Rounds(), [], None
    pair = Pair(synchronous)
    begun = time.monotonic()
    try:
        pair.start()
        with PostgresWorld(people, pair) as world:
            site, *ports = free_ports(3)
            nodes = [Node(world, name, port, f"http://127.0.0.1:{site}") for name, port in zip(("n1", "n2"), ports, strict=True)]
            for node in nodes:
                node.start()
            balancer = Balancer(world.folder, site, ports)
            balancer.wait()

            async def all_together(watch):
                tasks = [work(seen, site, person) for person in world.candidates]
                blows, *_ = await asyncio.gather(trouble(seen, nodes, pair, watch, rounds, others, chance, life), *tasks)
                return blows

            with Watch(pair) as watch:
                blows = asyncio.run(all_together(watch))
            if watch.problem:
                seen.odd.append(f"the watch: {watch.problem[-300:]}")
            for node in nodes:
                if not node.server.runs:
                    seen.odd.append(f"{node.name} is gone: {node.server.said[-300:]}")
                elif not answers(node):
                    seen.odd.append(f"{node.name} is not well")
                node.stop()
            # Before anything else looks: what the nodes keep beside would give back at a start what the database lost.
            faults = seen.ledger.faults(world) + seen.odd
            if not faults:
                world.run("check", "--data", world.data)
            spent = (time.monotonic() - begun) / max(rounds, 1)
            return Verdict(
                "HA-1 primary lost", faults, deaths_of_the_primary=blows.done["primary"], of_a_node=blows.done["node"],
                of_the_standby=blows.done["standby"], seed=seed, receipts=len(seen.ledger.acknowledged),
                asked=len(seen.ledger.attempts), answers_tried_again=seen.unsure, away_p50=f"{share(blows.away, 0.5) / 1000:.1f} s",
                away_longest=f"{max(blows.away, default=0):.1f} s", deposit_p50=f"{share(seen.spans, 0.5)} ms",
                each=f"{spent:.0f} s")
    finally:
        for node in nodes:
            if node.server and node.server.runs:
                node.kill()
        if balancer:
            balancer.stop()
        pair.remove()
