"""The live endpoint over real connections: joins, frames, heartbeats and goodbyes."""

from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.sync.client import ClientConnection, connect

from displays.fanout import WINDOW_SECONDS
from displays.socket import SCREENS_OF_A_SESSION
from displays.wire import TOO_MANY
from tests.hub.client import Client
from tests.hub.live_server import BOARD, LiveServer, until


def close_code(line: ClientConnection) -> int | None:
    """The code with which the server closes, sooner or later."""
    try:
        while True:
            line.recv(timeout=60)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


@pytest.mark.parametrize("compression", ["deflate", None])
def test_a_client_follows_the_board(live: LiveServer, compression: str | None) -> None:
    client = Client(live.url, compression).dial()
    client.hear()
    for number in range(30):
        live.publish({f"job-{number}": "<li>" + "长" * 40 * number + "</li>"})
    client.hear_until(lambda: "job-29" in client.regions)
    assert client.regions == live.do(lambda: live.hub.shown(BOARD).regions)
    client.hang_up()


def test_a_returning_client_gets_a_delta_with_tombstones(live: LiveServer) -> None:
    client = Client(live.url).dial()
    client.hear()
    client.hang_up()
    live.publish({"job-c": "<li>c</li>"}, "job-a")
    delta = client.dial().hear()
    assert delta["regions"] == {"job-c": "<li>c</li>"}
    assert delta["gone"] == ["job-a"]
    client.hang_up()


def test_a_current_client_hears_a_heartbeat_first(live: LiveServer) -> None:
    client = Client(live.url).dial()
    client.hear()
    client.hang_up()
    assert client.dial().hear()["beat"]
    client.hang_up()


def test_after_a_restart_a_client_gets_a_snapshot(live: LiveServer) -> None:
    client = Client(live.url).dial()
    client.hear()
    client.hang_up()
    next_one = LiveServer(boot="boot-2").start()
    next_one.show({"job-z": "<li>z</li>"})
    client._url = next_one.url + "?session=s"
    assert client.dial().hear()["full"]
    assert client.regions == {"job-z": "<li>z</li>"}
    client.hang_up()
    next_one.stop()


def test_a_client_that_wants_a_small_window_is_served_plain(live: LiveServer) -> None:
    offer = ClientPerMessageDeflateFactory(server_max_window_bits=10)
    with connect(live.url, compression=None, extensions=[offer], proxy=None) as line:
        assert line.protocol.extensions == []
        live.publish({"job-a": "<li>" + "long " * 2000 + "</li>"})
        line.recv(timeout=60)


def test_a_client_in_doubt_asks_and_gets_a_snapshot(live: LiveServer) -> None:
    client = Client(live.url).dial()
    client.hear()
    client.line.send('{"resync": {"boot": null, "rev": null}}')
    client.hear_until(lambda: sum(bool(heard.get("full")) for heard in client.heard) == 2)
    client.hang_up()


def test_an_acknowledged_rev_is_known(live: LiveServer) -> None:
    client = Client(live.url).dial()
    client.hear()
    client.line.send(f'{{"ack": {client.rev}}}')
    until(lambda: live.do(lambda: live.hub.screens()[0].acked) == client.rev)
    client.hang_up()


@pytest.mark.parametrize("query", ["boot=x&rev=1", "rev=-1", "rev=1e9", "boot=%00&rev=" + "9" * 99])
def test_an_odd_query_gets_a_snapshot(live: LiveServer, query: str) -> None:
    with connect(f"{live.url}?{query}", proxy=None) as line:
        assert '"full":true' in str(line.recv(timeout=60))


def test_a_foreign_origin_gets_no_connection(live: LiveServer) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(live.url, additional_headers={"Origin": "http://elsewhere.example"}, proxy=None)
    assert refused.value.response.status_code == 403


def test_a_revoked_session_is_told_so_at_the_door(live: LiveServer) -> None:
    with connect(f"{live.url}?session=gone", proxy=None) as line:
        assert close_code(line) == 4401


def test_revocation_closes_its_own_screens_only(live: LiveServer) -> None:
    mine = Client(live.url, session="mine").dial()
    theirs = Client(live.url, session="theirs").dial()
    mine.hear()
    theirs.hear()
    live.do(lambda: live.hub.close_holder({"mine"}))
    assert close_code(mine.line) == 4401
    live.publish({"job-a": "<li>still here</li>"})
    theirs.hear_until(lambda: theirs.regions["job-a"] == "<li>still here</li>")
    theirs.hang_up()


def test_draining_sends_everybody_back_with_1012(live: LiveServer) -> None:
    clients = [Client(live.url).dial() for _ in range(5)]
    for client in clients:
        client.hear()
    live.drain()
    assert {close_code(client.line) for client in clients} == {1012}
    with connect(live.url, proxy=None) as line:
        assert close_code(line) == 1012


def test_stopping_the_server_says_1012() -> None:
    server = LiveServer().start()
    server.show({"job-a": "<li>a</li>"})
    client = Client(server.url).dial()
    client.hear()
    server.stop()
    assert close_code(client.line) == 1012


def test_a_screen_that_hangs_up_is_forgotten(live: LiveServer) -> None:
    client = Client(live.url).dial()
    client.hear()
    client.hang_up()
    until(lambda: live.figure("screens") == 0)


def test_the_window_is_short() -> None:
    assert WINDOW_SECONDS <= 0.02


def test_a_session_has_so_many_screens_and_the_newest_waits_for_a_place(live: LiveServer) -> None:
    """Falls over without `held[answer.session] >= most` in displays/socket.py, and for good
    without the count going down in `Visit._end`.
    """
    with ExitStack() as lines:

        def dialled(session: str) -> ClientConnection:
            return lines.enter_context(connect(f"{live.url}?session={session}"))

        first, *_ = [dialled("one") for _ in range(SCREENS_OF_A_SESSION)]
        assert close_code(dialled("one")) == TOO_MANY
        assert dialled("another").recv(timeout=60)
        first.close()
        until(lambda: live.figure("screens") == SCREENS_OF_A_SESSION)
        assert dialled("one").recv(timeout=60)
