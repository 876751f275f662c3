"""A network of a trial's own: a bridge, and machines on it, each in a network namespace, whose cables can be pulled. Nothing of it is seen
from outside, and it is gone when the trial is."""

import ctypes
import os
import subprocess
import threading

from trials import Skipped

_libc = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET = 0x4000_0000


def _check(result):
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _here():
    """The network of this thread, kept as long as the descriptor is open."""
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY)


def _apart():
    """This thread, and whatever it starts, is on a network that has nobody else."""
    _check(_libc.unshare(_CLONE_NEWNET))


def ip(*words):
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"ip {' '.join(words)}: {done.stderr.strip()}")


class Lan:
    """Entered, the thread and whatever it starts are on the network, as the router of a real one would be."""

    ADDRESS = "10.0.0.254"

    def __enter__(self):
        self._outside = _here()
        try:
            _apart()
        except OSError as error:
            os.close(self._outside)
            raise Skipped(f"no network of its own: {error.strerror}") from error
        ip("link", "set", "lo", "up")
        ip("link", "add", "lan", "type", "bridge")
        ip("address", "add", f"{self.ADDRESS}/24", "dev", "lan")
        ip("link", "set", "lan", "up")
        return self

    def __exit__(self, *_):
        _check(_libc.setns(self._outside, _CLONE_NEWNET))
        os.close(self._outside)


class Cable:
    """What ties a machine to the network that this thread is on, under one address."""

    #: A card that nobody has: what is sent to it arrives nowhere, and nobody says so.
    NOBODY = "02:00:00:00:00:00"

    def __init__(self, address):
        self.address = address
        self.end = f"m{address.rpartition('.')[2]}"
        made = threading.Thread(target=self._make)
        made.start()
        made.join()
        ip("link", "add", self.end, "type", "veth", "peer", "name", "eth0", "netns", self.namespace)
        ip("link", "set", self.end, "master", "lan")
        self.inside("link", "set", "lo", "up")
        self.inside("address", "add", f"{address}/24", "dev", "eth0")
        self.inside("link", "set", "eth0", "up")
        self.plug()

    def _make(self):
        _apart()
        self._kept = _here()

    @property
    def namespace(self):
        return f"/proc/{os.getpid()}/fd/{self._kept}"

    def inside(self, *words):
        """`ip`, as the machine would say it."""
        done = subprocess.run(["nsenter", f"--net={self.namespace}", "ip", *words], capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{self.address}: ip {' '.join(words)}: {done.stderr.strip()}")

    def pull(self):
        """From now on nothing reaches the machine, and nothing that it says reaches anybody. Nobody is told, as behind a router."""
        ip("neighbour", "replace", self.address, "lladdr", self.NOBODY, "dev", "lan", "nud", "permanent")
        ip("link", "set", self.end, "down")

    def plug(self):
        ip("neighbour", "flush", "to", self.address, "dev", "lan", "nud", "permanent")
        ip("link", "set", self.end, "up")

    def part(self, other):
        """This one and another do not hear each other any more; everybody else hears both."""
        for one, its_other in ((self, other), (other, self)):
            one.inside("neighbour", "replace", its_other.address, "lladdr", self.NOBODY, "dev", "eth0", "nud", "permanent")

    def join(self, other):
        """They do again."""
        for one, its_other in ((self, other), (other, self)):
            one.inside("neighbour", "delete", its_other.address, "dev", "eth0")

    def cut(self):
        """The machine is no more."""
        os.close(self._kept)
