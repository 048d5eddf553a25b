"""A customer with a phone: opens the link, types the code, presses what the page offers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from board.core import commands as c
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.phone_links import code_of, token_of
from tests.web.front import SHOP, Front

LI = Actor("person", "li", "Li", frozenset({Role.advisor}), "test")
PLATE = "京AD12345"
NOTE = "rear pads at 2.1 mm"
_FORM = re.compile(r"<form.*?</form>", re.S)
_FIELD = re.compile(r'<(?:input|button)[^>]* name="(\w+)"[^>]*? value="([^"]*)"')


def did(front: Front, command: c.Command, by: Actor = LI) -> None:
    """Somebody of the shop does something that must be granted."""
    answer = front.do(front.desk.handle(command, by))
    assert not isinstance(answer, Refused), answer


def asked(front: Front, text: str = "Rear brake pads", note: str = NOTE, asks: bool = True) -> str:
    """A car on which something was found, priced at 680 yuan and, if so wished, asked about."""
    front.plates += 1
    job = front.receive(f"京A{front.plates:05}")
    did(front, c.ProposeLine(job=job, text=text, note=note, photos=("b" * 64,)))
    did(front, c.PriceLine(job=job, line="1", price=260_00, parts_price=420_00))
    if asks:
        did(front, c.AskCustomer(job=job))
    return job


class Customer:
    """One phone with one link."""

    def __init__(self, front: Front, client: httpx.Client, job: str) -> None:
        self.front = front
        self.client = client
        self.job = job
        link_round = front.desk.shop.jobs[job].link_round
        self.path = "/track/" + token_of(front.doors.phone_secret, SHOP, job, link_round)
        self.html = ""

    @property
    def code(self) -> str:
        """The code that the advisor would say now."""
        code_round = self.front.desk.shop.jobs[self.job].code_round
        return code_of(self.front.doors.phone_secret, SHOP, self.job, code_round)

    def look(self) -> httpx.Response:
        """Open the link."""
        return self._seen(self.client.get(self.path))

    def types(self, code: str = "") -> httpx.Response:
        """Type a code, the right one if none is given."""
        fields = {"code": code or self.code}
        return self._seen(self.client.post(f"{self.path}/code", data=fields))

    def lets_in(self) -> "Customer":
        """Open the link and type the right code."""
        self.look()
        assert self.types().status_code == 303
        assert self.look().status_code == 200
        return self

    def presses(self, approved: bool, **other: str) -> httpx.Response:
        """Press yes or no at the first question; `other` fields as an attacker would send them."""
        form = next(form for form in _FORM.findall(self.html) if "/answer" in form)
        fields = {**dict(_FIELD.findall(form)), "approved": str(approved).lower(), **other}
        return self._seen(self.client.post(f"{self.path}/answer", data=fields))

    def says(self, approved: bool, **other: str) -> httpx.Response:
        """Press, and say on the next page that it is meant."""
        return self.presses(approved, sure="yes", **other)

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        self.html = answer.text or self.html
        return answer

    @property
    def line(self) -> str:
        """The state of the job's first line."""
        return str(self.front.desk.shop.jobs[self.job].lines[0].state)


@contextmanager
def customer(front: Front, job: str) -> Iterator[Customer]:
    """A customer's phone, with the link on it and nothing else."""
    with front.browser() as client:
        yield Customer(front, client, job)
