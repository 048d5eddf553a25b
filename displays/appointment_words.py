"""Words for the kinds of job that an appointment may be for, as message ids."""

from displays.views.parts import N_

KIND_WORDS: dict[str, str] = {
    "repair": N_("Repair"),
    "service": N_("Regular service"),
    "warranty": N_("Warranty work"),
    "accident": N_("Accident"),
    "inspection": N_("Inspection"),
}
"""The kinds that a form offers; a job may have another one, which is shown as it is."""
