"""What devices and other programs are shown of a shop: the tones of its walls, nobody's secrets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from board.core import commands as c
from board.core.bays import Presence, Sensed
from board.core.calls import CallKind
from board.core.job import Flag
from board.core.plates import normal_plate, split_plate
from board.core.shop import Shop
from board.languages import Languages
from devices.lamp_looks import content
from devices.own_topics import kept
from devices.shown import BayShown, ShopShown, Tone
from tests.builders import ANNA, CARL, PLATES, TOM, Trial, booked, received, working
from tests.displays.random_days import DEEDS, Deed, day
from workshop_shown import ShownToDevices

LANGUAGES = Languages(Path(__file__).resolve().parents[2] / "locales")


class Shown(ShownToDevices):
    """What a trial's shop looks like to devices, from look to look."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(lambda: trial.shop, lambda: trial.now, LANGUAGES)

    def bay(self, bay: str = "1") -> BayShown:
        return next(one for one in self.look().bays if one.bay == bay)


def test_a_bay_at_work_is_neutral_until_its_promise_is_over() -> None:
    trial = working(Trial())
    shown = Shown(trial)
    at = trial.now + timedelta(minutes=10)
    trial.do(c.PromiseJob(job="j1", at=at, reason="asked"), ANNA)
    assert (shown.bay().tone, shown.bay().occupied) == (Tone.neutral, True)
    trial.later(minutes=11)
    late = shown.bay()
    assert (late.tone, late.late, late.condition) == (Tone.late, True, "worked")
    assert [one.late for one in shown.look().jobs] == [True]


@pytest.mark.parametrize(
    ("kind", "tone"), [(CallKind.parts, Tone.help), (CallKind.safety, Tone.safety)]
)
def test_a_call_outranks_all_else_and_says_whether_somebody_comes(
    kind: CallKind, tone: Tone
) -> None:
    trial = working(Trial())
    shown = Shown(trial)
    trial.do(c.CallHelp(kind=kind, bay="1"), TOM)
    calls = shown.bay()
    assert (calls.tone, calls.coming, calls.rang) == (tone, False, trial.now.timestamp())
    trial.later(seconds=12)
    [said] = shown.look().announced
    assert (said.bay, said.urgent, said.due <= trial.now.timestamp()) == (
        "1",
        tone == Tone.safety,
        True,
    )
    [call] = trial.shop.calls
    trial.do(c.AnswerCall(call=call), CARL)
    assert shown.bay().coming
    assert shown.look().announced == ()


def sensed(trial: Trial, presence: Presence) -> None:
    bay = replace(trial.shop.bays["2"], sensed=Sensed(presence, trial.now))
    trial.shop = trial.shop.with_bay(bay)


def test_what_its_sensors_cannot_tell_nobody_is_told() -> None:
    trial = Trial()
    shown = Shown(trial)
    assert (shown.bay("2").occupied, shown.bay("2").sensed) == (False, False)
    told = {}
    for presence in Presence:
        sensed(trial, presence)
        told[presence] = shown.bay("2").occupied
    assert told == {Presence.present: True, Presence.absent: False, Presence.unknown: None}


def test_a_car_is_shown_masked_and_not_at_all_where_its_owner_does_not_wish_it() -> None:
    trial = working(Trial())
    shown = Shown(trial)
    [job] = shown.look().jobs
    assert job.plate == shown.bay().plate == "京A·***345"
    assert job.ticket == shown.bay().ticket != ""
    trial.do(c.FlagJob(job="j1", add=frozenset({Flag.lounge_opt_out})), ANNA)
    [job] = shown.look().jobs
    assert {job.plate, job.ticket, shown.bay().plate, shown.bay().ticket} == {""}


def test_who_is_only_expected_or_gone_is_not_told() -> None:
    trial = Trial()
    shown = Shown(trial)
    received(booked(trial, "j2", PLATES[1]))
    assert [one.job for one in shown.look().jobs] == ["j1"]
    trial.do(c.CancelJob(job="j1", reason="other"), ANNA)
    assert shown.look().jobs == ()


def test_words_are_in_the_language_of_the_shop() -> None:
    trial = Trial()
    trial.shop = replace(trial.shop, settings=replace(trial.shop.settings, language="zh-Hans"))
    assert Shown(trial).bay().word == "空闲"


def private(shop: Shop) -> Iterator[str]:
    for job in shop.jobs.values():
        region, tail = split_plate(job.car.plate)
        yield from (job.car.plate, normal_plate(job.car.plate), f"{region}·{tail}")
        yield from (job.customer.name, job.customer.phone, job.car.vin)
        yield from ([tail] if len(tail) > 3 else [])


def told(shown: ShopShown) -> str:
    topics = kept("main", shown)
    texts = [content(one) for one in shown.bays] + [one.text for one in shown.announced]
    return "\n".join([*topics, *texts, *(one.decode() for one in topics.values())])


@settings(max_examples=12, deadline=None)
@given(DEEDS)
def test_on_no_day_is_anything_private_told_and_what_is_remembered_is_what_holds(
    deeds: list[Deed],
) -> None:
    trial = Trial()
    along = Shown(trial)
    for trial.shop, trial.now in day(deeds):
        shown, anew = along.look(), Shown(trial).look()
        assert replace(shown, jobs=()) == replace(anew, jobs=())
        assert set(shown.jobs) == set(anew.jobs)
        every = told(shown)
        assert [one for one in private(trial.shop) if len(one) > 2 and one in every] == []
        assert len(shown.bays) == sum(not bay.removed for bay in trial.shop.bays.values())
