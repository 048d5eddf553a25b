"""Pages of the doors themselves: what the sign-in pages show, and how any page is answered."""

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from board.core import words
from board.core.roles import PEOPLE_ROLES, Role
from board.core.shop import Person, Shop
from board.desk import Desk
from board.web.doors import Doors
from board.web.errors import wants_json


def page(doors: Doors, request: Request, template: str, **context: object) -> Response:
    """Return a page; every template also gets `csrf`, `path` and `languages`."""
    signed = request.state.signed
    csrf = signed.csrf if signed and signed.csrf else request.state.form_csrf
    html = doors.render(
        template,
        request.state.language,
        csrf=csrf,
        path=request.url.path,
        languages=doors.languages.available,
        **context,
    )
    return HTMLResponse(html)


async def first_page(
    doors: Doors,
    request: Request,
    desk: Desk,
    *,
    error: str = "",
    chosen: str = "",
    place: str = "",
    back: str = "",
) -> Response:
    """Return the sign-in page: of a desk, or of a shared tablet with everybody who has a PIN."""
    place = place or ("tablet" if "tablet" in request.query_params else "desk")
    kinds = await asyncio.to_thread(doors.accounts.credentials.of_shop, desk.shop.id)
    people = [person_row(person, desk.shop) for person in at_work(desk.shop)]
    with_pin = [row for row in people if "pin" in kinds.get(str(row["id"]), ())]
    return page(
        doors,
        request,
        f"sign_in/{place}.html",
        shop=desk.shop.settings.name,
        people=with_pin if place == "tablet" else people,
        chosen=chosen,
        error=error,
        back=back,
    )


def at_work(shop: Shop) -> list[Person]:
    """Return the people of a shop, those at the cars first, each group by name."""
    people = [person for person in shop.people.values() if not person.removed]
    return sorted(people, key=lambda person: (Role.technician not in person.roles, person.name))


def person_row(person: Person, shop: Shop) -> dict[str, object]:
    """Return what pages show of a person: id, name, language, roles with words, bays, skills."""
    roles = [role for role in PEOPLE_ROLES if role in person.roles]
    return {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "roles": [role.value for role in roles],
        "role_words": [words.ROLE[role] for role in roles],
        "bays": [shop.bays[bay].name for bay in person.bays if bay in shop.bays],
        "skills": list(person.skills),
    }


def went(request: Request, to: str) -> Response:
    """Return what sends a browser on: a redirect, or `{"to"}` for a script."""
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"hx-redirect": to})
    if wants_json(request.scope):
        return JSONResponse({"to": to})
    return RedirectResponse(to, 303)


async def icon(_request: Request) -> Response:
    """`GET /favicon.ico`: where the icon is, for those who look before they have read a page."""
    return RedirectResponse("/static/icon.svg", 308)
