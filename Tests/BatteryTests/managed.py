"""HA-2: what HA-1 does, of a pair under Patroni with packaging/patroni.yml; and what only somebody who votes can do wrong: Patroni that
dies beside a PostgreSQL that lives, a machine that stands still and wakes, etcd that is away, a change of places that was asked for."""

import asyncio
import time

from failover import BAR, Blows, needs, under_people
from patroni_pair import PatroniPair

#: Seconds within which the service is back when a primary that was replaced still answers: until somebody starts its Patroni, or it wakes.
SLOW = 90.0
#: Longer than the ttl of packaging/patroni.yml.
PAST_TTL = 25.0


async def lose_postgres(blows):
    """PostgreSQL of the primary dies, its Patroni lives."""
    await blows.strike("PostgreSQL alone", blows.pair.primary.kill_postgres)
    await asyncio.to_thread(blows.pair.renew)


async def lose_patroni(blows):
    """Patroni of the primary dies and is started again at once, as systemd does: PostgreSQL lives, nobody is promoted."""
    await blows.strike("Patroni alone", blows.pair.primary.kill_patroni)
    await asyncio.to_thread(blows.pair.renew)


async def orphan(blows):
    """Patroni of the primary dies and nobody starts it: its PostgreSQL goes on, and the other is promoted beside it. Whatever the former
    acknowledges then would be lost."""
    former = blows.pair.primary
    await asyncio.to_thread(former.kill_patroni)
    await asyncio.to_thread(blows.pair.until_replaced, former)
    blows.seen.strike()
    await blows.rest(3, 8)
    await asyncio.to_thread(blows.pair.renew)
    await blows.watch("Patroni left dead", blows.seen.struck, SLOW)


async def freeze(blows):
    """The machine of the primary stands still until the other is promoted, and goes on as if nothing had been."""
    former = blows.pair.primary
    await asyncio.to_thread(former.freeze)
    blows.seen.strike()
    try:
        await asyncio.to_thread(blows.pair.until_replaced, former)
        await blows.rest(1, 4)
    finally:
        former.thaw()
    await blows.watch("machine that stands still", blows.seen.struck, SLOW)
    await asyncio.to_thread(blows.pair.renew)


async def lose_voters(blows):
    """All of etcd dies, for longer than the ttl."""
    await blows.strike("etcd", blows.pair.kill_voters)
    await asyncio.sleep(PAST_TTL)
    blows.seen.strike()
    await blows.watch("etcd past the ttl", time.monotonic(), BAR)
    await asyncio.to_thread(blows.pair.start_voters)
    await asyncio.to_thread(blows.pair.renew)


async def switch(blows):
    """The primary and its standby change places, as before a planned stop."""
    await blows.strike("switchover", blows.pair.switch)
    await asyncio.to_thread(blows.pair.renew)


#: One of these before each death of the primary, in turn.
OTHERS = (Blows.lose_node, switch, Blows.lose_standby, lose_postgres, lose_patroni, orphan, lose_voters, freeze)


def patroni(rounds=8, people=12, life=(0.3, 1.5), seed=1, synchronous=True, others=True):
    """HA-2: no acknowledged deposit is lost nor doubled when a machine of a pair under Patroni dies, and somebody deposits again within
    thirty seconds.

    The control is `synchronous_mode: false`: it must lose deposits, and be caught."""
    needs("haproxy", "patroni", "patronictl", "etcd")
    return under_people("HA-2 Patroni", PatroniPair(synchronous), rounds, people, life, seed, OTHERS if others else ())
