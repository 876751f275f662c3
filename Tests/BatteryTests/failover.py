"""HA-1: two nodes behind a balancer on a primary and its synchronous standby; the primary dies under people who deposit, and the standby
takes over. What every trial of such a pair shares is here too (HA-2: managed.py)."""

import asyncio
import os
import random
import shutil
import time
import urllib.error
import urllib.request

from cluster import BIN, Balancer, Node, PostgresWorld, free_ports
from nodes import Rounds, work
from pair import WatchedPair
from trials import Skipped, Verdict, share

#: Seconds within which somebody must be able to write, check and deposit again.
BAR = 30.0


class Blows:
    """What was done to a pair and its nodes, and how long the service was away after each."""

    def __init__(self, pair, nodes, seen, chance):
        self.pair, self.nodes, self.seen, self.chance = pair, nodes, seen, chance
        #: Of each kind, the seconds.
        self.away = {}

    def count(self, kind):
        return len(self.away.get(kind, []))

    async def strike(self, kind, act, bar=BAR):
        """Does it, and waits until somebody deposits again, which must be within so many seconds of its beginning."""
        begun = time.monotonic()
        await asyncio.to_thread(act)
        # Once it is done for certain: what dies may still acknowledge, which is no return.
        self.seen.strike()
        await self.watch(kind, begun, bar)

    async def watch(self, kind, begun, bar):
        """Waits until somebody deposits whose writing began after the last blow."""
        dying = self.seen.struck - begun
        back = await self.seen.wait(2 * bar)
        away = dying + (back if back is not None else 2 * bar)
        self.away.setdefault(kind, []).append(away)
        if back is None:
            self.seen.odd.append(f"{kind}: nobody could deposit for {2 * bar:.0f} s")
        elif away > bar:
            self.seen.odd.append(f"{kind}: the service was away for {away:.1f} s")

    async def hang(self):
        """The line to the standby hangs for a while: what is written meanwhile is on one disk alone."""
        told = self.seen.acknowledged
        await asyncio.to_thread(self.pair.hold)
        await self.rest(0, 0.6)
        if not self.pair.synchronous:
            # For the control: until something was acknowledged that the standby does not have.
            end = time.monotonic() + 15
            while self.seen.acknowledged < told + 3 and time.monotonic() < end:
                await asyncio.sleep(0.02)

    async def lose_primary(self):
        """The primary dies, after its line hung, and comes back as standby."""
        await self.hang()
        await self.strike("primary", self.pair.kill)
        await asyncio.to_thread(self.pair.renew)

    async def lose_node(self):
        """A node dies and is started again."""
        node = self.chance.choice(self.nodes)
        await self.strike("node", node.kill)
        await asyncio.to_thread(node.start)

    async def lose_standby(self):
        """The standby dies, and the primary goes on without it until it is back."""
        await self.strike("standby", self.pair.standby.kill)
        await asyncio.to_thread(self.pair.renew)

    async def rest(self, *life):
        await asyncio.sleep(self.chance.uniform(*life))


async def trouble(blows, rounds, others, life):
    """So many deaths of the primary; before each, one of the other blows, in turn. `others` may hold None, for no other."""
    try:
        for number in range(rounds):
            await blows.rest(*life)
            other = others[number % len(others)] if others else None
            if other:
                await other(blows)
                await blows.rest(*life)
            await blows.lose_primary()
        await asyncio.sleep(0.5)
    finally:
        blows.seen.is_over = True


def answers(node):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{node.port}/healthz", timeout=5) as reply:
            return reply.status == 200
    except (OSError, urllib.error.HTTPError):
        return False


def needs(*programs):
    """Raises when one of these is missing, or PostgreSQL."""
    for program in programs:
        if not shutil.which(program):
            raise Skipped(f"{program} is not installed")
    if not os.path.exists(os.path.join(BIN, "initdb")):
        raise Skipped("PostgreSQL 15 is not installed")


def under_people(name, pair, rounds, people, life, seed, others):
    """Two nodes behind a balancer on a pair, depositors, and trouble. The verdict; the pair is removed."""
    chance, seen, nodes, balancer = random.Random(seed), Rounds(), [], None
    blows = Blows(pair, nodes, seen, chance)
    begun = time.monotonic()
    try:
        pair.start()
        with PostgresWorld(people, pair) as world:
            site, *ports = free_ports(3)
            nodes += [Node(world, name, port, f"http://127.0.0.1:{site}") for name, port in zip(("n1", "n2"), ports, strict=True)]
            for node in nodes:
                node.start()
            balancer = Balancer(world.folder, site, ports)
            balancer.wait()

            async def all_together():
                await asyncio.gather(trouble(blows, rounds, others, life), *(work(seen, site, person) for person in world.candidates))

            asyncio.run(all_together())
            seen.odd += pair.complaints()
            figures = pair.figures()
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
            away = blows.away.pop("primary", [])
            return Verdict(
                name, faults, deaths_of_the_primary=len(away), away_p50=f"{share(away, 0.5) / 1000:.1f} s",
                away_longest=f"{max(away, default=0):.1f} s",
                **{kind: f"{len(spans)} (away {max(spans):.1f} s at most)" for kind, spans in blows.away.items()}, **figures,
                seed=seed, receipts=len(seen.ledger.acknowledged), asked=len(seen.ledger.attempts), answers_tried_again=seen.unsure,
                deposit_p50=f"{share(seen.spans, 0.5)} ms", each=f"{spent:.0f} s")
    finally:
        for node in nodes:
            if node.server and node.server.runs:
                node.kill()
        if balancer:
            balancer.stop()
        pair.remove()


def primary_lost(rounds=10, people=12, life=(0.3, 1.5), seed=1, synchronous=True, others=True):
    """HA-1: no acknowledged deposit is lost nor doubled when the primary dies, and somebody deposits again within thirty seconds.

    The control is a standby that the primary does not wait for (`synchronous` false): it must lose deposits, and be caught."""
    needs("haproxy")
    turns = (Blows.lose_node, None, Blows.lose_standby, None) if others else ()
    return under_people("HA-1 primary lost", WatchedPair(synchronous), rounds, people, life, seed, turns)
