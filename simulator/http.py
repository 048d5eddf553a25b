"""One person's connection to the shop over HTTP: kept open, made again when it breaks."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from http.cookies import SimpleCookie
from threading import Lock
from typing import TypeGuard
from urllib.parse import urlencode, urlsplit

TIMEOUT_SECONDS = 20.0
Json = dict[str, object]


class Unreachable(Exception):
    """The server did not answer: it restarts, or it is gone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. `retry_after` in seconds, 0 when it said nothing of that."""

    status: int
    text: str
    retry_after: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether what was asked for is done."""
        return self.status < 400

    @property
    def body(self) -> Json:
        """The JSON object in it, empty if there is none."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return {}
        return found if is_object(found) else {}

    @property
    def code(self) -> str:
        """The stable code of a refusal, '' when all went well."""
        return "" if self.is_good else str(self.body.get("code", self.status))


def is_object(value: object) -> TypeGuard[Json]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def objects(value: object) -> list[Json]:
    """The objects in a JSON list; none when it is no list."""
    return [one for one in value if is_object(one)] if isinstance(value, list) else []


@dataclass(slots=True)
class Connection:
    """A browser without pages: keeps cookies, says where its requests come from. Blocking."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""
    _open: HTTPConnection | None = None
    # A task that was cancelled leaves its exchange running in its thread.
    _turn: Lock = field(default_factory=Lock)

    def get(self, path: str, accept: str = "application/json") -> Answer:
        """GET a path; raises Unreachable."""
        return self._ask("GET", path, None, {"accept": accept})

    def post_form(self, path: str, fields: Mapping[str, str]) -> Answer:
        """POST a form, asking for JSON back; raises Unreachable."""
        kind = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
        return self._ask("POST", path, urlencode(fields).encode(), kind)

    def post_bytes(self, path: str, body: bytes, kind: str) -> Answer:
        """POST what is no form, as a page's script does; raises Unreachable."""
        headers = {"content-type": kind, "accept": "application/json", "x-csrf-token": self.csrf}
        return self._ask("POST", path, body, headers)

    def post_json(self, path: str, body: Mapping[str, object], key: str) -> Answer:
        """POST a command; `key` makes it safe to repeat. Raises Unreachable."""
        headers = {
            "content-type": "application/json",
            "idempotency-key": key,
            "x-csrf-token": self.csrf,
        }
        return self._ask("POST", path, json.dumps(body).encode(), headers)

    def close(self) -> None:
        """Hang up; the next request dials again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        try:
            with self._turn:
                return self._exchange(method, path, body, headers)
        except (OSError, HTTPException) as error:
            self.close()
            raise Unreachable(f"{type(error).__name__}: {error}") from None

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        if self._open is None:
            self._open = dialled(self.url)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        every = {**headers, "origin": self.url, **({"cookie": cookie} if cookie else {})}
        self._open.request(method, path, body, every)
        response = self._open.getresponse()
        self._keep_cookies(response)
        text = response.read().decode("utf-8", "replace")
        wait = response.headers.get("retry-after", "0")
        return Answer(response.status, text, float(wait) if wait.isdigit() else 0.0)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for header in response.headers.get_all("set-cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value


def with_file(fields: Mapping[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A form with a file in its field `file`: the body and its content type."""
    mark = f"part-{hashlib.sha256(content).hexdigest()}"
    head = f'--{mark}\r\ncontent-disposition: form-data; name="'
    parts = [f'{head}{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
    parts.append(f'{head}file"; filename="{name}"\r\n\r\n'.encode() + content)
    return b"".join(
        [*parts, f"\r\n--{mark}--\r\n".encode()]
    ), f"multipart/form-data; boundary={mark}"


def dialled(url: str) -> HTTPConnection:
    """A connection to the host in a URL, not yet opened."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(parts.hostname or "127.0.0.1", parts.port, timeout=TIMEOUT_SECONDS)
