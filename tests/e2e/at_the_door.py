"""Somebody is signed in on a browser's window without a page being loaded for it.

The pad and its page are tried where they are the matter; everywhere else they would only cost.
"""

import re

from playwright.sync_api import Page

from tests.e2e.cast import PIN


def let_in(page: Page, url: str, person: str) -> None:
    """Sign a person in, by id or by name, in the window's own language."""
    language = {"Accept-Language": str(page.evaluate("navigator.language"))}
    door = page.request.get(f"{url}/?tablet", headers=language).text()
    csrf = re.search(r'name="csrf" value="([^"]+)"', door)
    named = re.search(rf'value="([^"]+)" data-name="{re.escape(person)}"', door)
    assert csrf, door
    form: dict[str, str | float | bool] = {"csrf": csrf[1], "pin": PIN}
    answer = page.request.post(
        f"{url}/sign-in/pin",
        form={**form, "person": named[1] if named else person},
        headers={"Origin": url, **language},
        max_redirects=0,
    )
    assert answer.status == 303, answer.text()
