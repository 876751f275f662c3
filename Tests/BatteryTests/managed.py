"""HA-2: what HA-1 does, of a pair under Patroni with packaging/patroni.yml, on a network whose cables are pulled; and what only somebody who
votes can do wrong: Patroni or a machine that stands still, or is not heard, and comes back beside a new primary, etcd that is away, a change of
places that was asked for."""

import asyncio
import contextlib
import os
import time

from failover import BAR, Blows, needs, under_people
from patroni_pair import Machine, PatroniPair
from trials import Skipped

#: Seconds within which the service is back when a primary that was replaced still answers: until somebody starts its Patroni, or it wakes.
SLOW = 90.0
#: Longer than the ttl of packaging/patroni.yml.
PAST_TTL = 25.0
#: Longer than its loop_wait, at which a primary says how far it is.
PAST_LOOP = 6.0
#: Bytes, more than Patroni lets a standby lack if nobody says otherwise.
AHEAD = 4 << 20


async def lose_postgres(blows):
    """PostgreSQL of the primary dies, its Patroni lives."""
    await blows.strike("PostgreSQL alone", blows.pair.primary.kill_postgres)
    await asyncio.to_thread(blows.pair.renew)


async def lose_patroni(blows):
    """Patroni of the primary dies, systemd ends what it left, and starts it again."""
    primary = blows.pair.primary
    await blows.strike("Patroni", lambda: (primary.kill_service(), primary.start(blows.pair.voters)))
    await asyncio.to_thread(blows.pair.renew)


async def find(blows):
    """A node is killed, and started until it finds the new primary, as systemd would: somebody writes there before the former wakes."""
    told, end = blows.seen.acknowledged, time.monotonic() + SLOW
    node = blows.chance.choice(blows.nodes)
    await asyncio.to_thread(node.kill)
    while not node.server.runs and time.monotonic() < end:
        # Without a primary it says so, and ends.
        with contextlib.suppress(AssertionError):
            await asyncio.to_thread(node.start)
    while blows.seen.acknowledged == told and time.monotonic() < end:
        await asyncio.sleep(0.05)


async def sleep_through(blows, kind, stop, serves):
    """Something of the primary's machine stands still until the other is promoted, and goes on as if nothing had been. Whatever the former
    acknowledges beside the new one would be lost. `serves`: the former does, until the other is promoted."""
    former, begun = blows.pair.primary, time.monotonic()
    await asyncio.to_thread(stop, former)
    try:
        await asyncio.to_thread(blows.pair.until_replaced, former)
        if serves:
            begun = time.monotonic()
        else:
            await find(blows)
        await blows.rest(2, 8)
    finally:
        former.thaw()
    blows.seen.strike()
    await blows.watch(kind, begun, SLOW)
    await asyncio.to_thread(blows.pair.renew)


async def freeze_patroni(blows):
    """Patroni of the primary stands still; its PostgreSQL lives, and the nodes go on with it."""
    await sleep_through(blows, "Patroni that stands still", Machine.freeze_patroni, serves=True)


async def freeze(blows):
    """The whole machine of the primary stands still."""
    await sleep_through(blows, "primary that stands still", Machine.freeze, serves=False)


async def silence_standby(blows, kind, silence, wake):
    """The standby is not heard any more, without a word: the primary goes on without it. Then it is, and follows."""
    standby = blows.pair.standby
    try:
        await blows.strike(kind, lambda: silence(standby))
    finally:
        wake(standby)
    await asyncio.to_thread(blows.pair.renew)


async def freeze_standby(blows):
    """The machine of the standby stands still."""
    await silence_standby(blows, "standby that stands still", Machine.freeze, Machine.thaw)


async def unplug_standby(blows):
    """Nobody hears the standby."""
    await silence_standby(blows, "standby off the network", Machine.unplug, Machine.plug)


async def unplug(blows):
    """Nobody hears the primary's machine, which lives: the other is promoted, people write there, and the former is heard again."""
    former = blows.pair.primary
    try:
        await blows.strike("primary off the network", former.unplug)
        await asyncio.to_thread(blows.pair.until_replaced, former)
        await blows.rest(2, 8)
    finally:
        former.plug()
    await asyncio.to_thread(blows.pair.renew)


async def part(blows):
    """The nodes hear the primary, which hears neither its standby nor the voters: whatever it acknowledges would be lost."""
    former = blows.pair.primary
    await asyncio.to_thread(blows.pair.part, former)
    try:
        await blows.strike("primary parted from the others", lambda: blows.pair.until_replaced(former), SLOW)
        await blows.rest(2, 8)
    finally:
        await asyncio.to_thread(blows.pair.join, former)
    await asyncio.to_thread(blows.pair.renew)


async def lose_ahead(blows):
    """The primary's machine dies with megabytes, acknowledged to nobody, that its standby never had, and etcd knows how far it was."""
    primary = blows.pair.primary
    await asyncio.to_thread(blows.pair.hold)
    await asyncio.to_thread(primary.query, f"SELECT pg_logical_emit_message(false, 'trial', repeat('x', {AHEAD}))", "postgres")
    await asyncio.sleep(PAST_LOOP)
    await blows.strike("primary ahead of its standby", blows.pair.kill)
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
OTHERS = (freeze, unplug, freeze_patroni, part, lose_patroni, Blows.lose_node, lose_voters, unplug_standby, freeze_standby, switch,
          Blows.lose_standby, lose_ahead, lose_postgres)


def patroni(rounds=8, people=12, life=(0.3, 1.5), seed=1, synchronous=True, others=True):
    """HA-2: no acknowledged deposit is lost nor doubled when a machine of a pair under Patroni dies, and somebody deposits again within
    thirty seconds.

    The control is `synchronous_mode: false`: it must lose deposits, and be caught."""
    needs("haproxy", "patroni", "patronictl", "etcd", "ip", "nsenter")
    if os.geteuid():
        raise Skipped("only root may make a network of its own")
    return under_people("HA-2 Patroni", PatroniPair(synchronous), rounds, people, life, seed, OTHERS if others else ())
