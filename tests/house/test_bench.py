"""Every measurement can be started: a subject that does not even load would be found out late."""

import importlib

import pytest

from bench.__main__ import ALL
from tests.house.source import ROOT

MEASURED = sorted(
    file.stem for file in (ROOT / "bench").glob("*.py") if "\ndef rows(" in file.read_text()
)


def test_every_measurement_is_in_the_table() -> None:
    assert set(MEASURED) <= ALL.keys()


@pytest.mark.parametrize("subject", MEASURED)
def test_a_measurement_loads(subject: str) -> None:
    assert callable(importlib.import_module(f"bench.{subject}").rows)
