"""Random bytes of the operating system, fetched a page at a time: one call for each number costs
more than all else about an id. Any thread may ask; no bytes are given twice.
"""

import os
from collections import deque

_BYTES = 16
_AT_ONCE = 256

_kept: deque[bytes] = deque()


def chance(count: int) -> bytes:
    """So many bytes, at most 16, that nobody can guess."""
    try:
        # One call without a lock: a deque gives each of its items to one thread only.
        return _kept.pop()[:count]
    except IndexError:
        fetched = os.urandom(_BYTES * _AT_ONCE)
        _kept.extend(fetched[at : at + _BYTES] for at in range(0, len(fetched), _BYTES))
        return chance(count)


# What a child process inherits, its parent would give out too.
os.register_at_fork(after_in_child=_kept.clear)
