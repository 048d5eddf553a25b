"""`baylight https`: the shop's own authority, for tablets that install and start offline."""

import argparse
import socket
from datetime import UTC, datetime

from board.authority import NotOfThisAuthority, fingerprint
from board.https_files import HttpsFiles
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
    names = chosen.names or (files.names() if files.exist() else own_names())
    wanted = tuple(dict.fromkeys((*map(str.lower, names), *_ALWAYS)))
    try:
        files.make(socket.gethostname(), wanted, datetime.now(UTC), anew=chosen.new_ca)
    except NotOfThisAuthority as error:
        told = "the authority was not made for it; --new-ca makes one that every tablet must learn"
        raise ValueError(f"{error}: {told}") from None
    _say(settings, files, wanted)
    return 0


def _say(settings: Settings, files: HttpsFiles, names: tuple[str, ...]) -> None:
    print(f"Certificate for {', '.join(names)}, until {files.ends_at():%Y-%m-%d}.")
    print(f"Authority: {files.folder / 'ca.pem'}")
    print(f"SHA-256 {fingerprint(files.authority())}")
    print("\nStart `baylight serve` anew. On every tablet open, and follow the steps:")
    print(f"  http://{_in_address(names[0])}:{settings.port}/https")


def _in_address(name: str) -> str:
    return f"[{name}]" if ":" in name else name


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
