"""The statements of every turn, made once: making one takes longer than most take to run."""

from sqlalchemy import bindparam, insert, select, update

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
