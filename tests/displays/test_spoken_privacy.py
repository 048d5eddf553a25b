"""Whoever comes, no customers' wall, frame, sentence or address of a sound holds what is theirs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from gettext import NullTranslations

from hypothesis import given, settings
from hypothesis import strategies as st

from board.core.holds import HoldReason
from board.core.job import Car, Customer, Job
from board.core.lines import Line
from board.core.plates import normal_plate
from board.core.shop import Shop
from board.core.workflow import State
from displays.channel import Channel, Variant
from displays.live import Live
from displays.sentences import sentence
from displays.views.speech import calls_of
from tests.displays.random_days import DEEDS, Deed, day
from tests.displays.sample_shop import NOW, ago, held, job, promised
from tests.displays.walls import english
from tests.hub.paper import Timeline, make_hub

# No letter of these stands in an address, and no digit of these in a time.
_RARE = "GHJKLMNPQRSTUVWXYZ"
_ANY = _RARE + "ABCDEF0123456789"
_HAN = "赵钱孙周吴郑冯陈褚蒋沈韩"
_rare, _end = st.text(_RARE, min_size=2, max_size=3), st.text(_ANY, min_size=3, max_size=3)
_tails = st.builds(str.__add__, _rare, _end)
_plates = st.builds(str.__add__, st.sampled_from(("京A", "粤B·", "沪C ", "", "B-")), _tails)
_names = st.text(_HAN, min_size=3, max_size=5)
_states = st.sampled_from([state.value for state in State])
_who = st.tuples(_plates, _names, st.integers(13_000_000_000, 19_999_999_999), _states)
_crowds = st.lists(_who, min_size=1, max_size=4, unique_by=lambda one: one[0])

AUDIENCES = ("lounge", "queue")
LIVE = Live(make_hub(Timeline()), english())


def _job(number: int, plate: str, name: str, phone: int, state: str) -> Job:
    vin = f"LVX{_RARE[:9]}{number:05d}"
    work = Line("l1", f"刹车{name}", 1.5, parts_price=123_456)
    return job(
        str(number),
        plate,
        state,
        f"A{number}",
        car=Car(plate, vin, "Sedan", "white"),
        customer=Customer(name, str(phone)),
        number=f"R26-QX{number}",
        asked=f"异响{name}",
        lines=(work,),
        promises=promised(ago(5)),
        called_at=ago(3) if state == State.arrived else None,
        hold=held(HoldReason.approval, 4) if state == State.held else None,
    )


def _theirs(one: Job) -> Iterator[str]:
    plate = normal_plate(one.car.plate)
    yield from (one.car.plate, plate, plate[-4:], one.car.vin, one.customer.name)
    yield from (one.customer.phone, one.number, one.asked, one.lines[0].text)
    yield from ("1234.56", "刹车", "异响")


def _told(shop: Shop, audience: str) -> Iterator[str]:
    """All that a wall of customers is sent, and all that it says, until the last round is over."""
    for seconds in (0, 12, 75, 135):
        now = NOW + timedelta(seconds=seconds)
        regions = LIVE.regions(shop, now, Variant("test", audience, "zh-Hans+en"))
        frame = Channel("b", 1, regions, ("e", 1), now).frame(None)
        assert frame is not None
        yield frame.payload.decode()
        calls = calls_of(audience, "")
        for call in calls(shop, now) if calls else ():
            said = sentence(call, "en", NullTranslations())
            yield from (call.key, said.text, said.mark, *said.clips)


@settings(max_examples=40, deadline=None)
@given(_crowds)
def test_no_customers_wall_shows_or_says_what_is_a_customers_own(
    crowd: list[tuple[str, str, int, str]],
) -> None:
    jobs = [_job(number, *one) for number, one in enumerate(crowd, 1)]
    shop = Shop(id="test", jobs={one.id: replace(one, state_since=ago(0)) for one in jobs})
    for audience in AUDIENCES:
        told = "\n".join(_told(shop, audience))
        found = [secret for one in jobs for secret in _theirs(one) if secret in told]
        assert found == []


@settings(max_examples=20, deadline=None)
@given(DEEDS)
def test_no_day_makes_a_wall_say_more_than_a_ticket_or_a_bay(deeds: list[Deed]) -> None:
    for shop, now in list(day(deeds))[::4]:
        for audience in ("lounge", "queue", "tv"):
            calls = calls_of(audience, "")
            assert calls is not None
            for call in calls(shop, now + timedelta(seconds=15)):
                names = {bay.name for bay in shop.bays.values()}
                tickets = {one.ticket for one in shop.jobs.values()}
                # A car that calls from no bay is told by where it stands, in the desk's words.
                spots = {one.place.spot for one in shop.jobs.values()} if call.where else set()
                assert call.of in (names | spots if audience == "tv" else tickets)


def test_the_crowd_would_be_seen_if_it_were_shown() -> None:
    one = _job(1, "京AGX345", "赵钱孙", 13_900_000_001, State.ready)
    shop = Shop(id="test", jobs={one.id: replace(one, state_since=ago(0))})
    told = "\n".join(_told(shop, "lounge"))
    assert "345" in told
    assert "Ticket A 1, please" in told
