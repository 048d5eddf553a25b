"""Seals and opens what is personal in jobs outside the journal's entries, such as a snapshot."""

from collections.abc import Collection, Mapping

from sqlalchemy import Engine

from board.car_files import jobs_of_cars
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

    def seal_file(self, shop_id: str, job_id: str, plain: bytes, about: str) -> bytes:
        """What lies in a file, sealed under the key of the job's car; b"" when there is no key."""
        with reading(self._engine) as connection:
            hand = self._keys.at(connection, shop_id)
            key_id = hand.key_of_job(job_id)
            key = hand.key(key_id)
        hand.keep()
        return b"" if key is None else key_id.encode() + b"\n" + key.seal(plain, about)

    def open_file(self, shop_id: str, sealed: bytes, about: str) -> bytes:
        """Open what `seal_file` gave; b"" when its key was destroyed. Raises WrongKey."""
        key_id, _, text = sealed.partition(b"\n")
        with reading(self._engine) as connection:
            hand = self._keys.at(connection, shop_id)
            key = hand.key(key_id.decode("ascii", "replace"))
        hand.keep()
        return b"" if key is None else key.open(text, about)

    def living(self, shop_id: str, job_ids: Collection[str]) -> frozenset[str]:
        """Return those of the jobs that have a key which was not destroyed."""
        with reading(self._engine) as connection:
            return frozenset(job_ids) & frozenset(jobs_of_cars(connection, shop_id, job_ids))
