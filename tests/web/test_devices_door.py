"""Who may try a message of a device, from which page, and what is said where nobody listens."""

from tests.web.front import Front

PATH = "/admin/devices/try"
FORM = {"topic": "shop/main/dev/eye/st/occupancy", "payload": '{"v":true}'}


def test_only_who_looks_after_devices_may_and_only_from_our_pages(front: Front) -> None:
    with front.browser() as nobody:
        assert nobody.post(PATH, data=FORM).status_code == 401
    with front.as_person("wang") as technician:
        assert technician.post(PATH, data=FORM).status_code == 403
    with front.as_person("lin") as controller:
        assert controller.post(PATH, data=FORM).status_code == 200
        assert controller.post(PATH, data={**FORM, "payload": "x" * 60_000}).status_code == 200
        controller.headers["x-csrf-token"] = "guessed"
        assert controller.post(PATH, data=FORM).status_code == 403
    assert front.notes() == []


def test_a_sign_that_is_no_text_is_named_with_its_field(front: Front) -> None:
    with front.as_person("lin") as controller:
        said = controller.post(PATH, data={**FORM, "payload": "a\0b"})
        assert said.status_code == 422
        assert "holds a sign that is no text" in said.text
        assert 'data-fields="payload"' in said.text


def test_without_anybody_who_listens_it_says_so(front: Front) -> None:
    with front.as_person("chen") as manager:
        assert "Nobody listens to the sensors" in manager.post(PATH, data=FORM).text
