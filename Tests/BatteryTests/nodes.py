"""R-21: two nodes behind a balancer on one PostgreSQL, while one is killed and the database crashes, under people who deposit."""

import asyncio
import os
import random
import shutil
import time

from client import Cut, Depositor
from cluster import BIN, Balancer, Cluster, Node, PostgresWorld, free_ports
from ledger import Ledger
from network import BadLine
from trials import Skipped, Verdict, repeat_all, resume, share


class Patient(Depositor):
    """Somebody who tries again when the site says that it cannot: with the same key, so that asking twice is asking once."""

    def __init__(self, *words):
        super().__init__(*words)
        self.unsure = 0

    async def ask(self, kind, method, path, fields=None):
        start = time.monotonic()
        reply = await self.client.ask(method, path, fields)
        if reply.status in (500, 502, 503, 504):
            self.unsure += 1
            await asyncio.sleep(0.05)
            raise Cut(f"{method} {path}: {reply.status}")
        self.spans.setdefault(kind, []).append(time.monotonic() - start)
        return reply


class Rounds:
    """What the people of the trial did, and what was done to the machines meanwhile."""

    def __init__(self):
        self.ledger, self.odd, self.unsure, self.spans = Ledger(), [], 0, []
        self.is_over = False
        #: When the last blow fell, and when a deposit that was begun after it was acknowledged.
        self.struck = self.back = 0.0
        self.acknowledged = self.during = 0

    def strike(self):
        self.struck, self.back = time.monotonic(), 0.0

    async def wait(self, seconds):
        """How long the service was away; None when it is not back by then."""
        while time.monotonic() - self.struck < seconds:
            if self.back:
                return self.back - self.struck
            await asyncio.sleep(0.02)
        return None


async def work(rounds, port, person):
    """Deposits one version after the other until the trial ends, and goes on with the same key until an answer comes."""
    depositor = Patient(port, person, rounds.odd, 15)
    attempt = None
    while not rounds.is_over or attempt is not None:
        try:
            if attempt is None:
                attempt = await depositor.check(await depositor.save())
                if attempt is None:
                    await resume(depositor, time.monotonic() + 5)
                    continue
                rounds.ledger.note(attempt)
                attempt.since = time.monotonic()
            if not await depositor.send(attempt):
                rounds.odd.append(f"deposit {attempt.key[:12]}: {attempt.refusal.status}")
            else:
                rounds.acknowledged += 1
                if not rounds.back and attempt.since > rounds.struck:
                    rounds.back = time.monotonic()
            rounds.spans.append(time.monotonic() - attempt.since)
            attempt = None
        except Cut:
            if attempt is None:
                await resume(depositor, time.monotonic() + 5)
            elif time.monotonic() - attempt.since > 120:
                rounds.odd.append(f"deposit {attempt.key[:12]}: no answer in two minutes")
                attempt = None
    rounds.unsure += depositor.unsure
    await depositor.client.close()


async def trouble(rounds, nodes, cluster, count, chance, life):
    """So many times: one of the nodes is killed, or the database crashes, and comes back."""
    done = {"n1": 0, "n2": 0, "database": 0}
    kinds = [*nodes, cluster]
    for number in range(count):
        await asyncio.sleep(chance.uniform(*life))
        victim = kinds[number % 3] if number < 3 else chance.choice(kinds)
        if victim is cluster:
            done["database"] += 1
            await asyncio.to_thread(cluster.stop, "immediate")
            await asyncio.sleep(chance.uniform(0, 0.3))
            await asyncio.to_thread(cluster.start)
        else:
            done[victim.name] += 1
            await asyncio.to_thread(victim.kill)
            await asyncio.sleep(chance.uniform(0, 0.3))
            await asyncio.to_thread(victim.start)
    await asyncio.sleep(1)
    rounds.is_over = True
    return done


async def copied(rounds, port, world, copy, cluster):
    """Copies the database under deposits, by PostgreSQL's own tool, which verifies every file. What was acknowledged before."""
    rounds.is_over = False
    tasks = [asyncio.create_task(work(rounds, port, person)) for person in world.candidates]
    told = rounds.acknowledged + len(world.candidates)
    while rounds.acknowledged < told and not all(task.done() for task in tasks):
        await asyncio.sleep(0.02)
    before, begun = list(rounds.ledger.acknowledged), rounds.acknowledged
    try:
        await asyncio.to_thread(copy.restore, cluster)
    finally:
        rounds.during = rounds.acknowledged - begun
        rounds.is_over = True
        await asyncio.gather(*tasks)
    return before


