"""A proxy that breaks connections as a bad network does, at a byte or by a seed."""

import asyncio
import random
import socket
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import Enum

from support.servers.relay import BLOCK, Relay


class Act(Enum):
    """What befalls a connection."""

    CUT = "both sides see its end"
    RESET = "both sides see that it was reset"
    STALL = "nothing passes any more, and nobody is told"
    SLOW = "every block of 64 KiB waits"


class Way(Enum):
    """Whose bytes are counted."""

    SENT = "the client's"
    RECEIVED = "the server's"


@dataclass(frozen=True)
class Fault:
    """Something befalls a connection after exactly so many bytes of one side."""

    act: Act
    after: int = 0
    way: Way = Way.SENT
    seconds: float = 0.0


Plan = Callable[[int], Fault | None]
"""What befalls each connection, by its number from 0; None: nothing."""


def nothing(_number: int) -> None:
    """Nothing befalls any connection."""


def each(fault: Fault) -> Plan:
    """The same befalls every connection."""
    return lambda _number: fault


def first(*faults: Fault | None) -> Plan:
    """These befall the first connections, one each; nothing befalls later ones."""
    return lambda number: faults[number] if number < len(faults) else None


def at_random(seed: int, share: float, within: int, act: Act = Act.CUT) -> Plan:
    """A ``share`` of the connections breaks at a byte below ``within``, on either side."""

    def plan(number: int) -> Fault | None:
        chance = random.Random(f"{seed}:{number}")  # noqa: S311
        if chance.random() >= share:
            return None
        return Fault(act, chance.randrange(within), chance.choice(list(Way)))

    return plan


class FaultProxy(Relay):
    """Passes bytes on to ``upstream``, a port, and breaks connections as ``plan`` says.

    Counts what passed: ``connections``, bytes ``sent`` by clients and ``received`` by them, and
    how many connections were ``struck``.
    """

    def __init__(self, upstream: int, plan: Plan = nothing) -> None:
        super().__init__(upstream)
        self.begin(plan)

    def begin(self, plan: Plan) -> None:
        """Follow ``plan`` from now on, and count from nothing."""
        self._plan = plan
        self.connections = self.struck = 0
        self.passed = dict.fromkeys(Way, 0)

    @property
    def sent(self) -> int:
        """Bytes that clients sent and that were passed on."""
        return self.passed[Way.SENT]

    @property
    def received(self) -> int:
        """Bytes that servers answered and that were passed on."""
        return self.passed[Way.RECEIVED]

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Pass on what both sides say until one ends it or it is struck."""
        fault = self._plan(self.connections)
        self.connections += 1
        async with AsyncExitStack() as stack:
            server_reader, server_writer = await self.connect(stack)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._pass(Way.SENT, reader, server_writer, fault))
                    both.create_task(self._pass(Way.RECEIVED, server_reader, writer, fault))
            except* _Struck:
                self.struck += 1
                assert fault is not None
                await _strike(fault.act, (writer, server_writer))
            except* ConnectionError:
                pass

    async def _pass(
        self, way: Way, reader: StreamReader, writer: StreamWriter, fault: Fault | None
    ) -> None:
        ours = fault if fault is not None and fault.way is way else None
        passed = 0
        while True:
            room = BLOCK
            if ours is not None and ours.act is not Act.SLOW:
                room = min(BLOCK, ours.after - passed)
                if room == 0:
                    raise _Struck
            data = await reader.read(room)
            if not data:
                break
            if ours is not None and passed >= ours.after:
                await asyncio.sleep(ours.seconds)
            writer.write(data)
            await writer.drain()
            passed += len(data)
            self.passed[way] += len(data)
        if writer.can_write_eof():
            writer.write_eof()


class _Struck(Exception):  # noqa: N818
    """A connection's moment has come."""


async def _strike(act: Act, writers: tuple[StreamWriter, StreamWriter]) -> None:
    if act is Act.STALL:
        await asyncio.Event().wait()  # until the proxy ends
    for writer in writers:
        if act is Act.RESET:
            held: socket.socket = writer.get_extra_info("socket")
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        else:
            writer.close()
