"""A setting that makes no sense is refused at start: its name, the reason, exit code 1."""

import os
import socket
from pathlib import Path

import pytest

from settings import ENVIRONMENT
from tests.starting.asked import Ask

WRONG = [
    ("BAYLIGHT_DATA", "{file}", "is a file, a folder is needed"),
    ("BAYLIGHT_DATA", "{file}/inside", "cannot be written (Not a directory)"),
    ("BAYLIGHT_DATA", "/proc/baylight", "cannot be written"),
    ("BAYLIGHT_DATA", "/proc", "cannot be written"),
    ("BAYLIGHT_DATA", "~no-such-user/data", "names the home of nobody here"),
    ("BAYLIGHT_HOST", "no such host", "is no address of this machine"),
    ("BAYLIGHT_HOST", "203.0.113.7", "is no address of this machine"),
    ("BAYLIGHT_HOST", "x" * 80, "is no address of this machine"),
    ("BAYLIGHT_PORT", "http", "'http' is no port from 0 to 65535"),
    ("BAYLIGHT_PORT", "65536", "is no port from 0 to 65535"),
    ("BAYLIGHT_PORT", "-1", "is no port from 0 to 65535"),
    ("BAYLIGHT_PORT", "٣", "is no port from 0 to 65535"),
    ("BAYLIGHT_HTTPS_PORT", "x", "'x' is no port from 0 to 65535"),
    ("DATABASE_URL", "mysql://localhost/shop", "only postgresql:// and sqlite:/// are possible"),
    ("DATABASE_URL", "baylight.db", "this is no database address"),
    ("DATABASE_URL", "sqlite://", "must name a file"),
    ("DATABASE_URL", "sqlite:///:memory:", "must name a file"),
    ("DATABASE_URL", "postgresql://127.0.0.1:1/shop", "cannot be used: check it"),
    ("DATABASE_URL", "postgresql://u:p@127.0.0.1/y?foo=bar", 'invalid connection option "foo"'),
    ("REDIS_URL", "redis://127.0.0.1:6379/0?foo=bar", "an option after the ? is not possible: foo"),
    ("REDIS_URL", "redis://127.0.0.1:6379/0?retry=3", "is not possible: retry"),
    ("REDIS_URL", "redis://127.0.0.1:6379/0?protocol=9", "protocol must be either 2 or 3"),
    ("REDIS_URL", "redis://127.0.0.1:6379/0?db=x", "Invalid value for 'db'"),
    ("REDIS_URL", "redis://127.0.0.1:6379/abc", "must be a number, as in redis://host:6379/0"),
    ("REDIS_URL", "redis://127.0.0.1:sixth/0", "Port could not be cast"),
    ("REDIS_URL", "http://localhost", "must begin with redis://"),
    ("MQTT_URL", "http://localhost", "must begin with mqtt:// or mqtts://"),
    ("MQTT_URL", "mqtt://", "names no host"),
    ("MQTT_URL", "mqtt://localhost:99999", "port that is no number from 1 to 65535"),
    ("BAYLIGHT_PROXIES", "proxy.example", "proxy.example is no address and no network"),
    ("BAYLIGHT_PROXIES", "10.0.0.1/8", "10.0.0.1/8 is no address and no network"),
    ("BAYLIGHT_SPEECH", "no-such-voice --loud", "no-such-voice is no program that can be"),
    ("BAYLIGHT_SPEECH", "piper 'zh", "a quotation mark is missing"),
    ("BAYLIGHT_SECRET_FILE", "{file}", "does not hold a key of 32 bytes in hex"),
    ("BAYLIGHT_SECRET_FILE", "{bytes}", "does not hold a key of 32 bytes in hex"),
    ("BAYLIGHT_SECRET_FILE", "{folder}", "cannot be used (Is a directory)"),
    ("BAYLIGHT_SECRET_FILE", "{file}/inside", "cannot be used"),
    ("BAYLIGHT_CLOCK", "yesterday", "write START,RATE"),
    ("BAYLIGHT_CLOCK", "2026-11-21T08:00+08:00,fast", "write START,RATE"),
    ("BAYLIGHT_CLOCK", "2026-11-21T08:00,60", "the start needs a zone"),
    ("BAYLIGHT_CLOCK", "0001-01-01T00:00+08:00,1", "in the years 2000 to 2099"),
    ("BAYLIGHT_CLOCK", "2026-11-21T08:00+08:00,0", "the rate must be over 0"),
    ("BAYLIGHT_CLOCK", "2026-11-21T08:00+08:00,nan", "the rate must be over 0"),
]


@pytest.mark.parametrize(("name", "value", "reason"), WRONG)
def test_a_wrong_value_is_refused_by_name(
    ask: Ask, tmp_path: Path, name: str, value: str, reason: str
) -> None:
    """Falls over, with a traceback, without `_require_options(url)` in `settings.py` and
    `require_address(url)` in `board/doorbell_redis.py`.
    """
    (tmp_path / "file").write_text("this is no key")
    (tmp_path / "bytes").write_bytes(bytes(range(128, 256)))
    places = {each: str(tmp_path / each) for each in ("file", "bytes")}
    code, said = ask("serve", **{name: value.format(folder=tmp_path, **places)})
    assert code == 1
    assert name in said
    assert reason in said
    assert "Traceback" not in said


def test_every_setting_is_tried() -> None:
    assert {name for name, _, _ in WRONG} == set(ENVIRONMENT)


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("BAYLIGHT_PROT", "BAYLIGHT_PORT"),
        ("BAYLIGHT_DATAS", "BAYLIGHT_DATA"),
        ("BAYLIGHT_DATABASE_URL", "DATABASE_URL"),
    ],
)
def test_a_misspelt_setting_is_refused_by_name(ask: Ask, misspelt: str, meant: str) -> None:
    code, said = ask("serve", **{misspelt: "8080"})
    assert code == 1
    assert said == f"baylight: {misspelt}: there is no such setting; the nearest is {meant}\n"


def test_a_port_that_is_taken_is_named(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        code, said = ask("serve", BAYLIGHT_PORT=port)
    assert code == 1
    assert f"BAYLIGHT_PORT: 127.0.0.1:{port} cannot be used" in said
    assert "stop what uses it or choose another" in said


def test_a_refused_start_makes_no_key(ask: Ask, tmp_path: Path) -> None:
    ask("serve", BAYLIGHT_PORT="http")
    assert not os.path.lexists(tmp_path / "data")


def test_several_workers_on_sqlite_are_refused(ask: Ask) -> None:
    code, said = ask("serve", "--workers", "2")
    assert code == 1
    assert "several processes need PostgreSQL: set DATABASE_URL" in said
