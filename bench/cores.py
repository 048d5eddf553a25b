"""Which core does what: the measured server has one to itself, everybody else shares another.

Without this the clients steal time from the server at random, and no two rounds are alike.
"""

import os

SERVER_CORE, CLIENT_CORE = 0, 1


def stay_on(core: int, pid: int = 0) -> None:
    """Keep a process (0: this one) and what it starts on one core; with one core, do nothing."""
    os.sched_setaffinity(pid, range(os.cpu_count() or 1))
    allowed = sorted(os.sched_getaffinity(pid))
    if len(allowed) > core:
        os.sched_setaffinity(pid, {allowed[core]})
