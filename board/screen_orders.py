"""What a screen can be told to do, as the journal names it; pure names."""

IDENTIFY = "screen_identify"
RELOAD = "screen_reload"
CHANGED = "screen_changed"

ORDERS: dict[str, str] = {IDENTIFY: "identify", RELOAD: "reload", CHANGED: "reload"}
"""By the name of a change of access: what the screen in question does when it hears of it."""
