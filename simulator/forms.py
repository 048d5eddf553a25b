"""The forms of a page as a browser without scripts sees them. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """Where a form goes and what it would send; `buttons`: what each of them adds."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


def forms_in(html: str) -> list[Form]:
    """Every form of the page, in its order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action", "")))
            self._is_inside = True
        elif self._is_inside and tag == "input" and said.get("name"):
            self.forms[-1].fields[said["name"]] = said.get("value", "")
        elif self._is_inside and tag == "button" and said.get("name"):
            self.forms[-1].buttons.append((said["name"], said.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
