"""A shop on two ports, made by `baylight https` and `baylight serve`."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.processes import Server, free_port
from tests.tablet_page.conftest import House, desk, imported, program

__all__ = ["desk", "imported"]


@dataclass(frozen=True)
class Served:
    """A shop on two ports; `folder`: where its certificates lie."""

    port: int
    https_port: int
    folder: Path

    server: Server

    @property
    def plain(self) -> House:
        """The shop over plain HTTP."""
        return House(f"http://127.0.0.1:{self.port}", self.server, self.folder.parent)

    @property
    def secure(self) -> House:
        """The shop over https."""
        return House(f"https://127.0.0.1:{self.https_port}", self.server, self.folder.parent)

    @property
    def trust(self) -> ssl.SSLContext:
        """What a tablet that took the steps trusts, and nothing else."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.folder / "ca.pem")
        return context


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, imported: Path) -> Iterator[Served]:
    """One shop for a file."""
    folder = tmp_path_factory.mktemp("https")
    data, port, https_port = shutil.copytree(imported, folder / "data"), free_port(), free_port()
    words = ["https", "127.0.0.1", "garage.local"]
    done = subprocess.run(program(data, port, *words), capture_output=True, text=True, check=True)
    assert f"http://garage.local:{port}/https" in done.stdout
    here = [f"BAYLIGHT_HTTPS_PORT={https_port}"]
    server = Server(program(data, port, "serve", settings=here), folder / "serve.log")
    server.start_on(port)
    yield Served(port, https_port, data / "https", server)
    server.stop()
