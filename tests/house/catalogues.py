"""What a catalogue of texts lacks against the texts collected from code and templates."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

KEY = re.compile(r"[a-z0-9]+([._][a-z0-9]+)+")
PLACEHOLDER = re.compile(r"\{\w*(?:![rsa])?(?::[^{}]*)?\}|%\(\w+\)[a-z]|%[sd]")
SOURCE = "en"
"""Message ids are English, so English needs texts only for ids that are keys (`lane.waiting`)."""


def read(file: Path, language: str | None) -> Catalog:
    """A catalogue, or with None the template of all."""
    with file.open("rb") as text:
        return read_po(text, language)


def texts(catalogue: Catalog) -> list[Message]:
    """Every text but the head."""
    return [message for message in catalogue if message.id]


def gaps(template: Catalog, catalogue: Catalog) -> list[str]:
    """Sentences on what is missing, unsure, short of a plural or has other placeholders."""
    return [gap for message in texts(template) for gap in _gaps(message, catalogue)]


def _gaps(message: Message, catalogue: Catalog) -> Iterator[str]:
    first, *_ = ids = _forms(message.id)
    found = catalogue.get(first, message.context)
    forms = _forms(found.string) if found is not None else []
    if not any(forms):
        if str(catalogue.locale) != SOURCE or KEY.fullmatch(first):
            yield f"missing: {first} {message.locations}"
        return
    assert found is not None
    if found.fuzzy:
        yield f"fuzzy: {first}"
    wanted = catalogue.num_plurals if len(ids) > 1 else 1
    if len(forms) != wanted or not all(forms):
        yield f"plural forms, {wanted} wanted: {first} -> {forms}"
    if not KEY.fullmatch(first):
        yield from (
            f"placeholders: {first} -> {form}" for form in forms if form and not _keeps(ids, form)
        )


def _forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text or "")]


def _keeps(ids: list[str], form: str) -> bool:
    # A singular may leave its number out ("one car"); each form fits one of the originals.
    return _placeholders(form) in [_placeholders(original) for original in ids]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))
