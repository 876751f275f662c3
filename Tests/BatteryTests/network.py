"""A bad line between people and the site: connections cut at any byte, slow, half closed; or a line that lies."""

import asyncio
import random


class BadLine:
    """Forwards to a port. `cuts`: share of connections that are cut; `delay`: seconds at most before each piece; `lies`: share
    of deposits that the line itself acknowledges without handing them over, the first among them, which the judge must notice."""

    def __init__(self, port, seed, cuts=0.0, delay=0.0, lies=0.0):
        self.target, self.chance = port, random.Random(seed)
        self.cuts, self.delay, self.lies = cuts, delay, lies
        self.cut = self.lied = 0

    async def __aenter__(self):
        self.tasks = set()
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _serve(self, reader, writer):
        other = None
        self.tasks.add(asyncio.current_task())
        try:
            upstream, other = await asyncio.open_connection("127.0.0.1", self.target)
            # How many bytes pass before the line is cut, in which direction, and how.
            side = self.chance.choice(["up", "down"])
            places = [0, 40, 400, 900, 1_500, 2_500] if side == "up" else [0, 200, 2_000, 8_000, 20_000]
            limit = self.chance.choice(places) if self.chance.random() < self.cuts else None
            half = self.chance.random() < 0.3
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass(reader, other, limit if side == "up" else None, half, writer))
                both.create_task(self._pass(upstream, writer, limit if side == "down" else None, half, other))
        except* (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            self.tasks.discard(asyncio.current_task())
            for end in (writer, other):
                if end:
                    end.close()

    async def _pass(self, reader, writer, limit, half, back):
        passed = 0
        while data := await reader.read(16_384):
            if self.delay:
                await asyncio.sleep(self.chance.random() * self.delay)
            is_deposit = data.startswith(b"POST ") and b"/depot HTTP" in data
            if self.lies and is_deposit and (not self.lied or self.chance.random() < self.lies):
                self.lied += 1
                back.write(b"HTTP/1.1 303 See Other\r\nLocation: /candidatures/x/recepisse\r\nContent-Length: 0\r\n\r\n")
                await back.drain()
                continue
            if limit is not None and passed + len(data) > limit:
                writer.write(data[:limit - passed])
                self.cut += 1
                if half:
                    await writer.drain()
                    if writer.can_write_eof():
                        writer.write_eof()
                    await asyncio.sleep(0.2)
                raise EOFError
            passed += len(data)
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
