"""Sound is for paired screens that may be loud, in their hours, and only what is being called."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

import httpx
import pytest

from board.core import commands as c
from board.core.calls import CallKind
from board.core.roles import Actor, Role
from board.screen_look import ScreenLook
from board.shop_file import ShopFile, read_shop_file
from devices.speech_sound import silence, wav
from settings import read_settings
from tests.displays.served import served
from tests.e2e.cast import shop_file
from workshop import Workshop

MONA = Actor("person", "mona", "Mona", frozenset({Role.manager, Role.technician}), "test")
LOUD = ScreenLook(sound=True, language="en", opens=time(0), closes=time(23, 59, 59))


@dataclass(frozen=True)
class House:
    workshop: Workshop
    address: str

    def screen(self, audience: str, look: ScreenLook) -> httpx.Client:
        """A browser that is a paired screen set to look so."""
        screens, shop = self.workshop.accounts.screens, self.workshop.first_desk.shop.id
        known = {one.id for one in screens.of_shop(shop)}
        form = {"code": screens.make_code(shop, audience, "", "en"), "back": f"/{audience}"}
        with httpx.Client(base_url=self.address, headers={"origin": self.address}) as pairing:
            assert pairing.post("/screens/claim", data=form).status_code == 303
            cookies = pairing.cookies
        [made] = [one for one in screens.of_shop(shop) if one.id not in known]
        screens.change(shop, made.id, made.name, audience, look)
        self.workshop.access.forget()
        return httpx.Client(base_url=self.address, cookies=cookies)

    def mark(self) -> str:
        """What stands for the one sentence that is being said on a loud TV."""
        with self.screen("tv", LOUD) as tv:
            found = re.search(r'data-sounds="([0-9a-f]{32})"', tv.get("/tv").text)
        assert found
        return found[1]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A shop with clips of its own, where somebody has stopped work in bay 1 for safety."""
    folder = tmp_path_factory.mktemp("speech") / "data"
    _record(folder / "clips" / "en", "call-safety-1", "1", "call-safety-2")
    found = read_shop_file(shop_file())
    assert isinstance(found, ShopFile)
    first = Workshop(read_settings({"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off"}))
    with ThreadPoolExecutor(1) as aside:
        for key, command in (
            ("install", found.command),
            ("call", c.CallHelp(kind=CallKind.safety, bay="1")),
        ):
            deed = first.first_desk.handle(command, MONA, key)
            aside.submit(asyncio.run, deed).result(20)
    first.close()
    with served(folder) as (workshop, address):
        yield House(workshop, address)


def _record(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True)
    for name in names:
        (folder / f"{name}.wav").write_bytes(wav(silence(0.1)))


def test_a_loud_screen_gets_the_sentence_and_the_chime(house: House) -> None:
    mark = house.mark()
    with house.screen("tv", LOUD) as tv:
        for name in (mark, "chime", "silence"):
            sound = tv.get(f"/speech/tv/{name}.wav")
            assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/wav"), name
            assert sound.content[:4] == b"RIFF"
            assert sound.headers["cache-control"] == "private, max-age=300"
        for name in ("0" * 32, "secret", "..%2Fsecret"):
            assert tv.get(f"/speech/tv/{name}.wav").status_code == 404
        assert "media-src 'self'" in tv.get("/tv").headers["content-security-policy"]


def test_nobody_else_gets_any(house: House) -> None:
    mark = house.mark()
    asleep = replace(LOUD, opens=time(0), closes=time(0, 0, 1))
    screens = {
        "muted": house.screen("tv", replace(LOUD, sound=False)),
        "another wall": house.screen("lounge", LOUD),
        "nobody": httpx.Client(base_url=house.address),
        "a person": httpx.Client(base_url=house.address),
    }
    shop = house.workshop.first_desk.shop.id
    token = house.workshop.accounts.sessions.open_person(shop, "mona", "password", "en")
    screens["a person"].cookies.set("baylight_session_http", token)
    for who, browser in screens.items():
        with browser:
            for name in (mark, "chime"):
                assert browser.get(f"/speech/tv/{name}.wav").status_code == 404, who
    with house.screen("tv", asleep) as tv:
        assert tv.get(f"/speech/tv/{mark}.wav").status_code == 404, "out of its hours"
        assert tv.get("/speech/tv/chime.wav").status_code == 200, "who sets it up hears it"
    with house.screen("lounge", LOUD) as lounge:
        assert lounge.get(f"/speech/lounge/{mark}.wav").status_code == 404
        assert lounge.get("/speech/lounge/chime.wav").status_code == 200


def test_what_cannot_be_spoken_is_told_to_those_who_watch_and_the_chime_still_sounds(
    house: House,
) -> None:
    mark = house.mark()
    clip = house.workshop.settings.data / "clips" / "en" / "1.wav"
    clip.write_bytes(b"no sound")
    with house.screen("tv", LOUD) as tv:
        assert tv.get(f"/speech/tv/{mark}.wav").status_code == 404
        assert tv.get("/speech/tv/chime.wav").status_code == 200
        told = tv.get("/readyz").json()["degraded"]["speech"]
        assert told.startswith("the clip en/1.wav is not a WAV file")
        assert "baylight_speech_failed 1.0" in tv.get("/metrics").text
        clip.write_bytes(wav(silence(0.1)))
        assert tv.get(f"/speech/tv/{mark}.wav").status_code == 200
        assert "speech" not in tv.get("/readyz").json()["degraded"]


def test_a_revoked_screen_gets_none(house: House) -> None:
    with house.screen("tv", LOUD) as tv:
        assert tv.get("/speech/tv/chime.wav").status_code == 200
        accounts, shop = house.workshop.accounts, house.workshop.first_desk.shop.id
        for one in accounts.screens.of_shop(shop):
            accounts.sessions.revoke_screen(shop, one.id)
        house.workshop.access.forget()
        assert tv.get("/speech/tv/chime.wav").status_code == 404
