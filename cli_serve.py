"""`baylight serve`: one shop's process, from a free port to the last screen sent away."""

import argparse
import asyncio
import errno
import logging
import os
import signal
import socket
import sys
from dataclasses import dataclass
from functools import partial

import uvloop

from board.core.roles import Role
from board.desk import Desk
from board.shops import first_manager, is_new
from board.web.access_log import SecretsMasked
from cli_secure import SecureDoor, open_secure
from cli_server import ShopServer, server_config
from cli_workers import WORKER_OPTION, Workers, give_signs
from settings import Settings, SettingsFault, make_data_folder, read_settings
from workshop import Workshop

FIRST_NAME = "Baylight"
MOST_WORKERS = 64
FEWEST_AT_ONCE = 5

LOG = logging.getLogger("baylight")


@dataclass(frozen=True, slots=True)
class Post:
    """Where one process stands: its listener, where it gives signs of life, whether it greets."""

    listener: socket.socket
    signs: int | None = None
    greets: bool = True


def add_serve_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", epilog: str
) -> None:
    """Add `serve` to the command line; `epilog` lists the settings."""
    serve = commands.add_parser(
        "serve",
        help="start the shop with its screens",
        description="Start the shop with its screens.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument(
        "--workers", type=_count, default=1, help="processes that share the work (1)"
    )
    serve.add_argument(WORKER_OPTION, default="", help=argparse.SUPPRESS)
    serve.set_defaults(run=run_serve)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_WORKERS}")
    return int(text)


def run_serve(chosen: argparse.Namespace) -> int:
    """Serve until told to stop; 1 when several workers cannot be started."""
    settings = read_settings()
    if chosen.worker:
        return _work_for(settings, chosen.worker)
    if chosen.workers > 1:
        return _watch_over(settings, chosen.workers)
    with bound(settings) as listener:
        starts_again = _run(settings, Post(listener))
    if starts_again:
        _become_anew()
    return 0


def _become_anew() -> None:
    """Go on as the same process with the code from the disk; services know it by its number."""
    # Whoever asks again before the new code listens to signals must not end it.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _watch_over(settings: Settings, count: int) -> int:
    if settings.database_url.startswith("sqlite"):
        reason = "several processes need PostgreSQL: set DATABASE_URL, or leave --workers out"
        raise SettingsFault("--workers", reason)
    if not settings.redis_url:
        LOG.warning("without REDIS_URL a change takes up to half a second to the other workers")
    make_data_folder(settings.data)
    with bound(settings) as alone:
        family, address = alone.family, alone.getsockname()
    # It never listens; the port stays ours while no worker stays.
    with shared(family, address) as holds:
        another = partial(shared, family, holds.getsockname())
        return asyncio.run(Workers(count, another).run())


def shared(family: int, address: tuple[object, ...]) -> socket.socket:
    """One of several sockets on one port; the kernel deals newcomers out to those that listen.

    It is left to the worker to listen, so that nobody waits at one that never serves.
    """
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(address)
    return listener


def _work_for(settings: Settings, worker: str) -> int:
    listener, signs, how = worker.split(",")
    with socket.socket(fileno=int(listener)) as given:
        _run(settings, Post(given, int(signs), how == "greet"))
    return 0


def _run(settings: Settings, post: Post) -> bool:
    secure = open_secure(settings, shares=post.signs is not None)
    workshop = Workshop(settings)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(serve(workshop, post, secure))
    finally:
        workshop.close()


def bound(settings: Settings) -> socket.socket:
    """A socket on the wanted address; SettingsFault names the setting when it cannot be had."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except (OSError, UnicodeError) as error:
        listener.close()
        raise _unusable(settings, error) from None
    return listener


def _unusable(settings: Settings, error: OSError | UnicodeError) -> SettingsFault:
    if isinstance(error, UnicodeError | socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        reason = f"{settings.host} is no address of this machine; 0.0.0.0 means all it has"
        return SettingsFault("BAYLIGHT_HOST", reason)
    reason = f"{settings.host}:{settings.port} cannot be used ({error.strerror}); "
    return SettingsFault("BAYLIGHT_PORT", reason + "stop what uses it or choose another")


def address_of(host: str, port: int) -> str:
    """Where a browser on this machine finds the shop, without slash."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


async def serve(workshop: Workshop, post: Post, secure: SecureDoor | None = None) -> bool:
    """Print where to go and how to sign in first, serve until a signal; whether to start again."""
    host, port = post.listener.getsockname()[:2]
    if post.greets:
        for desk in workshop.desks.values():
            await _greet(workshop, desk, address_of(host, port))
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(SecretsMasked())
    # Below a warning uvicorn tells of every socket that opens or closes.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    watched = post.signs is not None
    server = ShopServer(server_config(workshop), partial(_send_away, workshop), watched, secure)
    async with asyncio.TaskGroup() as tasks:
        beside = [tasks.create_task(give_signs(server, post.signs))] if post.signs else []
        if secure is not None:
            beside.append(tasks.create_task(secure.keep_valid(server.speak_https)))
        await server.serve(sockets=[post.listener])
        for task in beside:
            task.cancel()
    return server.starts_again


async def _send_away(workshop: Workshop) -> None:
    """A tenth at a time: those that dial again must not all come at one moment."""
    workshop.doors.phones.end()
    await workshop.hub.drain(max(FEWEST_AT_ONCE, len(workshop.hub.screens()) // 10))


async def _greet(workshop: Workshop, desk: Desk, address: str) -> None:
    if manager := await _first_to_let_in(workshop, desk):
        token = await asyncio.to_thread(workshop.accounts.tokens.make_link, desk.shop.id, manager)
        print(f"\n  首次登录 First sign-in (once):  {address}/welcome/{token}\n", flush=True)
    name = desk.shop.settings.name
    print(
        f"  {name}:  {address}/   电视 TV {address}/tv   休息区 Lounge {address}/lounge", flush=True
    )


async def _first_to_let_in(workshop: Workshop, desk: Desk) -> str:
    """The manager of a shop in which nobody can sign in yet; '' when somebody can."""
    if is_new(desk.shop):
        return await first_manager(desk, FIRST_NAME)
    known = await asyncio.to_thread(workshop.accounts.credentials.of_shop, desk.shop.id)
    people = [person for person in desk.shop.people.values() if not person.removed]
    if any(person.id in known for person in people):
        return ""
    return next((person.id for person in people if Role.manager in person.roles), "")
