"""Roles by states: who is granted which deed on a job that stands where, from a table."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from board.codec import wire_name
from board.core.permissions import ASKERS
from board.core.roles import PEOPLE_ROLES, Role
from tests.builders import EVERY_ROLE, MONA
from tests.core.deed import WHO, Deed, asked_in, at, by_whom, code_of, granted
from tests.core.every_deed import DEEDS

TABLE = tomllib.loads((Path(__file__).parent / "who_may_when.toml").read_text())
_ELSEWHERE = frozenset({Role.timekeeper, Role.device})
_NAMED = pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
STATES = ("receiving", "dispatched", "working", "held", "final_check", "awaiting_wash", "ready")


@_NAMED
def test_a_deed_is_granted_to_whom_and_where_the_table_says(deed: Deed) -> None:
    assert {who: " ".join(states) for who, states in by_whom(deed).items()} == TABLE[deed.name]


def test_the_table_has_a_row_for_every_command_about_a_job() -> None:
    asked = {deed.name.partition(" ")[0] for deed in DEEDS}
    about_a_job = {
        wire_name(kind)
        for kind, askers in ASKERS.items()
        if "job" in kind.__dataclass_fields__ and not askers <= _ELSEWHERE
    }
    elsewhere = {"book_job", "receive_job", "undo_move", "answer_question", "take_ticket"}
    assert about_a_job - elsewhere - asked == set()
    assert set(TABLE) == {deed.name for deed in DEEDS}


@_NAMED
def test_a_manager_may_what_anybody_may_with_a_reason(deed: Deed) -> None:
    for state in STATES:
        people = [who for who in granted(deed, state) if who in {r.value for r in PEOPLE_ROLES}]
        trial = asked_in(deed, state)
        told = replace(deed.command(trial), reason="nobody else is here")
        if people:
            assert not code_of(replace(deed, command=lambda _: told), trial, MONA), (state, people)  # noqa: B023


@_NAMED
@pytest.mark.parametrize("state", STATES)
def test_a_stale_version_is_refused_whoever_asks(deed: Deed, state: str) -> None:
    trial = asked_in(deed, state)
    command = deed.command(trial)
    if "version" not in type(command).__dataclass_fields__:
        return
    stale = replace(command, version=trial.job().version - 1)  # type: ignore[call-arg]
    for who in granted(deed, state):
        assert code_of(replace(deed, command=lambda _: stale), trial, WHO[who]) == "stale"


def test_customers_and_machines_are_granted_nothing_that_is_not_theirs() -> None:
    outsiders = {Role.customer, Role.device}
    theirs = {"decide_line on the phone", "call_help"}
    for deed in DEEDS:
        for state in STATES:
            reached = {who for who in granted(deed, state) if who in outsiders}
            assert not reached or deed.name in theirs, (deed.name, state, reached)


def test_every_state_can_be_stood_in() -> None:
    assert {at(state)[1].job().state for state in STATES} == set(STATES)
    assert set(EVERY_ROLE) >= set(PEOPLE_ROLES)
