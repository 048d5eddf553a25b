"""What one process asks and only another knows, through the database they share.

Short-lived: an answer is for whoever asked just now. Knows nothing of what is asked.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Engine, delete, select, update

from board.database import reading, upsert, writing
from board.tables_of_access import inquiries


class Inquiries:
    """The open questions about shops and their answers. Every call waits for the disk: use a
    thread. Times are the askers' own; processes of one shop keep theirs by a time service.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, shop_id: str, question: str, now: datetime) -> None:
        """Ask; what was answered before counts no longer."""
        row = {"question": question, "asked_at": now, "answer": None}
        key = {"shop_id": shop_id, "about": _about(question)}
        with writing(self._engine) as connection:
            connection.execute(upsert(connection, inquiries, "asked_at"), {**key, **row})

    def answer_to(self, shop_id: str, question: str) -> str | None:
        """The answer, once somebody has given it."""
        mine = (inquiries.c.shop_id == shop_id) & (inquiries.c.about == _about(question))
        with reading(self._engine) as connection:
            found: str | None = connection.scalar(select(inquiries.c.answer).where(mine))
        return found

    def open(self, shop_id: str) -> list[str]:
        """The questions that wait for an answer, the longest waiting first."""
        waiting = (inquiries.c.shop_id == shop_id) & inquiries.c.answer.is_(None)
        query = select(inquiries.c.question).where(waiting).order_by(inquiries.c.asked_at)
        with reading(self._engine) as connection:
            return list(connection.scalars(query))

    def answer(self, shop_id: str, question: str, answer: str) -> None:
        """Answer a question."""
        mine = (inquiries.c.shop_id == shop_id) & (inquiries.c.about == _about(question))
        with writing(self._engine) as connection:
            connection.execute(update(inquiries).where(mine).values(answer=answer))

    def forget(self, shop_id: str, before: datetime) -> None:
        """Drop what was asked before that moment, answered or not."""
        old = (inquiries.c.shop_id == shop_id) & (inquiries.c.asked_at < before)
        with writing(self._engine) as connection:
            connection.execute(delete(inquiries).where(old))


def inquiries_of(engine: Engine) -> Inquiries | None:
    """None in SQLite: a shop there is served by one process, which knows all there is."""
    return Inquiries(engine) if engine.dialect.name == "postgresql" else None


def _about(question: str) -> str:
    return sha256(question.encode()).hexdigest()
