"""Everything a row of the workshop TV can say: each word, the longest times, all plates."""

from collections.abc import Iterator
from itertools import chain, cycle, islice

from board.core import words
from displays.views import bay_faces
from displays.views.bay_faces import Face, Timing
from displays.views.moments import Moment
from displays.views.parts import N_
from displays.views.tv import TvRowView
from tests.displays.sample_shop import NOW

SECOND = int(NOW.timestamp())
LONG_AGO, FAR = SECOND - 23 * 3600 - 58 * 60, SECOND + 23 * 3600 + 58 * 60
YESTERDAY, LATER = Moment(LONG_AGO, "20:08", -1, "03-17"), Moment(FAR, "20:08", 2, "03-20")
TOMORROW, TODAY = Moment(FAR, "20:08", 1, "03-19"), Moment(SECOND, "20:08", 0, "03-18")

WORDS = [
    *bay_faces.HOLD_WORDS.values(),
    *(face.word for face in bay_faces._QUEUED.values()),
    *(face.word for face in bay_faces._EMPTY.values()),
    *(N_("All done"), N_("Intake"), N_("Wash"), N_("Repair"), N_("Idle car"), N_("On test")),
    *(N_("To check"), N_("Late"), N_("Settle")),
]
CALLS = list(words.CALL.values())
"""What help is called for: only beside how long it is waited for."""
HOURS_AGO = SECOND - 9 * 3600 - 58 * 60

WAITS = ("waiting", "elapsed", "nobody", "car in")
TIMINGS = [
    Timing("over", "over", LONG_AGO),
    Timing("left", "left", FAR),
    *(Timing("since", caption, LONG_AGO) for caption in WAITS),
    *(Timing("clock", caption, when=TODAY) for caption in (*WAITS, "arrives", "until", "start")),
    *(Timing("clock", "due", when=when) for when in (YESTERDAY, TOMORROW, LATER)),
    *(Timing("next", caption) for caption in ("Wash", "Settle", "Pick-up")),
]
PLATES = ["京AD12345", "川QDM1234", "粤Z1234港", "川Q8K321", "鄂AGH7890", "苏E12345D"]
"""Plates as they are given out, the broadest among them."""

ODD_PLATES = ["川QMW6M8W", "224578使", "BMW12345D", "MWMWMW123456"]
"""Foreign ones and old ones: of smaller type."""

BAYS = ["1", "12", "8", "10"]
NAMED_BAYS = ["1", "12", "W1", "A12", "洗车", "终检"]
LONG_BAYS = ["洗车位", "四轮定位2", "Alignment 1", "Body and paint shop"]
AWAY = [("parking", "B12"), ("outside", ""), ("road", ""), ("parking", "地下A区12")]
"""Where a car that calls for help stands while it is in no bay."""


def every_row() -> Iterator[TvRowView]:
    """Every word with the longest time, every time with the longest word, calls with their wait,
    and bays and plates of other sizes.
    """
    timed = [(word, TIMINGS[0]) for word in WORDS] + [("Next shop", each) for each in TIMINGS]
    called = ((word, Timing("since", "waiting", HOURS_AGO)) for word in CALLS)
    over = (Timing("over", "", LONG_AGO), Timing("clock", "", when=YESTERDAY))
    late = (Face("s-late", "late", "Late", at, ("wait", word)) for at in over for word in WORDS)
    faces = chain((Face("s-act", "queue", *said) for said in chain(timed, called)), late)
    for at, face in enumerate(faces):
        bay = (*BAYS, *NAMED_BAYS)[at % 10]
        yield TvRowView(bay, PLATES[at % len(PLATES)], face, "unknown" if face.goes_on else "")
    for at, word in enumerate(CALLS * 2):
        face = Face("s-help", "help", word, Timing("since", "waiting", HOURS_AGO))
        (away, spot), plate = AWAY[at % len(AWAY)], PLATES[at % len(PLATES)]
        yield TvRowView("", plate, face, "", away=away, spot=spot)
    for bay, plate in zip(LONG_BAYS * 2, islice(cycle(ODD_PLATES), 8), strict=True):
        yield TvRowView(bay, plate, Face("s-warn", "wait", "Held", TIMINGS[0]), "question")