def differences(copy, cluster, attempts):
    """What a copy, started by itself, lacks or has otherwise; the server that it was taken from goes on."""
    receipts = "SELECT d.deposit_key, r.content FROM candidacy_deposit d JOIN receipt r ON r.deposit_id = d.id UNION ALL " \
        "SELECT a.deposit_key, r.content FROM candidacy_deposit_alias a JOIN receipt r ON r.deposit_id = a.deposit_id"
    own, theirs = dict(copy.query(receipts)), dict(cluster.query(receipts))
    return copy.damage() + [f"lost: {attempt.key}, in the copy" for attempt in attempts if attempt.key not in own] + [
        f"altered: {key}, in the copy" for key, content in own.items() if theirs.get(key) != content]


def two_nodes(rounds=30, people=12, life=(0.3, 1.5), each=2, copies=True, start=10.0, seed=1, lies=0.0):
    """R-21, with two nodes: `kill -9` of either, `-m immediate` of the database; then so many deposits of each person sent several times
    to both nodes, at once or on cut connections; a copy of the running database, if it `copies`; and its loss: nothing acknowledged is
    lost nor doubled. `start`: seconds that a start of a node may take while nothing is lost."""
    if not shutil.which("haproxy"):
        raise Skipped("haproxy is not installed")
    if not os.path.exists(os.path.join(BIN, "initdb")):
        raise Skipped("PostgreSQL 15 is not installed")
    chance, seen = random.Random(seed), Rounds()
    cluster, copy, balancer, nodes = Cluster(), None, None, []
    try:
        cluster.start()
        with PostgresWorld(people, cluster) as world:
            site, *ports = free_ports(3)
            nodes = [Node(world, name, port, f"http://127.0.0.1:{site}") for name, port in zip(("n1", "n2"), ports, strict=True)]
            cluster.dump(os.path.join(world.folder, "before"))
            for node in nodes:
                node.start()
            balancer = Balancer(world.folder, site, ports)
            balancer.wait()

            async def all_together():
                async with BadLine(site, seed, lies=lies) as line:
                    port = line.port if lies else site
                    tasks = [work(seen, port, person) for person in world.candidates]
                    done, *_ = await asyncio.gather(trouble(seen, nodes, cluster, rounds, chance, life), *tasks)
                    return done

            done = asyncio.run(all_together())
            asyncio.run(repeat_all(ports, world, seen.ledger, seen.odd, each, chance))
            repeated = len(world.candidates) * each
            before, lacks = [], []
            if copies:
                copy = Cluster(is_made=False)
                before = asyncio.run(copied(seen, site, world, copy, cluster))
                copy.start()
                lacks = differences(copy, cluster, before) + ([] if seen.during else ["nothing was acknowledged during the copy"])
            for node in nodes:
                if not node.server.runs:
                    seen.odd.append(f"{node.name} is gone: {node.server.said[-300:]}")
                node.stop()
            faults = seen.ledger.faults(world) + seen.odd + lacks
            world.run("check", "--data", world.data)
            starts = [seconds for node in nodes for seconds in node.starts]
            put_back = "not tried"
            if not faults:
                # NODE-9: the whole database is lost, and comes back as it was before the first deposit: what each node wrote beside is
                # all there is.
                cluster.lose(os.path.join(world.folder, "before"))
                nodes[0].start()
                nodes[0].stop()
                put_back = f"{nodes[0].starts[-1]:.2f} s"
                faults += [f"after the loss of the database: {fault}" for fault in seen.ledger.faults(world)]
            if max(starts) > start:
                faults.append(f"a start took {max(starts):.1f} s")
            return Verdict(
                "R-21 two nodes", faults, kills_of_nodes=done["n1"] + done["n2"], crashes_of_the_database=done["database"],
                sent_to_both_nodes=repeated, copied_of=len(before), acknowledged_during_the_copy=seen.during, seed=seed,
                receipts=len(seen.ledger.acknowledged), asked=len(seen.ledger.attempts), answers_tried_again=seen.unsure,
                deposit_p50=f"{share(seen.spans, 0.5)} ms", deposit_p99=f"{share(seen.spans, 0.99)} ms",
                longest=f"{max(seen.spans, default=0):.2f} s", slowest_start=f"{max(starts):.2f} s",
                put_back_after_the_loss=put_back)
    finally:
        for node in nodes:
            if node.server and node.server.runs:
                node.kill()
        if balancer:
            balancer.stop()
        if copy:
            copy.remove()
        cluster.remove()
