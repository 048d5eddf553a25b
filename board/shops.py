"""Which shops this database holds, and the first start of one: a manager and a way in."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, select

from board.core.commands import ImportShop, PersonPlan
from board.core.handover import EVERYTHING_WANTED
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.shop import Settings, Shop
from board.database import connect, insert_missing, reading, writing
from board.desk import Desk
from board.tables import heads, shops

FIRST_SHOP = "main"
FIRST_MANAGER = "manager"
SET_UP = Actor("set_up", "first-start", "", frozenset({Role.manager}), "first start")


@dataclass(frozen=True, slots=True)
class KnownShop:
    """A shop of this database: its id, its slug in MQTT topics, the host name that means it."""

    id: str
    slug: str
    host: str = ""


class Shops:
    """The shops of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[KnownShop]:
        """Every shop, the oldest first."""
        query = select(shops.c.shop_id, shops.c.slug, shops.c.host).order_by(shops.c.created_at)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [KnownShop(row.shop_id, row.slug, row.host or "") for row in rows]

    def first(self, now: datetime) -> KnownShop:
        """The first shop of an empty database, which another process may be making just now."""
        row = {"shop_id": f"{FIRST_SHOP}-{secrets.token_hex(3)}", "slug": FIRST_SHOP}
        with writing(self._engine) as connection:
            connection.execute(insert_missing(connection, shops), {**row, "created_at": now})
        return self.all()[0]


def has_shop(database_url: str) -> bool:
    """Whether the database is there and holds a shop; makes and changes nothing.

    Raises JournalUnavailable when that cannot be found out.
    """
    engine = connect(database_url)
    try:
        if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
            return False
        with reading(engine) as connection:
            there = inspect(connection)
            return any(
                there.has_table(table.name) and connection.execute(select(table).limit(1)).first()
                for table in (heads, shops)
            )
    finally:
        engine.dispose()


def is_new(shop: Shop) -> bool:
    """Whether nobody has been set up in the shop yet."""
    return not shop.people


async def first_manager(desk: Desk, name: str) -> str:
    """Set up the first person of an empty shop, a manager; returns the person's id.

    RuntimeError when the rules refuse it, which only a defect can bring about.
    """
    settings = Settings(name=name, handover=EVERYTHING_WANTED)
    manager = PersonPlan(id=FIRST_MANAGER, name="Manager", roles=(Role.manager, Role.controller))
    command = ImportShop(settings=settings, people=(manager,))
    answer = await desk.handle(command, SET_UP, f"first-start:{desk.shop.id}")
    if isinstance(answer, Refused):
        raise RuntimeError(f"the first set-up was refused: {answer}")
    return manager.id
