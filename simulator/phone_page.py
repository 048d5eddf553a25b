"""The customer's phone page, used as a browser without scripts would: link, code, answers."""

import re
from collections.abc import Mapping

from simulator.doors import Guest
from simulator.forms import Form, forms_in
from simulator.walk import Walk

_LINK = re.compile(r'href="(/track/[^"]+)"')
_CODE = re.compile(r'<dd class="code">([0-9 ]+)</dd>')
_TOO_LATE = "409"


async def decide_on_the_page(walk: Walk, answers: Mapping[str, bool]) -> None:
    """Answer what the page asks, by line; what it does not ask any more stays unanswered."""
    told = await walk.person(walk.advisor).page(f"/orders/{walk.visit.id}/extra")
    link, code = _LINK.search(told), _CODE.search(told)
    if link is None or code is None:
        return
    phone = walk.play.doors.guest()
    try:
        await _open(walk, phone, link[1], code[1])
        for line, agreed in answers.items():
            await walk.minutes(0.3, 1.5)
            if await _answer(phone, link[1], line, agreed):
                walk.play.happened["answered_on_phone"] += 1
    finally:
        phone.close()


async def _open(walk: Walk, phone: Guest, link: str, code: str) -> None:
    """Open the link and type the code that came with it."""
    forms = forms_in(await phone.page(link))
    await walk.minutes(0.2, 0.5)
    for form in forms:
        if form.action == f"{link}/code":
            await phone.send(form.action, {**form.fields, "code": code})


async def _answer(phone: Guest, link: str, line: str, agreed: bool) -> bool:
    """Press the button of a line, and say that it is meant; whether the shop took it."""
    word = "true" if agreed else "false"
    form = _form_of(await phone.page(link), link, line)
    if form is None:
        return False
    asked_back = await phone.send(form.action, {**form.fields, "approved": word}, _TOO_LATE)
    sure = _form_of(asked_back.text, link, line)
    if sure is None:
        return False
    button = dict(sure.buttons)
    return (await phone.send(sure.action, {**sure.fields, **button}, _TOO_LATE)).is_good


def _form_of(html: str, link: str, line: str) -> Form | None:
    mine = (
        form
        for form in forms_in(html)
        if form.action == f"{link}/answer" and form.fields.get("line") == line
    )
    return next(mine, None)
