"""Which cookie is read and written over plain HTTP, and which over https."""

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response

from board.web.cookies import (
    COOKIES,
    FORM,
    LANGUAGE,
    PHONE,
    SCREENS,
    SESSION,
    WAITING,
    cookie_of,
    drop_cookie,
    set_cookie,
)

BOTH = [SCREENS["tv"], LANGUAGE]
OF_ONE = [SESSION, WAITING["tv"], FORM]


def asked(scheme: str, **cookies: str) -> HTTPConnection:
    """A request or a socket that brings these cookies."""
    given = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return HTTPConnection(
        {"type": "http", "scheme": scheme, "headers": [(b"cookie", given.encode())]}
    )


@pytest.mark.parametrize("name", [*BOTH, *OF_ONE])
@pytest.mark.parametrize(("scheme", "own"), [("http", "{}_http"), ("https", "__Host-{}")])
def test_each_way_writes_and_takes_away_its_own(name: str, scheme: str, own: str) -> None:
    given, dropped = Response(), Response()
    set_cookie(given, asked(scheme), name, "new")
    drop_cookie(dropped, asked(scheme), name)
    assert len(given.headers.getlist("set-cookie")) == 1
    for answer in (given, dropped):
        said = answer.headers.getlist("set-cookie")[0]
        assert said.startswith(own.format(name) + "=")
        assert ("Secure" in said) == (scheme == "https")
        assert "Path=/" in said
        assert "Domain" not in said, "browsers refuse __Host- with a domain"


@pytest.mark.parametrize("name", [*BOTH, *OF_ONE])
def test_what_an_earlier_version_wrote_over_plain_http_counts_until_there_is_a_newer(
    name: str,
) -> None:
    """It wrote that name over https, too: what is Secure cannot be replaced, so it has another."""
    assert cookie_of(asked("http", **{name: "before"}), name) == "before"
    assert cookie_of(asked("http", **{name: "before", f"{name}_http": "newer"}), name) == "newer"
    dropped = Response()
    drop_cookie(dropped, asked("http"), name)
    gone = [said.partition("=")[0] for said in dropped.headers.getlist("set-cookie")]
    assert gone == [f"{name}_http", name], "who signs out is not signed in by what is left"


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_what_plain_http_could_have_set_signs_nobody_in_over_https(scheme: str) -> None:
    for name in OF_ONE:
        assert cookie_of(asked(scheme, **{name: "planted"}), name) == ""
        assert cookie_of(asked(scheme, **{f"{name}_http": "planted"}), name) == ""
        both = {name: "planted", f"__Host-{name}": "own"}
        assert cookie_of(asked(scheme, **both), name) == "own"
    assert cookie_of(asked(scheme, **{PHONE: "planted"}), PHONE) == ""
    assert cookie_of(asked(scheme, **{f"__Secure-{PHONE}": "own"}), PHONE) == "own"


def test_a_wall_paired_before_is_known_over_https_and_its_newer_pairing_counts() -> None:
    for name in BOTH:
        assert cookie_of(asked("https", **{name: "before"}), name) == "before"
        newer = {name: "before", f"__Host-{name}": "newer"}
        assert cookie_of(asked("https", **newer), name) == "newer"
        assert cookie_of(asked("http", **newer), name) == "before"


def test_requests_with_either_name_must_come_from_our_own_pages() -> None:
    for name in (*BOTH, *OF_ONE):
        assert {name, f"{name}_http", f"__Host-{name}"} <= COOKIES
    assert {PHONE, f"{PHONE}_http", f"__Secure-{PHONE}"} <= COOKIES
