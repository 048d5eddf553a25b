"""Words for appointments: kinds of job and tasks of the preparation, as message ids."""

from board.core.appointments import Task
from displays.views.parts import N_

KIND_WORDS: dict[str, str] = {
    "repair": N_("Repair"),
    "service": N_("Regular service"),
    "warranty": N_("Warranty work"),
    "accident": N_("Accident"),
    "inspection": N_("Inspection"),
}
"""The kinds that a form offers; a job may have another one, which is shown as it is."""

TASK_WORDS: dict[str, str] = {
    Task.parts_picked: N_("Parts picked"),
    Task.bay_kept: N_("Bay kept"),
    Task.technician_told: N_("Technician told"),
    Task.loaner_ready: N_("Loaner ready"),
}
