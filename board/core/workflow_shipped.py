"""The workflow that ships: a 4S shop's way of a car, as one table.

Rows are states; each way reads: where to, through which deed, by whom.
"""

from board.core.roles import Role
from board.core.workflow import CheckLevel, Lane, State, Step, Through, Way, Workflow


def _way(to: State, through: Through, *by: Role) -> Way:
    return Way(to, through, frozenset(by))


def _move(to: State, *by: Role) -> Way:
    return _way(to, Through.move, *by)


_HOLD = _way(
    State.held,
    Through.hold,
    Role.technician,
    Role.team_leader,
    Role.inspector,
    Role.advisor,
    Role.controller,
    Role.parts,
)
_CANCEL = _way(State.cancelled, Through.cancel, Role.advisor, Role.controller)
_DISPATCH = _way(State.dispatched, Through.dispatch, Role.controller, Role.advisor)
_BACK = _move(State.awaiting_dispatch, Role.controller, Role.advisor)
_START = _way(State.working, Through.start, Role.technician, Role.team_leader, Role.controller)


def _failed(*by: Role) -> Way:
    return _way(State.rework, Through.failed, *by)


_OPEN = (_HOLD, _CANCEL)

_STEPS = (
    Step(
        State.booked,
        Lane.arrivals,
        (
            _move(State.arrived, Role.advisor, Role.controller),
            _move(State.preparing, Role.parts, Role.controller),
            _way(State.no_show, Through.time, Role.timekeeper),
            _CANCEL,
        ),
    ),
    Step(
        State.preparing,
        Lane.arrivals,
        (
            _move(State.arrived, Role.advisor, Role.controller),
            _way(State.no_show, Through.time, Role.timekeeper),
            _CANCEL,
        ),
    ),
    Step(State.no_show, Lane.arrivals, (_move(State.booked, Role.advisor), _CANCEL)),
    Step(State.arrived, Lane.reception, (_move(State.receiving, Role.advisor), _CANCEL)),
    Step(State.receiving, Lane.reception, (_move(State.awaiting_dispatch, Role.advisor), *_OPEN)),
    Step(State.awaiting_dispatch, Lane.dispatch, (_DISPATCH, *_OPEN)),
    Step(State.dispatched, Lane.work, (_START, _BACK, *_OPEN)),
    Step(
        State.working,
        Lane.work,
        (_way(State.self_check, Through.finish, *_START.by), _BACK, *_OPEN),
    ),
    Step(
        State.held,
        Lane.hold,
        (
            *(
                _way(to, Through.resume, *_HOLD.by)
                for to in (
                    State.working,
                    State.receiving,
                    State.awaiting_dispatch,
                    State.dispatched,
                    State.self_check,
                    State.team_check,
                    State.final_check,
                    State.road_test,
                    State.rework,
                    State.awaiting_wash,
                    State.washing,
                    State.awaiting_settlement,
                    State.ready,
                    State.unclaimed,
                )
            ),
            _CANCEL,
        ),
    ),
    Step(
        State.self_check,
        Lane.check,
        (
            _way(State.team_check, Through.passed, Role.technician, Role.team_leader),
            _failed(Role.technician, Role.team_leader),
            _START,
            *_OPEN,
        ),
        CheckLevel.self,
    ),
    Step(
        State.team_check,
        Lane.check,
        (
            _way(State.final_check, Through.passed, Role.team_leader),
            _failed(Role.team_leader),
            # Once the customer agrees to something more: there is nothing to start before.
            _START,
            *_OPEN,
        ),
        CheckLevel.team,
    ),
    Step(
        State.final_check,
        Lane.check,
        (
            _way(State.awaiting_wash, Through.passed, Role.inspector),
            _move(State.road_test, Role.inspector),
            _failed(Role.inspector),
            _START,
            *_OPEN,
        ),
        CheckLevel.final,
    ),
    Step(
        State.road_test,
        Lane.check,
        (_move(State.final_check, Role.inspector), _failed(Role.inspector), *_OPEN),
    ),
    Step(State.rework, Lane.work, (_START, _DISPATCH, *_OPEN)),
    Step(
        State.awaiting_wash,
        Lane.wash,
        (
            _move(State.washing, Role.washer, Role.advisor, Role.controller),
            _move(State.awaiting_settlement, Role.advisor, Role.controller, Role.washer),
            *_OPEN,
        ),
    ),
    Step(
        State.washing,
        Lane.wash,
        (_move(State.awaiting_settlement, Role.washer, Role.advisor, Role.controller), *_OPEN),
    ),
    Step(State.awaiting_settlement, Lane.handover, (_move(State.ready, Role.advisor), *_OPEN)),
    Step(
        State.ready,
        Lane.handover,
        (
            _move(State.delivered, Role.advisor),
            _way(State.unclaimed, Through.time, Role.timekeeper),
            *_OPEN,
        ),
    ),
    Step(State.unclaimed, Lane.handover, (_move(State.delivered, Role.advisor), *_OPEN)),
    Step(State.delivered, Lane.gone),
    Step(State.cancelled, Lane.gone),
)

SHIPPED = Workflow({step.state.value: step for step in _STEPS if isinstance(step.state, State)})
