"""Photos on the disk: sealed per car, swept when nothing leads to them, never in the way."""

import asyncio
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from board.backup_photos import held_photos
from board.core import commands as c
from board.database import open_database
from board.desk import Desk
from board.journal_sql import SqlJournal
from board.photo_image import picture_of
from board.photo_sweeping import PhotoSweeping
from board.photos import UNNAMED_SECONDS, NoRoom, Photos, names_in
from tests.builders import ANNA, MONA, NOW, receive
from tests.desk.orders import granted, opened
from tests.photos.pictures import sent

SHOP = "test"
PICTURE = picture_of(sent())


class Kept:
    """A shop with the cars j1 and j2, and its photos."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.journal = SqlJournal(open_database(f"sqlite:///{data / 'baylight.db'}"), b"s" * 32)
        self.photos = Photos(data, self.journal.seals)
        self.writer = ThreadPoolExecutor(1)
        self.desk = Desk(self.journal, SHOP, lambda: NOW, self.writer)
        self.do(receive("j1", "京A11111"), receive("j2", "京A22222"))

    def do(self, *commands: c.Command) -> None:
        """Have commands granted, those of erasing by the manager."""

        async def scenario() -> None:
            if not self.desk.shop.people:
                await opened(self.desk)
            for command in commands:
                by = MONA if isinstance(command, c.EraseCar) else ANNA
                granted(await self.desk.handle(command, by))

        asyncio.run(scenario())

    def erase(self, job: str) -> None:
        """Close an order and forget its car."""
        self.do(c.CancelJob(job=job, reason="gone"), c.EraseCar(jobs=(job,)))

    def sweep(self) -> int:
        """How many photos went."""
        return PhotoSweeping(self.photos, self.journal, [SHOP]).sweep(SHOP)

    def age(self) -> None:
        """Let a day pass for every file."""
        before = time.time() - UNNAMED_SECONDS - 60
        for file in self.files():
            os.utime(file, (before, before))

    def files(self) -> list[Path]:
        """Every file of photos."""
        return [each for each in (self.data / "photos").rglob("*") if each.is_file()]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    shop = Kept(tmp_path)
    yield shop
    shop.writer.shutdown()
    shop.journal.close()


def test_what_was_kept_is_read_again_by_its_name(kept: Kept) -> None:
    name = kept.photos.keep(SHOP, "j1", PICTURE)
    assert kept.photos.keep(SHOP, "j1", PICTURE) == name
    assert kept.photos.read(SHOP, "j1", name) == PICTURE.large
    assert kept.photos.read(SHOP, "j1", name, small=True) == PICTURE.small
    assert kept.photos.read(SHOP, "j2", name) == b"", "another car's order does not lead to it"
    assert kept.photos.read("other", "j1", name) == b""
    assert kept.photos.read(SHOP, "../test/j1", name) == b""
    assert list(names_in({"marks": [{"photos": [name, "x"]}]})) == [name]


def test_on_the_disk_nobody_sees_it(kept: Kept) -> None:
    kept.photos.keep(SHOP, "j1", PICTURE)
    assert kept.files()
    assert not any(b"JFIF" in file.read_bytes() for file in kept.files())
    assert all(file.stat().st_mode & 0o077 == 0 for file in kept.files())


def test_a_job_that_nobody_knows_gets_no_photo(kept: Kept) -> None:
    assert kept.photos.keep(SHOP, "j9", PICTURE) == ""
    assert kept.files() == []


def test_a_photo_of_an_erased_car_says_nothing_and_goes(kept: Kept) -> None:
    name = kept.photos.keep(SHOP, "j1", PICTURE)
    copy = shutil.copytree(kept.data / "photos", kept.data / "copy")
    kept.erase("j1")
    kept.photos.forget(SHOP, ["j1"])
    assert kept.files() == []
    shutil.copytree(copy, kept.data / "photos", dirs_exist_ok=True)
    assert kept.photos.read(SHOP, "j1", name) == b"", "a backup's copy has no key"
    assert kept.sweep() == 1
    assert kept.files() == []


def test_what_no_event_names_within_a_day_is_swept(kept: Kept) -> None:
    """Falls over without `(each.stem + kind)).unlink(missing_ok=True)` in `board/photos.py`."""
    name = kept.photos.keep(SHOP, "j1", PICTURE)
    assert kept.sweep() == 0
    kept.age()
    assert kept.sweep() == 1
    assert kept.photos.read(SHOP, "j1", name) == b""
    assert kept.files() == []


def test_what_an_event_names_stays(kept: Kept) -> None:
    name = kept.photos.keep(SHOP, "j1", PICTURE)
    kept.do(c.DescribeJob(job="j1", asked=name))
    kept.age()
    assert kept.sweep() == 0
    kept.do(c.DescribeJob(job="j1", asked="oil"))
    kept.age()
    assert kept.sweep() == 0
    assert kept.photos.read(SHOP, "j1", name) == PICTURE.large


def test_a_full_disk_refuses_the_photo_and_nothing_else(kept: Kept) -> None:
    """Falls over without `raise NoRoom("photo_disk")` in `board/photos.py`."""
    full = Photos(kept.data, kept.journal.seals, reserve_bytes=1 << 60)
    with pytest.raises(NoRoom, match="photo_disk"):
        full.keep(SHOP, "j1", PICTURE)
    assert kept.files() == []
    kept.do(receive("j3", "京A33333"))


def test_a_folder_that_cannot_be_written_leaves_no_halves(kept: Kept) -> None:
    (kept.data / "photos").write_text("in the way")
    with pytest.raises(NoRoom, match="photo_disk"):
        kept.photos.keep(SHOP, "j1", PICTURE)


def test_a_backup_holds_what_is_deleted_while_it_packs(kept: Kept) -> None:
    name = kept.photos.keep(SHOP, "j1", PICTURE)
    with held_photos(kept.data) as held:
        kept.photos.forget(SHOP, ["j1"])
        assert {Path(each).stem for each in held} == {name}
        assert all(file.exists() for file in held.values())
    assert list(kept.data.glob(".backing-up-*")) == []
