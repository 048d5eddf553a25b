"""Commands for the tests of the desk, and what an answer must be."""

import asyncio

from board.core import commands as c
from board.core.refusals import Refused
from board.core.roles import Actor
from board.desk import Desk, Receipt
from tests.builders import ANNA, MONA, receive, set_up

Sent = tuple[c.Command, Actor, str]


async def opened(desk: Desk) -> None:
    """The desk's shop set up with the cast."""
    granted(await desk.handle(set_up(), MONA, "set-up"))


def car(number: int) -> c.ReceiveJob:
    """The command that receives the n-th car."""
    return receive(f"j{number}", f"京A{number:05d}")


async def together(desk: Desk, *sent: Sent) -> list[Receipt | Refused | BaseException]:
    """Hand in all before any of them is decided."""
    asked = [desk.handle(command, actor, command_id) for command, actor, command_id in sent]
    return await asyncio.gather(*asked, return_exceptions=True)


def cars(count: int) -> list[Sent]:
    """So many cars, received by Anna."""
    return [(car(number), ANNA, f"car-{number}") for number in range(count)]


def granted(answer: Receipt | Refused | BaseException) -> Receipt:
    """The answer, which must be a receipt."""
    assert isinstance(answer, Receipt), answer
    return answer


def refused(answer: Receipt | Refused | BaseException) -> str:
    """The code of the answer, which must be a refusal."""
    assert isinstance(answer, Refused), answer
    return answer.code
