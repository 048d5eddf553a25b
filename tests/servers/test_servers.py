"""The fixtures give real servers, and say what to install where there is none."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser
from redis import Redis
from sqlalchemy import Engine, create_engine, inspect, text

from tests.servers.mosquitto import Mosquitto, StartMosquitto
from tests.servers.processes import Server, ServerFailed, listens, program, start_somewhere
from tests.servers.redis_server import RedisServer


@contextmanager
def _client(broker: Mosquitto, user: str, password: str) -> Iterator[Client]:
    client = Client(CallbackAPIVersion.VERSION2)
    client.username_pw_set(user, password)
    client.connect(broker.host, broker.port)
    yield client
    client.disconnect()


def _answer(broker: Mosquitto, user: str, password: str) -> str:
    """What the broker says to somebody who connects."""
    answers: list[str] = []
    with _client(broker, user, password) as client:
        client.on_connect = lambda _client, _data, _flags, reason, _properties: answers.append(
            str(reason)
        )
        while not answers:
            client.loop(1)
    return answers[0]


def test_the_shared_broker_takes_anybody(mosquitto: Mosquitto) -> None:
    assert _answer(mosquitto, "anybody", "anything") == "Success"


def test_a_broker_with_passwords_takes_only_who_knows_one(start_mosquitto: StartMosquitto) -> None:
    broker = start_mosquitto({"workshop": "a long password"})
    assert _answer(broker, "workshop", "a long password") == "Success"
    assert _answer(broker, "workshop", "a wrong password") == "Not authorized"


def test_a_broker_of_a_test_can_go_away_and_come_back(start_mosquitto: StartMosquitto) -> None:
    broker = start_mosquitto()
    broker.stop()
    assert not listens(broker.port)
    broker.start()
    assert listens(broker.port)


def test_redis_answers(redis_server: RedisServer) -> None:
    with Redis.from_url(redis_server.url) as client:
        assert client.ping()


def test_a_private_redis_can_go_away_and_come_back(private_redis: RedisServer) -> None:
    private_redis.stop()
    assert not listens(private_redis.port)
    private_redis.start()
    with Redis.from_url(private_redis.url) as client:
        assert client.ping()


def test_every_test_gets_an_empty_database(postgres_engine: Engine) -> None:
    assert inspect(postgres_engine).get_table_names() == []
    with postgres_engine.begin() as connection:
        connection.execute(text("CREATE TABLE cars (plate text PRIMARY KEY)"))


test_and_the_next_one_too = test_every_test_gets_an_empty_database


def test_a_database_can_be_reached_by_its_address(postgres_database: str) -> None:
    engine = create_engine(postgres_database)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_the_browser_shows_a_page(browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_content("<h1>车间看板</h1>")
    assert page.inner_text("h1") == "车间看板"
    assert page.evaluate("navigator.language") == "zh-CN"
    context.close()


def test_a_missing_server_is_named_with_its_package() -> None:
    with pytest.raises(ServerFailed, match="apt-get install no-such-package"):
        program("no-such-server", "no-such-package")


def test_a_server_that_ends_at_once_shows_its_last_words(tmp_path: Path) -> None:
    words = "import sys; sys.exit('the port is taken')"
    server = Server([sys.executable, "-c", words], tmp_path / "log")
    with pytest.raises(ServerFailed, match="the port is taken"):
        server.start(lambda: False)
    assert server.pid is None


def test_a_port_taken_meanwhile_is_given_up_for_another(
    tmp_path: Path, mosquitto: Mosquitto
) -> None:
    tried: list[int] = []

    def make(port: int) -> RedisServer:
        tried.append(port)
        return RedisServer(tmp_path, port if len(tried) > 1 else mosquitto.port)

    server = start_somewhere(make)
    server.stop()
    assert len(tried) == 2
