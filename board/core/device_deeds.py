"""What doors, pages and devices agree on where people bind devices. Values only."""

from enum import Enum


class DeviceDeed(Enum):
    """What a form changes of what hangs where; the last word of the form's address."""

    bind = "bind"
    activate = "activate"
    shadow = "shadow"
    calibrate = "calibrate"
    replace = "replace"
    unbind = "unbind"
    open = "open"
    close = "close"
    lamp = "lamp"
    show = "show"
    presses = "presses"
    gate = "gate"
    hold = "hold"
    release = "release"


LISTEN_SECONDS = (60, 120, 300)
"""For how long one can look which device reacts."""
USUAL_LISTEN_SECONDS = 120
