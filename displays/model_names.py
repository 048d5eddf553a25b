"""What a model of devices is called in a language. Knows no devices."""

from collections.abc import Mapping


def called_in(language: str, called: Mapping[str, str], name: str) -> str:
    """The name in a language; else in one that is written nearly so, else as it is."""
    alike = (one for one in called if one.partition("-")[0] == language.partition("-")[0])
    return next((called[one] for one in (language, *alike) if one in called), name)
