"""`baylight https`: the shop's own authority, for tablets that install and start offline."""

import argparse
import socket
from datetime import UTC, datetime

from board.authority import NotOfThisAuthority, fingerprint
from board.https_files import HttpsFiles
from board.listening import EVERYWHERE, in_address, is_here_only, reached_at
from settings import Settings, make_data_folder, read_settings

_ALWAYS = ("localhost", "127.0.0.1", "::1")

# Nothing is sent: the system only says from which address it would.
_FAR_AWAY = ("10.255.255.255", 9)


def add_https_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add `https` to the command line."""
    https = commands.add_parser(
        "https",
        help="make an own authority and a certificate, so that tablets start offline",
        description="Make a certificate for this server, signed by an authority of the shop's "
        "own. `baylight serve` then also listens on BAYLIGHT_HTTPS_PORT, and /https tells how a "
        "tablet learns to trust it. Run again, it makes the certificate anew.",
    )
    https.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="names and addresses by which tablets call this server (all that it has)",
    )
    https.add_argument(
        "--new-ca", action="store_true", help="another authority: every tablet has to learn it"
    )
    https.add_argument("--remove", action="store_true", help="forget authority and certificate")
    https.set_defaults(run=run_https)


def run_https(chosen: argparse.Namespace) -> int:
    """Make what is wanted and say what to do next."""
    settings = read_settings()
    make_data_folder(settings.data)
    files = HttpsFiles(settings.data)
    if chosen.remove:
        files.remove()
        print("Removed. The next start of `baylight serve` listens on plain HTTP only.")
        return 0
    names = chosen.names or _names_before(files) or own_names()
    wanted = tuple(dict.fromkeys((*map(str.lower, names), *_ALWAYS)))
    try:
        files.make(socket.gethostname(), wanted, datetime.now(UTC), anew=chosen.new_ca)
    except NotOfThisAuthority as error:
        told = "the authority was not made for it; --new-ca makes one that every tablet must learn"
        raise ValueError(f"{error}: {told}") from None
    except ValueError as error:
        told = "--new-ca makes another, which every tablet must learn"
        raise ValueError(f"the authority cannot be read ({error}); {told}") from None
    _say(settings, files, wanted)
    return 0


def _names_before(files: HttpsFiles) -> tuple[str, ...]:
    """What the certificate says now; nothing where there is none or it cannot be read."""
    try:
        return files.names()
    except (OSError, ValueError):
        return ()


def _say(settings: Settings, files: HttpsFiles, names: tuple[str, ...]) -> None:
    print(f"Certificate for {', '.join(names)}, until {files.ends_at():%Y-%m-%d}.")
    print(f"Authority: {files.folder / 'ca.pem'}")
    print(f"SHA-256 {fingerprint(files.authority())}")
    print(f"\n{_next_steps(settings, names)}")


def _next_steps(settings: Settings, names: tuple[str, ...]) -> str:
    """What to do so that tablets get the certificate, from where the server listens."""
    host, start = settings.host, "Start `baylight serve` anew."
    if is_here_only(host):
        start = (
            f"The server listens on this computer only (BAYLIGHT_HOST is {host}): no tablet reaches"
            f" it.\nSet BAYLIGHT_HOST={EVERYWHERE} and start `baylight serve` anew."
        )
        host = EVERYWHERE
    if found := reached_at(host, names):
        place = f"http://{in_address(found)}:{settings.port}/https"
        return f"{start} On every tablet open, and follow the steps:\n  {place}"
    wanted = "ADDRESS" if host == EVERYWHERE else host
    return (
        "The certificate has no name by which a tablet reaches the server. Make it anew with the\n"
        f"address of this computer in the shop's network: baylight https {wanted}\n{start}"
    )


def own_names() -> tuple[str, ...]:
    """What this machine is called and where the shop's network finds it, the address first."""
    host = socket.gethostname().lower()
    found: dict[str, None] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_FAR_AWAY)
            found[asked.getsockname()[0]] = None
        except OSError:
            pass
    local = host if "." in host else f"{host}.local"
    return tuple(name for name in (*found, host, local) if name not in ("0.0.0.0", "localhost"))
