"""What people can mend: refusals as values, each a stable code and one sentence.

Sentences are message ids; the doors translate them. `params` fill the braces.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SENTENCES: dict[str, str] = {
    "unknown_job": "There is no open job with this number.",
    "unknown_bay": "There is no bay {bay}.",
    "unknown_person": "There is no {person} in this shop.",
    "unknown_line": "This order has no such line.",
    "unknown_state": "The workflow has no state {state}.",
    "not_allowed": "Your role does not allow this.",
    "reason_needed": "Please say why.",
    "not_your_job": "This job is not assigned to you.",
    "no_way": "A job in “{source}” cannot go to “{to}”.",
    "needs_dispatch": "Choose a bay and a technician for this job.",
    "needs_technician": "Only a technician's start brings a job into work.",
    "needs_finish": "The last line must be finished first.",
    "needs_check": "This step is a check: pass it or send the car to rework.",
    "needs_hold": "Say why the job stands still.",
    "stale": "Somebody changed this job in the meantime. Please look again.",
    "job_exists": "There is already a job with this id.",
    "job_closed": "This order is closed.",
    "job_held": "This job is held. End the hold first.",
    "job_not_held": "This job is not held.",
    "plate_wrong": "This does not look like a licence plate: {detail}",
    "vin_wrong": "The VIN is not right: {detail}",
    "car_here": "This car is already in the shop ({number}).",
    "car_open": "This car is still in the shop ({number}); it can be erased when it is closed.",
    "time_far": "This time is too far away.",
    "promise_past": "The promised time is already over.",
    "time_past": "This time is already over.",
    "text_needed": "Please write what is to be done.",
    "time_needed": "Please say when it is expected.",
    "note_needed": "Please add a note.",
    "defect_needed": "Please choose a defect code.",
    "bay_taken": "Bay {bay} is occupied by {plate}.",
    "bay_closed": "Bay {bay} is not open.",
    "bay_in_use": "Bay {bay} still has a job or a car.",
    "not_here": "This car has not arrived yet.",
    "technician_needed": "Choose at least one technician.",
    "not_a_technician": "{person} is not a technician.",
    "person_clocked": "{person} is still clocked on a line.",
    "role_wrong": "A person cannot have the role {role}.",
    "last_manager": "The shop needs at least one manager.",
    "line_not_approved": "The customer has not approved this line.",
    "line_unpriced": "This line has no price yet: labour and parts, 0 if there is none.",
    "line_not_asked": "This line is not open to be decided here. Please look again.",
    "line_begun": "Work on this line has begun, so its price stays.",
    "not_extra": "This line was ordered from the start; it is no extra work.",
    "nothing_to_ask": "There is no priced line to ask about.",
    "price_changed": "The price has changed in the meantime. Please look again.",
    "how_needed": "Please say how the customer answered.",
    "who_needed": "Please say who gave the answer.",
    "said_wrong": "The answer cannot be older than the order or lie in the future.",
    "promise_not_asked": "Nobody asks for another promise on this order.",
    "line_not_open": "This line is not open.",
    "line_decided": "This line is already decided.",
    "line_not_running": "Nobody is clocked on this line.",
    "line_running": "{person} is already clocked on this line.",
    "nothing_to_start": "There is no line left to start.",
    "lines_full": "An order has at most {limit} lines.",
    "lines_open": "{count} lines are not finished.",
    "parts_missing": "Parts are missing for {line}.",
    "marks_full": "A sheet has at most {limit} damage marks.",
    "photos_full": "At most {limit} photos fit here.",
    "photo_wrong": "One of the photos was not sent. Please add it again.",
    "signature_needed": "Let the customer sign, or say that they signed on paper.",
    "signature_wrong": "The signature could not be read. Please sign again.",
    "unknown_part": "This line has no such part.",
    "part_elsewhere": "This step is not possible for “{part}” now.",
    "parts_full": "An order has at most {limit} parts.",
    "receiver_needed": "Please say who takes the part.",
    "no_check_due": "No check is due on this job.",
    "no_road_test": "This job is not on a road test.",
    "clock_unknown": "There is no such clock on this line.",
    "clock_wrong": "A clock must end after its start and not in the future.",
    "undo_nothing": "There is nothing to undo.",
    "undo_late": "Undo is possible for 30 seconds only.",
    "undo_not_yours": "Only your own last change can be undone.",
    "undo_changed": "This job has changed since; it can no longer be undone.",
    "no_question": "There is no open question about this bay.",
    "not_due": "It is not time for that yet.",
    "workflow_wrong": "This workflow cannot be used: {detail}",
    "workflow_strands": "Jobs are still in “{state}”, which the new workflow does not have.",
    "id_wrong": "Use small letters, digits and hyphens for the id {id}.",
    "name_needed": "A name is needed.",
    "name_taken": "There is already a bay called {name}.",
    "time_zone_wrong": "There is no time zone {zone}.",
    "hours_wrong": "Closing time must be after opening time.",
    "language_wrong": "This language is not available: {language}",
    "too_long": "This text is too long (at most {limit} characters).",
    "too_many": "At most {limit} can be chosen.",
    "signs_wrong": "Please leave out line breaks and signs that cannot be seen.",
    "not_awaited": "This car is no longer awaited.",
    "no_proposal": "Nobody asks any longer whether this car has come.",
    "peak_off": "Tickets are taken by the plate alone in peak mode only.",
    "nobody_waits": "Nobody is waiting for reception.",
    "not_waiting": "This car does not wait for reception.",
    "number_wrong": "This number is not possible.",
    "not_at_handover": "The work on this car is not over yet.",
    "not_settled": "The statement is not made yet.",
    "statement_outdated": "The order has changed since the statement. Please make it again.",
    "not_paid": "The statement is not paid in full yet.",
    "paid_too_much": "This is more than there is to pay, or to give back.",
    "handover_open": "{count} points of the handover list are not done.",
    "point_wrong": "A point of the handover list is empty or named twice.",
    "unknown_point": "The handover list has no such point.",
    "no_gate_pass": "There is no gate pass for this car yet.",
    "not_ready": "This car is not ready to leave.",
    "gate_code_wrong": "This is not a code for a gate pass.",
    "code_taken": "This code is in use. Please try again.",
    "code_unknown": "No car may leave by this code.",
    "code_used": "This gate pass was used before.",
    "day_open": "The day {day} is still open. Close it first.",
    "day_closed": "The day {day} is already closed.",
    "day_not_closed": "No day is closed.",
    "day_undecided": "{count} cars are undecided.",
    "not_your_car": "Another advisor looks after this car.",
    "not_finished": "The work on this car is not finished.",
    "not_moved_out": "A car that is moved out stands on a parking place or outside.",
    "promise_too_soon": "A car that stays needs a promise after today.",
    "absence_wrong": "The end must come after the beginning.",
    "person_absent": "{person} is absent at that time.",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A person's mistake: nothing was written. `fields` names the form fields to mend."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    job: str = ""

    @property
    def sentence(self) -> str:
        """The English sentence (message id) with its braces unfilled."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        """The English sentence, filled in."""
        return self.sentence.format(**self.params)
