"""`baylight token`, `baylight person`: keys for programs, codes for screens, ways in."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Callable

from board.accounts_credentials import CredentialKind, password_is_sound, pin_is_sound
from board.accounts_screen_codes import AUDIENCES, spaced
from board.core.roles import PEOPLE_ROLES, Role
from board.desk import Desk
from board.web.access import note
from cli_serve import address_of
from cli_shop import OPERATOR, open_workshop
from workshop import Workshop


def add_people_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `token` and `person`."""
    token = commands.add_parser("token", help="make a key for a program or a code for a screen")
    kinds = token.add_subparsers(metavar="screen|create|list|revoke", required=True)
    screen = kinds.add_parser("screen", help="print a single-use code to type at the screen")
    screen.add_argument("audience", choices=sorted(AUDIENCES))
    screen.add_argument("--bays", default="", help="bay ids with commas; all when left out")
    screen.add_argument(
        "--language", default="", help="zh-Hans, zh-Hant or en; the shop's when left out"
    )
    screen.set_defaults(run=run_screen)
    create = kinds.add_parser("create", help="print a new API key, once")
    create.add_argument("name")
    roles = [role.value for role in (*PEOPLE_ROLES, Role.device)]
    create.add_argument("--roles", nargs="+", choices=roles, required=True)
    create.set_defaults(run=run_create)
    kinds.add_parser("list", help="list the API keys").set_defaults(run=run_list)
    revoke = kinds.add_parser("revoke", help="end an API key")
    revoke.add_argument("id")
    revoke.set_defaults(run=run_revoke)
    person = commands.add_parser("person", help="a person's PIN, password or one-time sign-in")
    person.add_argument("what", choices=("pin", "password", "link"))
    person.add_argument("person", metavar="ID")
    person.set_defaults(run=run_person)


def _with_desk(work: Callable[[Workshop, Desk], int]) -> int:
    with open_workshop() as workshop:
        return work(workshop, workshop.first_desk)


def _note(desk: Desk, what: str, subject: str) -> None:
    asyncio.run(note(desk, OPERATOR, what, subject))


def run_screen(chosen: argparse.Namespace) -> int:
    """Print a code and where to type it."""

    def work(workshop: Workshop, desk: Desk) -> int:
        unknown = [bay for bay in chosen.bays.split(",") if bay and bay not in desk.shop.bays]
        if unknown:
            raise ValueError(f"there is no bay {unknown[0]}")
        language = chosen.language or desk.shop.settings.language
        screens = workshop.accounts.screens
        code = screens.make_code(desk.shop.id, chosen.audience, chosen.bays, language)
        _note(desk, "screen_code_made", chosen.audience)
        print(f"{spaced(code)}   type it at /{chosen.audience} within 15 minutes")
        return 0

    return _with_desk(work)


def run_create(chosen: argparse.Namespace) -> int:
    """Print a new key."""

    def work(workshop: Workshop, desk: Desk) -> int:
        roles = [Role(name) for name in chosen.roles]
        made = workshop.accounts.tokens.create(desk.shop.id, chosen.name, roles)
        _note(desk, "token_created", chosen.name)
        print(made.secret)
        return 0

    return _with_desk(work)


def run_list(_chosen: argparse.Namespace) -> int:
    """Print id, name and roles of every key."""

    def work(workshop: Workshop, desk: Desk) -> int:
        for token in workshop.accounts.tokens.of_shop(desk.shop.id):
            print(f"{token.id}  {token.name}  {' '.join(sorted(token.roles))}")
        return 0

    return _with_desk(work)


def run_revoke(chosen: argparse.Namespace) -> int:
    """End a key."""

    def work(workshop: Workshop, desk: Desk) -> int:
        if not workshop.accounts.tokens.revoke(desk.shop.id, chosen.id):
            print("there is no such key", file=sys.stderr)
            return 1
        _note(desk, "token_revoked", chosen.id)
        return 0

    return _with_desk(work)


def run_person(chosen: argparse.Namespace) -> int:
    """Set a PIN or password, or print a one-time sign-in."""

    def work(workshop: Workshop, desk: Desk) -> int:
        if chosen.person not in desk.shop.people:
            raise ValueError(f"there is no {chosen.person} in this shop")
        if chosen.what == "link":
            token = workshop.accounts.tokens.make_link(desk.shop.id, chosen.person)
            _note(desk, "link_made", chosen.person)
            print(f"{address_of(workshop.settings.host, workshop.settings.port)}/welcome/{token}")
            return 0
        kind = CredentialKind(chosen.what)
        secret = _typed(kind)
        workshop.accounts.credentials.set(desk.shop.id, chosen.person, kind, secret)
        workshop.accounts.sessions.revoke_person(desk.shop.id, chosen.person)
        _note(desk, f"{kind.value}_set", chosen.person)
        return 0

    return _with_desk(work)


def _typed(kind: CredentialKind) -> str:
    asked = f"new {kind.value}: "
    secret = getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    sound = pin_is_sound(secret) if kind == CredentialKind.pin else password_is_sound(secret)
    if not sound:
        raise ValueError("a PIN has 4 digits, a password at least 8 characters")
    return secret
