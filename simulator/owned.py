"""A server that is the demo's own: on a port that nobody uses, and ended with the demo."""

import shutil
import socket


def require_free(host: str, port: int) -> None:
    """ValueError with a sentence where something listens."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = f"{host}:{port} cannot be used ({error.strerror})"
            raise ValueError(f"{what}: stop what uses it or choose another --port") from None


def owned() -> tuple[str, ...]:
    """What stands before a command: where Linux offers it the kernel ends the server with us,
    however we end.
    """
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()
