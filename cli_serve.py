"""`baylight serve`: one shop's process, from a free port to the last screen sent away."""

import argparse
import asyncio
import errno
import logging
import socket

import uvicorn
import uvloop

from board.core.roles import Role
from board.desk import Desk
from board.shops import first_manager, is_new
from board.web.access_log import SecretsMasked
from displays.protocol import UVICORN, ScreenProtocol
from settings import Settings, SettingsFault, read_settings
from workshop import Workshop

FIRST_NAME = "Baylight"


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
    serve.set_defaults(run=run_serve)


def run_serve(_chosen: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = read_settings()
    with bound(settings) as listener:
        workshop = Workshop(settings)
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(serve(workshop, listener))
        finally:
            workshop.close()
    return 0


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


async def serve(workshop: Workshop, listener: socket.socket) -> None:
    """Print where to go and how to sign in first, then serve until a signal comes."""
    host, port = listener.getsockname()[:2]
    address = address_of(host, port)
    for desk in workshop.desks.values():
        await _greet(workshop, desk, address)
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(SecretsMasked())
    # Below a warning uvicorn tells of every socket that opens or closes.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        workshop.app,
        ws=ScreenProtocol,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        **UVICORN,
    )
    await uvicorn.Server(config).serve(sockets=[listener])


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
