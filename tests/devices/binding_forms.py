"""One shop's file of bindings, changed by forms as its pages send them."""

import tomllib
from pathlib import Path

from board.core.device_deeds import DeviceDeed
from devices.provisioning import Provisioning
from tests.builders import Trial


class Pages:
    """Forms that carry the stamp of what was shown."""

    def __init__(self, folder: Path) -> None:
        self.file, shop = folder / "sensors.toml", Trial().shop
        self._made = Provisioning(self.file, folder / "profiles", lambda: shop)

    def send(self, deed: str, **form: str) -> tuple[str, tuple[str, ...]] | None:
        """The code and the fields of what is refused; every refusal can be said."""
        stamp = str(self._made.shown()["stamp"])
        refused = self._made.act(DeviceDeed(deed), {"stamp": stamp, **form})
        assert refused is None or str(refused)
        return None if refused is None else (refused.code, refused.fields)

    @property
    def tables(self) -> dict[str, object]:
        """What the file says."""
        return tomllib.loads(self.file.read_text())

    @property
    def shown(self) -> list[dict[str, object]]:
        """What the page shows of it."""
        found = self._made.shown()["tables"]
        assert isinstance(found, list)
        return found
