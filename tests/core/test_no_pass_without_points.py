"""Whatever is answered in whatever order: no pass without all needed points, and none failed."""

from hypothesis import given
from hypothesis import strategies as st

from board.core import commands as c
from board.core.check_points import Verdict
from board.core.job import Flag
from board.core.workflow import CheckLevel
from tests.builders import ANNA, INES, NOW
from tests.core.test_check_points import NOT_OK, PHOTO, POINTS, SKIPPED, at_final_check, mark

ANSWERS = st.builds(
    c.PointAnswer,
    point=st.sampled_from(("clean", "bolts", "picture", "battery", "ghost")),
    verdict=st.sampled_from(Verdict),
    value=st.sampled_from((None, 20.0, 100.0, float("nan"))),
    note=st.sampled_from(("", "so")),
    photos=st.sampled_from(((), (PHOTO,))),
    defect=st.sampled_from(("", "leak", "B12")),
)


@given(
    marks=st.lists(ANSWERS, max_size=6),
    points=st.lists(ANSWERS, max_size=3).map(tuple),
    all_ok=st.booleans(),
    recalled=st.booleans(),
)
def test_no_pass_without_all_needed_points(
    marks: list[c.PointAnswer], points: tuple[c.PointAnswer, ...], all_ok: bool, recalled: bool
) -> None:
    trial = at_final_check()
    if recalled:
        trial.do(c.FlagJob(job="j1", add=frozenset({Flag.recall})), ANNA)
    for one in marks:
        trial.when(mark(**{name: getattr(one, name) for name in one.__dataclass_fields__}), INES)
    trial.when(c.PassCheck(job="j1", points=points, all_ok=all_ok), INES)
    if trial.refused is None:
        found = {one.answered.point: one.answered for one in trial.job().checks[-1].points}
        assert found.keys() == {p.id for p in POINTS if not p.flags or recalled}
        assert all(one.verdict != NOT_OK for one in found.values())
        bolts, picture = found["bolts"], found["picture"]
        assert bolts.verdict == SKIPPED or 90 <= (bolts.value or 0) <= 140
        assert picture.verdict == SKIPPED or picture.photos
    else:
        assert trial.job().state == "final_check"
        assert trial.job().checks[-1].at == NOW
        assert trial.job().checks[-1].level == CheckLevel.team
