"""A screen in a process of its own: follows the board for ever and prints each rev it shows."""

import json
import sys
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from tests.hub.client import Client


def follow(client: Client) -> None:
    """Read until the connection is lost."""
    with suppress(ConnectionClosed):
        while True:
            message = client.hear()
            marks = {key: html[:20] for key, html in client.regions.items()}
            sys.stdout.write(json.dumps({"full": message.get("full"), "marks": marks}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    screen = Client(sys.argv[1])
    while True:
        follow(screen.dial())
        screen.hang_up()
