"""Seals and opens what is personal in jobs outside the journal's entries, such as a snapshot."""

from collections.abc import Mapping

from sqlalchemy import Engine

from board.car_keys import CarKeys
from board.database import reading, writing
from board.journal import Sealed
from board.leaves import Leaves


class SqlSeals:
    """The Seals of a database."""

    def __init__(self, engine: Engine, keys: CarKeys) -> None:
        self._engine = engine
        self._keys = keys

    def seal(self, shop_id: str, leaves: Mapping[str, Leaves], about: str) -> Mapping[str, Sealed]:
        """Seal personal values by job, each under the key of its car."""
        with writing(self._engine) as connection:
            hand = self._keys.at(connection, shop_id)
            sealed = {job: hand.seal(job, found, about) for job, found in leaves.items() if found}
        hand.keep()
        return sealed

    def open(self, shop_id: str, sealed: Mapping[str, Sealed], about: str) -> Mapping[str, Leaves]:
        """Open what was sealed by job; nothing comes back of a car that was erased."""
        with reading(self._engine) as connection:
            hand = self._keys.at(connection, shop_id)
            hand.fetch({each["key"] for each in sealed.values() if each})
            leaves = {job: hand.open(each, about) for job, each in sealed.items()}
        hand.keep()
        return leaves
