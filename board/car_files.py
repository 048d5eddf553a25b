"""Which orders make up the file of one car: those under its key, and under keys merged with it.

A file is called by the id of one of its keys. Knows no keys themselves and nothing of what is
sealed under them.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, or_, select

from board.journal import CarFile
from board.tables import car_files, car_keys, car_names, job_keys


class FilesWithin:
    """The part of a Turn that knows files: within its transaction, of its shop."""

    _connection: Connection
    _shop_id: str

    def jobs_of_cars(self, job_ids: Collection[str]) -> tuple[str, ...]:
        """Return every job of the cars of these jobs, of those that are known."""
        return jobs_of_cars(self._connection, self._shop_id, job_ids)

    def car_file(self, any_id: str) -> CarFile | None:
        """Return the file called so, or that of an order; None when there is none any more."""
        return car_file(self._connection, self._shop_id, any_id)

    def regroup(self, moved: Collection[str], file_id: str) -> None:
        """Make these keys part of that file; nothing else follows them."""
        part(self._connection, self._shop_id, moved)
        rows = [
            {"shop_id": self._shop_id, "key_id": key, "file_id": file_id}
            for key in moved
            if key != file_id
        ]
        if rows:
            self._connection.execute(insert(car_files), rows)

    def refile(self, files: Mapping[str, str]) -> None:
        """Forget every merger of the shop for these: key to file; erased keys are left out."""
        ours = car_files.c.shop_id == self._shop_id
        self._connection.execute(delete(car_files).where(ours))
        by_file: dict[str, list[str]] = {}
        for key in _living(self._connection, self._shop_id, files):
            by_file.setdefault(files[key], []).append(key)
        for file_id, keys in by_file.items():
            self.regroup(keys, file_id)


def car_file(connection: Connection, shop_id: str, any_id: str) -> CarFile | None:
    """The file called `any_id`, or that of the order with this id; None for one erased."""
    column = job_keys.c
    of_job = select(column.key_id).where(column.shop_id == shop_id, column.job_id == any_id)
    key_id = connection.scalar(of_job) or any_id
    file_id = _file_of(connection, shop_id, key_id)
    keys = _living(connection, shop_id, keys_of(connection, shop_id, [key_id]))
    if not keys:
        return None
    jobs = select(column.job_id).where(column.shop_id == shop_id, column.key_id.in_(keys))
    return CarFile(file_id, tuple(keys), tuple(sorted(connection.scalars(jobs))))


def jobs_of_cars(connection: Connection, shop_id: str, job_ids: Collection[str]) -> tuple[str, ...]:
    """Every job of the cars of these jobs; nothing for one unknown or erased."""
    column = job_keys.c
    asked = select(column.key_id).where(column.shop_id == shop_id, column.job_id.in_(job_ids))
    keys = keys_of(connection, shop_id, list(connection.scalars(asked)))
    living = _living(connection, shop_id, keys)
    jobs = select(column.job_id).where(column.shop_id == shop_id, column.key_id.in_(living))
    return tuple(sorted(connection.scalars(jobs)))


def keys_of(connection: Connection, shop_id: str, key_ids: Collection[str]) -> set[str]:
    """These keys and every other of their files."""
    column = car_files.c
    up = select(column.file_id).where(column.shop_id == shop_id, column.key_id.in_(key_ids))
    files = {*key_ids, *connection.scalars(up)}
    down = select(column.key_id).where(column.shop_id == shop_id, column.file_id.in_(files))
    return files | set(connection.scalars(down))


def names_of(connection: Connection, shop_id: str, key_id: str) -> list[str]:
    """What the car of this key is called in its whole file, as the tables have it."""
    column, keys = car_names.c, keys_of(connection, shop_id, [key_id])
    found = select(column.name).where(column.shop_id == shop_id, column.key_id.in_(keys))
    return list(connection.scalars(found))


def part(
    connection: Connection, shop_id: str, key_ids: Collection[str], *, whole: bool = False
) -> None:
    """Take these keys out of the files they were merged into; `whole`: and others out of theirs."""
    column = car_files.c
    ours = column.key_id.in_(key_ids)
    both = or_(ours, column.file_id.in_(key_ids)) if whole else ours
    connection.execute(delete(car_files).where(column.shop_id == shop_id, both))


def _file_of(connection: Connection, shop_id: str, key_id: str) -> str:
    column = car_files.c
    found = select(column.file_id).where(column.shop_id == shop_id, column.key_id == key_id)
    return connection.scalar(found) or key_id


def _living(connection: Connection, shop_id: str, keys: Collection[str]) -> list[str]:
    column = car_keys.c
    living = select(column.key_id).where(
        column.shop_id == shop_id, column.key_id.in_(keys), column.erased_at.is_(None)
    )
    return sorted(connection.scalars(living))
