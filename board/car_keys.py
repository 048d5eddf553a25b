"""One key per car file, wrapped by the master key: found, made, taken along, forgotten.

A car file is a car by its VIN or its plate, told only by keyed hashes. A job keeps the key it was
opened under. Knows nothing of events and of what is sealed.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select

from board.car_files import names_of
from board.database import insert_missing, reading
from board.journal import Sealed
from board.leaves import Leaves
from board.seal import Key, WrongKey, keyed_hash, new_key, opened_text, sealed_text
from board.secret import NO_SECRET, derived
from board.tables import car_keys, car_names, job_keys

_MOST_REMEMBERED = 50_000
_ID_BYTES = 12


class SecretWrong(ValueError):
    """The master key is not the one that this database was sealed with."""

    def __init__(self) -> None:
        super().__init__(
            "BAYLIGHT_SECRET_FILE is not the key that this database was sealed with:"
            " put the file back that belongs to it"
        )


@dataclass(frozen=True, slots=True)
class CarName:
    """What a car is called: `kind` is vin or plate, `text` as it is compared."""

    kind: str
    text: str


class CarKeys:
    """The keys of one database as one process remembers them; any thread may ask."""

    def __init__(self, secret: bytes = NO_SECRET) -> None:
        self._master = Key(derived(secret, "car keys"))
        self._naming = derived(secret, "car names")
        self.searching = derived(secret, "search")
        self.marking = derived(secret, "asked")
        self._keys: dict[tuple[str, str], Key] = {}
        self._of_jobs: dict[tuple[str, str], str] = {}
        self._forgotten = 0
        self._epoch = ""

    def enter(self, epoch: str) -> None:
        """Forget what was remembered of another history: a restore took keys made since away."""
        if epoch != self._epoch:
            self.forget()
            self._epoch = epoch

    def at(self, connection: Connection, shop_id: str) -> "KeysAtHand":
        """The keys for one transaction; call `keep` when it has been committed."""
        return KeysAtHand(self, connection, shop_id, self._forgotten)

    def forget(self) -> None:
        """Drop every key from memory, because one was destroyed."""
        self._forgotten += 1
        self._keys = {}
        self._of_jobs = {}

    def remember(
        self, since: int, keys: Mapping[tuple[str, str], Key], jobs: Mapping[tuple[str, str], str]
    ) -> None:
        """Keep what a transaction found, unless something was forgotten meanwhile."""
        if since != self._forgotten:
            return
        if len(self._of_jobs) > _MOST_REMEMBERED or len(self._keys) > _MOST_REMEMBERED:
            self._keys, self._of_jobs = {}, {}
        self._keys.update(keys)
        self._of_jobs.update(jobs)

    def known_key(self, shop_id: str, key_id: str) -> Key | None:
        """A remembered key."""
        return self._keys.get((shop_id, key_id))

    def known_job(self, shop_id: str, job_id: str) -> str:
        """The id of the key a job is remembered to be sealed under, or ''."""
        return self._of_jobs.get((shop_id, job_id), "")

    def hashed(self, shop_id: str, name: CarName) -> str:
        """The name as the tables have it."""
        return f"{name.kind}:{keyed_hash(self._naming, f'{shop_id}:{name.kind}:{name.text}')}"

    def wrap(self, shop_id: str, key_id: str, key: bytes) -> bytes:
        """A key as the table has it."""
        return self._master.seal(key, f"{shop_id}/{key_id}")

    def unwrap(self, shop_id: str, key_id: str, wrapped: bytes) -> Key:
        """The key again; raises SecretWrong."""
        try:
            return Key(self._master.open(bytes(wrapped), f"{shop_id}/{key_id}"))
        except WrongKey as error:
            raise SecretWrong from error


class KeysAtHand:
    """The keys within one transaction: what it makes is remembered once it is committed."""

    def __init__(self, keys: CarKeys, connection: Connection, shop_id: str, since: int) -> None:
        self._all = keys
        self._connection = connection
        self._shop_id = shop_id
        self._since = since
        self._keys: dict[tuple[str, str], Key] = {}
        self._of_jobs: dict[tuple[str, str], str] = {}
        self._named: set[tuple[str, CarName]] = set()

    def keep(self) -> None:
        """The transaction was committed: let the process remember what it found and made."""
        if self._keys or self._of_jobs:
            self._all.remember(self._since, self._keys, self._of_jobs)

    def seal(
        self, job_id: str, leaves: Leaves, about: str, names: Collection[CarName] = ()
    ) -> Sealed:
        """`leaves` under the key of the job's car; nothing at all when that key was destroyed.

        A job that has no key yet gets that of the car called by one of `names`, or a key of its
        own; a name that nobody has yet leads to the job's car from then on.
        """
        key_id = self.key_of_job(job_id) or self._choose(job_id, names)
        key = self.key(key_id)
        if key is None:
            return {}
        self._name(key_id, names)
        return {"key": key_id, "text": sealed_text(key, leaves, about)}

    def open(self, sealed: Sealed, about: str) -> Leaves:
        """What was sealed; nothing when its key was destroyed. Raises SecretWrong."""
        if not sealed:
            return {}
        key = self.key(sealed["key"])
        return {} if key is None else opened_text(key, sealed["text"], about)

    def fetch(self, key_ids: Iterable[str]) -> None:
        """Have these keys at hand, read at once instead of one by one."""
        missing = {k for k in key_ids if self._at_hand(k) is None}
        for some in _parts(sorted(missing)):
            column = car_keys.c
            found = select(column.key_id, column.wrapped).where(
                column.shop_id == self._shop_id,
                column.key_id.in_(some),
                column.wrapped.is_not(None),
            )
            for row in self._connection.execute(found):
                key = self._all.unwrap(self._shop_id, row.key_id, row.wrapped)
                self._keys[self._shop_id, row.key_id] = key

    def _at_hand(self, key_id: str) -> Key | None:
        return self._keys.get((self._shop_id, key_id)) or self._all.known_key(self._shop_id, key_id)

    def key(self, key_id: str) -> Key | None:
        """A key by its id; None when it was destroyed. Raises SecretWrong."""
        if self._at_hand(key_id) is None:
            self.fetch([key_id])
        return self._at_hand(key_id)

    def key_of_job(self, job_id: str) -> str:
        """The id of the key a job is sealed under, or ''."""
        known = self._of_jobs.get((self._shop_id, job_id))
        known = known or self._all.known_job(self._shop_id, job_id)
        if not known:
            column = job_keys.c
            found = select(column.key_id).where(
                column.shop_id == self._shop_id, column.job_id == job_id
            )
            known = self._connection.scalar(found) or ""
            if known:
                self._of_jobs[self._shop_id, job_id] = known
        return known

    def _choose(self, job_id: str, names: Collection[CarName]) -> str:
        key_id = self._of_car(names) or self._make(names)
        row = {"shop_id": self._shop_id, "job_id": job_id, "key_id": key_id}
        self._connection.execute(insert(job_keys), row)
        self._of_jobs[self._shop_id, job_id] = key_id
        return key_id

    def _of_car(self, names: Collection[CarName]) -> str:
        """The car called so: by its VIN; by its plate, unless that one has another VIN."""
        by_name = {name.kind: self._called(name) for name in names}
        if by_name.get("vin") or "vin" not in by_name:
            return by_name.get("vin") or by_name.get("plate", "")
        by_plate = by_name.get("plate", "")
        return "" if by_plate and self._has_vin(by_plate) else by_plate

    def _called(self, name: CarName) -> str:
        column = car_names.c
        hashed = self._all.hashed(self._shop_id, name)
        found = select(column.key_id).where(column.shop_id == self._shop_id, column.name == hashed)
        return self._connection.scalar(found) or ""

    def _has_vin(self, key_id: str) -> bool:
        names = names_of(self._connection, self._shop_id, key_id)
        return any(name.startswith("vin:") for name in names)

    def _make(self, names: Collection[CarName]) -> str:
        """A key of its own for a car; a plate that another car had leads to this one."""
        key_id, key = secrets.token_urlsafe(_ID_BYTES), new_key()
        wrapped = self._all.wrap(self._shop_id, key_id, key)
        row = {"shop_id": self._shop_id, "key_id": key_id, "wrapped": wrapped}
        self._connection.execute(insert(car_keys), row)
        self._keys[self._shop_id, key_id] = Key(key)
        called = [self._all.hashed(self._shop_id, name) for name in names]
        ours = car_names.c.shop_id == self._shop_id
        self._connection.execute(delete(car_names).where(ours, car_names.c.name.in_(called)))
        return key_id

    def _name(self, key_id: str, names: Collection[CarName]) -> None:
        new = [name for name in names if (key_id, name) not in self._named]
        if not new:
            return
        self._named.update((key_id, name) for name in new)
        called = (self._all.hashed(self._shop_id, name) for name in new)
        rows = [{"shop_id": self._shop_id, "name": name, "key_id": key_id} for name in called]
        self._connection.execute(insert_missing(self._connection, car_names), rows)


def require_secret(engine: Engine, keys: CarKeys) -> None:
    """Raise SecretWrong when this database was sealed with another master key."""
    column = car_keys.c
    one = select(car_keys).where(column.wrapped.is_not(None)).limit(1)
    with reading(engine) as connection:
        row = connection.execute(one).one_or_none()
    if row is not None:
        keys.unwrap(row.shop_id, row.key_id, row.wrapped)


def is_sealed(engine: Engine) -> bool:
    """Whether anything in this database was sealed with a master key."""
    with reading(engine) as connection:
        found = select(car_keys.c.key_id).where(car_keys.c.wrapped.is_not(None)).limit(1)
        return connection.scalar(found) is not None


def _parts(ids: list[str], size: int = 500) -> Iterable[list[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
