"""Changes of tables that name no device, in the text of the bindings file: families that are heard,
holders of badges. Pure.
"""

from devices.binding_edits import EditRefused, appended, listed, without

FAMILY, HOLDER = "family", "holder"


def opened(text: str, name: str, base: str) -> str:
    """The text with one more family of devices that is heard; no `base`: under its usual one."""
    listed(text)
    return appended(text, FAMILY, {"name": name, **({"base": base} if base else {})})


def closed(text: str, name: str, base: str) -> str:
    """The text without the table of this family under this base."""
    for table, values in listed(text, (FAMILY,)):
        if (values.get("name"), str(values.get("base", "")).rstrip("/")) == (name, base):
            return without(text, table)
    raise EditRefused("unopened")


def held(text: str, mark: str, person: str) -> str:
    """The text with one more badge that is somebody's."""
    if any(_mark(values.get("mark")) == mark for _, values in listed(text, (HOLDER,))):
        raise EditRefused("held")
    return appended(text, HOLDER, {"mark": mark, "person": person})


def released(text: str, mark: str) -> str:
    """The text without whose badge this is."""
    for table, values in listed(text, (HOLDER,)):
        if _mark(values.get("mark")) == mark:
            return without(text, table)
    raise EditRefused("unheld")


def _mark(value: object) -> str:
    return str(value).lower()
