"""Words for the kinds of job, as message ids: those a form offers, and those with own checks."""

from displays.views.parts import N_

KIND_WORDS: dict[str, str] = {
    "repair": N_("Repair"),
    "service": N_("Regular service"),
    "warranty": N_("Warranty work"),
    "accident": N_("Accident"),
    "inspection": N_("Inspection"),
}
"""The kinds that a form offers; a job may have another one."""

WORD_OF_KIND: dict[str, str] = {
    **KIND_WORDS,
    "maintenance": N_("Regular service"),
    "express": N_("Express service"),
    "brakes": N_("Brakes"),
    "chassis": N_("Chassis"),
    "alignment": N_("Wheel alignment"),
    "body": N_("Body work"),
    "paint": N_("Paint"),
    "new_energy": N_("New energy"),
}
"""What people call a kind; one that is not here is shown as it is."""
