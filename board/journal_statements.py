"""The statements of every turn, made once: making one takes longer than most take to run."""

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from board.database import insert_missing
from board.tables import commands, events, heads, meta

EPOCH = select(meta.c.value).where(meta.c.key == "epoch").scalar_subquery()
HEAD = select(heads.c.seq).where(heads.c.shop_id == bindparam("shop"))
LOCKED = HEAD.add_columns(EPOCH).with_for_update(of=heads)
ANSWERS = select(commands.c.command_id, commands.c.seq, commands.c.asked).where(
    commands.c.shop_id == bindparam("shop"),
    commands.c.command_id.in_(bindparam("ids", expanding=True)),
)
ADVANCE = update(heads).where(heads.c.shop_id == bindparam("shop")).values(seq=bindparam("to"))
# RETURNING makes it one statement for all rows instead of one for each.
INSERTS = {table: insert(table).returning(table.c.seq) for table in (events, commands)}


def locked(connection: Connection, shop_id: str) -> tuple[str, int]:
    """Lock the shop's head row and read the epoch with it: a restore may have been just before."""
    shop = {"shop": shop_id}
    row = connection.execute(LOCKED, shop).one_or_none()
    if row is None:
        connection.execute(insert_missing(connection, heads), {"shop_id": shop_id, "seq": 0})
        row = connection.execute(LOCKED, shop).one()
    return row[1], row[0]


def entries_after(shop_id: str, seq: int) -> Select[object]:
    """The entries of a shop with a greater number, in order."""
    kept = events.c
    return select(events).where(kept.shop_id == shop_id, kept.seq > seq).order_by(kept.seq)
