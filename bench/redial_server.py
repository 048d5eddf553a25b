"""`baylight serve` with one more door, which only accepts sockets, and a count of what it reads.

python -m bench.redial_server PORT
"""

import asyncio
import json
import socket
import sys
from collections import Counter

import uvloop
from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Receive, Scope, Send

from cli_server import ShopServer, server_config
from settings import read_settings
from workshop import Workshop

BARE = "/bare"
READS = "/reads"


class Reads:
    """Statements that read, by the table they begin with."""

    def __init__(self, engine: Engine) -> None:
        self.counts: Counter[str] = Counter()
        event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, *told: object) -> None:
        statement = str(told[2])
        if statement.lstrip().upper().startswith("SELECT"):
            self.counts[statement.partition("FROM ")[2].partition(" ")[0].strip()] += 1


def with_bare_door(workshop: Workshop) -> ASGIApp:
    """The shop, a socket that is accepted and no more, and the counts as JSON."""
    reads = Reads(workshop.engine)

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"] == BARE:
            await receive()
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass
        elif scope["type"] == "http" and scope["path"] == READS:
            told = {"variants": len(workshop.hub.variants()), "reads": reads.counts}
            body = json.dumps(told).encode()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": body})
        else:
            await workshop.app(scope, receive, send)

    return wrapped


async def _serve(workshop: Workshop, listener: socket.socket) -> None:
    config = server_config(workshop)
    config.app = with_bare_door(workshop)
    await ShopServer(config, workshop.hub.drain).serve(sockets=[listener])


def main() -> int:
    """Serve until ended."""
    workshop = Workshop(read_settings())
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(workshop, listener))
    return 0


if __name__ == "__main__":
    sys.exit(main())
