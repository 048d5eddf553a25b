"""`baylight erase` beside a running server: screens and doors forget the car at once."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, running_shop, shop_file, until
from tests.photos.pictures import sent
from tests.starting.asked import Ask, asking

PLATE, NAME, PHONE, ASKED = "粤B7Q9X2", "欧阳海棠", "13988664421", "异响像猫叫"


def stands_in_files(folder: Path) -> list[str]:
    """Which personal words stand in a file of the data folder."""
    text = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return [word for word in (PLATE, NAME, PHONE, ASKED) if word.encode() in text]


def key_of(shop: RunningShop) -> dict[str, str]:
    """The header of a program that may do everything."""
    return {"Authorization": f"Bearer {shop.token}"}


def history(shop: RunningShop, job: str) -> str:
    """A job's history as programs read it."""
    status, body = shop.ask("GET", f"/api/v1/jobs/{job}", None, key_of(shop))
    assert status == 200, body
    return json.dumps(json.loads(body), ensure_ascii=False)


def listed(folder: Path) -> int:
    """How many keys the shop's list of erasures names."""
    return (folder / "data" / "erasures.jsonl").read_text().count("\n")


def test_a_car_is_erased_beside_a_running_server(tmp_path: Path) -> None:
    """Falls over without `desk.subscribe(self._forget_elsewhere)` in `workshop.py`: the running
    server would leave the list of erasures empty until somebody starts anew."""
    with running_shop(tmp_path) as shop:
        customer = {"name": NAME, "phone": PHONE}
        answer = shop.do(
            "receive_job", car={"plate": PLATE}, customer=customer, asked=ASKED, reason="x"
        )
        job = str(answer["job"])
        status, told_photo = shop.ask("POST", f"/photos?job={job}", sent(), key_of(shop))
        assert status == 200, told_photo
        with pytest.raises(subprocess.CalledProcessError) as told:
            shop.command_line("erase", "--plate", PLATE, "--yes")
        assert "still in the shop" in told.value.stderr.decode()
        assert PLATE not in told.value.stdout.decode()
        shop.do("cancel_job", job=job, reason="sold")
        assert NAME in history(shop, job)
        assert stands_in_files(tmp_path / "data") == []
        with pytest.raises(subprocess.CalledProcessError) as told:
            shop.command_line("erase", "--plate", "粤B·7q9x2", typed="n\n")
        assert PLATE in told.value.stdout.decode()
        assert "nothing was erased" in told.value.stdout.decode()
        (tmp_path / "data" / "baylight.db.damaged").touch()
        words = ("erase", "--plate", "粤B·7q9x2")
        assert "erased: 1 order\n" in shop.command_line(*words, typed="y\n")
        # The next command would fill the list at its own start.
        until(lambda: listed(tmp_path) == 1)
        with pytest.raises(subprocess.CalledProcessError) as told:
            shop.command_line("erase", "--job", job, "--yes")
        assert "no such car" in told.value.stderr.decode()
        until(lambda: NAME not in history(shop, job))
        assert "erased" in history(shop, job)
        until(lambda: not any((tmp_path / "data" / "photos").rglob("*.small")))
        assert stands_in_files(tmp_path / "data") == []
        assert listed(tmp_path) == 1


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """The command line, with a data folder of its own."""
    return asking(monkeypatch, capsys, tmp_path)


def test_a_car_that_nobody_knows_is_not_erased(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(shop_file())
    assert ask("shop", "import", str(file))[0] == 0
    assert ask("erase", "--vin", "LSVAU2180N2183294", "--yes") == (
        1,
        "baylight: there is no such car or order\n",
    )
