"""Numbers that begin anew with each period, as tickets with the day and orders with the year."""

from dataclasses import replace

from board.core.shop import Shop


def counted(shop: Shop, family: str, period: str, at_least: int = 0) -> Shop:
    """One more in the period; `at_least`: some before it were passed over."""
    key = family + period
    kept = {k: n for k, n in shop.counters.items() if k == key or not k.startswith(family)}
    return replace(shop, counters={**kept, key: max(kept.get(key, 0) + 1, at_least)})
