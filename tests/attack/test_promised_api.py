"""What `/openapi.json` promises is kept, whatever is sent: statuses, shapes, kinds of content."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from board.core.roles import PEOPLE_ROLES
from board.web.openapi import description
from tests.web.front import SHOP, Front

load_all_checks()
SCHEMA: Any = schemathesis.openapi.from_dict(description("1.2.3"))
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
KEPT = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "unsupported_method",
    ]
)
EXAMPLES = 8
BY_CHANCE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def session(steady: Front) -> Iterator[requests.Session]:
    """A program with a key of every role, on one connection."""
    made = steady.accounts.tokens.create(SHOP, "all", PEOPLE_ROLES)
    with requests.Session() as opened:
        opened.headers["Authorization"] = f"Bearer {made.secret}"
        opened.trust_env = False
        yield opened


def test_every_command_and_read_is_tried() -> None:
    assert len(OPERATIONS) > 30


@pytest.mark.parametrize("label", OPERATIONS)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_answers_are_as_described(
    steady: Front, session: requests.Session, label: str, mode: GenerationMode
) -> None:
    """Falls over without `except Malformed` in `board/web/command_api.py`."""
    operation = OPERATIONS[label]

    @BY_CHANCE
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        headers = {"Authorization": session.headers["Authorization"]}
        case.call_and_validate(base_url=steady.url, session=session, headers=headers, checks=KEPT)

    ask()


@pytest.mark.parametrize("label", OPERATIONS)
def test_without_a_key_there_is_nothing(steady: Front, label: str) -> None:
    """Falls over without `signed_of(request)` in the door."""
    operation = OPERATIONS[label]

    @settings(BY_CHANCE, max_examples=3)
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
        case.headers.pop("Authorization", None)
        answer = case.call(base_url=steady.url)
        assert answer.status_code == 401
        assert answer.json()["code"] == "not_signed_in"

    ask()
