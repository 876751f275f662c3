"""HA-3: a standby never answers. Whoever writes waits, whoever reads is served; an administrator who has the primary stop waiting gets
commits that are on one disk alone: nobody may be told that such a deposit is safe, not even who asks again."""

import asyncio
import json
import time

from client import Client, Cut, Depositor
from cluster import Cluster, Node, PostgresWorld, free_ports
from failover import needs
from ledger import Ledger
from trials import Verdict

#: What is read meanwhile: pages of the database, and what the balancer asks.
PAGES = ("/appels", "/lieux", "/healthz")


class Silence:
    """One node on a primary, from the moment when its standby falls silent."""

    def __init__(self, port, cluster, world, page, told):
        self.port, self.cluster, self.world = port, cluster, world
        #: Whether what the site says of its own health is looked at: it is measured once a minute.
        self.is_told = told
        #: Seconds that a page may take.
        self.page = page
        self.ledger, self.faults, self.odd = Ledger(), [], []
        self.pages = self.unsure = self.cancelled = 0
        self.is_over = False

    async def read(self):
        """Asks for pages until it is over: each comes, and soon."""
        client = Client(self.port, timeout=30)
        while not self.is_over:
            for path in PAGES:
                start = time.monotonic()
                try:
                    status = (await client.ask("GET", path)).status
                except Cut as cut:
                    status = str(cut)
                took = time.monotonic() - start
                self.pages += 1
                if status != 200 or took > self.page:
                    self.odd.append(f"{path}: {status} after {took:.1f} s")
            await asyncio.sleep(0.2)
        await client.close()

    async def write(self, person):
        """Somebody whose save is not answered."""
        depositor = Depositor(self.port, person, [], 20)
        try:
            await depositor.save()
        except Cut:
            self.unsure += 1
        await depositor.client.close()

    async def cancel(self):
        """The administrator's: whatever waits for the standby shall wait no longer."""
        waiting = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        while not self.is_over:
            self.cancelled += len(await asyncio.to_thread(self.cluster.query, waiting, "postgres"))
            await asyncio.sleep(0.3)

    async def tells(self, word):
        """The page of the service says within its minute whether a second server is awaited."""
        if not self.is_told:
            return
        client, end, said = Client(self.port, timeout=30), time.monotonic() + 90, None
        while said != word and time.monotonic() < end:
            said = json.loads((await client.ask("GET", "/etat.json")).body)["standby"]
            await asyncio.sleep(1)
        if said != word:
            self.odd.append(f"/etat.json says {said}, not {word}")
        await client.close()

    async def deposit(self, tries, waits, silence):
        depositor = Depositor(self.port, self.world.candidates[0], self.odd, 60)
        attempt = await depositor.check(await depositor.save())
        self.ledger.note(attempt)
        others = []
        if waits:
            await asyncio.to_thread(self.cluster.wait_for, "FIRST 1 (nobody)")
            others = [asyncio.create_task(self.read())]
            others += [asyncio.create_task(self.write(person)) for person in self.world.candidates[1:]]
            await asyncio.sleep(silence)
            await self.tells("awaited")
            others.append(asyncio.create_task(self.cancel()))
        for number in range(tries):
            try:
                reply = await depositor.ask("tolerated", "POST", f"{depositor.path}/depot", depositor.fields(attempt))
                self.unsure += reply.status == 503
                if reply.status != 503:
                    self.faults.append(f"acknowledged at try {number + 1}, on one disk alone: {reply.status}, {attempt.key}")
            except Cut:
                self.unsure += 1
        if [attempt.key] not in self.cluster.query("SELECT deposit_key FROM candidacy_deposit"):
            self.odd.append("the primary has not committed: nothing was tried")
        self.is_over = True
        await asyncio.to_thread(self.cluster.wait_for, "")
        await asyncio.gather(*others)
        if waits:
            await self.tells("forgotten")
        if not await depositor.send(attempt):
            self.odd.append(f"once nobody is waited for: {attempt.refusal.status}")
        await depositor.client.close()


def unheard(people=12, tries=3, waits=True, silence=4.0, page=2.0, told=False):
    """HA-3: before the administrator comes, the standby is silent for so many seconds; a page may take so many. With `told`, the site
    must also say whether a second server is awaited.

    The control is a primary that waits for nobody (`waits` false), and must be caught."""
    needs()
    cluster, node = Cluster(), None
    try:
        cluster.start()
        with PostgresWorld(people, cluster) as world:
            port, = free_ports(1)
            node = Node(world, "n1", port, f"http://127.0.0.1:{port}")
            node.start()
            seen = Silence(port, cluster, world, page, told)
            asyncio.run(seen.deposit(tries, waits, silence))
            if not node.server.runs:
                seen.odd.append(f"the node is gone: {node.server.said[-300:]}")
            node.stop()
            return Verdict("HA-3 standby unheard", seen.faults + seen.ledger.faults(world) + seen.odd, asked=tries,
                           unsure=seen.unsure, cancelled=seen.cancelled, pages=seen.pages)
    finally:
        if node and node.server and node.server.runs:
            node.kill()
        cluster.remove()
