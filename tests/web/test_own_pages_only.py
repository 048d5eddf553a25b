"""Requests of other sites' pages are refused, whatever cookies the browser adds to them."""

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from board.core.roles import Role
from tests.web.front import Front

FOREIGN = [
    "null",
    "",
    "https://evil.example",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost:{port}",
    "http://127.0.0.1:{port}.evil.example",
    "http://evil.example:{port}",
    "http://127.0.0.1:{port}@evil.example",
    "file://127.0.0.1:{port}",
    "javascript:127.0.0.1:{port}",
    "http://[127.0.0.1:{port}",
    "http://127.0.0.1:99999999",
]


def test_our_own_page_may_ask(front: Front) -> None:
    with front.as_person("li") as li:
        assert li.post("/do/receive_job", data={"car.plate": "京A12345"}).status_code == 204


@pytest.mark.parametrize("origin", FOREIGN)
def test_another_origin_may_not_post(steady: Front, origin: str) -> None:
    with steady.as_person("li") as li:
        li.headers["origin"] = origin.format(port=steady.port)
        answer = li.post("/do/receive_job", data={"car.plate": "京A12345"})
    assert answer.status_code == 403
    assert steady.desk.shop.jobs == {}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 204),
        ({"sec-fetch-site": "none"}, 204),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"referer": "{url}/board"}, 204),
        ({"referer": "https://evil.example/"}, 403),
        ({}, 403),
    ],
)
def test_without_an_origin_the_next_best_sign_counts(
    front: Front, headers: dict[str, str], status: int
) -> None:
    with front.as_person("li") as li:
        del li.headers["origin"]
        for name, value in headers.items():
            li.headers[name] = value.format(url=front.url)
        assert li.post("/do/receive_job", data={"car.plate": "京A12345"}).status_code == status


def test_a_program_has_no_page(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        body = {"car": {"plate": "京A12345"}}
        assert program.post("/api/v1/commands/receive_job", json=body).status_code == 200


def test_looking_is_free(steady: Front) -> None:
    with steady.browser() as client:
        assert client.get("/", headers={"origin": "https://evil.example"}).status_code == 200


@pytest.mark.parametrize("origin", [*FOREIGN, None])
def test_a_socket_of_another_origin_does_not_open(steady: Front, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin.format(port=steady.port)}
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"ws://127.0.0.1:{steady.port}/live/tv", additional_headers=headers),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_socket_of_our_own_page_opens(steady: Front) -> None:
    address = f"ws://127.0.0.1:{steady.port}/live/tv"
    with connect(address, additional_headers={"Origin": steady.url}) as socket:
        assert socket.protocol.state.name in ("OPEN", "CLOSING", "CLOSED")


def test_every_answer_has_the_headers_that_protect_it(steady: Front) -> None:
    with steady.browser() as client:
        answers = [client.get("/"), client.get("/nothing"), client.get("/healthz")]
    for answer in answers:
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "camera=(self)" in answer.headers["permissions-policy"]
