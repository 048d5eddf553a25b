"""Who may change what hangs where, from which page, and what they are told."""

import pytest

from board.core.device_deeds import DeviceDeed
from tests.web.front import Front

FORM = {"stamp": "s", "kind": "sensor", "device": "native:eye", "channel": "contact"}


@pytest.mark.parametrize("deed", [*(one.value for one in DeviceDeed), "listen", "measure", "light"])
def test_only_who_looks_after_devices_may_and_only_from_our_pages(front: Front, deed: str) -> None:
    address = f"/admin/devices/{deed}"
    with front.browser() as nobody:
        assert nobody.post(address, data=FORM).status_code == 401
    with front.as_person("wang") as technician:
        assert technician.post(address, data=FORM).status_code == 403
    with front.as_person("lin") as controller:
        controller.headers["x-csrf-token"] = "guessed"
        assert controller.post(address, data=FORM).status_code == 403


def test_a_refusal_is_one_sentence_for_page_and_script(front: Front) -> None:
    json = {"accept": "application/json"}
    with front.as_person("chen") as manager:
        told = manager.post("/admin/devices/bind", data=FORM, headers=json)
        assert (told.status_code, told.json()["code"]) == (409, "devices_off")
        page = manager.post("/admin/devices/bind", data=FORM, headers={"accept": "text/html"})
        assert page.status_code == 409
        assert told.json()["message"] in page.text
    assert front.notes() == []


def test_a_lamp_that_nobody_listens_for_is_not_tried(front: Front) -> None:
    form = {"device": "tasmota:tower", "channel": "output-1"}
    with front.as_person("lin") as lin:
        told = lin.post("/admin/devices/light", data=form, headers={"accept": "application/json"})
        assert (told.status_code, told.json()["code"]) == (409, "lamp_not_known")
    assert front.notes() == []


def test_listening_and_measuring_begin_at_the_moment_of_the_press(front: Front) -> None:
    with front.as_person("lin") as lin:
        began = lin.post("/admin/devices/listen", data={"seconds": "300"})
        assert began.status_code == 303
        since = "since=2026-11-21T01%3A00%3A00.000%2B00%3A00"
        assert began.headers["location"] == f"/admin/devices/listen?{since}&seconds=300"
        other = lin.post("/admin/devices/listen", data={"seconds": "1e9"})
        assert other.headers["location"].endswith("seconds=120")
        form = {"device": "native:eye", "channel": "distance", "step": "car", "empty": "2600"}
        measured = lin.post("/admin/devices/measure", data=form)
        assert f"step=car&empty=2600&{since}" in measured.headers["location"]
